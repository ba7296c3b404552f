/** The SDK clients: one with the server's key, one per person with a token minted for them. */
import { createAdminClient, createClient } from '@insforge/sdk';
import type { InsForgeClient } from '@insforge/sdk';

export type Database = InsForgeClient['database'];

export interface ClientSettings {
  /** InsForge project, or any address when `fetch` is the in-process gateway's. No trailing slash. */
  readonly url: string;
  readonly apiKey: string;
  /** The network's `fetch`, or the gateway's (`app.fetch`, no socket). */
  readonly fetch: typeof fetch;
  /** A token for exactly this person; called when the last one is about to end. */
  readonly mintToken: (telegramId: number) => Promise<{ readonly token: string; readonly expiresIn: number }>;
  /** Machine time in milliseconds, for the tokens' age. */
  readonly machineNow: () => number;
}

export interface Clients {
  readonly server: Database;
  /** The database as this person sees it. Cheap to call: clients are kept. */
  asPerson(telegramId: number): Database;
}

/** People whose clients are kept; beyond that the one unused for longest goes. */
const KEPT_PEOPLE = 500;
/** A token is renewed this long before its end, so that none ends on its way. */
const RENEW_BEFORE_MS = 60_000;
/** InsForge's proxy gives up after 10 s; a little more, so that its own answer is heard. */
const TIMEOUT_MS = 12_000;

/** The SDK with the server's key. Opens no connection. */
export function createServerClient(
  settings: Pick<ClientSettings, 'url' | 'apiKey' | 'fetch'>,
): InsForgeClient {
  const { url, apiKey, fetch: send } = settings;
  return createAdminClient({ baseUrl: url, apiKey, fetch: send, timeout: TIMEOUT_MS });
}

/** Builds the clients. Opens no connection. */
export function createClients(settings: ClientSettings): Clients {
  const server = createServerClient(settings).database;
  const people = new Map<number, Database>();
  return {
    server,
    asPerson(telegramId) {
      const kept = people.get(telegramId) ?? createPersonClient(telegramId, settings);
      people.delete(telegramId);
      people.set(telegramId, kept);
      const [oldest] = people.keys();
      if (people.size > KEPT_PEOPLE && oldest !== undefined) people.delete(oldest);
      return kept;
    },
  };
}

function createPersonClient(telegramId: number, settings: ClientSettings): Database {
  let current: { readonly token: string; readonly renewAt: number } | null = null;
  const bearer = async (): Promise<string> => {
    if (current === null || settings.machineNow() >= current.renewAt) {
      const { token, expiresIn } = await settings.mintToken(telegramId);
      current = { token, renewAt: settings.machineNow() + expiresIn * 1000 - RENEW_BEFORE_MS };
    }
    return current.token;
  };
  // The token is set here and not by the SDK, which would wipe a late one on its own 401 handling.
  const send: typeof fetch = async (input, init) => {
    const headers = new Headers(init?.headers);
    headers.set('authorization', `Bearer ${await bearer()}`);
    return settings.fetch(input, { ...init, headers });
  };
  return createClient({
    baseUrl: settings.url,
    accessToken: 'minted-per-request',
    isServerMode: true,
    fetch: send,
    timeout: TIMEOUT_MS,
  }).database;
}
