/** Settings that are typed: a time of day, quiet hours, the end of a pause. */
import { z } from 'zod';
import type { SettingsChange } from '../../../../shared/schemas/user.ts';
import { readClockTime, readQuietHours } from '../../../domain/time/read-clock.ts';
import { changeSettings } from '../../../usecases/change-settings.ts';
import { encodeCallback } from '../../callback-data.ts';
import type { Card, Talk } from '../../context.ts';
import { refusalSentence } from '../../error-sentences.ts';
import type { Form, FormAnswer } from '../../forms/form.ts';
import { bold, richText } from '../../text/rich-text.ts';
import { momentInWords, pickedMoment, timeRefused } from '../reminder/time-lines.ts';
import { shortClock } from '../zone/zone-cards.ts';
import { settingsPage } from './settings-cards.ts';
import { viewAfter } from './settings-view.ts';
import { hourSentence, quietSentence, type Sentence } from './settings-words.ts';

/** Hours are named in a few words; longer texts are something else. */
const HOURS_WORDS = 6;
const NO_ARGUMENTS = z.record(z.string(), z.never());
type NoArguments = z.infer<typeof NO_ARGUMENTS>;

/** The next text is the time of day for plan steps. */
export const hourForm: Form<NoArguments> = {
  kind: 'settings-hour',
  args: NO_ARGUMENTS,
  question: async ({ words }) => said(words.say('settings-hour-type')),
  async take(talk, _args, text) {
    const clock = readClockTime(text);
    if (clock === null) return notUnderstood(text, talk.words.say('settings-hour-unclear'));
    return store(talk, { preferred_hour: clock }, hourSentence);
  },
};

/** The next text is when nothing may come. */
export const quietForm: Form<NoArguments> = {
  kind: 'settings-quiet',
  args: NO_ARGUMENTS,
  question: async ({ words }) => said(words.say('settings-quiet-type')),
  async take(talk, _args, text) {
    const { say } = talk.words;
    const quiet = readQuietHours(text);
    switch (quiet?.kind) {
      case undefined:
        return notUnderstood(text, say('settings-quiet-unclear'));
      case 'doubtful': {
        const [from, to] = [shortClock(quiet.from), shortClock(quiet.to)];
        return { again: said(say('settings-quiet-doubtful', { from, to })) };
      }
      case 'off':
        return store(talk, { quiet_from: '00:00', quiet_to: '00:00' }, quietSentence);
      case 'hours':
        return store(talk, { quiet_from: quiet.from, quiet_to: quiet.to }, quietSentence);
    }
  },
};

/** The next text is when a pause ends. It is said back first; a button stores it. */
export const pauseForm: Form<NoArguments> = {
  kind: 'settings-pause',
  args: NO_ARGUMENTS,
  question: async ({ words }) => said(words.say('settings-pause-type')),
  take: (talk, _args, text) => readPauseEnd(talk, text),
};

/**
 * Says the end of a pause back, with a button that stores it.
 * @param isLater the days it is for begin on a later day; a pause begins now.
 */
export async function readPauseEnd(talk: Talk, text: string, isLater = false): Promise<FormAnswer> {
  const { say } = talk.words;
  const read = await talk.readTime(text.trim().replace(/^(?:until|till)\s+/i, ''));
  const moment = pickedMoment(read);
  if (moment === null) {
    return {
      again: said(read.kind === 'refused' ? timeRefused(read, talk) : say('time-refused-recurring')),
    };
  }
  const when = momentInWords(moment, talk);
  const until = moment.at.round({ smallestUnit: 'minute', roundingMode: 'ceil' });
  return {
    done: {
      text: richText([
        [bold(say('settings-pause-echo', { when }))],
        [say('settings-pause-means')],
        isLater ? [say('settings-pause-begins-now')] : null,
      ]),
      keyboard: [
        [{ text: say('button-pause-yes'), callback_data: encodeCallback({ verb: 'pause', until }) }],
        [
          {
            text: say('button-another-time'),
            callback_data: encodeCallback({ verb: 'settings', page: 'askPause' }),
          },
        ],
      ],
    },
  };
}

async function store(talk: Talk, change: SettingsChange, sentence: Sentence): Promise<FormAnswer> {
  const { store, actionId, person, now, words } = talk;
  const outcome = await changeSettings(store, { actionId, person, change, now });
  if (outcome.kind === 'refused') return { again: said(refusalSentence(words.say, outcome.refusal.code)) };
  if (outcome.kind === 'pause_passed') return { again: said(words.say('settings-pause-passed')) };
  return { done: settingsPage('main', viewAfter(outcome, sentence, talk)) };
}

function notUnderstood(text: string, sentence: string): FormAnswer {
  const isShort = text.trim().split(/\s+/).length <= HOURS_WORDS;
  return isShort ? { again: said(sentence) } : { pass: true };
}

function said(sentence: string): Card {
  return { text: richText([[sentence]]), keyboard: [] };
}
