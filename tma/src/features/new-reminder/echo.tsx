import { formatWhen } from '../../../../shared/rules/words.ts';
import { zoneLabel } from '../../../../shared/rules/zones.ts';
import { useSession } from '../../session/session-context.ts';
import { useTexts } from '../../texts/texts.ts';
import { capitalised, longDate } from '../../ui/dates.ts';
import { Icon } from '../../ui/icons.tsx';
import { NextTimes } from '../recurring/next-times.tsx';
import '../recurring/recurring.css';
import type { Chosen } from './meaning.ts';

/** What will be stored, written out: the matter, weekday, date, time and whose clocks. */
export function Echo({ title, chosen, now }: { title: string; chosen: Chosen; now: Temporal.Instant }) {
  const { user } = useSession();
  const say = useTexts();
  const { zone, language } = user;
  const { at, arrives, note, isKept, recurrence } = chosen;
  const local = at.toZonedDateTimeISO(zone);
  const isThisYear = local.year === now.toZonedDateTimeISO(zone).year;
  const when = say('new-when', {
    date: `${longDate(at, zone, say)}${isThisYear ? '' : ` ${local.year}`}`,
    time: `${local.hour}:${String(local.minute).padStart(2, '0')}`,
    zone: capitalised(zoneLabel(zone, language)),
  });
  return (
    <section className="list echo" aria-label={say('new-understood')} aria-live="polite">
      <p className="echo__title">{title}</p>
      {recurrence === null ? (
        <p className="echo__when">
          <Icon name="clock" size="s" />
          {when}
        </p>
      ) : (
        <NextTimes recurrence={recurrence} now={now} />
      )}
      {note === 'range' && <p className="echo__note">{say('new-range')}</p>}
      {note === 'suggested' && <p className="echo__note">{say('new-suggested')}</p>}
      {isKept && <p className="echo__note">{say('new-kept')}</p>}
      {arrives !== null && (
        <p className="echo__note">
          {say('new-arrives', { when: formatWhen(arrives, now, zone, language, { withWeekday: true }) })}
        </p>
      )}
    </section>
  );
}
