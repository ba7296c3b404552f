/** Asking where somebody is, and saying what follows from it. */
import { zoneLabel } from '../../../../shared/rules/zones.ts';
import { formatWhen } from '../../../../shared/rules/words.ts';
import type { UserRow } from '../../../../shared/schemas/user.ts';
import type { SetZoneOutcome } from '../../../usecases/set-zone.ts';
import { encodeCallback } from '../../callback-data.ts';
import type { Card, Keyboard } from '../../context.ts';
import { keyboardRows } from '../../keyboard-rows.ts';
import { languageOf } from '../../text/texts.ts';
import { bold, clip, oneLine, quote, richText } from '../../text/rich-text.ts';
import { wordsFor, type Words } from '../../text/words.ts';
import type { Texts } from '../../text/texts.ts';

/** Where people who speak the language mostly are, from west to east. */
const GUESSED_ZONES = {
  en: [
    'America/Los_Angeles',
    'America/New_York',
    'Europe/London',
    'Europe/Berlin',
    'Asia/Kolkata',
    'Asia/Singapore',
  ],
  ru: [
    'Europe/Berlin',
    'Europe/Moscow',
    'Asia/Tbilisi',
    'Asia/Yekaterinburg',
    'Asia/Almaty',
    'Asia/Novosibirsk',
  ],
} as const;
/** What was typed is repeated only up to here. UTF-16 units. */
const ECHO_LIMIT = 60;

/** One button a city, with the time there: people recognise their own clock. */
export function zoneButtons(words: Words): Keyboard {
  const buttons = GUESSED_ZONES[languageOf(words.language)].map((zone) => ({
    text: `${zoneLabel(zone, words.language)}, ${clockIn(zone, words)}`,
    callback_data: encodeCallback({ verb: 'zone', zone }),
  }));
  return keyboardRows(buttons);
}

/** The present zone and how to change it. */
export function zoneQuestion(person: UserRow, words: Words): Card {
  const known =
    person.zone_source === null
      ? null
      : [
          bold(
            words.say('zone-now', {
              zone: zoneLabel(person.zone, words.language),
              time: clockIn(person.zone, words),
            }),
          ),
        ];
  return { text: richText([known, [words.say('zone-ask')]]), keyboard: zoneButtons(words) };
}

/** The zone is set: what time it is there and what it means; who is asked the first time hears what to do now. */
export function zoneSetCard(
  outcome: Extract<SetZoneOutcome, { kind: 'set' }>,
  label: string,
  texts: Texts,
  before: { readonly person: UserRow; readonly words: Words },
): Card {
  const { user, moved } = outcome;
  const words = wordsFor(texts, user.language, user.zone, before.words.now);
  const { say } = words;
  return {
    text: richText([
      [bold(say('zone-set', { zone: oneLine(label), time: words.date(words.now) }))],
      [
        say('zone-hours', {
          from: shortClock(user.quiet_to),
          to: shortClock(user.quiet_from),
          preferred: shortClock(user.preferred_hour),
        }),
      ],
      moved > 0 ? [say('zone-moved', { count: moved })] : null,
      ...(before.person.zone_source === null
        ? [[], [say('example-intro')], [quote(say('example-lead'))]]
        : []),
    ]),
    keyboard: [],
  };
}

/** A place that is none, or more than one. */
export function zoneUnknownCard(
  typed: string,
  outcome: Extract<SetZoneOutcome, { kind: 'unknown' }>,
  words: Words,
): Card {
  const { say } = words;
  const place = clip(oneLine(typed), ECHO_LIMIT);
  const places = outcome.suggestions.map((zone) => zoneLabel(zone, words.language)).join(', ');
  const sentence = {
    empty: () => say('zone-ask'),
    unknown_zone: () => say('zone-unknown', { place }),
    ambiguous: () => say('zone-ambiguous', { place, places }),
    offset_out_of_range: () => say('zone-out-of-range', { place }),
    offset_needs_city: () => say('zone-needs-city', { place }),
  }[outcome.reason]();
  return { text: richText([[sentence]]), keyboard: zoneButtons(words) };
}

/** What the clocks show there. */
export function clockIn(zone: string, { now, language }: Words): string {
  // "today 14:00" with the word in front taken off.
  return formatWhen(now, now, zone, language).replace(/^\S+\s/, '');
}

/** "08:00:00" from the database reads "8:00". */
export function shortClock(clock: string): string {
  const [hours = '', minutes = ''] = clock.split(':');
  return `${Number(hours)}:${minutes}`;
}
