/** What a message is written with: a language's voice and dates on the person's clock. */
import { formatWhen } from '../../../shared/rules/words.ts';
import { zoneLabel } from '../../../shared/rules/zones.ts';
import { asMoment } from './rich-text.ts';
import type { Say, Texts } from './texts.ts';

export interface WhenOptions {
  /** Name the zone too; without a word about it only UTC is named. */
  readonly withZone?: boolean;
  /** Keep the weekday beside today and tomorrow. */
  readonly withWeekday?: boolean;
}

export interface Words {
  readonly say: Say;
  /** An instant in words: "today 14:00". In UTC, which is mostly a guess, the zone is named too. */
  readonly when: (instant: Temporal.Instant, options?: WhenOptions) => string;
  /** The same for the text of a message, where it is a date Telegram knows; see `asMoment`. */
  readonly moment: (instant: Temporal.Instant, options?: WhenOptions) => string;
  /** An instant as weekday, date and clock, never "today": for lists of dates. */
  readonly date: (instant: Temporal.Instant) => string;
  readonly now: Temporal.Instant;
  readonly zone: string;
  readonly language: string;
}

/** @param now product time. */
export function wordsFor(texts: Texts, language: string, zone: string, now: Temporal.Instant): Words {
  const nameOf = (withZone = zone === 'UTC'): string | null => (withZone ? zoneLabel(zone, language) : null);
  const when: Words['when'] = (instant, { withZone, withWeekday = false } = {}) =>
    formatWhen(instant, now, zone, language, { zoneName: nameOf(withZone), withWeekday });
  return {
    say: texts(language),
    when,
    moment: (instant, options) => asMoment(instant, when(instant, options)),
    date: (instant) =>
      formatWhen(instant, writtenOutFrom(instant, now), zone, language, { zoneName: nameOf() }),
    now,
    zone,
    language,
  };
}

/**
 * `formatWhen` says today, tomorrow and yesterday for what lies that near to its "now", and names a year that is not
 * its own. Seen from further away in the same year, every date is written out.
 */
function writtenOutFrom(instant: Temporal.Instant, now: Temporal.Instant): Temporal.Instant {
  const gapHours = Math.abs(instant.since(now).total('hours'));
  if (gapHours > FAR_HOURS) return now;
  const earlier = instant.subtract({ hours: FAR_HOURS });
  const isSameYear = (at: Temporal.Instant): boolean => yearOf(at) === yearOf(instant);
  return isSameYear(earlier) ? earlier : instant.add({ hours: FAR_HOURS });
}

/** More than two midnights, whatever the zone does. */
const FAR_HOURS = 72;

function yearOf(at: Temporal.Instant): string {
  return at.toString().slice(0, 4);
}
