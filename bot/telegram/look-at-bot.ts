/** What Telegram says of this bot, for `npm run doctor`: token and webhook. Changes nothing. */
import { Api, GrammyError } from 'grammy';
import type { BotLook } from '../usecases/operator-ports.ts';

/** Seconds; a doctor that hangs is no help. */
const TIMEOUT_SECONDS = 10;

/** Asks `getMe` and `getWebhookInfo`. Never throws for what Telegram or the network does. */
export async function lookAtBot(token: string, apiRoot: string): Promise<BotLook> {
  const api = new Api(token, { apiRoot, timeoutSeconds: TIMEOUT_SECONDS });
  try {
    const [me, webhook] = await Promise.all([api.getMe(), api.getWebhookInfo()]);
    return {
      kind: 'answers',
      username: me.username,
      webhookUrl: webhook.url === undefined || webhook.url === '' ? null : webhook.url,
      waiting: webhook.pending_update_count,
      lastError: webhook.last_error_message ?? null,
    };
  } catch (error) {
    // A malformed token is "not found" for Telegram, a revoked one "unauthorized".
    if (error instanceof GrammyError && (error.error_code === 401 || error.error_code === 404)) {
      return { kind: 'bad_token' };
    }
    // A network error names the address, and the address holds the token.
    const reason = error instanceof GrammyError ? error.description : 'no answer';
    return { kind: 'away', reason };
  }
}
