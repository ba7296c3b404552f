/**
 * The one door to Telegram's client. Everything newer than version 6.0 is asked for only where the client has it;
 * elsewhere it quietly does nothing, because the script itself logs and throws. Outside Telegram the script says
 * version 6.0 and has no launch data.
 */
import imported from '@twa-dev/sdk';

/** Bundlers disagree on what the default export of a CommonJS package is: it, or the object that holds it. */
const WebApp = (imported as { default?: typeof imported }).default ?? imported;

export interface Launch {
  /** The signed string, to be passed on unchanged; empty = not opened by Telegram. */
  readonly initData: string;
  /** From a link (`startapp`) or the address of a button. */
  readonly startParam: string | null;
  /** BCP 47, as the client says. */
  readonly language: string;
}

/** What the mini-app was opened with. */
export function readLaunch(): Launch {
  const address = new URLSearchParams(location.search);
  const { start_param: signed, user } = WebApp.initDataUnsafe;
  return {
    initData: WebApp.initData,
    startParam: signed ?? address.get('tgWebAppStartParam') ?? address.get('startapp'),
    language: user?.language_code ?? navigator.language,
  };
}

/** Shows the app at full height in Telegram's colours, now and when they change. */
export function settleIn(): void {
  const applyScheme = (): void => {
    const isDark = isInside() ? WebApp.colorScheme === 'dark' : prefersDark.matches;
    document.documentElement.dataset['scheme'] = isDark ? 'dark' : 'light';
  };
  const prefersDark = matchMedia('(prefers-color-scheme: dark)');
  applyScheme();
  WebApp.onEvent('themeChanged', applyScheme);
  prefersDark.addEventListener('change', applyScheme);
  if (!isInside()) return;
  WebApp.ready();
  WebApp.expand();
  if (has('6.1')) {
    WebApp.setHeaderColor('secondary_bg_color');
    WebApp.setBackgroundColor('secondary_bg_color');
  }
}

/** A short knock: `success` for what was done, `warning` for what was refused. */
export function haptic(kind: 'success' | 'warning'): void {
  if (has('6.1')) WebApp.HapticFeedback.notificationOccurred(kind);
}

/**
 * Shows Telegram's Back button and calls `onBack` when it is pressed.
 * @returns a function that takes the button away.
 */
export function showBack(onBack: () => void): () => void {
  if (!has('6.1')) return () => undefined;
  WebApp.BackButton.onClick(onBack);
  WebApp.BackButton.show();
  return () => {
    WebApp.BackButton.offClick(onBack);
    WebApp.BackButton.hide();
  };
}

/** Back to the chat this was opened from. */
export function close(): void {
  WebApp.close();
}

function isInside(): boolean {
  return WebApp.initData !== '';
}

function has(version: string): boolean {
  return isInside() && WebApp.isVersionAtLeast(version);
}
