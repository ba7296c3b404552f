/** Groups and channels: leads are told in private only. One polite no when somebody asks, then silence for a while. */
import type { Composer } from 'grammy';
import type { NudgeContext } from '../../context.ts';
import { sendCard } from '../../send-card.ts';
import { richText } from '../../text/rich-text.ts';
import type { Texts } from '../../text/texts.ts';

/** After a no the group knows. By the dates of the updates. */
const SILENCE_SECONDS = 3600;
const REMEMBERED_CHATS = 1000;
/** In the chat, and able to write. */
const INSIDE: ReadonlySet<string> = new Set(['member', 'administrator']);

/** @param commands names without the slash: others are somebody else's. */
export function answerElsewhere(bot: Composer<NudgeContext>, texts: Texts, commands: string[]): void {
  const elsewhere = bot.chatType(['group', 'supergroup', 'channel']);
  const lastNo = new Map<number, number>();

  const sayNo = async (ctx: NudgeContext, at: number): Promise<void> => {
    const chatId = ctx.chat?.id ?? 0;
    if (at - (lastNo.get(chatId) ?? Number.NEGATIVE_INFINITY) < SILENCE_SECONDS) return;
    if (lastNo.size > REMEMBERED_CHATS) lastNo.clear();
    lastNo.set(chatId, at);
    await sendCard(ctx, { text: richText([[no(ctx, texts)]]), keyboard: [] });
  };

  elsewhere.on('my_chat_member', async (ctx) => {
    const { old_chat_member: before, new_chat_member: after, date } = ctx.myChatMember;
    // A promotion of somebody who is there already is no reason to speak up.
    if (INSIDE.has(after.status) && !INSIDE.has(before.status)) await sayNo(ctx, date);
  });
  elsewhere.command(commands, (ctx) => sayNo(ctx, ctx.msg.date));
  elsewhere.on('message:entities:mention', async (ctx) => {
    const names = ctx.entities('mention').map(({ text }) => text.toLowerCase());
    if (names.includes(`@${ctx.me.username.toLowerCase()}`)) await sayNo(ctx, ctx.message.date);
  });
  elsewhere.on('callback_query', (ctx) => ctx.answerCallbackQuery({ text: no(ctx, texts) }));
}

function no(ctx: NudgeContext, texts: Texts): string {
  return texts(ctx.from?.language_code ?? 'en')('group-no');
}
