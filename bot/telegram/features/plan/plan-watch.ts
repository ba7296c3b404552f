/**
 * A proposal that was accepted or put aside in the mini-app changes its card in the chat too, at the next update of this
 * chat (reminder/card-watch.ts says why then). Which message shows a proposal is noted as it is sent.
 */
import type { Middleware } from 'grammy';
import type { InlineKeyboardMarkup } from 'grammy/types';
import { readPlanSteps } from '../../../usecases/read-plan-steps.ts';
import type { MessageMemory, ShownPlan } from '../../../usecases/chat-ports.ts';
import { decodeCallback } from '../../callback-data.ts';
import type { NudgeContext } from '../../context.ts';
import { stepsCard } from './steps-card.ts';

/** Notes proposals as they are shown, and edits the cards of those that were decided outside of the chat. */
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
    await follow(ctx, memory, shown).catch(() => undefined);
  };
}

async function follow(
  { api, talk, callbackQuery }: NudgeContext,
  memory: MessageMemory,
  shown: readonly ShownPlan[],
): Promise<void> {
  const { store, person, now, words } = talk;
  const personId = person.telegram_id;
  for (const card of shown) await memory.notePlanCard(personId, card);
  for (const { planId, messageId } of await memory.decidedPlans(personId)) {
    await memory.notePlanCard(personId, { planId, messageId: null });
    // The card under a tap is its own handler's.
    if (messageId === callbackQuery?.message?.message_id) continue;
    const found = await readPlanSteps(store, { planId, person, now });
    if (!found.ok) continue;
    const { text, keyboard } = stepsCard(found.value, words);
    await api
      .editMessageText(personId, messageId, text.text, {
        entities: [...text.entities],
        link_preview_options: { is_disabled: true },
        reply_markup: { inline_keyboard: keyboard },
      })
      .catch(() => undefined);
  }
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
