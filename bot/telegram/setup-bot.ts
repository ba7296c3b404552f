/** What Telegram shows around the chat, set from code at every start: commands, descriptions, menu button, webhook. */
import type { Bot } from 'grammy';
import { languageSchema, type Language } from '../../shared/schemas/user.ts';
import type { NudgeContext } from './context.ts';
import { COMMANDS } from './features/commands.ts';
import { ALLOWED_UPDATES } from './profile.ts';
import type { Texts } from './text/texts.ts';

export interface BotSetup {
  readonly texts: Texts;
  /** From `usableMiniAppUrl`; null = the menu shows the commands. */
  readonly miniAppUrl: string | null;
}

/**
 * Publishes commands and descriptions in every language, English for all others too.
 * @throws GrammyError or HttpError when Telegram refuses or is away; the bot works without it.
 */
export async function setupBot(bot: Bot<NudgeContext>, { texts, miniAppUrl }: BotSetup): Promise<void> {
  for (const language of languageSchema.options) {
    const say = texts(language);
    const where = languageCode(language);
    await bot.api.setMyCommands(
      Object.keys(COMMANDS).map((command) => ({ command, description: say(`command-${command}`) })),
      { scope: { type: 'all_private_chats' }, ...where },
    );
    await bot.api.setMyDescription(say('bot-description'), where);
    await bot.api.setMyShortDescription(say('bot-short-description'), where);
  }
  const text = texts('en')('menu-button');
  await bot.api.setChatMenuButton({
    menu_button:
      miniAppUrl === null ? { type: 'commands' } : { type: 'web_app', text, web_app: { url: miniAppUrl } },
  });
}

/**
 * Asks Telegram to push updates to us.
 * @throws GrammyError when Telegram does not take the address.
 */
export async function setWebhook(
  bot: Bot<NudgeContext>,
  webhook: { readonly url: string; readonly secret: string },
): Promise<void> {
  await bot.api.setWebhook(webhook.url, { secret_token: webhook.secret, allowed_updates: ALLOWED_UPDATES });
}

/** English is what everybody without a translation sees, so it is set without a language. */
function languageCode(language: Language): { language_code?: 'ru' } {
  return language === 'en' ? {} : { language_code: language };
}
