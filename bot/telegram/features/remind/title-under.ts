import type { NudgeContext } from '../../context.ts';

/** The first line of the card under the tap. Telegram sends its own copy, so nobody can forge it. */
export function titleUnder(ctx: NudgeContext): string | null {
  const title = ctx.callbackQuery?.message?.text?.split('\n')[0]?.trim();
  return title === undefined || title === '' ? null : title;
}
