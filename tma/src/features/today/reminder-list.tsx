import { Suspense, useDeferredValue, useId } from 'react';
import type { ReactNode } from 'react';
import type { PendingState } from '../../session/pending-changes.ts';
import { piece } from '../../ui/piece.ts';
import type { Line } from '../reminder/line.ts';
import type { Act } from '../reminder/use-reminder-actions.ts';
import { ReminderCard } from './reminder-card.tsx';
import { ReminderRow } from './reminder-row.tsx';
import type { RowSlot } from './row-slot.ts';

const LongList = piece(() => import('./long-list.tsx'));

/** Drawn at once: as many as a phone shows. The rest follows a moment later. */
const AT_ONCE = 10;
/** More rows than this are drawn only where they are seen. */
const LONG = 100;
/** Drawn while the piece for long lists is on its way: more than fits on any screen. */
const FIRST = 40;

interface ReminderListProps {
  title: string;
  count: string;
  tone?: 'late';
  lines: readonly Line[];
  now: Temporal.Instant;
  openId: number | null;
  /** The reminder a link or a tap asked for. */
  wantedId: number | null;
  folding: PendingState['folding'];
  onOpen: (id: number) => void;
  onAct: Act;
}

/** One of Today's lists: at most one reminder is the open card, the rest are rows. */
export function ReminderList(props: ReminderListProps) {
  const { title, count, tone, lines, now, openId, wantedId, folding, onOpen, onAct } = props;
  const heading = useId();
  const most = useDeferredValue(LONG, AT_ONCE);
  if (lines.length === 0) return null;
  const draw = (line: Line, slot?: RowSlot): ReactNode => {
    const { id } = line.reminder;
    const shared = { line, now, isFolding: folding.has(id), slot, onAct };
    return id === openId ? (
      <ReminderCard key={id} {...shared} isWanted={id === wantedId} />
    ) : (
      <ReminderRow
        key={id}
        {...shared}
        onOpen={() => {
          onOpen(id);
        }}
      />
    );
  };
  return (
    <section className="group" aria-labelledby={heading}>
      <h2 className={tone === 'late' ? 'group__title is-late' : 'group__title'} id={heading}>
        {title} <span className="count">{count}</span>
      </h2>
      {lines.length <= LONG ? (
        <ul className="list">{lines.slice(0, most).map((line) => draw(line))}</ul>
      ) : (
        <Suspense fallback={<ul className="list">{lines.slice(0, FIRST).map((line) => draw(line))}</ul>}>
          <LongList lines={lines} wantedId={wantedId} draw={draw} />
        </Suspense>
      )}
    </section>
  );
}
