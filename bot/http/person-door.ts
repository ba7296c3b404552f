/** The way in to a route that serves one person: their own token, in the header alone. */
import { createMiddleware } from 'hono/factory';
import { refuse } from './answer.ts';
import type { HttpEnv } from './answer.ts';
import { bearerOf } from './secrets.ts';
import { verifyPersonToken } from './tokens.ts';

export interface PersonDoorParts {
  readonly jwtSecret: string;
  readonly machineNow: () => Temporal.Instant;
}

/** Middleware that lets a person in as `caller`, and refuses everybody else with 401. */
export function personDoor({ jwtSecret, machineNow }: PersonDoorParts) {
  return createMiddleware<HttpEnv>(async (context, next) => {
    const bearer = bearerOf(context.req.header('authorization'));
    if (bearer === null) return refuse(context, 401, 'NOT_SIGNED_IN', 'Send a person’s token.');
    const nowSeconds = Math.floor(machineNow().epochMilliseconds / 1000);
    const check = await verifyPersonToken(bearer, { secret: jwtSecret, nowSeconds });
    if (!check.ok) {
      return refuse(context, 401, 'TOKEN_REFUSED', `The token is ${check.reason}. Sign in again.`);
    }
    context.set('caller', check.telegramId);
    return next();
  });
}
