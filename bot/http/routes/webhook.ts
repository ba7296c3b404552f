/** `POST /telegram/webhook`: Telegram brings updates here when the bot does not poll for them. */
import type { OpenAPIHono } from '@hono/zod-openapi';
import { refuse } from '../answer.ts';
import type { HttpEnv } from '../answer.ts';
import { limitBody } from '../limit-body.ts';
import { sameSecret } from '../secrets.ts';

export interface WebhookParts {
  /** What `setWebhook` was given as `secret_token`; whoever does not send it is not Telegram. */
  readonly secret: string;
  /** Works on one update. Anything but 2xx makes Telegram send it again. */
  readonly handle: (request: Request) => Promise<Response>;
}

/** Far above any update: texts are limited to 4,096 characters, files come as ids. */
const BODY_LIMIT_BYTES = 1024 * 1024;

/** Adds the route. Not part of the OpenAPI document: Telegram describes what it sends. */
export function addWebhook(app: OpenAPIHono<HttpEnv>, { secret, handle }: WebhookParts): void {
  app.post(
    '/telegram/webhook',
    async (context, next) => {
      if (sameSecret(context.req.header('x-telegram-bot-api-secret-token') ?? '', secret)) return next();
      return refuse(context, 401, 'SECRET_REFUSED', 'X-Telegram-Bot-Api-Secret-Token is missing or wrong.');
    },
    limitBody(BODY_LIMIT_BYTES),
    (context) => handle(context.req.raw),
  );
}
