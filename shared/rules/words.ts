/**
 * Instants in the words of a person: "today 14:00", "Wed 14 Oct, 9:30", "2 days late". On the hot path of every card:
 * a cached `Intl.DateTimeFormat` per zone takes 1 µs where Temporal's `toLocaleString` takes 35, and the names of
 * months and weekdays are asked of Intl once per language.
 */
import type { Language } from '../schemas/user.ts';

export interface WhenOptions {
  /** Name the zone too, by its `zoneLabel`: for whoever is not in it. Passed in, so that a page without it carries no table of cities. */
  readonly zoneName?: string | null;
  /** Keep the weekday beside today and tomorrow ("tomorrow, Tue 9:30"), for places that write a date out. */
  readonly withWeekday?: boolean;
}

interface LocalTime {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  /** `H:MM`, 24 hours. */
  readonly clock: string;
  /** Days since the epoch of the local date: differences count midnights, not 24-hour spans. */
  readonly dayNumber: number;
}

const RELATIVE_DAYS: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: { '-1': 'yesterday', '0': 'today', '1': 'tomorrow' },
  ru: { '-1': 'вчера', '0': 'сегодня', '1': 'завтра' },
};

const UNITS: Readonly<Record<Language, Readonly<Record<LateUnit, Readonly<Record<string, string>>>>>> = {
  en: {
    minute: { one: 'minute', other: 'minutes' },
    hour: { one: 'hour', other: 'hours' },
    day: { one: 'day', other: 'days' },
  },
  ru: {
    minute: { one: 'минута', few: 'минуты', many: 'минут', other: 'минуты' },
    hour: { one: 'час', few: 'часа', many: 'часов', other: 'часа' },
    day: { one: 'день', few: 'дня', many: 'дней', other: 'дня' },
  },
};

type LateUnit = 'minute' | 'hour' | 'day';

/** Below this a delay over midnight is still told in hours: "3 hours late" at one in the morning. */
const HOURS_OVER_MIDNIGHT = 6;

const DAY_MS = 86_400_000;
/** 1 January 1970 was a Thursday; names begin with Monday. */
const EPOCH_WEEKDAY = 3;

const formatters = new Map<string, Intl.DateTimeFormat>();
const plurals = new Map<Language, Intl.PluralRules>();

const names = new Map<Language, ReturnType<typeof namesOf>>();

/** The language words exist in; any other locale reads English. */
export function wordLanguage(locale: string): Language {
  return /^ru\b/i.test(locale) ? 'ru' : 'en';
}

/**
 * An instant as a person says it: "today 14:00", "tomorrow 9:30", else with weekday and date "Wed 14 Oct, 9:30", with
 * the year only when it is not the present one.
 * @param zone IANA zone whose clocks are read.
 * @param locale BCP 47; see {@link wordLanguage}.
 */
export function formatWhen(
  instant: Temporal.Instant,
  now: Temporal.Instant,
  zone: string,
  locale: string,
  options: WhenOptions = {},
): string {
  const language = wordLanguage(locale);
  const local = localTime(instant, zone);
  const today = localTime(now, zone);
  const relative = RELATIVE_DAYS[language][String(local.dayNumber - today.dayNumber)];
  const when =
    relative === undefined ? farDay(local, today, language) : nearDay(relative, local, language, options);
  const label = options.zoneName ?? null;
  if (label === null) return when;
  if (language === 'ru') return `${when} (${label})`;
  return label.startsWith('UTC') ? `${when} ${label}` : `${when} ${label} time`;
}

/**
 * How late something is: "20 minutes late", "3 hours late", "2 days late" (midnights passed in the person's zone); null
 * when it is less than a minute late or not at all.
 */
export function formatLateness(
  wanted: Temporal.Instant,
  now: Temporal.Instant,
  zone: string,
  locale: string,
): string | null {
  const minutes = Math.floor((now.epochMilliseconds - wanted.epochMilliseconds) / 60_000);
  if (minutes < 1) return null;
  const language = wordLanguage(locale);
  const days = localTime(now, zone).dayNumber - localTime(wanted, zone).dayNumber;
  const hours = Math.floor(minutes / 60);
  if (hours < 1) return late(minutes, 'minute', language);
  if (days < 1 || hours < HOURS_OVER_MIDNIGHT) return late(hours, 'hour', language);
  return late(days, 'day', language);
}

function late(count: number, unit: LateUnit, language: Language): string {
  const forms = UNITS[language][unit];
  const word = forms[pluralsIn(language).select(count)] ?? forms['other'];
  return language === 'ru' ? `опоздание ${count} ${word}` : `${count} ${word} late`;
}

function nearDay(relative: string, local: LocalTime, language: Language, options: WhenOptions): string {
  return options.withWeekday === true
    ? `${relative}, ${weekdayName(local, language)} ${local.clock}`
    : `${relative} ${local.clock}`;
}

function farDay(local: LocalTime, today: LocalTime, language: Language): string {
  const month = namesIn(language).months[local.month - 1] ?? '';
  const year = local.year === today.year ? '' : ` ${local.year}`;
  return `${weekdayName(local, language)} ${local.day} ${month}${year}, ${local.clock}`;
}

function weekdayName(local: LocalTime, language: Language): string {
  const index = (((local.dayNumber + EPOCH_WEEKDAY) % 7) + 7) % 7;
  return namesIn(language).weekdays[index] ?? '';
}

function localTime(instant: Temporal.Instant, zone: string): LocalTime {
  // en-US with these options always reads "10/14/2026, 09:30".
  const digits = formatter(zone).format(instant.epochMilliseconds).split(/\D+/).map(Number);
  const [month = 0, day = 0, year = 0, hour = 0, minute = 0] = digits;
  const clock = `${hour}:${String(minute).padStart(2, '0')}`;
  return { year, month, day, clock, dayNumber: Date.UTC(year, month - 1, day) / DAY_MS };
}

function formatter(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known) return known;
  const built = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  formatters.set(zone, built);
  return built;
}

/** Asked of Intl when a language is first spoken: loading one that nobody speaks cost a phone a third of a second. */
function namesIn(language: Language): ReturnType<typeof namesOf> {
  const known = names.get(language);
  if (known) return known;
  const built = namesOf(language === 'en' ? 'en-US' : language);
  names.set(language, built);
  return built;
}

function pluralsIn(language: Language): Intl.PluralRules {
  const known = plurals.get(language);
  if (known) return known;
  const built = new Intl.PluralRules(language);
  plurals.set(language, built);
  return built;
}

function namesOf(locale: string): { months: string[]; weekdays: string[] } {
  // Day and month together give the form used inside a date ("14 мая", not "май").
  const month = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' });
  const named = (format: Intl.DateTimeFormat, type: string, at: number): string =>
    format
      .formatToParts(at)
      .find((part) => part.type === type)
      ?.value.replace('.', '') ?? '';
  return {
    months: Array.from({ length: 12 }, (_, index) => named(month, 'month', Date.UTC(2026, index, 1))),
    // 5 January 2026 was a Monday.
    weekdays: Array.from({ length: 7 }, (_, index) =>
      named(weekday, 'weekday', Date.UTC(2026, 0, 5 + index)),
    ),
  };
}
