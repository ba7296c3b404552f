/**
 * When a cron expression fires next, across clock changes. The library only matches fields, on a calendar without clock
 * changes; what a local time means in a zone is decided here, because the libraries differ: of 02:30 in a gap croner makes
 * 03:00, and cron-parser loses the day where the gap is half an hour wide.
 *
 * - A time of day (`30 2 * * *`) in a gap runs by the gap's width later, in an overlap once, at the first of the two.
 * - An expression for every hour (`0 * * * *`) follows the clock on the wall: nothing in a gap, both hours of an overlap.
 */
import { Cron } from 'croner';

/** Local times are handed to the library as if they were UTC: an offset, because a named zone costs it five times as much. */
const CALENDAR = 'UTC';
/** No zone skips more; a clock change further back cannot hold a slot that is still to come. */
const WIDEST_GAP_HOURS = 25;
/** The finest grain of an expression. */
const ONE_SECOND = { seconds: 1 } as const;

export interface CronRule {
  /** The first slot strictly after the instant, in this zone; null = never again. */
  next(after: Temporal.Instant, zone: string): Temporal.Instant | null;
}

export type CronReading =
  { readonly ok: true; readonly rule: CronRule } | { readonly ok: false; readonly problem: string };

/** Reads an expression of five fields, or six with seconds. The problem is a sentence. */
export function readCron(expression: string): CronReading {
  const fields = expression.trim().split(/\s+/);
  if (fields.length !== 5 && fields.length !== 6) {
    return problem(expression, `has ${fields.length} fields; it needs 5, or 6 with seconds`);
  }
  // The library puts the present moment in its place: the same expression would mean something else at each start.
  if (expression.includes('?')) return problem(expression, 'has a "?"; write * instead');
  try {
    const pattern = new Cron(expression, { utcOffset: 0, paused: true });
    const hour = fields.at(-4);
    const next = hour === '*' || hour === '*/1' ? nextByTheWall : nextByTheDay;
    return { ok: true, rule: { next: (after, zone) => next(pattern, after, zone) } };
  } catch (error) {
    return problem(expression, error instanceof Error ? error.message : String(error));
  }
}

function problem(expression: string, what: string): CronReading {
  return { ok: false, problem: `The cron expression "${expression}" ${what}.` };
}

function nextLocal(pattern: Cron, after: Temporal.PlainDateTime): Temporal.PlainDateTime | null {
  const found = pattern.nextRun(new Date(after.toZonedDateTime(CALENDAR).epochMilliseconds));
  return found === null
    ? null
    : Temporal.Instant.fromEpochMilliseconds(found.getTime()).toZonedDateTimeISO(CALENDAR).toPlainDateTime();
}

/** Every local time as Temporal's "compatible" reads it; of a gap's slots the earliest instant wins. */
function nextByTheDay(pattern: Cron, after: Temporal.Instant, zone: string): Temporal.Instant | null {
  const from = after.toZonedDateTimeISO(zone);
  let local = nextLocal(pattern, from.toPlainDateTime().subtract(gapBefore(from)));
  let best: Temporal.ZonedDateTime | null = null;
  while (local !== null) {
    // A slot of the gap lands behind the gap's end, where an ordinary slot may come before it.
    if (best !== null && Temporal.PlainDateTime.compare(local, best.toPlainDateTime()) >= 0) break;
    const slot = local.toZonedDateTime(zone, { disambiguation: 'compatible' });
    if (
      Temporal.Instant.compare(slot.toInstant(), after) > 0 &&
      (best === null || Temporal.ZonedDateTime.compare(slot, best) < 0)
    ) {
      best = slot;
    }
    local = nextLocal(pattern, local);
  }
  return best?.toInstant() ?? null;
}

/** How far back a local time may lie whose slot is still to come: the width of a gap just passed. */
function gapBefore(from: Temporal.ZonedDateTime): Temporal.Duration {
  const change = from.add({ nanoseconds: 1 }).getTimeZoneTransition('previous');
  if (change === null || from.since(change).total('hours') > WIDEST_GAP_HOURS) return new Temporal.Duration();
  const before = change.subtract({ nanoseconds: 1 });
  return Temporal.Duration.from({
    nanoseconds: Math.max(0, change.offsetNanoseconds - before.offsetNanoseconds),
  });
}

/** Between two clock changes the offset stands still, so that the calendar fits; behind each it begins anew. */
function nextByTheWall(pattern: Cron, after: Temporal.Instant, zone: string): Temporal.Instant | null {
  let from = after.toZonedDateTimeISO(zone);
  let local = nextLocal(pattern, from.toPlainDateTime());
  while (local !== null) {
    const slot = from.toInstant().add(from.toPlainDateTime().until(local));
    const change = from.getTimeZoneTransition('next');
    if (change === null || Temporal.Instant.compare(slot, change.toInstant()) < 0) return slot;
    from = change;
    local = nextLocal(pattern, change.toPlainDateTime().subtract(ONE_SECOND));
  }
  return null;
}
