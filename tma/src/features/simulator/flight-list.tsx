import type { ClockChange, Flight, FlightMessage } from '../../../../shared/rules/flight-plan.ts';
import { isAwake, localDate } from '../../../../shared/rules/calendar.ts';
import { DEFAULT_TIME_SETTINGS } from '../../../../shared/rules/time-settings.ts';
import { formatWhen } from '../../../../shared/rules/words.ts';
import { sameZone, zoneLabel } from '../../../../shared/rules/zones.ts';
import type { StepRow } from '../../../../shared/schemas/plan.ts';
import { useTexts } from '../../texts/texts.ts';
import type { Say } from '../../texts/texts.ts';
import { capitalised } from '../../ui/dates.ts';
import { Icon } from '../../ui/icons.tsx';

const HOUR_NS = 3_600_000_000_000;

export interface FlightWords {
  readonly now: Temporal.Instant;
  readonly zone: string;
  /** The lead's zone when it is known and another one. */
  readonly leadZone: string | null;
  readonly locale: string;
  readonly steps: ReadonlyMap<number, StepRow>;
  /** What the person's other reminders are called, by id. */
  readonly names: ReadonlyMap<number, string>;
}

/** Every message and every night with a clock change, in the order of time; the lead's own clock stands beside ours. */
export function FlightList({ flight, words }: { flight: Flight; words: FlightWords }) {
  const say = useTexts();
  const { zone, leadZone, locale } = words;
  const lastDate = flight.days.at(-1)?.date;
  const entries = [
    ...flight.clockChanges.map((change) => ({
      at: change.at,
      node: <ClockMark change={change} words={words} />,
    })),
    ...flight.messages.map((message) => ({
      at: message.arrives,
      node: <Message message={message} words={words} />,
    })),
  ].toSorted((a, b) => Temporal.Instant.compare(a.at, b.at));
  return (
    <section className="group">
      <h2 className="group__title">
        {say('flight-your-time', { zone: capitalised(zoneLabel(zone, locale)) })}
        {leadZone !== null && (
          <span className="count group__end">
            {say('flight-their-time', { zone: capitalised(zoneLabel(leadZone, locale)) })}
          </span>
        )}
      </h2>
      <ol className="list flight">
        {entries.map(({ at, node }, index) => (
          <li key={`${at.epochMilliseconds}-${index}`} className="flight__item">
            {node}
          </li>
        ))}
      </ol>
      {flight.messages.some(({ isBeyond }) => isBeyond) && lastDate !== undefined && (
        <p className="group__note">{say('flight-beyond')}</p>
      )}
    </section>
  );
}

function Message({ message, words }: { message: FlightMessage; words: FlightWords }) {
  const say = useTexts();
  const { now, zone, leadZone, locale } = words;
  const step = words.steps.get(message.stepId);
  const notes = notesOn(message, words, say);
  return (
    <div className="fly">
      <span className="fly__n">{message.stepId}</span>
      <div className="fly__b">
        <p className="fly__d">
          <b>{capitalised(formatWhen(message.arrives, now, zone, locale, { withWeekday: true }))}</b>
          {leadZone !== null && <span>{theirClock(message.arrives, zone, leadZone, locale)}</span>}
        </p>
        <p className="t-call">{step?.description}</p>
        {notes.map((note) => (
          <p key={note} className="fly__s">
            {note}
          </p>
        ))}
      </div>
    </div>
  );
}

/** What is worth knowing about one message: why it moved, what it meets, and how late it is where the lead lives. */
function notesOn(message: FlightMessage, words: FlightWords, say: Say): string[] {
  const { now, zone, leadZone, locale } = words;
  const notes: string[] = [];
  if (message.shift !== null) {
    const asked = capitalised(formatWhen(message.asked, now, zone, locale, { withWeekday: true }));
    notes.push(say(`flight-shift-${message.shift}`, { when: asked }));
  }
  if (message.collidesWith.length > 0) {
    const names = message.collidesWith.map((id) => words.names.get(id) ?? say('own-reminder'));
    const list = new Intl.ListFormat(locale, { type: 'conjunction' }).format(new Set(names));
    notes.push(say('flight-collides', { name: list }));
  }
  const isCall = words.steps.get(message.stepId)?.action_type === 'call';
  if (
    leadZone !== null &&
    isCall &&
    !isAwake(message.arrives, { ...DEFAULT_TIME_SETTINGS, zone: leadZone })
  ) {
    notes.push(say('flight-night-there', { when: clockOf(message.arrives, leadZone) }));
  }
  return notes;
}

function ClockMark({ change, words }: { change: ClockChange; words: FlightWords }) {
  const say = useTexts();
  const { zone, leadZone, locale } = words;
  const date = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  }).format(Date.UTC(change.from.year, change.from.month - 1, change.from.day));
  const values = {
    when: capitalised(date.replace(',', '')),
    from: plainClock(change.from),
    to: plainClock(change.to),
    zone: capitalised(zoneLabel(change.zone, locale)),
  };
  return (
    <div className="fly fly--mark">
      <span className="fly__n">
        <Icon name="moon" />
      </span>
      <p className="t-call">
        <b>{say('flight-clocks', values)}</b>
        {leadZone !== null && ` ${distance(change.at, zone, leadZone, locale, say)}`}
      </p>
    </div>
  );
}

/** How far the lead's clock is from the person's after a change: "New York is 5 hours behind you." */
function distance(at: Temporal.Instant, zone: string, leadZone: string, locale: string, say: Say): string {
  const offset = (id: string): number => at.toZonedDateTimeISO(id).offsetNanoseconds;
  const hours = (offset(leadZone) - offset(zone)) / HOUR_NS;
  const place = capitalised(zoneLabel(leadZone, locale));
  if (hours === 0) return say('flight-same-clock', { zone: place });
  const size = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(Math.abs(hours));
  return say(hours > 0 ? 'flight-ahead' : 'flight-behind', {
    zone: place,
    what: size,
    count: Math.abs(hours),
  });
}

/** The lead's clock, with the weekday when it is another day there. */
function theirClock(instant: Temporal.Instant, zone: string, leadZone: string, locale: string): string {
  const clock = clockOf(instant, leadZone);
  if (localDate(instant, zone).equals(localDate(instant, leadZone))) return clock;
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: leadZone });
  return `${capitalised(weekday.format(instant.epochMilliseconds))} ${clock}`;
}

function clockOf(instant: Temporal.Instant, zone: string): string {
  return plainClock(instant.toZonedDateTimeISO(zone).toPlainDateTime());
}

function plainClock(local: Temporal.PlainDateTime): string {
  return `${local.hour}:${String(local.minute).padStart(2, '0')}`;
}

/** The lead's zone, unless it is unknown or the person's own. */
export function otherZone(leadZone: string | null, zone: string): string | null {
  return leadZone === null || sameZone(leadZone, zone) ? null : leadZone;
}
