/**
 * Forms on top of `@grammyjs/conversations`. The conversation does nothing but wait: everything else happens in one
 * `external` call with the outer context, because a conversation's own context knows no transformers or runs them again
 * at every replay, and hangs for ever when an error inside an API call is caught. An answer that does not do is skipped
 * and not consumed, so the kept state never grows. The chat's queue (chat-queue.ts) sees to it that two updates of one
 * chat are never replayed at once.
 */
import { conversations, createConversation, type Conversation } from '@grammyjs/conversations';
import type { Context, Middleware } from 'grammy';
import type { ConversationStore } from '../../usecases/chat-ports.ts';
import type { Card, NudgeContext } from '../context.ts';
import { sendCard } from '../send-card.ts';
import { richText } from '../text/rich-text.ts';
import type { AnyForm } from './form.ts';
import { FormMemory, FORMS_VERSION } from './form-memory.ts';
import { FORM_CONVERSATION, leaveForm, leftCard, removeButtons } from './open-form.ts';
import { openedFormSchema, type OpenedForm } from './opened-form.ts';

/** What an update did to the open question. */
type Verdict = 'answered' | 'open' | 'passed' | 'failed';

export interface Forms {
  /** Before everything: brings the open question, takes it back to the database afterwards. */
  readonly remember: Middleware<NudgeContext>;
  /** Before the commands: a command leaves the question, and says so. */
  readonly leaveOnCommand: Middleware<NudgeContext>;
  /** Before everything else that reads messages: takes the answer. Taps and commands pass. */
  readonly takeAnswer: Middleware<NudgeContext>;
}

/** @param commands names without the slash; `cancel` does nothing but leave. */
export function createForms(parts: {
  readonly store: ConversationStore;
  readonly forms: readonly AnyForm[];
  readonly commands: readonly string[];
}): Forms {
  const forms = new Map(parts.forms.map((form) => [form.kind, form]));
  const memory = new FormMemory(parts.store, forms);
  /** What went wrong while an answer was taken: thrown outside of the conversation, which would lose it. */
  const failures = new WeakMap<NudgeContext, unknown>();
  /** The next question of a form of several: asked outside too, when the one that was answered is closed. */
  const following = new WeakMap<NudgeContext, (ctx: NudgeContext) => Promise<void>>();

  async function take(ctx: NudgeContext, opened: OpenedForm): Promise<Verdict> {
    const form = forms.get(opened.kind);
    const text = ctx.message?.text;
    if (form === undefined) return 'passed';
    if (text === undefined || text.startsWith('/')) {
      await sendCard(ctx, textPlease(ctx, opened));
      return 'open';
    }
    const answer = await form.take(ctx.talk, opened.args as never, text);
    if ('pass' in answer) return 'passed';
    if ('again' in answer) {
      await sendCard(ctx, answer.again);
      return 'open';
    }
    if ('next' in answer) {
      following.set(ctx, answer.next);
      return 'answered';
    }
    if (answer.isErased === true) memory.noteErased(ctx);
    const messageId = await sendCard(ctx, answer.done);
    await answer.sent?.(ctx, messageId);
    return 'answered';
  }

  async function ask(
    conversation: Conversation<NudgeContext>,
    _first: Context,
    args: unknown,
  ): Promise<void> {
    const opened = openedFormSchema.parse(args);
    const ctx = await conversation.wait();
    if (ctx.message === undefined) await conversation.skip({ next: true });
    const verdict = await conversation.external(async (outer) => {
      try {
        const verdict = await take(outer, opened);
        if (verdict === 'answered') memory.noteAnswered(outer);
        return verdict;
      } catch (error) {
        failures.set(outer, error);
        return 'failed';
      }
    });
    if (verdict === 'passed') await conversation.halt({ next: true });
    if (verdict !== 'answered') await conversation.skip({ next: false });
  }

  const converse = createConversation<NudgeContext, Context>(ask, FORM_CONVERSATION);

  return {
    remember: conversations<NudgeContext, Context>({
      storage: { type: 'context', version: FORMS_VERSION, adapter: memory },
    }),

    async leaveOnCommand(ctx, next) {
      const command = parts.commands.find((name) => ctx.hasCommand(name));
      if (command === undefined) return next();
      if (memory.found(ctx).kind === 'unreadable') await memory.forget(ctx);
      const left = await leaveForm(ctx);
      if (left !== null) await sendCard(ctx, leftCard(ctx.talk, left));
      if (left === null || command !== 'cancel') await next();
    },

    async takeAnswer(ctx, next) {
      const found = memory.found(ctx);
      if (ctx.message?.text !== undefined && found.kind === 'unreadable') {
        await memory.forget(ctx);
        await sendCard(ctx, startAgain(ctx));
        return;
      }
      // Given to us again: this very text brought up the question that is open now.
      if (found.kind === 'open' && found.form.id === ctx.update.update_id) return;
      if (found.kind === 'answered') {
        if ((await take(ctx, found.form)) === 'passed') await next();
        await following.get(ctx)?.(ctx);
        return;
      }
      await converse(ctx, next);
      if (failures.has(ctx)) throw failures.get(ctx);
      if (
        found.kind === 'open' &&
        ctx.message !== undefined &&
        ctx.conversation.active(FORM_CONVERSATION) === 0
      ) {
        await removeButtons(ctx, found.form);
        ctx.form = null;
        await following.get(ctx)?.(ctx);
      }
    },
  };
}

function textPlease({ talk }: NudgeContext, opened: OpenedForm): Card {
  const { say } = talk.words;
  return { text: richText([[say('form-text-please', { what: say(`form-${opened.kind}`) })]]), keyboard: [] };
}

function startAgain({ talk }: NudgeContext): Card {
  return { text: richText([[talk.words.say('form-start-again')]]), keyboard: [] };
}
