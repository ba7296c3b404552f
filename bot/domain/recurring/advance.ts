/** Which occurrence of a rule should exist now, and when the one after it comes. */
import { isBefore } from '../../../shared/rules/calendar.ts';
import { slotsFrom, type Schedule, type Slot } from './slots.ts';

/** How things stand with a rule that goes on. */
export interface RuleState extends Schedule {
  /** The present zone of the person. */
  readonly zone: string;
  /** The last date an occurrence was made for; null = none yet. */
  readonly lastSlotOn: string | null;
  /** The date of the occurrence that is open; null = none is. */
  readonly liveSlotOn: string | null;
  /** Nothing before this is made up for: when the rule was made, changed or resumed. */
  readonly since: Temporal.Instant;
}

/** Local dates; null = there is none. */
export interface Advance {
  /** The occurrence to be there; null: the rule is over. */
  readonly slotOn: Temporal.PlainDate | null;
  readonly nextOn: Temporal.PlainDate | null;
}

/** An occurrence is made this long before its time, so that it is sent on the minute. */
const AHEAD_SECONDS = 60;

/**
 * The occurrence that should be there: the open one until the next one's time, else the next one, or a missed one that
 * is nearer.
 * @throws as `slotsFrom`.
 */
export function advance(state: RuleState, now: Temporal.Instant): Advance {
  const { missed, upcoming } = around(state, now.add({ seconds: AHEAD_SECONDS }), now);
  const live = state.liveSlotOn === null ? null : Temporal.PlainDate.from(state.liveSlotOn);
  const [next, following] = upcoming;
  if (live !== null) {
    return missed === null ? pair(live, next) : pair(missed.on, next);
  }
  const isMissedNearer =
    missed !== null &&
    (next === undefined ||
      Temporal.Duration.compare(missed.at.until(now).abs(), now.until(next.at).abs()) < 0);
  return isMissedNearer ? pair(missed.on, next) : pair(next?.on ?? null, following);
}

function pair(slotOn: Temporal.PlainDate | null, next: Slot | undefined): Advance {
  return { slotOn, nextOn: next?.on ?? null };
}

/** The latest time that has come and was not made yet, and the next two. */
function around(
  state: RuleState,
  horizon: Temporal.Instant,
  now: Temporal.Instant,
): { readonly missed: Slot | null; readonly upcoming: readonly Slot[] } {
  const { zone, since } = state;
  const last = state.liveSlotOn ?? state.lastSlotOn;
  const after = last === null ? null : Temporal.PlainDate.from(last);
  // Two days of margin for zones and for clocks set back over midnight.
  const begins = since.toZonedDateTimeISO(zone).toPlainDate().subtract({ days: 2 });
  const from = after !== null && Temporal.PlainDate.compare(after, begins) > 0 ? after : begins;
  let missed: Slot | null = null;
  const upcoming: Slot[] = [];
  for (const slot of slotsFrom(state, zone, from)) {
    if (after !== null && Temporal.PlainDate.compare(slot.on, after) <= 0) continue;
    const hasCome = !isBefore(horizon, slot.at);
    if (hasCome && (isBefore(since, slot.at) || isBefore(now, slot.at))) missed = slot;
    if (!hasCome) upcoming.push(slot);
    if (upcoming.length === 2) break;
  }
  return { missed, upcoming };
}
