/** /settings and every button below it. */
import type { SettingsChange } from '../../../../shared/schemas/user.ts';
import { changeSettings } from '../../../usecases/change-settings.ts';
import type { CallbackAction, SettingsPage } from '../../callback-data.ts';
import type { NudgeContext } from '../../context.ts';
import { refusalSentence } from '../../error-sentences.ts';
import { leaveForm, openForm } from '../../forms/open-form.ts';
import { sendCard, type Tap } from '../../send-card.ts';
import { zoneForm } from '../zone/zone-handlers.ts';
import { settingsPage, type MenuPage } from './settings-cards.ts';
import { hourForm, pauseForm, quietForm } from './settings-forms.ts';
import { viewAfter, viewNow } from './settings-view.ts';
import {
  daysSentence,
  digestSentence,
  hourSentence,
  languageSentence,
  pauseSentence,
  quietSentence,
  type Sentence,
} from './settings-words.ts';

export const SETTINGS_VERBS = [
  'settings',
  'setHour',
  'setQuiet',
  'setDay',
  'setDays',
  'setDigest',
  'setLanguage',
  'pause',
  'resume',
] as const satisfies readonly CallbackAction['verb'][];

export type SettingsTap = Extract<CallbackAction, { verb: (typeof SETTINGS_VERBS)[number] }>;

/** What a tap changes, how that is said, and which page is shown then. */
interface Change {
  readonly change: SettingsChange;
  readonly sentence: Sentence;
  readonly page: MenuPage;
}

export async function settingsCommand(ctx: NudgeContext): Promise<void> {
  await sendCard(ctx, settingsPage('main', viewNow(ctx.talk)));
}

export async function tapSettings(ctx: NudgeContext, tap: Tap, action: SettingsTap): Promise<void> {
  if (action.verb === 'settings') return openPage(ctx, tap, action.page);
  const { store, actionId, person, now, words } = ctx.talk;
  const { change, sentence, page } = changeOf(action, person.working_days);
  const outcome = await changeSettings(store, { actionId, person, change, now });
  switch (outcome.kind) {
    case 'refused':
      return tap.answer(refusalSentence(words.say, outcome.refusal.code));
    case 'pause_passed':
      return tap.answer(words.say('settings-pause-passed'));
    case 'set': {
      // The second of a double tap: the card says already what was changed.
      if (!outcome.isNews && tap.isOnLastEdited) return tap.answer();
      if (isSettingsQuestion(ctx)) await leaveForm(ctx);
      const card = settingsPage(page, viewAfter(outcome, sentence, ctx.talk));
      await Promise.all([tap.answer(), tap.edit(card)]);
    }
  }
}

async function openPage(ctx: NudgeContext, tap: Tap, page: SettingsPage): Promise<void> {
  switch (page) {
    case 'zone':
      return openForm(ctx, zoneForm, {});
    case 'askHour':
      return openForm(ctx, hourForm, {});
    case 'askQuiet':
      return openForm(ctx, quietForm, {});
    case 'askPause':
      return openForm(ctx, pauseForm, {});
    default:
      await Promise.all([tap.answer(), tap.edit(settingsPage(page, viewNow(ctx.talk)))]);
  }
}

function changeOf(
  action: Exclude<SettingsTap, { verb: 'settings' }>,
  workingDays: readonly number[],
): Change {
  switch (action.verb) {
    case 'setHour':
      return { change: { preferred_hour: withColon(action.clock) }, sentence: hourSentence, page: 'main' };
    case 'setQuiet': {
      const change = { quiet_from: withColon(action.from), quiet_to: withColon(action.to) };
      return { change, sentence: quietSentence, page: 'main' };
    }
    case 'setDay': {
      const others = workingDays.filter((day) => day !== action.day);
      const days = action.on ? [...others, action.day] : others;
      return { change: { working_days: days.toSorted() }, sentence: daysSentence, page: 'days' };
    }
    case 'setDays':
      return {
        change: { working_days: Array.from(action.days, Number) },
        sentence: daysSentence,
        page: 'days',
      };
    case 'setDigest':
      return { change: { digest_on: action.on }, sentence: digestSentence, page: 'main' };
    case 'setLanguage':
      return { change: { language: action.language }, sentence: languageSentence, page: 'main' };
    case 'pause':
      return { change: { paused_until: action.until.toString() }, sentence: pauseSentence, page: 'main' };
    case 'resume':
      return { change: { paused_until: null }, sentence: pauseSentence, page: 'main' };
  }
}

/** A button answers what was asked to be typed. */
function isSettingsQuestion({ form }: NudgeContext): boolean {
  return form !== null && [hourForm.kind, quietForm.kind, pauseForm.kind].includes(form.kind);
}

/** "0930" of a button is 09:30. */
function withColon(digits: string): string {
  return `${digits.slice(0, 2)}:${digits.slice(2)}`;
}
