/** The month as rows of seven days, and on which day a week begins. */

/** ISO weekday, 1 = Monday … 7 = Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

export const DAYS_PER_WEEK = 7;

interface WeekInfo {
  readonly firstDay: number;
}

/** A method by the standard, a property in browsers of 2023, nothing in older ones. */
interface MaybeWeekInfo {
  readonly getWeekInfo?: () => WeekInfo;
  readonly weekInfo?: WeekInfo;
}

/**
 * The first day of a week where `locale` is spoken. The device's own locale knows more than a bare language: an English
 * speaker in Berlin begins on Monday, one in Boston on Sunday. Monday where the browser does not know.
 * @param locale BCP 47 language of the person.
 * @param device the device's own locale, used when it is of the same language.
 */
export function firstWeekday(locale: string, device: string): Weekday {
  const spoken = new Intl.Locale(locale);
  const own = readLocale(device);
  const known: MaybeWeekInfo = own?.language === spoken.language ? own : spoken;
  const day = (known.getWeekInfo?.() ?? known.weekInfo)?.firstDay ?? 1;
  return day >= 1 && day <= DAYS_PER_WEEK ? (day as Weekday) : 1;
}

/**
 * The days of a month in whole weeks; days of the months beside it are null.
 * @param first the weekday of the first column.
 */
export function monthGrid(month: Temporal.PlainYearMonth, first: Weekday): (Temporal.PlainDate | null)[] {
  const firstDate = month.toPlainDate({ day: 1 });
  const lead = (firstDate.dayOfWeek - first + DAYS_PER_WEEK) % DAYS_PER_WEEK;
  const days = Array.from({ length: month.daysInMonth }, (_, index) => firstDate.add({ days: index }));
  const cells = [...Array.from({ length: lead }, () => null), ...days];
  const tail = (DAYS_PER_WEEK - (cells.length % DAYS_PER_WEEK)) % DAYS_PER_WEEK;
  return [...cells, ...Array.from({ length: tail }, () => null)];
}

/** Some systems give browsers a locale that is none (`en-US@posix`). */
function readLocale(text: string): Intl.Locale | null {
  try {
    return new Intl.Locale(text);
  } catch {
    return null;
  }
}
