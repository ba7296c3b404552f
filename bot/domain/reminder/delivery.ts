/**
 * How a claimed reminder is presented. Whether it goes now, alone or in a list is decided by the claim in SQL, which
 * sees all due rows at once; here is what its answer means for the words on the card.
 */
import type { ClaimedReminder } from '../../../shared/schemas/reminder.ts';

/** How the reminder is brought up: asked better each time, never harder. */
type CardTone = 'first' | 'still_on' | 'last_before_rest';

/** Special first line of a card, before everything else. */
type CardOpening = 'sent_again' | null;

export interface CardManner {
  readonly tone: CardTone;
  readonly opening: CardOpening;
  /** Say how late it is: the person expected it noticeably earlier, and nobody moved it on purpose. */
  readonly saysLate: boolean;
}

/** Below this a delay is the ordinary course of sending and not worth a word. Minutes. */
const NOTICEABLE_LATENESS_MINUTES = 5;

/**
 * Tone, opening and lateness of one reminder's card.
 * @param reminder as claimed: `level` counts the earlier times it was brought up without an answer; `in_doubt` says an
 *   earlier send may have arrived.
 */
export function cardManner(
  reminder: Pick<ClaimedReminder, 'level' | 'in_doubt' | 'wanted_at' | 'product_now'>,
): CardManner {
  const tone = toneOf(reminder.level);
  const minutes = minutesBetween(reminder.wanted_at, reminder.product_now);
  return {
    tone,
    opening: reminder.in_doubt ? 'sent_again' : null,
    // A repeated question is late by design: saying so would be a reproach.
    saysLate: tone === 'first' && minutes >= NOTICEABLE_LATENESS_MINUTES,
  };
}

function toneOf(level: number): CardTone {
  if (level <= 0) return 'first';
  return level === 1 ? 'still_on' : 'last_before_rest';
}

function minutesBetween(wantedAt: string, now: string): number {
  // Read and subtracted as numbers: with Temporal it costs several times as much, and every card asks.
  return (Date.parse(now) - Date.parse(wantedAt)) / 60_000;
}
