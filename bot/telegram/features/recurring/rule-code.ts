/**
 * A rule as it fits into a button. RFC 5545 takes up to 70 characters, a button has 64 bytes for everything; each part
 * becomes a letter and its digits: `FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;COUNT=5` is `W2d15c5`.
 */
import { z } from 'zod';
import { recurrenceRuleSchema } from '../../../../shared/schemas/recurring.ts';

const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const FREQUENCIES = { D: 'DAILY', W: 'WEEKLY', M: 'MONTHLY', Y: 'YEARLY' } as const;
const EPOCH = Temporal.PlainDate.from('1970-01-01');
const CODE =
  /^([DWMY])(\d{0,3})(?:n(-?\d))?(?:d([1-7]{1,7}))?(?:b(-?\d{1,2}))?(?:l(\d\d))?(?:m(\d{1,2}))?(?:c(\d{1,3}))?(?:u([0-9a-z]{3,4}))?$/;

/**
 * The rule's code.
 * @throws RangeError for a rule that is not one of ours: it would come back as another one.
 */
export function encodeRule(rule: string): string {
  const parts = new Map(rule.split(';').map((part) => part.split('=') as [string, string]));
  const until = parts.get('UNTIL');
  const days = parts.get('BYDAY')?.split(',') ?? [];
  const nth = days[0]?.slice(0, -2) ?? '';
  const monthDay = parts.get('BYMONTHDAY') ?? '';
  // "28,29,30,31" with the last of them meant.
  const isLastOf = parts.has('BYSETPOS');
  const code = [
    parts.get('FREQ')?.slice(0, 1) ?? '',
    parts.get('INTERVAL') ?? '',
    nth === '' ? '' : `n${nth}`,
    days.length === 0 ? '' : `d${days.map((day) => DAYS.indexOf(day.slice(-2)) + 1).join('')}`,
    monthDay === '' ? '' : isLastOf ? `l${monthDay.slice(-2)}` : `b${monthDay}`,
    letter('m', parts.get('BYMONTH')),
    letter('c', parts.get('COUNT')),
    until === undefined ? '' : `u${encodeDay(until)}`,
  ].join('');
  if (decodeRule(code) !== rule) throw new RangeError(`The rule "${rule}" does not fit into a button.`);
  return code;
}

/** A code as it comes back from a button: unproven. */
export const ruleCode = z.string().transform((code, context) => {
  const rule = decodeRule(code);
  if (rule === null) {
    context.addIssue({ code: 'custom', message: 'no rule' });
    return z.NEVER;
  }
  return rule;
});

function decodeRule(code: string): string | null {
  const match = CODE.exec(code);
  if (match === null) return null;
  const [, freq = 'D', interval, nth = '', days, monthDay, lastOf, month, count, until] = match;
  const named = days === undefined ? [] : Array.from(days, (day) => `${nth}${DAYS[Number(day) - 1] ?? ''}`);
  const parts = [
    `FREQ=${FREQUENCIES[freq as keyof typeof FREQUENCIES]}`,
    part('INTERVAL', interval),
    part('BYMONTH', month),
    part('BYDAY', named.join(',')),
    part('BYMONTHDAY', lastOf === undefined ? monthDay : upTo(Number(lastOf))),
    part('BYSETPOS', lastOf === undefined ? undefined : '-1'),
    part('COUNT', count),
    part('UNTIL', until === undefined ? undefined : decodeDay(until).replaceAll('-', '')),
  ];
  const rule = parts.filter(Boolean).join(';');
  return recurrenceRuleSchema.safeParse(rule).success ? rule : null;
}

/** A date as days since 1970 in base 36. @param date `YYYY-MM-DD` or `YYYYMMDD` */
export function encodeDay(date: string): string {
  return EPOCH.until(date, { largestUnit: 'day' }).days.toString(36);
}

/** A date as it comes back from a button: `YYYY-MM-DD`. */
export const dayCode = z
  .string()
  .regex(/^[0-9a-z]{3,4}$/)
  .transform(decodeDay);

function decodeDay(code: string): string {
  return EPOCH.add({ days: Number.parseInt(code, 36) }).toString();
}

function letter(name: string, value: string | undefined): string {
  return value === undefined ? '' : `${name}${value}`;
}

function part(name: string, value: string | undefined): string {
  return value === undefined || value === '' ? '' : `${name}=${value}`;
}

function upTo(day: number): string {
  return Array.from({ length: Math.max(0, day - 27) }, (_, index) => 28 + index).join(',');
}
