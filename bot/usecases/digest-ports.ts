/** What the daily digest needs, as types only. */
import type { ClaimedDigest } from '../../shared/schemas/digest.ts';
import type { DeliveryOutcome } from './ports.ts';

export interface DigestStore {
  claim(
    token: string,
    limit: number,
  ): Promise<{ readonly digests: readonly ClaimedDigest[]; readonly empty: number }>;
  /** Safe to repeat. */
  settle(
    token: string,
    digest: Pick<ClaimedDigest, 'telegram_id' | 'on_date'>,
    outcome: DeliveryOutcome,
  ): Promise<void>;
}

/** Sends one, silently. Never throws for what Telegram answers. */
export interface DigestSender {
  sendDigest(digest: ClaimedDigest, signal: AbortSignal): Promise<DeliveryOutcome>;
}
