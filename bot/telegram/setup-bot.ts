/** What Telegram shows around the chat, set from code at every start: commands, descriptions, menu button, webhook. */
import { isDeepStrictEqual } from 'node:util';
import type { Api, Bot } from 'grammy';
import type { BotCommand, MenuButton } from 'grammy/types';
import { languageSchema, type Language } from '../../shared/schemas/user.ts';
import type { NudgeContext } from './context.ts';
import { COMMANDS } from './features/commands.ts';
import { ALLOWED_UPDATES } from './profile.ts';
import type { Say, Texts } from './text/texts.ts';

export interface BotSetup {
  readonly texts: Texts;
  /** From `usableMiniAppUrl`; null = the menu shows the commands. */
  readonly miniAppUrl: string | null;
}

/**
 * Publishes commands and descriptions in every language, English for all others too. What is right already is left alone:
 * Telegram limits how often these may be set.
 * @throws GrammyError or HttpError when Telegram refuses or is away; the bot works without it.
 */
export async function setupBot(bot: Bot<NudgeContext>, { texts, miniAppUrl }: BotSetup): Promise<void> {
  const { api } = bot;
  const scope = { type: 'all_private_chats' } as const;
  for (const language of languageSchema.options) {
    const say = texts(language);
    const where = languageCode(language);
    const commands = commandsIn(say, false);
    if (!isDeepStrictEqual(await api.getMyCommands({ scope, ...where }), commands)) {
      await api.setMyCommands(commands, { scope, ...where });
    }
    const description = say('bot-description');
    if ((await api.getMyDescription(where)).description !== description) {
      await api.setMyDescription(description, where);
    }
    const short = say('bot-short-description');
    if ((await api.getMyShortDescription(where)).short_description !== short) {
      await api.setMyShortDescription(short, where);
    }
  }
  const button = menuButton(texts('en'), miniAppUrl);
  if (!isDeepStrictEqual(await api.getChatMenuButton(), button)) {
    await api.setChatMenuButton({ menu_button: button });
  }
}

/**
 * Commands and menu button of one chat, for somebody who chose another language than their Telegram has, or who steers a
 * team's jobs.
 * @throws GrammyError or HttpError when Telegram refuses or is away.
 */
export async function setChatFace(
  api: Api,
  { texts, miniAppUrl }: BotSetup,
  {
    chatId,
    language,
    steersJobs,
  }: { readonly chatId: number; readonly language: Language; readonly steersJobs: boolean },
): Promise<void> {
  const say = texts(language);
  await api.setMyCommands(commandsIn(say, steersJobs), { scope: { type: 'chat', chat_id: chatId } });
  await api.setChatMenuButton({ chat_id: chatId, menu_button: menuButton(say, miniAppUrl) });
}

function commandsIn(say: Say, steersJobs: boolean): BotCommand[] {
  const names = Object.keys(COMMANDS).filter((name) => steersJobs || name !== 'jobs');
  return names.map((command) => ({ command, description: say(`command-${command}`) }));
}

function menuButton(say: Say, miniAppUrl: string | null): MenuButton {
  return miniAppUrl === null
    ? { type: 'commands' }
    : { type: 'web_app', text: say('menu-button'), web_app: { url: miniAppUrl } };
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
