/**
 * Runs something when the page has nothing more urgent to do: what will be wanted soon, but not for the first sight.
 * @returns a function that calls it off.
 */
export function whenIdle(run: () => void): () => void {
  // Safari has no idle callbacks.
  if (!('requestIdleCallback' in globalThis)) {
    const timer = setTimeout(run, LATER_MS);
    return () => {
      clearTimeout(timer);
    };
  }
  const handle = requestIdleCallback(run, { timeout: LATEST_MS });
  return () => {
    cancelIdleCallback(handle);
  };
}

const LATER_MS = 300;
const LATEST_MS = 2_000;
