import { formatLateness, formatWhen } from '../../../../shared/rules/words.ts';
import type { LeadRow } from '../../../../shared/schemas/lead.ts';
import type { ReminderRow } from '../../../../shared/schemas/reminder.ts';
import { useSession } from '../../session/session-context.ts';
import { useTexts } from '../../texts/texts.ts';
import { capitalised } from '../../ui/dates.ts';
import { useReminderActions } from '../reminder/use-reminder-actions.ts';

interface OwnRemindersProps {
  lead: LeadRow;
  reminders: readonly ReminderRow[];
  now: Temporal.Instant;
}

/** Reminders for this lead that belong to no plan. */
export function OwnReminders({ lead, reminders, now }: OwnRemindersProps) {
  const { user } = useSession();
  const say = useTexts();
  const act = useReminderActions();
  if (reminders.length === 0) return null;
  return (
    <section className="group">
      <h2 className="group__title">{say('lead-reminders')}</h2>
      <ul className="list">
        {reminders.map((reminder) => {
          const wanted = Temporal.Instant.from(reminder.wanted_at);
          const lateness = formatLateness(wanted, now, user.zone, user.language);
          return (
            <li key={reminder.id} className="row">
              <span className="row__main">
                <span className="t-call">{reminder.title ?? say('own-reminder')}</span>
                <span className={lateness === null ? 'tl__meta' : 'tl__meta is-late'}>
                  {capitalised(lateness ?? formatWhen(wanted, now, user.zone, user.language))}
                </span>
              </span>
              <button
                type="button"
                className="text-button"
                onClick={() => {
                  act({ reminder, lead, actionType: 'other', wanted }, { kind: 'complete' });
                }}
              >
                {say('done')}
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
