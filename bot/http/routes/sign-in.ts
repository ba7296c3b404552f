/**
 * `POST /api/auth/telegram`: launch data in, a person's token out.
 *
 * Launch data is taken for an hour. A mini-app left open for longer could not renew its token with it, and somebody's
 * snooze would fail after lunch; so whoever also shows the last token of the same person may use their launch data for
 * a day. Either of the two alone is worth nothing after its hour or quarter of an hour.
 */
import { createRoute } from '@hono/zod-openapi';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { signInAnswerSchema, signInRequestSchema } from '../../../shared/contracts/auth.ts';
import type { AdminStore } from '../../usecases/ports.ts';
import { apiError, errorResponse } from '../answer.ts';
import { limitBody } from '../limit-body.ts';
import type { HttpEnv, Log } from '../answer.ts';
import { INIT_DATA_MAX_AGE_SECONDS } from '../init-data.ts';
import type { Freshness, InitDataCheck, InitDataUser } from '../init-data.ts';
import { bearerOf } from '../secrets.ts';
import { mintPersonToken, verifyPersonToken } from '../tokens.ts';

export interface SignInParts {
  /** Checks launch data: with the bot's token (`checkInitData`) or Telegram's key (`checkInitDataSignature`). */
  readonly checkInitData: (raw: string, freshness: Freshness) => InitDataCheck;
  readonly jwtSecret: string;
  readonly store: Pick<AdminStore, 'now' | 'touchPerson'>;
  /** Where the mini-app's SDK points. No trailing slash. */
  readonly databaseUrl: () => string;
  readonly machineNow: () => Temporal.Instant;
  readonly log: Log;
}

/** How long after launch a session can be renewed; then the mini-app asks to be opened again. */
const SESSION_MAX_AGE_SECONDS = 24 * 60 * 60;
/** Launch data of the longest form the contract takes, percent signs and all. */
const BODY_LIMIT_BYTES = 32 * 1024;

const signInRoute = createRoute({
  method: 'post',
  path: '/api/auth/telegram',
  tags: ['Session'],
  summary: 'Sign in with Telegram launch data',
  description:
    'With the last token in `Authorization`, launch data of up to 24 hours is accepted: that is how a session is renewed.',
  security: [{}, { person: [] }],
  middleware: [limitBody(BODY_LIMIT_BYTES)] as const,
  request: { body: { required: true, content: { 'application/json': { schema: signInRequestSchema } } } },
  responses: {
    200: {
      description: 'The token, the person and where the database is.',
      content: { 'application/json': { schema: signInAnswerSchema } },
    },
    401: errorResponse('INIT_DATA_INVALID, INIT_DATA_FORGED, INIT_DATA_STALE or INIT_DATA_FUTURE.'),
    413: errorResponse('BODY_TOO_LARGE.'),
    422: errorResponse('REQUEST_INVALID.'),
  },
});

/** Adds the route. */
export function addSignIn(app: OpenAPIHono<HttpEnv>, parts: SignInParts): void {
  const { jwtSecret, store, databaseUrl, machineNow, log } = parts;

  /** Whose token came along, even when it ended within the last day; null = none that counts. */
  const renewing = async (header: string | undefined, nowSeconds: number): Promise<number | null> => {
    const bearer = bearerOf(header);
    if (bearer === null) return null;
    const limits = { secret: jwtSecret, nowSeconds, expiredForSeconds: SESSION_MAX_AGE_SECONDS };
    const session = await verifyPersonToken(bearer, limits);
    return session.ok ? session.telegramId : null;
  };

  app.openapi(signInRoute, async (context) => {
    const now = machineNow();
    const nowSeconds = Math.floor(now.epochMilliseconds / 1000);
    const raw = context.req.valid('json').init_data;
    const renewer = await renewing(context.req.header('authorization'), nowSeconds);
    let check = parts.checkInitData(raw, { now, maxAgeSeconds: SESSION_MAX_AGE_SECONDS });
    if (check.ok && check.user.id !== renewer) {
      check = parts.checkInitData(raw, { now, maxAgeSeconds: INIT_DATA_MAX_AGE_SECONDS });
    }
    if (!check.ok) {
      const facts = { event: 'http.sign_in_refused', request_id: context.get('requestId'), code: check.code };
      log.warn(facts, 'launch data refused');
      return context.json(apiError(check.code, check.message), 401);
    }
    const user = await store.touchPerson(profileOf(check.user));
    const [{ token, expiresIn }, productNow] = await Promise.all([
      mintPersonToken(check.user.id, { secret: jwtSecret, nowSeconds }),
      store.now(),
    ]);
    context.header('Cache-Control', 'no-store');
    const answer = {
      access_token: token,
      token_type: 'Bearer' as const,
      expires_in: expiresIn,
      user,
      database_url: databaseUrl(),
      now: productNow.toString(),
    };
    return context.json(answer, 200);
  });
}

function profileOf(user: InitDataUser): Parameters<AdminStore['touchPerson']>[0] {
  return {
    telegramId: user.id,
    firstName: user.first_name,
    username: user.username ?? null,
    language: user.language_code ?? null,
  };
}
