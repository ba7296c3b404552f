import { useSession } from '../../session/session-context.ts';
import { useTexts } from '../../texts/texts.ts';
import { capitalised } from '../../ui/dates.ts';
import { useSettingsChange } from './use-settings.ts';

const DAYS = [1, 2, 3, 4, 5, 6, 7];

/** Seven days to switch on and off; the last one stays on. */
export function WorkingDays() {
  const { user } = useSession();
  const say = useTexts();
  const change = useSettingsChange();
  const toggle = (day: number): void => {
    const days = user.working_days.includes(day)
      ? user.working_days.filter((other) => other !== day)
      : [...user.working_days, day].toSorted();
    if (days.length > 0) change({ working_days: days });
  };
  return (
    <>
      <div className="row row--set row--days">
        <span className="row__main row__plain">{say('working-days')}</span>
        <span className="row__end">{summary(user.working_days, user.language, say('every-day'))}</span>
      </div>
      <div className="days" role="group" aria-label={say('working-days')}>
        {DAYS.map((day) => (
          <button
            key={day}
            type="button"
            aria-pressed={user.working_days.includes(day)}
            onClick={() => {
              toggle(day);
            }}
          >
            {capitalised(dayName(day, user.language))}
          </button>
        ))}
      </div>
    </>
  );
}

/** `Mon–Fri` for days in a row, else each. */
function summary(days: readonly number[], locale: string, everyDay: string): string {
  const sorted = days.toSorted();
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined || sorted.length === DAYS.length) return everyDay;
  const name = (day: number): string => capitalised(dayName(day, locale));
  const isInARow = last - first === sorted.length - 1 && sorted.length > 2;
  return isInARow ? `${name(first)}–${name(last)}` : sorted.map(name).join(', ');
}

/** @param day ISO weekday, 1 = Monday. */
function dayName(day: number, locale: string): string {
  // 5 January 2026 is a Monday.
  return new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' }).format(
    Date.UTC(2026, 0, 4 + day),
  );
}
