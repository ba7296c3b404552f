/** A rule to repeat by in words: "every Monday, 9:00", "раз в 2 недели по пятницам, 10:00". */
import type { Language } from '../schemas/user.ts';
import { wordLanguage } from './words.ts';

/** The parts of a rule that words need. */
interface Parts {
  readonly freq: string;
  readonly interval: number;
  /** ISO weekdays. */
  readonly weekdays: readonly number[];
  /** 1 to 4, or -1; null = every one. */
  readonly nth: number | null;
  /** 1 to 31, or -1; null = none is named. */
  readonly monthDay: number | null;
  /** 1 to 12. */
  readonly month: number | null;
  readonly count: number | null;
  /** `YYYYMMDD` */
  readonly until: string | null;
}

const CODES = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const WORKDAYS = '1,2,3,4,5';
const WEEKEND = '6,7';

/**
 * @param rule as stored (`recurrenceRuleSchema`).
 * @param startsOn its first date, for rules that leave their day to it.
 * @param clock `HH:MM`, seconds allowed.
 * @param locale BCP 47.
 */
export function ruleInWords(rule: string, startsOn: string, clock: string, locale: string): string {
  const language = wordLanguage(locale);
  const parts = partsOf(rule, startsOn);
  const often = language === 'ru' ? inRussian(parts) : inEnglish(parts);
  const [hour = '', minute = ''] = clock.split(':');
  return [often, `${Number(hour)}:${minute}`, ending(parts, language)].filter(Boolean).join(', ');
}

function partsOf(rule: string, startsOn: string): Parts {
  const given = new Map(
    rule.split(';').map((part): [string, string] => {
      const [name = '', value = ''] = part.split('=');
      return [name, value];
    }),
  );
  const start = Temporal.PlainDate.from(startsOn);
  const number = (name: string): number | null => {
    const value = given.get(name);
    return value === undefined ? null : Number(value);
  };
  const days = (given.get('BYDAY') ?? '').split(',').filter(Boolean);
  const freq = given.get('FREQ') ?? 'DAILY';
  const weekdays = days.map((day) => CODES.indexOf(day.slice(-2)) + 1);
  const nth = Number.parseInt(days[0] ?? '', 10);
  const monthDays = given.get('BYMONTHDAY')?.split(',').map(Number) ?? [];
  return {
    freq,
    interval: number('INTERVAL') ?? 1,
    weekdays: weekdays.length === 0 && freq === 'WEEKLY' ? [start.dayOfWeek] : weekdays,
    nth: Number.isNaN(nth) ? null : nth,
    // 28 to 31 with the last of them meant: the 31st, or a shorter month's last day.
    monthDay: monthDays.at(-1) ?? (days.length > 0 ? null : start.day),
    month: number('BYMONTH') ?? (freq === 'YEARLY' ? start.month : null),
    count: number('COUNT'),
    until: given.get('UNTIL') ?? null,
  };
}

function inEnglish({ freq, interval, weekdays, nth, monthDay, month }: Parts): string {
  const every = (unit: string): string => (interval === 1 ? `every ${unit}` : `every ${interval} ${unit}s`);
  const names = weekdays.map((day) => weekdayName(day, 'en'));
  switch (freq) {
    case 'DAILY':
      return every('day');
    case 'WEEKLY': {
      const set = weekdays.join(',');
      const on = set === WORKDAYS ? 'weekday' : set === WEEKEND ? 'weekend' : list(names, 'and');
      return interval === 1 ? `every ${on}` : `${every('week')} on ${list(names, 'and')}`;
    }
    case 'MONTHLY': {
      const which =
        nth !== null
          ? `${nth === -1 ? 'last' : ordinal(nth)} ${list(names, 'and')}`
          : monthDay === -1
            ? 'last day'
            : ordinal(monthDay ?? 1);
      return `the ${which} of ${every('month')}`;
    }
    default:
      return `${every('year')} on ${monthDay ?? 1} ${monthName(month ?? 1, 'en')}`;
  }
}

const EVERY_DAY_RU = [
  'каждый понедельник',
  'каждый вторник',
  'каждую среду',
  'каждый четверг',
  'каждую пятницу',
  'каждую субботу',
  'каждое воскресенье',
];
const ON_DAYS_RU = [
  'понедельникам',
  'вторникам',
  'средам',
  'четвергам',
  'пятницам',
  'субботам',
  'воскресеньям',
];
const DAY_OF_MONTH_RU = ['понедельник', 'вторник', 'среду', 'четверг', 'пятницу', 'субботу', 'воскресенье'];
/** Of which gender the name of a weekday is: m, f, n. */
const GENDERS_RU = 'mmfmffn';
const NTH_RU: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '-1': { m: 'последний', f: 'последнюю', n: 'последнее' },
  '1': { m: 'первый', f: 'первую', n: 'первое' },
  '2': { m: 'второй', f: 'вторую', n: 'второе' },
  '3': { m: 'третий', f: 'третью', n: 'третье' },
  '4': { m: 'четвёртый', f: 'четвёртую', n: 'четвёртое' },
};
const UNITS_RU = {
  day: ['день', 'дня', 'дней'],
  week: ['неделю', 'недели', 'недель'],
  month: ['месяц', 'месяца', 'месяцев'],
  year: ['год', 'года', 'лет'],
} as const;

function inRussian({ freq, interval, weekdays, nth, monthDay, month }: Parts): string {
  const once = (unit: keyof typeof UNITS_RU): string =>
    `раз в ${interval} ${formRu(interval, UNITS_RU[unit])}`;
  const onDays = `по ${list(
    weekdays.map((day) => ON_DAYS_RU[day - 1] ?? ''),
    'и',
  )}`;
  switch (freq) {
    case 'DAILY':
      return interval === 1 ? 'каждый день' : once('day');
    case 'WEEKLY': {
      if (interval > 1) return `${once('week')} ${onDays}`;
      const set = weekdays.join(',');
      if (set === WORKDAYS) return 'по будням';
      if (set === WEEKEND) return 'по выходным';
      return weekdays.length === 1 ? (EVERY_DAY_RU[(weekdays[0] ?? 1) - 1] ?? '') : onDays;
    }
    case 'MONTHLY': {
      const [day = 1] = weekdays;
      const gender = GENDERS_RU[day - 1] ?? 'm';
      const which =
        nth !== null
          ? `в ${NTH_RU[String(nth)]?.[gender] ?? ''} ${DAY_OF_MONTH_RU[day - 1] ?? ''}`.replace(
              'в вто',
              'во вто',
            )
          : monthDay === -1
            ? 'в последний день'
            : `${monthDay ?? 1} числа`;
      return interval === 1 ? `${which} каждого месяца` : `${which} ${once('month')}`;
    }
    default: {
      const date = `${monthDay ?? 1} ${monthName(month ?? 1, 'ru')}`;
      return interval === 1 ? `каждый год ${date}` : `${once('year')} ${date}`;
    }
  }
}

/** When it is over; empty = never. */
function ending({ count, until }: Parts, language: Language): string {
  if (count !== null) {
    if (language === 'ru') return `всего ${count} ${formRu(count, ['раз', 'раза', 'раз'])}`;
    return count === 1 ? 'once' : `${count} times`;
  }
  if (until === null) return '';
  const date = Temporal.PlainDate.from(until);
  const day = `${date.day} ${monthName(date.month, language)} ${date.year}`;
  return language === 'ru' ? `до ${day} включительно` : `until ${day}`;
}

function list(names: readonly string[], and: string): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} ${and} ${last}`;
}

function ordinal(number: number): string {
  const ending = { one: 'st', two: 'nd', few: 'rd', other: 'th', many: 'th', zero: 'th' };
  return `${number}${ending[new Intl.PluralRules('en', { type: 'ordinal' }).select(number)]}`;
}

function formRu(count: number, [one, few, many]: readonly [string, string, string]): string {
  const form = new Intl.PluralRules('ru').select(count);
  return form === 'one' ? one : form === 'few' ? few : many;
}

/** 5 January 2026 was a Monday. */
function weekdayName(day: number, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' });
  return format.format(Date.UTC(2026, 0, 4 + day));
}

/** As it stands inside a date ("14 мая", not "май"). */
function monthName(month: number, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', timeZone: 'UTC' });
  const parts = format.formatToParts(Date.UTC(2026, month - 1, 1));
  return parts.find(({ type }) => type === 'month')?.value ?? '';
}
