/** Rows of leads, of which only those near the screen are drawn: 500 leads scroll like 20. */
import { useVirtualizer, useWindowVirtualizer } from '@tanstack/react-virtual';
import type { Virtualizer } from '@tanstack/react-virtual';
import { useCallback, useLayoutEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import type { LeadEntry } from './arrange-leads.ts';
import { LeadRow } from './lead-row.tsx';

/** A row's height in pixels before it is measured. */
const ROW_HEIGHT = 86;
/** Rows drawn beyond the screen, so that a quick flick finds them there. */
const OVERSCAN = 8;

const estimateSize = (): number => ROW_HEIGHT;

/** The same function for the same leads: another one makes the list go through all of them again, at every step. */
function useItemKey(entries: readonly LeadEntry[]): (index: number) => number {
  return useCallback((index) => entries[index]?.lead.id ?? index, [entries]);
}

interface LeadListProps {
  label: string;
  entries: readonly LeadEntry[];
  now: Temporal.Instant;
  selectedId: number | null;
  onOpen: (id: number) => void;
}

/** The list in a page that scrolls as a whole. */
export function PageLeadList(props: LeadListProps) {
  const list = useRef<HTMLUListElement>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    // Where the list begins below the search field and the filters.
    setTop(list.current?.offsetTop ?? 0);
  }, []);
  const virtualizer = useWindowVirtualizer({
    count: props.entries.length,
    estimateSize,
    overscan: OVERSCAN,
    scrollMargin: top,
    getItemKey: useItemKey(props.entries),
  });
  return <Rows {...props} listRef={list} virtualizer={virtualizer} offset={top} />;
}

/** The list in a pane that scrolls by itself. */
export function PaneLeadList({ pane, ...props }: LeadListProps & { pane: HTMLElement | null }) {
  const list = useRef<HTMLUListElement>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- no compiler memoises here
  const virtualizer = useVirtualizer({
    count: props.entries.length,
    getScrollElement: () => pane,
    estimateSize,
    overscan: OVERSCAN,
    getItemKey: useItemKey(props.entries),
  });
  return <Rows {...props} listRef={list} virtualizer={virtualizer} offset={0} />;
}

interface RowsProps<Scroller extends Element | Window> extends LeadListProps {
  listRef: RefObject<HTMLUListElement | null>;
  virtualizer: Virtualizer<Scroller, Element>;
  /** What the virtualizer counts in front of the list. */
  offset: number;
}

function Rows<Scroller extends Element | Window>(props: RowsProps<Scroller>) {
  const { label, entries, now, selectedId, onOpen, listRef, virtualizer, offset } = props;
  return (
    <ul
      ref={listRef}
      className="list virtual"
      aria-label={label}
      style={{ height: virtualizer.getTotalSize() }}
    >
      {virtualizer.getVirtualItems().map((item) => {
        const entry = entries[item.index];
        if (entry === undefined) return null;
        const { id } = entry.lead;
        return (
          <li
            key={item.key}
            ref={virtualizer.measureElement}
            data-index={item.index}
            aria-setsize={entries.length}
            aria-posinset={item.index + 1}
            className="virtual__row"
            style={{ transform: `translateY(${item.start - offset}px)` }}
          >
            <LeadRow entry={entry} now={now} isSelected={id === selectedId} onOpen={onOpen} />
          </li>
        );
      })}
    </ul>
  );
}
