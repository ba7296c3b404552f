import { useId } from 'react';
import type { Line } from '../reminder/line.ts';
import { ReminderCard } from './reminder-card.tsx';
import { ReminderRow } from './reminder-row.tsx';
import type { PendingState } from '../../session/pending-changes.ts';
import type { Act } from '../reminder/use-reminder-actions.ts';

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
  onTell: (text: string, tone: 'done' | 'problem') => void;
}

/** One of Today's lists: at most one reminder is the open card, the rest are rows. */
export function ReminderList(props: ReminderListProps) {
  const { title, count, tone, lines, now, openId, wantedId, folding, onOpen, onAct, onTell } = props;
  const heading = useId();
  if (lines.length === 0) return null;
  return (
    <section className="group" aria-labelledby={heading}>
      <h2 className={tone === 'late' ? 'group__title is-late' : 'group__title'} id={heading}>
        {title} <span className="count">{count}</span>
      </h2>
      <ul className="list">
        {lines.map((line) => {
          const { id } = line.reminder;
          const shared = { line, now, isFolding: folding.has(id) };
          return id === openId ? (
            <ReminderCard key={id} {...shared} isWanted={id === wantedId} onAct={onAct} onTell={onTell} />
          ) : (
            <ReminderRow
              key={id}
              {...shared}
              onOpen={() => {
                onOpen(id);
              }}
            />
          );
        })}
      </ul>
    </section>
  );
}
