/** A flight in a sentence. */
import type { Flight } from '../../../../shared/rules/flight-plan.ts';
import { formatWhen } from '../../../../shared/rules/words.ts';
import type { Say } from '../../texts/texts.ts';

/** `8 messages from Wed 14 Oct, 15:30 to Mon 4 Jan, 15:30. 2 were shifted, none collide.` */
export function flightSummary(
  flight: Flight,
  words: { readonly now: Temporal.Instant; readonly zone: string; readonly locale: string },
  say: Say,
): string {
  const first = flight.messages[0];
  const last = flight.messages.at(-1);
  if (first === undefined || last === undefined) return say('flight-none');
  const when = (at: Temporal.Instant): string =>
    formatWhen(at, words.now, words.zone, words.locale, { withWeekday: true });
  const shifted = flight.messages.filter(({ shift }) => shift !== null).length;
  const meeting = flight.messages.filter(({ collidesWith }) => collidesWith.length > 0).length;
  return [
    say('flight-span', { count: flight.messages.length, from: when(first.arrives), to: when(last.arrives) }),
    say('flight-shifted', { count: shifted }),
    say('flight-meeting', { count: meeting }),
  ].join(' ');
}

/** What the grid shows, for those who do not see it. */
export function flightLabel(flight: Flight, say: Say): string {
  const days = flight.days.length;
  const off = flight.days.filter(({ isWorking }) => !isWorking).length;
  return say('flight-grid-label', {
    count: days,
    done: flight.messages.length,
    what: flight.clockChanges.length,
    to: off,
  });
}
