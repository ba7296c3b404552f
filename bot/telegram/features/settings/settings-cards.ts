/** The card of all settings, and the pages behind its buttons. */
import { localDate, workingMorning } from '../../../../shared/rules/calendar.ts';
import { timeSettingsOf } from '../../../../shared/rules/time-settings.ts';
import type { UserRow } from '../../../../shared/schemas/user.ts';
import { encodeCallback, type CallbackAction, type SettingsPage } from '../../callback-data.ts';
import type { Card, Keyboard } from '../../context.ts';
import { keyboardRows } from '../../keyboard-rows.ts';
import { openInApp } from '../../mini-app-link.ts';
import { bold, richText, type Lines } from '../../text/rich-text.ts';
import { languageOf } from '../../text/texts.ts';
import type { Words } from '../../text/words.ts';
import { shortClock } from '../zone/zone-cards.ts';
import {
  dayName,
  daysSentence,
  digestSentence,
  hourSentence,
  languageSentence,
  pausedUntil,
  pauseSentence,
  quietSentence,
  zoneSentence,
} from './settings-words.ts';

/** What a page is drawn from. */
export interface SettingsView {
  readonly person: UserRow;
  /** In the person's language and on their clock, as they are now. */
  readonly words: Words;
  readonly miniAppUrl: string | null;
  /** What was just changed, sentence by sentence. */
  readonly news: readonly string[];
}

export type MenuPage = 'main' | 'hour' | 'quiet' | 'days' | 'pause';

const HOURS = ['08:00', '09:00', '09:30', '10:00', '12:00', '17:00'];
const QUIET = [
  ['20:00', '08:00'],
  ['21:00', '08:00'],
  ['22:00', '07:00'],
  ['23:00', '07:00'],
] as const;
const WEEK = [1, 2, 3, 4, 5, 6, 7];
/** Seven names do not fit side by side on a phone. */
const DAYS_PER_ROW = 4;
const PAUSES = [
  { days: 1, label: null },
  { days: 3, label: 'button-pause-3-days' },
  { days: 7, label: 'button-pause-1-week' },
  { days: 14, label: 'button-pause-2-weeks' },
] as const;

export function settingsPage(page: MenuPage, view: SettingsView): Card {
  const { say } = view.words;
  switch (page) {
    case 'main':
      return mainCard(view);
    case 'hour':
      return menu(
        view,
        [[hourSentence(view.person, view.words)], [say('settings-hour-ask')]],
        hourButtons(view),
      );
    case 'quiet':
      return menu(
        view,
        [[quietSentence(view.person, view.words)], [say('settings-quiet-ask')]],
        quietButtons(view),
      );
    case 'days':
      return menu(
        view,
        [[daysSentence(view.person, view.words)], [say('settings-days-ask')]],
        dayButtons(view),
      );
    case 'pause':
      return menu(
        view,
        [[pauseSentence(view.person, view.words)], [say('settings-pause-ask')]],
        pauseButtons(view),
      );
  }
}

/** What was changed, in front of everything else. */
function newsLines({ news }: SettingsView): Lines {
  const [first, ...others] = news;
  return first === undefined ? [] : [[bold(first)], ...others.map((sentence) => [sentence]), []];
}

function mainCard(view: SettingsView): Card {
  const { person, words, miniAppUrl, news } = view;
  const { say } = words;
  const sentences = [
    zoneSentence,
    hourSentence,
    quietSentence,
    daysSentence,
    digestSentence,
    languageSentence,
    pauseSentence,
  ].map((sentence) => [sentence(person, words)]);
  const isPaused = pausedUntil(person, words.now) !== null;
  const other = languageOf(words.language) === 'en' ? 'ru' : 'en';
  return {
    text: richText([
      ...newsLines(view),
      news.length === 0 ? [bold(say('settings-title'))] : null,
      ...sentences,
    ]),
    keyboard: [
      ...keyboardRows([
        button(say('button-zone'), { verb: 'settings', page: 'zone' }),
        button(say('button-hour'), { verb: 'settings', page: 'hour' }),
        button(say('button-quiet'), { verb: 'settings', page: 'quiet' }),
        button(say('button-days'), { verb: 'settings', page: 'days' }),
        button(say('button-pause'), { verb: 'settings', page: 'pause' }),
        button(say(person.digest_on ? 'button-digest-off' : 'button-digest-on'), {
          verb: 'setDigest',
          on: !person.digest_on,
        }),
        button(say('button-other-language'), { verb: 'setLanguage', language: other }),
      ]),
      ...(isPaused ? [[button(say('button-resume'), { verb: 'resume' })]] : []),
      ...openInApp(say, miniAppUrl),
    ],
  };
}

function menu(view: SettingsView, lines: Lines, keyboard: Keyboard): Card {
  const back = button(view.words.say('button-back'), { verb: 'settings', page: 'main' });
  // What was just changed says how it is now.
  const shown = view.news.length === 0 ? lines : lines.slice(1);
  return { text: richText([...newsLines(view), ...shown]), keyboard: [...keyboard, [back]] };
}

function hourButtons({ words }: SettingsView): Keyboard {
  const presets = HOURS.map((clock) =>
    button(shortClock(clock), { verb: 'setHour', clock: clock.replace(':', '') }),
  );
  return keyboardRows([...presets, typed(words, 'askHour')]);
}

function quietButtons({ words }: SettingsView): Keyboard {
  const presets = QUIET.map(([from, to]) =>
    button(`${shortClock(from)} – ${shortClock(to)}`, {
      verb: 'setQuiet',
      from: from.replace(':', ''),
      to: to.replace(':', ''),
    }),
  );
  const none = button(words.say('button-quiet-none'), { verb: 'setQuiet', from: '0000', to: '0000' });
  return keyboardRows([...presets, none, typed(words, 'askQuiet')]);
}

/** A button says what a day is and makes it the other: however often it is tapped, it ends there. */
function dayButtons({ person, words }: SettingsView): Keyboard {
  const toggles = WEEK.map((day) => {
    const isOn = person.working_days.includes(day);
    const name = dayName(day, words.language);
    return button(isOn ? `✓ ${name}` : name, { verb: 'setDay', day, on: !isOn });
  });
  return [
    toggles.slice(0, DAYS_PER_ROW),
    toggles.slice(DAYS_PER_ROW),
    [
      button(`${dayName(1, words.language)}–${dayName(5, words.language)}`, {
        verb: 'setDays',
        days: '12345',
      }),
      button(words.say('button-every-day'), { verb: 'setDays', days: '1234567' }),
    ],
  ];
}

/** Each preset ends on the morning of a working day, and says which. */
function pauseButtons({ person, words }: SettingsView): Keyboard {
  const settings = timeSettingsOf(person);
  const today = localDate(words.now, person.zone);
  const presets = PAUSES.map(({ days, label }) => {
    const until = workingMorning(today.add({ days }), settings);
    const when = words.when(until, { withWeekday: true, withZone: false });
    const text = label === null ? when.charAt(0).toUpperCase() + when.slice(1) : words.say(label, { when });
    return [button(text, { verb: 'pause', until })];
  });
  const resume = button(words.say('button-resume'), { verb: 'resume' });
  const last = [typed(words, 'askPause'), ...(pausedUntil(person, words.now) === null ? [] : [resume])];
  return [...presets, last];
}

function typed({ say }: Words, page: SettingsPage): Keyboard[number][number] {
  return button(say('button-other-choice'), { verb: 'settings', page });
}

function button(text: string, action: CallbackAction): Keyboard[number][number] {
  return { text, callback_data: encodeCallback(action) };
}
