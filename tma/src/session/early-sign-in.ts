/**
 * The sign-in, asked for before anything else of the app runs: the answer is there when the rest has been read, which
 * takes an ordinary phone a third of a second. Imported first by main.tsx, and imports nothing itself.
 */

/** Sends launch data; see sign-in.ts for the answer. */
export function sendSignIn(initData: string, lastToken: string | null): Promise<Response> {
  const headers = new Headers({ 'content-type': 'application/json' });
  if (lastToken !== null) headers.set('authorization', `Bearer ${lastToken}`);
  const body = JSON.stringify({ init_data: initData });
  return fetch('/api/auth/telegram', { method: 'POST', headers, body, cache: 'no-store' });
}

/** Where Telegram puts launch data; a page loaded anew has it in its script's memory and signs in as later. */
const launchData = new URLSearchParams(location.hash.slice(1)).get('tgWebAppData') ?? '';
let early = launchData === '' ? null : sendSignIn(launchData, null);
// A failure is met by whoever takes it.
early?.catch(() => undefined);

/** The answer under way for this launch data, once; null = there is none. */
export function takeEarlySignIn(initData: string): Promise<Response> | null {
  const answer = initData === launchData ? early : null;
  early = null;
  return answer;
}
