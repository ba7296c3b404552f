import { localDate } from '../../../../shared/rules/calendar.ts';
import type { RebaseMode, RebaseOption } from '../../../../shared/rules/rebase.ts';
import { zoneLabel } from '../../../../shared/rules/zones.ts';
import { useSession } from '../../session/session-context.ts';
import { useTexts } from '../../texts/texts.ts';
import { capitalised } from '../../ui/dates.ts';
import { Icon } from '../../ui/icons.tsx';
import { dayName, dayWithClock } from './day-words.ts';
import type { OpenStep, Target } from './open-step.ts';
import { RebaseChart } from './rebase-chart.tsx';

interface RebaseChoiceProps {
  options: readonly RebaseOption[];
  mode: RebaseMode;
  steps: readonly OpenStep[];
  moved: OpenStep;
  target: Target;
  now: Temporal.Instant;
  onMode: (mode: RebaseMode) => void;
}

/** Keep gaps, keep dates or squeeze: each says its end; the chosen one is drawn and listed before and after. */
export function RebaseChoice({ options, mode, steps, moved, target, now, onMode }: RebaseChoiceProps) {
  const { user } = useSession();
  const say = useTexts();
  const chosen = options.find((option) => option.mode === mode);
  if (chosen === undefined) return null;
  const { zone, language } = user;
  const year = localDate(now, zone).year;
  const from = steps.findIndex((step) => step.step_id === moved.step_id);
  const shown = steps.slice(from);
  const after = chosen.after.slice(from);
  const clocks = new Set(after.map(({ wanted }) => clockOf(wanted, zone)));
  const [clock] = clocks;
  const place = capitalised(zoneLabel(zone, language));
  const isLimited = after[0] !== undefined && !after[0].wanted.equals(target.at);
  return (
    <>
      {options.length > 1 && (
        <div className="list" role="radiogroup" aria-label={say('rebase-how')}>
          {options.map((option) => (
            <button
              key={option.mode}
              type="button"
              role="radio"
              aria-checked={option.mode === mode}
              className={option.mode === mode ? 'row opt opt--on' : 'row opt'}
              onClick={() => {
                onMode(option.mode);
              }}
            >
              <span className="dot" />
              <span className="row__main">
                <span className="row__line">
                  <b className="row__l1">{say('rebase-mode', { type: option.mode })}</b>
                  <span className="t-call dim">
                    {say('rebase-ends', { when: dayName(option.effect.endsAt, zone, language, year) })}
                  </span>
                </span>
                <small>
                  <OptionText option={option} steps={steps} moved={moved} zone={zone} year={year} />
                </small>
              </span>
            </button>
          ))}
        </div>
      )}
      <div className="list sheet__part">
        <RebaseChart before={shown} after={after} label={say('rebase-chart', { count: shown.length })} />
        <table className="ba">
          <thead>
            <tr>
              <th scope="col">{say('rebase-step')}</th>
              <th scope="col">{say('rebase-before')}</th>
              <th scope="col">
                <span className="vh">{say('rebase-to')}</span>
              </th>
              <th scope="col">{say('rebase-after')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((step, index) => {
              const to = after[index]?.wanted ?? step.wanted;
              return (
                <tr key={step.step_id}>
                  <th scope="row" className="ba__name">
                    {step.title}
                  </th>
                  <td className="ba__was">{dayName(step.wanted, zone, language, year)}</td>
                  <td className="ba__arrow">
                    <Icon name="arrow" size="xs" />
                  </td>
                  <td className={to.equals(step.wanted) ? 'ba__same' : 'ba__to'}>
                    {clocks.size === 1
                      ? dayName(to, zone, language, year)
                      : dayWithClock(to, zone, language, year)}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <p className="group__note">
        {clocks.size === 1 && clock !== undefined
          ? say('rebase-note-clock', { when: clock, zone: place })
          : say('rebase-note', { zone: place })}{' '}
        {isLimited && say('rebase-limited')}
      </p>
    </>
  );
}

interface OptionTextProps {
  option: RebaseOption;
  steps: readonly OpenStep[];
  moved: OpenStep;
  zone: string;
  year: number;
}

/** What one way does to the later steps, in a line. */
function OptionText({ option, steps, moved, zone, year }: OptionTextProps) {
  const { user } = useSession();
  const say = useTexts();
  const { mode, effect, after } = option;
  if (mode === 'squeeze') return say('rebase-text-squeeze');
  if (mode === 'keep_gaps') {
    const days = effect.laterDays;
    if (days === null) return say('rebase-text-gaps');
    return say(days < 0 ? 'rebase-text-gaps-earlier' : 'rebase-text-gaps-days', { count: Math.abs(days) });
  }
  const later = effect.movedStepIds.filter((id) => id !== moved.step_id);
  const [first] = later;
  const only = steps.findIndex((step) => step.step_id === first);
  const to = after[only];
  if (later.length !== 1 || to === undefined) return say('rebase-text-dates', { count: later.length });
  return say('rebase-text-dates-one', {
    name: steps[only]?.title ?? '',
    when: dayName(to.wanted, zone, user.language, year),
  });
}

function clockOf(at: Temporal.Instant, zone: string): string {
  const local = at.toZonedDateTimeISO(zone);
  return `${local.hour}:${String(local.minute).padStart(2, '0')}`;
}
