/** What the numbers say, so that every chart's title is its finding. */
import type { Insights } from '../../../../shared/contracts/insights.ts';
import type { ActionType } from '../../../../shared/schemas/plan.ts';

export type Period = 'month' | 'two-months' | 'year';

const DAYS_PER_WEEK = 7;

/** How many weeks a period has, the present one included. */
export function weeksOf(period: Period, today: Temporal.PlainDate): number {
  if (period === 'month') return 4;
  if (period === 'two-months') return 8;
  const newYear = today.with({ month: 1, day: 1 });
  const firstMonday = newYear.subtract({ days: newYear.dayOfWeek - 1 });
  return Math.floor(firstMonday.until(today).days / DAYS_PER_WEEK) + 1;
}

export interface WeekFinding {
  readonly kind: 'best' | 'more' | 'fewer' | 'same' | 'none' | 'first';
  /** Done in the last whole week; for `first` in the present one. */
  readonly done: number;
}

/** How the last whole week compares with the one before and with the best there was. */
export function weekFinding({ weeks, best_done: best }: Pick<Insights, 'weeks' | 'best_done'>): WeekFinding {
  const last = weeks.at(-2)?.done ?? 0;
  const before = weeks.at(-3)?.done ?? 0;
  const present = weeks.at(-1)?.done ?? 0;
  if (last === 0 && before === 0)
    return present > 0 ? { kind: 'first', done: present } : { kind: 'none', done: 0 };
  if (last === best) return { kind: 'best', done: last };
  if (last === before) return { kind: 'same', done: last };
  return { kind: last > before ? 'more' : 'fewer', done: last };
}

export type Channel = 'call' | 'email' | 'linkedin' | 'introduction' | 'message' | 'meeting' | 'other';

const CHANNELS: Readonly<Record<ActionType, Channel>> = {
  linkedin_like: 'linkedin',
  linkedin_comment: 'linkedin',
  linkedin_connect: 'linkedin',
  linkedin_dm: 'linkedin',
  email_outreach: 'email',
  call: 'call',
  mutual_intro: 'introduction',
  followup_message: 'message',
  meeting_request: 'meeting',
  other: 'other',
};

export interface AnswerRate {
  /** A channel, or a step's number. */
  readonly key: string;
  readonly done: number;
  readonly answered: number;
  /** Answers for every 100 done. */
  readonly rate: number;
}

/** Answers by channel, the best first, or by step in the order of steps. */
export function answerRates(answers: Insights['answers'], by: 'channel' | 'step'): AnswerRate[] {
  const sums = new Map<string, { done: number; answered: number }>();
  for (const { action_type: type, step_id: step, done, answered } of answers) {
    const key = by === 'channel' ? CHANNELS[type] : String(step);
    const sum = sums.get(key) ?? { done: 0, answered: 0 };
    sums.set(key, { done: sum.done + done, answered: sum.answered + answered });
  }
  const rates = [...sums].map(([key, sum]) => ({
    key,
    ...sum,
    rate: Math.round((100 * sum.answered) / sum.done),
  }));
  return by === 'channel'
    ? rates.toSorted((a, b) => b.rate - a.rate || b.done - a.done)
    : rates.toSorted((a, b) => Number(a.key) - Number(b.key));
}

/** Stages of the funnel, in the order a lead passes them. */
export const STAGES = ['new', 'reached_out', 'in_progress', 'meeting_booked', 'closed_won'] as const;

/** Which share of the leads ever answered, in per cent; null without leads. */
export function answeredShare(funnel: Insights['funnel']): number | null {
  return funnel.new === 0 ? null : Math.round((100 * funnel.in_progress) / funnel.new);
}

/** Nothing was ever done and nobody is there: a page of zeros would say less than a sentence. */
export function isEmpty({ weeks, funnel, done_days: doneDays }: Insights): boolean {
  const counts = weeks.flatMap(({ sent, done, snoozed, skipped }) => [sent ?? 0, done, snoozed, skipped]);
  return funnel.new === 0 && doneDays.length === 0 && counts.every((count) => count === 0);
}

/** Round numbers for the lines of a chart: at most three, the last at or above `max`. */
export function ticksUpTo(max: number): number[] {
  if (max <= 3) return Array.from({ length: Math.max(1, max) }, (_, index) => index + 1);
  const rough = max / 3;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= rough) ?? rough;
  const width = Math.max(1, Math.round(step));
  return Array.from({ length: Math.ceil(max / width) }, (_, index) => (index + 1) * width);
}
