/** The bot's commands, in the order of the menu; setup-bot.ts publishes them, create-bot.ts answers them. */
import type { NudgeContext } from '../context.ts';
import { openInApp } from '../mini-app-link.ts';
import { sendCard } from '../send-card.ts';
import { bold, richText } from '../text/rich-text.ts';
import { jobsCommand } from './jobs/jobs-handlers.ts';
import { newLeadCommand } from './lead/new-lead-form.ts';
import { leadsCommand, plansCommand } from './leads/leads-handlers.ts';
import { exportCommand } from './export/export-handlers.ts';
import { deleteCommand, privacyCommand } from './privacy/privacy-handlers.ts';
import { remindCommand } from './remind/remind-handlers.ts';
import { remindersCommand } from './reminders/reminders-handlers.ts';
import { settingsCommand } from './settings/settings-handlers.ts';
import { startCommand } from './start/start-handlers.ts';
import { todayCommand } from './today/today-handlers.ts';
import { zoneCommand } from './zone/zone-handlers.ts';

export const COMMANDS = {
  start: startCommand,
  today: todayCommand,
  newlead: newLeadCommand,
  leads: leadsCommand,
  plans: plansCommand,
  reminders: remindersCommand,
  remind: remindCommand,
  zone: zoneCommand,
  settings: settingsCommand,
  export: exportCommand,
  privacy: privacyCommand,
  delete_me: deleteCommand,
  /** For owners and admins; nobody else finds it in their menu. */
  jobs: jobsCommand,
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
