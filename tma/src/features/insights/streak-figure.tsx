import type { Insights } from '../../../../shared/contracts/insights.ts';
import { useSession } from '../../session/session-context.ts';
import { useTexts } from '../../texts/texts.ts';
import { Figure } from './figure.tsx';
import { streakOf } from './streak.ts';

/** Working days in a row with something done, and the last of them one by one. */
export function StreakFigure({ insights }: { insights: Insights }) {
  const { user } = useSession();
  const say = useTexts();
  const { current, longest, strip } = streakOf(insights, user.working_days);
  const first = strip.at(0)?.date;
  const last = strip.at(-1)?.date;
  const locale = user.language === 'en' ? 'en-GB' : user.language;
  const dateOf = (date: Temporal.PlainDate | undefined): string =>
    date?.toLocaleString(locale, { weekday: 'short', day: 'numeric', month: 'short' }) ?? '';
  return (
    <Figure
      title={say('insights-streak', { count: current })}
      {...(longest > current && { aside: say('insights-longest', { count: longest }) })}
    >
      <ol className="strip">
        {strip.map(({ date, state }) => (
          <li key={date.toString()} className={`strip__day strip__day--${state}`}>
            <span className="vh">
              {dateOf(date)}: {say(`insights-day-${state}`)}
            </span>
          </li>
        ))}
      </ol>
      <div className="strip__ends fig__sub" aria-hidden="true">
        <span>{dateOf(first)}</span>
        <span>{last?.toString() === insights.today ? say('today') : dateOf(last)}</span>
      </div>
      {strip.some(({ state }) => state === 'free') && <p className="fig__sub">{say('insights-free-days')}</p>}
    </Figure>
  );
}
