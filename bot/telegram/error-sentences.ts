/** The one place where a refusal or a failure becomes a sentence of the catalogue. */
import type { RefusalCode } from '../../shared/contracts/refusals.ts';
import type { Say } from './text/texts.ts';

/** What can go wrong beside the database's own refusals. */
export const BOT_ERRORS = ['away', 'away-tap', 'unexpected', 'stale-button'] as const;
export type BotError = (typeof BOT_ERRORS)[number];

export function errorSentence(say: Say, error: BotError): string {
  return say(`error-${error}`);
}

/** The sentence for what the database refused in words. */
export function refusalSentence(say: Say, code: RefusalCode): string {
  return say(`refusal-${code.toLowerCase().replaceAll('_', '-')}`);
}

/**
 * Whether waiting helps: the database is away or lost the transaction to another. Told by the shape of the store's
 * error, because an entrance knows no adapter.
 */
export function isAway(error: unknown): boolean {
  if (!(error instanceof Error) || error.name !== 'StoreError' || !('kind' in error)) return false;
  return error.kind === 'away' || error.kind === 'conflict';
}
