/**
 * The moments of a rule. What recurs is dates, expanded by the library on a calendar without clock changes; each date
 * becomes an instant by itself, so a gap moves the hour forward once and an overlap counts once.
 */
import { RRuleTemporal } from 'rrule-temporal';
import { atClock } from '../../../shared/rules/calendar.ts';

/** A rule as it is stored. */
export interface Schedule {
  /** RFC 5545 without DTSTART; UNTIL is a date, inclusive. */
  readonly rule: string;
  /** `YYYY-MM-DD`, from which intervals and COUNT are counted: the rule's first date, or one before it. */
  readonly startsOn: string;
  /** Local clock, `HH:MM` (seconds allowed). */
  readonly clock: string;
}

/** One time of a rule. */
export interface Slot {
  readonly on: Temporal.PlainDate;
  readonly at: Temporal.Instant;
}

/** Periods looked through for a date; a rule with none in so many (30 February) has none at all. */
const MOST_PERIODS = 2_000;

/**
 * The times of a rule in order, without end when the rule has none.
 * @param from only times on or after this local date.
 * @throws Error of the library when the rule is none, or never occurs.
 */
export function* slotsFrom(
  { rule, startsOn, clock }: Schedule,
  zone: string,
  from: Temporal.PlainDate,
): Generator<Slot> {
  const rrule = new RRuleTemporal({
    rruleString: rule,
    dtstart: midnight(Temporal.PlainDate.from(startsOn)),
    maxIterations: MOST_PERIODS,
    temporal: Temporal,
  });
  let next = rrule.next(midnight(from), true);
  while (next !== null) {
    const on = next.toPlainDate();
    // A date that an island skipped at the date line does not exist, so nothing happens on it.
    if (on.toZonedDateTime(zone).toPlainDate().equals(on)) yield { on, at: atClock(on, clock, zone) };
    next = rrule.next(next);
  }
}

/** At most `count` times after `now`. @throws as {@link slotsFrom}. */
export function slotsAfter(
  schedule: Schedule,
  zone: string,
  now: Temporal.Instant,
  count: number,
): readonly Slot[] {
  // A clock set back over midnight shows a date again after the next one has begun.
  const from = now.toZonedDateTimeISO(zone).toPlainDate().subtract({ days: 1 });
  const found: Slot[] = [];
  for (const slot of slotsFrom(schedule, zone, from)) {
    if (Temporal.Instant.compare(slot.at, now) <= 0) continue;
    found.push(slot);
    if (found.length === count) break;
  }
  return found;
}

/** Calendars are counted in UTC, where every day has its midnight. */
function midnight(date: Temporal.PlainDate): Temporal.ZonedDateTime {
  return date.toZonedDateTime('UTC');
}
