import type { TimeRefusal } from '../../../../shared/contracts/times.ts';
import { useSession } from '../../session/session-context.ts';
import { useTexts } from '../../texts/texts.ts';
import { datesOf } from './meaning.ts';

interface RefusedProps {
  reason: TimeRefusal;
  understood: string | null;
  /** Words that would have worked. */
  hint: string;
  text: string;
  today: Temporal.PlainDate;
  onText: (text: string) => void;
}

/** Why there is no time yet, and ways on: the dates an ambiguous one can mean, or words that work. */
export function Refused({ reason, understood, hint, text, today, onText }: RefusedProps) {
  const { user } = useSession();
  const say = useTexts();
  const locale = user.language === 'en' ? 'en-GB' : user.language;
  const dates = reason === 'ambiguous' ? datesOf(understood, today) : [];
  const choices = dates.map((date) => ({
    label: date.toLocaleString(locale, { weekday: 'short', day: 'numeric', month: 'long', year: 'numeric' }),
    words: replaced(text, /\d{1,2}[./-]\d{1,2}/, date.toString()),
  }));
  const isMissing = reason === 'not_understood' || reason === 'empty';
  return (
    <>
      <p className={isMissing ? 'group__note' : 'group__note is-late'}>
        {say(`new-refused-${reason}`, { part: understood ?? text.trim(), hint })}
      </p>
      {choices.length > 0 && (
        <div className="chips">
          {choices.map(({ label, words }) => (
            <button
              key={label}
              type="button"
              className="chip"
              onClick={() => {
                onText(words);
              }}
            >
              {label}
            </button>
          ))}
        </div>
      )}
    </>
  );
}

/** Only the first match is the date that was asked about. */
function replaced(text: string, pattern: RegExp, words: string): string {
  return text.replace(pattern, words);
}
