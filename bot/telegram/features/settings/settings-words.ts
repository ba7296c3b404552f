/** A person's settings in words, a sentence each. */
import { isBefore, isQuietClock } from '../../../../shared/rules/calendar.ts';
import { timeSettingsOf } from '../../../../shared/rules/time-settings.ts';
import { zoneLabel } from '../../../../shared/rules/zones.ts';
import type { UserRow } from '../../../../shared/schemas/user.ts';
import { languageOf } from '../../text/texts.ts';
import type { Words } from '../../text/words.ts';
import { clockIn, shortClock } from '../zone/zone-cards.ts';

const WEEK = [1, 2, 3, 4, 5, 6, 7];

/** One setting in words. */
export type Sentence = (person: UserRow, words: Words) => string;

export const zoneSentence: Sentence = ({ zone, zone_source: source }, words) =>
  source === null
    ? words.say('settings-zone-unknown')
    : words.say('settings-zone', { zone: zoneLabel(zone, words.language), time: clockIn(zone, words) });

export const hourSentence: Sentence = (person, { say }) => {
  const clock = shortClock(person.preferred_hour);
  return isQuietClock(person.preferred_hour, timeSettingsOf(person))
    ? say('settings-hour-quiet', { clock, instead: shortClock(person.quiet_to) })
    : say('settings-hour', { clock });
};

export const quietSentence: Sentence = ({ quiet_from: from, quiet_to: to }, { say }) =>
  from === to
    ? say('settings-quiet-none')
    : say('settings-quiet', { from: shortClock(from), to: shortClock(to) });

export const daysSentence: Sentence = ({ working_days: days }, { say, language }) =>
  days.length === WEEK.length
    ? say('settings-days-all')
    : say('settings-days', { days: daysInWords(days, language) });

/** The morning's summary. */
export const digestSentence: Sentence = ({ digest_on: isOn, digest_at: at }, { say }) =>
  isOn ? say('settings-digest-on', { clock: shortClock(at) }) : say('settings-digest-off');

export const languageSentence: Sentence = (_person, { say }) => say('settings-language');

export const pauseSentence: Sentence = (person, words) => {
  const until = pausedUntil(person, words.now);
  return until === null
    ? words.say('settings-going')
    : words.say('settings-paused', { when: words.when(until, { withWeekday: true }) });
};

/** Until when everything rests; null = it does not. */
export function pausedUntil(
  person: Pick<UserRow, 'paused_until'>,
  now: Temporal.Instant,
): Temporal.Instant | null {
  const until = person.paused_until === null ? null : Temporal.Instant.from(person.paused_until);
  return until !== null && isBefore(now, until) ? until : null;
}

/** @param day ISO weekday, 1 = Monday. @returns "Mon". */
export function dayName(day: number, language: string): string {
  // 5 January 2026 is a Monday.
  const date = Date.UTC(2026, 0, 4 + day);
  const name = new Intl.DateTimeFormat(languageOf(language), { weekday: 'short', timeZone: 'UTC' }).format(
    date,
  );
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** "Mon–Fri" for three or more in a row, else each. */
function daysInWords(days: readonly number[], language: string): string {
  const sorted = days.toSorted((a, b) => a - b);
  const [first = 1, last = 7] = [sorted[0], sorted.at(-1)];
  const name = (day: number): string => dayName(day, language);
  const isInARow = sorted.length > 2 && last - first === sorted.length - 1;
  return isInARow ? `${name(first)}–${name(last)}` : sorted.map(name).join(', ');
}
