/** Where a reminder lands when it is taken to another day: at its own time of day there, if that works without a word. */
import { atClock, isAwake, isBefore, nextOpen } from '../../../../shared/rules/calendar.ts';
import type { TimeSettings } from '../../../../shared/rules/time-settings.ts';

export type Landing =
  | { readonly kind: 'clear'; readonly at: Temporal.Instant }
  /** Same day, same time: nothing happens. */
  | { readonly kind: 'same' }
  | { readonly kind: 'past'; readonly at: Temporal.Instant }
  /** Quiet hours or a day off: `open` is when it would arrive. */
  | { readonly kind: 'closed'; readonly at: Temporal.Instant; readonly open: Temporal.Instant };

export interface Landed {
  readonly wanted: Temporal.Instant;
  /** The person picked this very minute before: quiet hours do not concern it. */
  readonly isExact: boolean;
}

/** The landing of `reminder` on `date`. */
export function landOn(
  { wanted, isExact }: Landed,
  date: Temporal.PlainDate,
  now: Temporal.Instant,
  settings: TimeSettings,
): Landing {
  const clock = wanted.toZonedDateTimeISO(settings.zone).toPlainTime();
  return judge(atClock(date, clock.toString(), settings.zone), { wanted, isExact }, now, settings);
}

/** What an instant means for a reminder. */
export function judge(
  at: Temporal.Instant,
  { wanted, isExact }: Landed,
  now: Temporal.Instant,
  settings: TimeSettings,
): Landing {
  if (at.equals(wanted)) return { kind: 'same' };
  if (!isBefore(now, at)) return { kind: 'past', at };
  if (!isExact && !isAwake(at, settings)) return { kind: 'closed', at, open: nextOpen(at, settings) };
  return { kind: 'clear', at };
}
