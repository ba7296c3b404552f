/**
 * The daily digest: claims those whose morning it is, sends each in its slot, writes down what became of it. The claim is
 * the mark of the day, so any number of processes may do this at once and nobody gets two.
 */
import type { ClaimedDigest } from '../../shared/schemas/digest.ts';
import type { MayStart } from '../domain/reminder/slot-grace.ts';
import type { MachineClock } from './clock.ts';
import type { DigestSender, DigestStore } from './digest-ports.ts';
import type { DeliveryOutcome } from './ports.ts';

/** Digests taken at a time: at the usual rate the database hands out two seconds' worth anyway. */
const DIGESTS_AT_ONCE = 100;

export interface SendDigestsDeps {
  readonly store: DigestStore;
  readonly sender: DigestSender;
  readonly clock: MachineClock;
  /** Says of a digest behind its slot whether it may still start; else it gives the slot back. */
  readonly mayStart: MayStart;
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
  const { store, clock } = deps;
  let [sent, unsent, empty] = [0, 0, 0];
  while (!signal.aborted) {
    const token = deps.newToken();
    const claimed = await store.claim(token, DIGESTS_AT_ONCE);
    const answeredAt = clock.monotonicMs();
    empty += claimed.empty;
    // Side by side: waiting for each answer would move the later ones into the slots of others.
    const outcomes = await Promise.allSettled(
      claimed.digests.map(async (digest) => {
        const outcome = await sendInSlot(deps, digest, answeredAt, signal);
        await store.settle(token, digest, outcome);
        return outcome;
      }),
    );
    for (const one of outcomes) {
      if (one.status === 'rejected') throw one.reason;
      if (one.value.outcome === 'sent') sent += 1;
      else unsent += 1;
    }
    if (claimed.digests.length === 0 && claimed.empty < DIGESTS_AT_ONCE) break;
  }
  return { sent, unsent, empty };
}

/** @throws SenderFatal when the bot's token was refused. */
async function sendInSlot(
  { sender, clock, mayStart }: SendDigestsDeps,
  digest: ClaimedDigest,
  answeredAt: number,
  signal: AbortSignal,
): Promise<DeliveryOutcome> {
  const slotAt = answeredAt + digest.slot_in_ms;
  const early = slotAt - clock.monotonicMs();
  if (early > 0) await clock.sleep(early, signal);
  const now = clock.monotonicMs();
  if (signal.aborted || !mayStart(now - slotAt, now)) return { outcome: 'released' };
  return await sender.sendDigest(digest, signal);
}
