/**
 * Where in the app the person is. Kept in memory: the address's hash holds Telegram's launch data (and would hand them on
 * with every copied link), and a page framed by the sandbox or by Telegram's web clients must not fill the history of the
 * page around it. A deep link sets the first place; a reload begins there again.
 */
import { createContext, use } from 'react';
import { memoryLocation } from 'wouter/memory-location';

export interface Navigation {
  /** For wouter's Router. */
  readonly hook: ReturnType<typeof memoryLocation>['hook'];
  readonly searchHook: ReturnType<typeof memoryLocation>['searchHook'];
  /** Opens a place; Back returns from it. */
  readonly go: (path: string) => void;
  /** Puts a place where the present one is. */
  readonly replace: (path: string) => void;
  /** Opens a section: what was opened before is forgotten. */
  readonly openTab: (path: string) => void;
  /** To the place before, or to `fallback` when a link led right here. */
  readonly back: (fallback: string) => void;
}

/** @param path the first place, e.g. `/leads/42`. */
export function createNavigation(path: string): Navigation {
  const { hook, searchHook, navigate, history } = memoryLocation({ path, record: true });
  const show = (next: string, replace: boolean): void => {
    navigate(next, { replace });
    scrollTo(0, 0);
  };
  return {
    hook,
    searchHook,
    go(next) {
      if (history.at(-1) !== next) show(next, false);
    },
    replace(next) {
      show(next, true);
    },
    openTab(next) {
      history.length = 0;
      show(next, false);
    },
    back(fallback) {
      if (history.length > 1) history.pop();
      else history[0] = fallback;
      show(history.at(-1) ?? fallback, true);
    },
  };
}

export const NavigationContext = createContext<Navigation | null>(null);

/** Ways from place to place. */
export function useNavigation(): Navigation {
  const navigation = use(NavigationContext);
  if (navigation === null)
    throw new Error('useNavigation needs the app around it: render below NavigationContext.');
  return navigation;
}
