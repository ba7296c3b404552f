/**
 * Why a reminder comes when it does: the trace of what set and shifted its time, in order. Facts only; each side has its
 * own words for them (`why-…` in the catalogues).
 */
import type { ReminderRow } from '../schemas/reminder.ts';
import { isAwake, localDate } from './calendar.ts';
import { stepWantedAt } from './plan-schedule.ts';
import type { TimeSettings } from './time-settings.ts';

/** What happened to a reminder, of `reminder_events`: oldest first. */
export interface WhyEvent {
  readonly action: string;
  readonly at: Temporal.Instant;
  /** `wanted_at` before and after, where the event changed it. */
  readonly from: Temporal.Instant | null;
  readonly to: Temporal.Instant | null;
}

export interface WhyFacts {
  readonly reminder: Pick<
    ReminderRow,
    | 'step_id'
    | 'delay_days'
    | 'wanted_at'
    | 'due_reason'
    | 'exact'
    | 'level'
    | 'snooze_count'
    | 'reminder_count'
    | 'plan_id'
  >;
  /** When the plan was accepted; null = no plan. */
  readonly planStart: Temporal.Instant | null;
  /** What brought the step forward: interested_reply, pdf_download, cadence …; null = nothing. */
  readonly trigger: { readonly by: string; readonly at: Temporal.Instant } | null;
  readonly events: readonly WhyEvent[];
  readonly lastRemindedAt: Temporal.Instant | null;
  readonly settings: TimeSettings;
}

/** One line of the trace. `isShift`: this made it another time than was asked for. */
export type WhyLine = { readonly isShift?: true } & (
  | {
      readonly kind: 'plan';
      readonly stepId: number;
      readonly delayDays: number;
      readonly start: Temporal.Instant;
    }
  | { readonly kind: 'own'; readonly at: Temporal.Instant }
  | { readonly kind: 'trigger'; readonly by: string; readonly at: Temporal.Instant }
  | { readonly kind: 'day'; readonly from: Temporal.PlainDate; readonly to: Temporal.PlainDate }
  | { readonly kind: 'usual-hour'; readonly at: Temporal.Instant }
  | { readonly kind: 'picked'; readonly at: Temporal.Instant; readonly isQuiet: boolean }
  | { readonly kind: 'snoozed'; readonly times: number; readonly to: Temporal.Instant }
  | { readonly kind: 'moved'; readonly from: Temporal.Instant; readonly to: Temporal.Instant }
  | { readonly kind: 'hours'; readonly from: Temporal.Instant; readonly to: Temporal.Instant }
  | { readonly kind: 'followed'; readonly from: Temporal.Instant; readonly to: Temporal.Instant }
  | { readonly kind: 'held'; readonly why: 'window' | 'parked' | 'retry' }
  | { readonly kind: 'asked-again'; readonly times: number; readonly last: Temporal.Instant }
);

/** The trace of one reminder; never empty. */
export function whyNow(facts: WhyFacts): WhyLine[] {
  const { reminder, settings } = facts;
  const wanted = Temporal.Instant.from(reminder.wanted_at);
  return [
    ...base(facts),
    ...moves(facts.events),
    ...hour(reminder.exact, wanted, settings),
    ...(reminder.due_reason === 'window' ||
    reminder.due_reason === 'parked' ||
    reminder.due_reason === 'retry'
      ? [{ kind: 'held' as const, why: reminder.due_reason, isShift: true as const }]
      : []),
    ...(reminder.reminder_count > 0 && facts.lastRemindedAt !== null
      ? [{ kind: 'asked-again' as const, times: reminder.reminder_count, last: facts.lastRemindedAt }]
      : []),
  ];
}

/** The rule it began with, and the day it fell on. */
function base({ reminder, planStart, trigger, settings, events }: WhyFacts): WhyLine[] {
  const { step_id: stepId, delay_days: delayDays } = reminder;
  if (planStart === null || stepId === null || delayDays === null) {
    const made = events.find(({ action }) => action === 'create');
    return [{ kind: 'own', at: made?.at ?? Temporal.Instant.from(reminder.wanted_at) }];
  }
  const lines: WhyLine[] = [{ kind: 'plan', stepId, delayDays, start: planStart }];
  const from = localDate(planStart, settings.zone).add({ days: delayDays });
  const to = localDate(stepWantedAt(planStart, delayDays, settings), settings.zone);
  // Each step that is done asks for the next one; that is a shift only where the plan's own day was not waited for.
  const isOnItsDay = to.equals(localDate(Temporal.Instant.from(reminder.wanted_at), settings.zone));
  const isUsual = trigger?.by === 'cadence' && (isOnItsDay || moves(events).length > 0);
  if (trigger !== null && !isUsual) return [...lines, { kind: 'trigger', ...trigger, isShift: true }];
  return from.equals(to) ? lines : [...lines, { kind: 'day', from, to, isShift: true }];
}

/** What the person, their hours or an earlier step did to it: the last word of each kind. */
function moves(events: readonly WhyEvent[]): WhyLine[] {
  const changed = events.flatMap(({ action, from, to }) =>
    from !== null && to !== null && !from.equals(to) ? [{ action, from, to }] : [],
  );
  const snoozes = changed.filter(({ action }) => action === 'snooze');
  const lastSnooze = snoozes.at(-1);
  const kinds = { reschedule: 'moved', rebase: 'moved', settings: 'hours', shift: 'followed' } as const;
  const others = changed.flatMap(({ action, from, to }): WhyLine[] =>
    isKeyOf(kinds, action) ? [{ kind: kinds[action], from, to, isShift: true }] : [],
  );
  return [
    ...others.slice(-2),
    ...(lastSnooze === undefined
      ? []
      : [{ kind: 'snoozed' as const, times: snoozes.length, to: lastSnooze.to, isShift: true as const }]),
  ];
}

/** Why this time of the day. */
function hour(isExact: boolean, wanted: Temporal.Instant, settings: TimeSettings): WhyLine[] {
  if (isExact) return [{ kind: 'picked', at: wanted, isQuiet: !isAwake(wanted, settings) }];
  const clock = wanted.toZonedDateTimeISO(settings.zone).toPlainTime();
  return clock.equals(Temporal.PlainTime.from(settings.preferredHour))
    ? [{ kind: 'usual-hour', at: wanted }]
    : [];
}

function isKeyOf<T extends object>(object: T, key: PropertyKey): key is keyof T {
  return Object.hasOwn(object, key);
}
