/** The bot's commands, in the order of the menu; setup-bot.ts publishes them, create-bot.ts answers them. */
import { listToday } from '../../usecases/list-today.ts';
import { startChat } from '../../usecases/start-chat.ts';
import type { NudgeContext } from '../context.ts';
import { openInApp } from '../mini-app-link.ts';
import { sendCard } from '../send-card.ts';
import { bold, richText } from '../text/rich-text.ts';
import { leadsCommand, plansCommand } from './leads/leads-handlers.ts';
import { exportCommand } from './export/export-handlers.ts';
import { deleteCommand, privacyCommand } from './privacy/privacy-handlers.ts';
import { remindCommand } from './remind/remind-handlers.ts';
import { remindersCommand } from './reminders/reminders-handlers.ts';
import { settingsCommand } from './settings/settings-handlers.ts';
import { startCard } from './start/start-card.ts';
import { todayCard } from './today/today-card.ts';
import { zoneCommand } from './zone/zone-handlers.ts';

export const COMMANDS = {
  start: async (ctx) => {
    const { store, person, now, words, miniAppUrl } = ctx.talk;
    const outcome = await startChat(store, { person, now });
    await sendCard(ctx, startCard(outcome, person, words, miniAppUrl));
  },
  today: async (ctx) => {
    const { store, person, now, words, miniAppUrl } = ctx.talk;
    const list = await listToday(store, { now, zone: person.zone });
    await sendCard(ctx, todayCard(list, words, miniAppUrl));
  },
  leads: leadsCommand,
  plans: plansCommand,
  reminders: remindersCommand,
  remind: remindCommand,
  zone: zoneCommand,
  settings: settingsCommand,
  export: exportCommand,
  privacy: privacyCommand,
  delete_me: deleteCommand,
  /** Leaves an open question; when there was one, the forms have answered already. */
  cancel: async (ctx) => {
    await sendCard(ctx, { text: richText([[ctx.talk.words.say('cancel-nothing')]]), keyboard: [] });
  },
  help: async (ctx) => {
    const { say } = ctx.talk.words;
    const lines = [
      [bold(say('help-title'))],
      [say('help-lead')],
      [say('help-card')],
      [],
      [say('help-commands')],
    ];
    await sendCard(ctx, { text: richText(lines), keyboard: openInApp(say, ctx.talk.miniAppUrl) });
  },
} as const satisfies Record<string, (ctx: NudgeContext, typed: string) => Promise<void>>;
