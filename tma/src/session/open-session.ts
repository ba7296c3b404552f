/** From launch data to a session: who it is, their database, product time. */
import { Database, HttpClient } from '@insforge/sdk';
import { instantSchema } from '../../../shared/schemas/instant.ts';
import type { UserRow } from '../../../shared/schemas/user.ts';
import { newActionId, updateSettings } from './actions.ts';
import { readOutcome } from './outcome.ts';
import { createProductClock } from './product-clock.ts';
import type { ProductClock } from './product-clock.ts';
import { signIn } from './sign-in.ts';
import { createTokenKeeper } from './token-keeper.ts';

export interface Session {
  readonly user: UserRow;
  readonly database: Database;
  readonly clock: ProductClock;
  /** `fetch` with the person's token, for the product's own routes: see api.ts. */
  readonly request: typeof fetch;
  /** Asks the database for product time; a failure leaves the clock as it is. */
  readonly syncClock: () => Promise<void>;
}

/** InsForge's proxy gives up after 10 s; a little more, so that its own answer is heard. */
const TIMEOUT_MS = 12_000;

/**
 * Signs in.
 * @param onOver called when the session cannot be renewed any more.
 * @throws SignInError
 */
export async function openSession(initData: string, onOver: () => void): Promise<Session> {
  const first = await signIn(initData, null);
  const clock = createProductClock(first.now);
  const keeper = createTokenKeeper({
    first,
    renew: (lastToken) => signIn(initData, lastToken),
    onRenewed: (answer) => {
      clock.set(answer.now);
    },
    onOver,
  });
  // The SDK's database module alone: a whole client would load files, mail and live sockets that nobody uses here.
  // The token travels in the keeper's fetch; the SDK believes in a fixed one, so that it never tries to renew by itself.
  const database = new Database(
    new HttpClient({
      baseUrl: first.database_url,
      accessToken: 'kept-by-the-session',
      fetch: keeper.fetch,
      timeout: TIMEOUT_MS,
    }),
  );
  const syncClock = async (): Promise<void> => {
    const answer = readOutcome(await database.rpc('app_now', {}, { get: true }), instantSchema);
    if (answer.kind === 'done') clock.set(answer.value);
  };
  return { user: await withZone(first.user, database), database, clock, request: keeper.fetch, syncClock };
}

/** A person whose zone nobody knows yet lives where their phone says. */
async function withZone(user: UserRow, database: Database): Promise<UserRow> {
  if (user.zone_source !== null) return user;
  const zone = Temporal.Now.timeZoneId();
  const answer = await updateSettings(database, newActionId(), { zone, zone_source: 'mini_app' });
  // A zone the server does not know is no reason to keep somebody out; it is asked again next time.
  return answer.kind === 'done' ? answer.value.user : user;
}
