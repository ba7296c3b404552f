/** The address under which the phone opens the mini-app: what Telegram's clients put into the hash, nothing more. */
import { THEME_PARAMS } from './theme-params.ts';

/** The version of Telegram's client the phone plays: the newest that @twa-dev/sdk knows. */
const CLIENT_VERSION = '8.0';
const CLIENT_PLATFORM = 'ios';

export interface MiniAppLaunch {
  /** Where the mini-app is served. */
  miniAppUrl: string;
  /** The tapped button's own address; absent = the menu button's. */
  url: string | undefined;
  startParam: string | undefined;
  theme: 'light' | 'dark';
  /** Freshly signed, as a query string. */
  initData: string;
}

/**
 * A button's address must lie on the mini-app's own origin: signed launch data go with it, and Telegram, too, would
 * have shown only what the bot's owner registered.
 */
export function miniAppLaunchUrl(
  launch: MiniAppLaunch,
): { ok: true; url: string } | { ok: false; reason: string } {
  const home = new URL(launch.miniAppUrl);
  const target = launch.url ?? launch.miniAppUrl;
  if (!URL.canParse(target, home)) return { ok: false, reason: `"${target}" is not an address.` };
  const address = new URL(target, home);
  if (address.origin !== home.origin) {
    return {
      ok: false,
      reason: `The sandbox opens only its own mini-app at ${home.origin}, not ${address.origin}.`,
    };
  }
  if (launch.startParam !== undefined) address.searchParams.set('tgWebAppStartParam', launch.startParam);
  const parameters = new URLSearchParams({
    tgWebAppData: launch.initData,
    tgWebAppVersion: CLIENT_VERSION,
    tgWebAppPlatform: CLIENT_PLATFORM,
    tgWebAppThemeParams: JSON.stringify(THEME_PARAMS[launch.theme]),
  });
  // A hash of the button's own stays in front, as Telegram's clients join them.
  const own = address.hash.slice(1);
  const joint = own === '' ? '' : own.includes('=') || own.includes('?') ? '&' : '?';
  address.hash = `${own}${joint}${parameters.toString()}`;
  return { ok: true, url: address.href };
}
