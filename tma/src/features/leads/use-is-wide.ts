import { useSyncExternalStore } from 'react';

/** From here on leads have two panes; two-panes.css says the same. */
const WIDE = '(min-width: 900px)';

/** Whether there is room for a list and a lead beside it. */
export function useIsWide(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(WIDE).matches);
}

function subscribe(onChange: () => void): () => void {
  const query = matchMedia(WIDE);
  query.addEventListener('change', onChange);
  return () => {
    query.removeEventListener('change', onChange);
  };
}
