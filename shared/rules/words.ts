/**
 * Instants in the words of a person: "today 14:00", "Wed 14 Oct, 9:30", "2 days late". On the hot path of every card,
 * and of the mini-app's first sight: the first date or number a browser's Intl writes takes a phone 150 ms, so the few
 * names are kept here and the clock is read with Temporal. Plural forms cost nothing.
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
  /** 1 (Monday) to 7. */
  readonly weekday: number;
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

/** As they stand inside a date ("14 мая", not "май"), without the full stop; weekdays from Monday. */
const NAMES: Readonly<
  Record<Language, { readonly months: readonly string[]; readonly weekdays: readonly string[] }>
> = {
  en: {
    months: 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' '),
    weekdays: 'Mon Tue Wed Thu Fri Sat Sun'.split(' '),
  },
  ru: {
    months: 'янв февр мар апр мая июн июл авг сент окт нояб дек'.split(' '),
    weekdays: 'пн вт ср чт пт сб вс'.split(' '),
  },
};

/** Below this a delay over midnight is still told in hours: "3 hours late" at one in the morning. */
const HOURS_OVER_MIDNIGHT = 6;

const DAY_MS = 86_400_000;
const plurals = new Map<Language, Intl.PluralRules>();

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

/** The weekday of an instant and its clock: "Thu 9:30". */
export function formatWeekday(instant: Temporal.Instant, zone: string, locale: string): string {
  const local = localTime(instant, zone);
  return `${weekdayName(local, wordLanguage(locale))} ${local.clock}`;
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
  const month = NAMES[language].months[local.month - 1] ?? '';
  const year = local.year === today.year ? '' : ` ${local.year}`;
  return `${weekdayName(local, language)} ${local.day} ${month}${year}, ${local.clock}`;
}

function weekdayName(local: LocalTime, language: Language): string {
  return NAMES[language].weekdays[local.weekday - 1] ?? '';
}

function localTime(instant: Temporal.Instant, zone: string): LocalTime {
  const { year, month, day, dayOfWeek, hour, minute } = instant.toZonedDateTimeISO(zone);
  const clock = `${hour}:${String(minute).padStart(2, '0')}`;
  return { year, month, day, weekday: dayOfWeek, clock, dayNumber: Date.UTC(year, month - 1, day) / DAY_MS };
}

function pluralsIn(language: Language): Intl.PluralRules {
  const known = plurals.get(language);
  if (known) return known;
  const built = new Intl.PluralRules(language);
  plurals.set(language, built);
  return built;
}
