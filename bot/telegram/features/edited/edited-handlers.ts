/**
 * Edited messages. One that led to something changes what it led to, with Undo; one that led to nothing is read as if it
 * had just been written, because that is why people edit it.
 */
import type { Middleware } from 'grammy';
import type { MessageMemory } from '../../../usecases/chat-ports.ts';
import { takeEdit, type EditOutcome } from '../../../usecases/take-edit.ts';
import type { Card, NudgeContext, Talk } from '../../context.ts';
import { refusalSentence } from '../../error-sentences.ts';
import { sendCard } from '../../send-card.ts';
import { richText } from '../../text/rich-text.ts';
import { leadCard } from '../lead/lead-card.ts';

/** Reads edits, and notes what new messages led to. */
export function createEdits(memory: MessageMemory): Middleware<NudgeContext> {
  return async (ctx, next) => {
    const { editedMessage: edited, talk } = ctx;
    if (edited !== undefined) {
      const text = edited.text ?? edited.caption;
      // A place on the move and the like: nobody changed any words.
      if (text === undefined) return;
      const made = await memory.madeOf(talk.person.telegram_id, edited.message_id);
      if (made !== null) {
        const outcome = await takeEdit(talk.store, { ...talk, made, text });
        const card = await cardFor(outcome, talk);
        await note(ctx, memory, edited.message_id, text);
        if (card !== null) await sendCard(ctx, card, { replyTo: edited.message_id });
        return;
      }
      Object.assign(ctx.update, { message: edited, edited_message: undefined });
    }
    await next();
    const { message } = ctx;
    if (message?.text === undefined || message.text.startsWith('/')) return;
    await note(ctx, memory, message.message_id, message.text);
  };
}

async function note(
  ctx: NudgeContext,
  memory: MessageMemory,
  messageId: number,
  text: string,
): Promise<void> {
  const { person, actionId } = ctx.talk;
  await memory.noteMessage({ telegramId: person.telegram_id, actionId, messageId, text });
}

async function cardFor(outcome: EditOutcome, talk: Talk): Promise<Card | null> {
  const { words, actionId } = talk;
  const { say } = words;
  switch (outcome.kind) {
    case 'same':
      return null;
    case 'acted':
      return plain(say('edited-acted'));
    case 'refused':
      return plain(refusalSentence(say, outcome.refusal.code));
    case 'kept':
      return leadCard(talk, outcome.lead, { sentences: [say('edited-kept')], undo: null });
    case 'changed': {
      const fields = outcome.changed.map((column) => say(`lead-column-${column}`)).join(', ');
      const sentences = [say('edited-changed', { fields }), say('edited-plan-stays')];
      return leadCard(talk, outcome.lead, { sentences, undo: actionId });
    }
  }
}

function plain(sentence: string): Card {
  return { text: richText([[sentence]]), keyboard: [] };
}
