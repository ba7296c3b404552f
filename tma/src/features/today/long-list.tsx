/** A list of thousands: only the rows near the screen exist, the rest is room above and below them. */
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { memo, useCallback, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { Line } from '../reminder/line.ts';
import type { RowSlot } from './row-slot.ts';

/** The height of a row in list.css; the open card and large text are measured. */
const ROW_PX = 62;
/** Rows drawn beyond the screen's edges, so that a flick does not outrun them. */
const OVERSCAN = 12;

const estimateSize = (): number => ROW_PX;

interface LongListProps {
  lines: readonly Line[];
  /** The reminder a link or a tap asked for: far down, it is not even drawn before the list goes there. */
  wantedId: number | null;
  draw: (line: Line, slot: RowSlot) => ReactNode;
}

export default function LongList({ lines, wantedId, draw }: LongListProps) {
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
  // The same function for the same lines: another one makes it go through all of them again, at every step.
  const getItemKey = useCallback((index: number) => lines[index]?.reminder.id ?? index, [lines]);
  const virtual = useWindowVirtualizer({
    count: lines.length,
    estimateSize,
    overscan: OVERSCAN,
    scrollMargin: top,
    getItemKey,
  });
  const wantedIndex = wantedId === null ? -1 : lines.findIndex((line) => line.reminder.id === wantedId);
  const goToWanted = useEffectEvent(() => {
    if (wantedIndex !== -1) virtual.scrollToIndex(wantedIndex, { align: 'auto' });
  });
  const isPlaced = top > 0;
  useEffect(() => {
    if (isPlaced) goToWanted();
  }, [wantedId, isPlaced]);
  const measure = virtual.measureElement;
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
        return line && <Row key={line.reminder.id} {...{ line, index, draw, measure }} />;
      })}
    </ul>
  );
}

interface RowProps {
  line: Line;
  index: number;
  draw: LongListProps['draw'];
  measure: RowSlot['ref'];
}

/** A step of the finger changes which rows there are, not what they look like: those that stay are not drawn again. */
const Row = memo(function Row({ line, index, draw, measure }: RowProps) {
  return draw(line, { ref: measure, 'data-index': index });
});
