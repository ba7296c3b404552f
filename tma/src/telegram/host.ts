/**
 * Telegram's script and what this client can do. Everything newer than version 6.0 is asked for only where the client
 * has it, because the script itself logs and throws elsewhere. Outside Telegram the script says version 6.0 and has no
 * launch data.
 */
import imported from '@twa-dev/sdk';

/** Bundlers disagree on what the default export of a CommonJS package is: it, or the object that holds it. */
export const WebApp = (imported as { default?: typeof imported }).default ?? imported;

/** Opened by Telegram, with launch data. */
export function isInside(): boolean {
  return WebApp.initData !== '';
}

/** Whether the client is at least of this version. */
export function has(version: string): boolean {
  return isInside() && WebApp.isVersionAtLeast(version);
}

/**
 * Whether somebody draws the buttons around the page: a native client, or the page that frames this one. Opened by a
 * copied address there is nobody, and the page draws its own.
 */
export function isHosted(): boolean {
  return isInside() && ('TelegramWebviewProxy' in window || window.parent !== window);
}
