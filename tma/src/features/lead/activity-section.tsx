import { useState } from 'react';
import type { Activity } from '../../../../shared/contracts/lead-pages.ts';
import { formatWhen } from '../../../../shared/rules/words.ts';
import { useSession } from '../../session/session-context.ts';
import { useTexts } from '../../texts/texts.ts';
import type { Say } from '../../texts/texts.ts';
import { capitalised } from '../../ui/dates.ts';

/** Lines shown before somebody asks for all. */
const FIRST_LINES = 6;

/** What happened with this lead, newest first. */
export function ActivitySection({ activity, now }: { activity: readonly Activity[]; now: Temporal.Instant }) {
  const { user } = useSession();
  const say = useTexts();
  const [isWhole, setWhole] = useState(false);
  if (activity.length === 0) return null;
  const when = (instant: string): string =>
    formatWhen(Temporal.Instant.from(instant), now, user.zone, user.language);
  const shown = isWhole ? activity : activity.slice(0, FIRST_LINES);
  return (
    <section className="group">
      <h2 className="group__title">{say('activity')}</h2>
      <ul className="list">
        {shown.map((line) => (
          <li key={`${line.key}/${line.action}`} className="row act">
            <span className={line.undone ? 'row__main t-call act__undone' : 'row__main t-call'}>
              {activityWords(line, when, say)}
              {line.title !== null && <span className="tl__meta">{line.title}</span>}
            </span>
            <span className="row__end t-cap">{capitalised(when(line.at))}</span>
          </li>
        ))}
      </ul>
      {shown.length < activity.length && (
        <button
          type="button"
          className="btn btn--plain"
          onClick={() => {
            setWhole(true);
          }}
        >
          {say('activity-all')}
        </button>
      )}
    </section>
  );
}

function activityWords(line: Activity, when: (instant: string) => string, say: Say): string {
  const values = {
    type: line.action,
    count: line.reminders ?? 0,
    when: line.wanted_at === null ? '' : when(line.wanted_at),
    name: line.status === null ? '' : say('lead-status', { type: line.status }),
    what: line.note ?? '',
  };
  const text = say('activity-line', values);
  return line.undone ? say('activity-undone', { what: text }) : text;
}
