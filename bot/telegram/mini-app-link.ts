import type { InlineKeyboardButton } from 'grammy/types';
import type { Say } from './text/texts.ts';

/**
 * The mini-app's address as Telegram takes it in a button: HTTPS, or this very machine in the sandbox. Null for any
 * other: one such button would make Telegram refuse the whole message.
 * @param isSandbox the Bot API is the emulated one, which allows plain HTTP on this machine.
 */
export function usableMiniAppUrl(publicUrl: string | null, isSandbox: boolean): string | null {
  const url = publicUrl === null ? null : URL.parse(publicUrl);
  if (url === null) return null;
  const isLocal = ['localhost', '127.0.0.1'].includes(url.hostname);
  // A fragment would swallow what is appended, and Telegram puts the launch data there.
  url.hash = '';
  return url.protocol === 'https:' || (isSandbox && isLocal) ? url.href : null;
}

/**
 * The button that opens the mini-app, as a row of a keyboard; no row without an address.
 * @param miniAppUrl from `usableMiniAppUrl`.
 * @param startParam where to: `r<reminder id>`; letters and digits only.
 */
export function openInApp(
  say: Say,
  miniAppUrl: string | null,
  startParam?: string,
): InlineKeyboardButton[][] {
  if (miniAppUrl === null) return [];
  const joint = miniAppUrl.includes('?') ? '&' : '?';
  const url = startParam === undefined ? miniAppUrl : `${miniAppUrl}${joint}startapp=${startParam}`;
  return [[{ text: say('button-open-app'), web_app: { url } }]];
}
