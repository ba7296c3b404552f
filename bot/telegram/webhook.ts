/** Updates pushed by Telegram. Whether they come from Telegram is checked by the HTTP server, before this. */
import type { Update } from 'grammy/types';
import { z } from 'zod';
import type { NudgeBot } from './create-bot.ts';

/** Telegram and proxies lose patience after about 10 s; asked again, we answer as soon as the work is done. */
const ANSWER_WITHIN_MS = 8_000;

const updateSchema = z.looseObject({ update_id: z.number().int() });

/**
 * Builds the handler: 200 when the update is done, 503 when Telegram should send it again, 400 for what is no update.
 * It answers after the work and not before it: an update answered early would be lost in a crash.
 */
export function createWebhook(nudge: NudgeBot): (request: Request) => Promise<Response> {
  return async (request) => {
    const update = updateSchema.safeParse(await request.json().catch(() => null));
    if (!update.success) return new Response('This is no update of the Bot API.', { status: 400 });
    const late = Promise.withResolvers<'later'>();
    const timer = setTimeout(() => late.resolve('later'), ANSWER_WITHIN_MS);
    // Only the id was checked: every other field is read as the unproven claim of a client.
    const handling = await Promise.race([nudge.handle(update.data as Update), late.promise]);
    clearTimeout(timer);
    const isDone = handling === 'handled' || handling === 'repeat';
    return new Response(null, { status: isDone ? 200 : 503 });
  };
}
