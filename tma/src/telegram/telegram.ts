/** Launch, looks and small services of Telegram's client; its buttons are in buttons.ts and use-buttons.ts. */
import { has, isInside, WebApp } from './host.ts';

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
  if (has('7.10')) WebApp.setBottomBarColor('secondary_bg_color');
}

/** A short knock: `success` for what was done, `warning` for what was refused, `pick` while choosing. */
export function haptic(kind: 'success' | 'warning' | 'pick'): void {
  if (!has('6.1')) return;
  if (kind === 'pick') WebApp.HapticFeedback.selectionChanged();
  else WebApp.HapticFeedback.notificationOccurred(kind);
}

/** Back to the chat this was opened from. */
export function close(): void {
  WebApp.close();
}

/** Telegram's own "send this to…", with the text in it. Clients without launch data get the web page of it. */
export function shareText(text: string): void {
  const link = `https://t.me/share/url?url=${encodeURIComponent(text)}`;
  if (isInside()) WebApp.openTelegramLink(link);
  else window.open(link, '_blank', 'noopener');
}

/** Opens an address outside the app: a website, LinkedIn. */
export function openLink(address: string): void {
  if (isInside()) WebApp.openLink(address);
  else window.open(address, '_blank', 'noopener');
}

let confirmations = 0;

/**
 * Telegram asks before closing while something would be lost.
 * @returns a function that ends it.
 */
export function confirmClosing(): () => void {
  confirmations += 1;
  if (has('6.2') && confirmations === 1) WebApp.enableClosingConfirmation();
  return () => {
    confirmations -= 1;
    if (has('6.2') && confirmations === 0) WebApp.disableClosingConfirmation();
  };
}

let swipeHolds = 0;

/**
 * Keeps a downward swipe from minimising the app while something here is dragged.
 * @returns a function that ends it.
 */
export function holdVerticalSwipes(): () => void {
  swipeHolds += 1;
  if (has('7.7') && swipeHolds === 1) WebApp.disableVerticalSwipes();
  return () => {
    swipeHolds -= 1;
    if (has('7.7') && swipeHolds === 0) WebApp.enableVerticalSwipes();
  };
}
