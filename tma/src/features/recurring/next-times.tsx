import { ruleInWords } from '../../../../shared/rules/recurrence-words.ts';
import { formatWhen } from '../../../../shared/rules/words.ts';
import { useSession } from '../../session/session-context.ts';
import { useTexts } from '../../texts/texts.ts';
import { capitalised } from '../../ui/dates.ts';
import { Icon } from '../../ui/icons.tsx';

/** When something comes again and again, as the server read it. */
export interface Recurrence {
  readonly rule: string;
  /** `YYYY-MM-DD` */
  readonly startsOn: string;
  /** `HH:MM` */
  readonly clock: string;
  /** The next times, at most three. */
  readonly first: readonly Temporal.Instant[];
}

/** A rule in words and its next times, so that it can be recognised before it is stored. */
export function NextTimes({ recurrence, now }: { recurrence: Recurrence; now: Temporal.Instant }) {
  const { user } = useSession();
  const say = useTexts();
  const { rule, startsOn, clock, first } = recurrence;
  return (
    <>
      <p className="echo__when">
        <Icon name="repeat" size="s" />
        {capitalised(ruleInWords(rule, startsOn, clock, user.language))}
      </p>
      <p className="echo__note">{say('repeat-next-times')}</p>
      <ul className="echo__times">
        {first.map((at) => (
          <li key={at.toString()}>
            {capitalised(formatWhen(at, now, user.zone, user.language, { withWeekday: true }))}
          </li>
        ))}
      </ul>
    </>
  );
}
