/**
 * The daily digest: claims those whose morning it is, sends each in its slot, writes down what became of it. The claim is
 * the mark of the day, so any number of processes may do this at once and nobody gets two.
 */
import type { MachineClock } from './clock.ts';
import type { DigestSender, DigestStore } from './digest-ports.ts';

/** Digests taken at a time: at the usual rate the database hands out two seconds' worth anyway. */
const DIGESTS_AT_ONCE = 100;

export interface SendDigestsDeps {
  readonly store: DigestStore;
  readonly sender: DigestSender;
  readonly clock: MachineClock;
  readonly newToken: () => string;
}

export interface SentDigests {
  readonly sent: number;
  /** Refused or put off. */
  readonly unsent: number;
  /** People to whom there was nothing to say. */
  readonly empty: number;
}

/**
 * Works until nobody's digest is due, or the signal aborts: then the rest is given back.
 * @throws what the store throws when the database cannot be asked; SenderFatal when the bot's token was refused.
 */
export async function sendDigests(deps: SendDigestsDeps, signal: AbortSignal): Promise<SentDigests> {
  const { store, sender, clock } = deps;
  let [sent, unsent, empty] = [0, 0, 0];
  while (!signal.aborted) {
    const token = deps.newToken();
    const claimed = await store.claim(token, DIGESTS_AT_ONCE);
    const answeredAt = clock.monotonicMs();
    empty += claimed.empty;
    for (const digest of claimed.digests) {
      const wait = digest.slot_in_ms - (clock.monotonicMs() - answeredAt);
      if (wait > 0) await clock.sleep(wait, signal);
      const outcome = await sender.sendDigest(digest, signal);
      await store.settle(token, digest, outcome);
      if (outcome.outcome === 'sent') sent += 1;
      else unsent += 1;
    }
    if (claimed.digests.length === 0 && claimed.empty < DIGESTS_AT_ONCE) break;
  }
  return { sent, unsent, empty };
}
