/**
 * Which message shows a proposed plan is noted as it is sent, so that a proposal accepted or put aside in the mini-app can
 * be followed (../follow/card-screen.ts); one that is decided by a tap tells what came of it by itself.
 */
import type { Middleware } from 'grammy';
import type { InlineKeyboardMarkup } from 'grammy/types';
import type { MessageMemory } from '../../../usecases/chat-ports.ts';
import { decodeCallback } from '../../callback-data.ts';
import type { NudgeContext } from '../../context.ts';

interface ShownPlan {
  readonly planId: number;
  readonly messageId: number;
}

/** Notes proposals as they are shown and as they are decided by a tap. */
export function createPlanWatch(memory: MessageMemory): Middleware<NudgeContext> {
  return async (ctx, next) => {
    const shown: ShownPlan[] = [];
    ctx.api.config.use(async (previous, method, payload, signal) => {
      const answer = await previous(method, payload, signal);
      const planId = 'reply_markup' in payload ? offeredPlan(payload.reply_markup) : null;
      const message: unknown = answer.ok ? answer.result : null;
      if (planId !== null && typeof message === 'object' && message !== null && 'message_id' in message) {
        shown.push({ planId, messageId: Number(message.message_id) });
      }
      return answer;
    });
    await next();
    // The answer is given: what fails here costs a tap on an old button, which says how things stand.
    await note(ctx, memory, shown).catch(() => undefined);
  };
}

async function note(ctx: NudgeContext, memory: MessageMemory, shown: readonly ShownPlan[]): Promise<void> {
  const { telegram_id: personId } = ctx.talk.person;
  for (const card of shown) await memory.notePlanCard(personId, card);
  const tapped = decodeCallback(ctx.callbackQuery?.data ?? '');
  if (tapped?.verb === 'accept' || tapped?.verb === 'discard')
    await memory.forgetPlanCard(personId, tapped.id);
}

/** The plan that a keyboard offers to start. */
function offeredPlan(markup: unknown): number | null {
  const { inline_keyboard: rows } = (markup ?? {}) as Partial<InlineKeyboardMarkup>;
  for (const button of rows?.flat() ?? []) {
    const action = 'callback_data' in button ? decodeCallback(button.callback_data) : null;
    if (action?.verb === 'accept') return action.id;
  }
  return null;
}
