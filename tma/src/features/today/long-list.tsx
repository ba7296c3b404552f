/** A list of thousands: only the rows near the screen exist, the rest is room above and below them. */
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { Line } from '../reminder/line.ts';
import type { RowSlot } from './row-slot.ts';

/** The height of a row in list.css; the open card and large text are measured. */
const ROW_PX = 62;
/** Rows drawn beyond the screen's edges, so that a flick does not outrun them. */
const OVERSCAN = 12;

interface LongListProps {
  lines: readonly Line[];
  draw: (line: Line, slot: RowSlot) => ReactNode;
}

export default function LongList({ lines, draw }: LongListProps) {
  const list = useRef<HTMLUListElement>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    // Notices and lists above come and go, and this one moves with them.
    const observer = new ResizeObserver(() => {
      setTop((list.current?.getBoundingClientRect().top ?? 0) + scrollY);
    });
    observer.observe(document.body);
    return () => {
      observer.disconnect();
    };
  }, []);
  const virtual = useWindowVirtualizer({
    count: lines.length,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
    scrollMargin: top,
    getItemKey: (index) => lines[index]?.reminder.id ?? index,
  });
  const items = virtual.getVirtualItems();
  const above = (items[0]?.start ?? top) - top;
  const below = virtual.getTotalSize() - ((items.at(-1)?.end ?? top) - top);
  return (
    <ul
      ref={list}
      className="list"
      style={{ paddingTop: Math.max(0, above), paddingBottom: Math.max(0, below) }}
    >
      {items.map(({ index }) => {
        const line = lines[index];
        return line && draw(line, { ref: virtual.measureElement, 'data-index': index });
      })}
    </ul>
  );
}
