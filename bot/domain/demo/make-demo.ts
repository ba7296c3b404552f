/**
 * A believable past: leads added over the last weeks, plans by the real templates and calendar, and a person who mostly
 * does what they are reminded of. Pure: the same person, instant and seed give the same rows.
 */
import { later, nextOpen } from '../../../shared/rules/calendar.ts';
import { schedulePlan } from '../../../shared/rules/plan-schedule.ts';
import { DEFAULT_TIME_SETTINGS, type TimeSettings } from '../../../shared/rules/time-settings.ts';
import type { LeadStatus, NewLead } from '../../../shared/schemas/lead.ts';
import type { PlanStep } from '../../../shared/schemas/plan.ts';
import { templatePlan } from '../plan/template-plan.ts';
import type {
  DemoContact,
  DemoEvent,
  DemoLead,
  DemoPerson,
  DemoReminder,
  DemoSnapshot,
} from './demo-types.ts';
import { between, createRandom, type Random } from './random.ts';

/** How far back the oldest lead was added, in days. */
const HISTORY_DAYS = 84;
/** The newest leads: still being worked on whatever chance says, so that there is something to look at. */
const FRESH_DAYS = 14;
/** A due reminder younger than this may still be unanswered, in hours. */
const UNANSWERED_HOURS = 60;

const SNOOZED = 0.14;
const SKIPPED = 0.12;
const UNANSWERED = 0.35;
/** After each finished step of an older lead: won, lost, or moving on. */
const WON = 0.07;
const LOST = 0.08;
const MEETING = 0.14;

const SKIP_REASONS = {
  en: ['Talked in person already', 'Not the right moment', 'They asked to wait a week'],
  ru: ['Уже поговорили лично', 'Сейчас не время', 'Просили подождать неделю'],
};

/** Everything one person would have stored by `now`, oldest lead first. */
export function makeDemo(person: DemoPerson, now: Temporal.Instant, seed: number): DemoLead[] {
  const random = createRandom(seed ^ person.telegramId);
  const { contacts } = person;
  return contacts.map((contact, index) => {
    const share = contacts.length < 2 ? 0 : 1 - index / (contacts.length - 1);
    // The last one is a plan just proposed; the others are spread over the weeks.
    const daysAgo = index === contacts.length - 1 ? 0 : Math.max(1, Math.round(share * HISTORY_DAYS));
    const createdAt = nextOpen(
      now.subtract({ hours: daysAgo * 24 + between(random, 1, 5) }),
      settingsOf(person),
    );
    return makeLead(person, contact, { createdAt: earlier(createdAt, now), now, random, daysAgo });
  });
}

interface Circumstances {
  readonly createdAt: Temporal.Instant;
  readonly now: Temporal.Instant;
  readonly random: Random;
  readonly daysAgo: number;
}

function makeLead(person: DemoPerson, contact: DemoContact, given: Circumstances): DemoLead {
  const { createdAt, now, random, daysAgo } = given;
  const lead = leadOf(contact, person.language);
  const steps = templatePlan(lead, contact.situation, person.language);
  const isDraft = daysAgo === 0;
  const past = isDraft ? null : livePlan(steps, person, { createdAt, now, random, daysAgo });
  return {
    lead,
    status: past?.status ?? 'new',
    createdAt: createdAt.toString(),
    situation: contact.situation,
    language: person.language,
    steps,
    reminders: past?.reminders ?? [],
  };
}

function livePlan(
  steps: readonly PlanStep[],
  person: DemoPerson,
  { createdAt, now, random, daysAgo }: Circumstances,
): { readonly status: LeadStatus; readonly reminders: readonly DemoReminder[] } {
  const settings = settingsOf(person);
  const wanted = schedulePlan(createdAt, steps, settings);
  let status: LeadStatus = 'new';
  let closedAt: Temporal.Instant | null = null;
  const reminders: DemoReminder[] = [];
  let opensAt = createdAt;
  for (const [index, step] of steps.entries()) {
    // A step that was put off takes the later ones along: open steps never change their order.
    const start = later(wanted[index] ?? createdAt, opensAt);
    const planned = newReminder(step, start, createdAt);
    if (closedAt !== null) {
      reminders.push(cancelled(planned, closedAt));
      continue;
    }
    const lived = live(planned, start, { now, random, person });
    reminders.push(lived);
    if (lived.status === 'pending' || lived.status === 'sent') {
      opensAt = nextOpen(Temporal.Instant.from(lived.wanted_at).add({ minutes: 15 }), settings);
    }
    if (lived.completed_at === null) continue;
    const chance = random();
    if (status === 'new') status = 'reached_out';
    if (daysAgo > FRESH_DAYS && chance < WON + LOST) {
      status = chance < WON ? 'closed_won' : 'closed_lost';
      closedAt = earlier(
        Temporal.Instant.from(lived.completed_at).add({ hours: between(random, 1, 6) }),
        now,
      );
    } else if (chance < WON + LOST + MEETING) status = 'meeting_booked';
    else if (index >= 1 && status === 'reached_out') status = 'in_progress';
  }
  return { status, reminders };
}

/** One reminder from its first notice to now: snoozed, done, skipped, still unanswered, or still to come. */
function live(
  planned: DemoReminder,
  start: Temporal.Instant,
  { now, random, person }: { now: Temporal.Instant; random: Random; person: DemoPerson },
): DemoReminder {
  if (isAfter(start, now)) return planned;
  let reminder = sent(planned, start);
  let since = start;
  if (random() < SNOOZED) {
    const at = since.add({ minutes: between(random, 3, 50) });
    const until = nextOpen(since.add({ hours: 24 * between(random, 1, 2) }), settingsOf(person));
    if (isAfter(at, now)) return waiting(reminder, since);
    reminder = snoozed(reminder, at, until, random);
    if (isAfter(until, now)) return reminder;
    reminder = sent(reminder, until);
    since = until;
  }
  const chance = random();
  const isYoung = isAfter(since.add({ hours: UNANSWERED_HOURS }), now);
  const at = since.add({ minutes: between(random, 4, 420) });
  if ((isYoung && chance < UNANSWERED) || isAfter(at, now)) return waiting(reminder, since);
  return random() < SKIPPED
    ? skipped(reminder, at, random, person)
    : finished(reminder, at, 'complete', random, null);
}

function newReminder(step: PlanStep, wanted: Temporal.Instant, at: Temporal.Instant): DemoReminder {
  const snapshot: DemoSnapshot = {
    status: 'pending',
    due_at: wanted.toString(),
    wanted_at: wanted.toString(),
    level: 0,
    exact: false,
    snooze_count: 0,
    due_reason: 'plan',
    reminder_count: 0,
  };
  return {
    ...snapshot,
    step_id: step.step_id,
    title: step.description,
    delay_days: step.delay_days,
    draft_text: step.suggested_text,
    first_due_at: snapshot.wanted_at,
    last_reminded_at: null,
    completed_at: null,
    sentAt: [],
    events: [
      { action: 'accept_plan', source: 'bot', before: null, after: snapshot, note: null, at: at.toString() },
    ],
  };
}

function sent(reminder: DemoReminder, at: Temporal.Instant): DemoReminder {
  return {
    ...reminder,
    status: 'sent',
    level: 1,
    reminder_count: reminder.reminder_count + 1,
    last_reminded_at: at.toString(),
    sentAt: [...reminder.sentAt, at.toString()],
  };
}

/** Shown and not answered: comes up again the next morning, not the moment the demo begins. */
function waiting(reminder: DemoReminder, since: Temporal.Instant): DemoReminder {
  return { ...reminder, due_reason: 'escalation', due_at: since.add({ hours: 24 * 3 }).toString() };
}

function snoozed(
  reminder: DemoReminder,
  at: Temporal.Instant,
  until: Temporal.Instant,
  random: Random,
): DemoReminder {
  const moved = { due_at: until.toString(), wanted_at: until.toString(), level: 0 };
  const change = {
    status: 'pending',
    due_reason: 'snooze',
    snooze_count: reminder.snooze_count + 1,
  } as const;
  return withEvent(reminder, { ...moved, ...change }, { action: 'snooze', at, random, note: null });
}

function skipped(
  reminder: DemoReminder,
  at: Temporal.Instant,
  random: Random,
  { language }: DemoPerson,
): DemoReminder {
  const reasons = SKIP_REASONS[language];
  return finished(reminder, at, 'skip', random, reasons[between(random, 0, reasons.length - 1)] ?? null);
}

function finished(
  reminder: DemoReminder,
  at: Temporal.Instant,
  action: 'complete' | 'skip',
  random: Random,
  note: string | null,
): DemoReminder {
  const done = action === 'complete';
  const change = {
    status: done ? ('completed' as const) : ('skipped' as const),
    completed_at: done ? at.toString() : null,
  };
  return withEvent(reminder, change, { action, at, random, note });
}

function cancelled(reminder: DemoReminder, at: Temporal.Instant): DemoReminder {
  return withEvent(
    reminder,
    { status: 'cancelled' },
    { action: 'close_lead', at, random: () => 0, note: null },
  );
}

function withEvent(
  reminder: DemoReminder,
  change: Partial<DemoReminder>,
  what: Pick<DemoEvent, 'action' | 'note'> & { readonly at: Temporal.Instant; readonly random: Random },
): DemoReminder {
  const after = { ...reminder, ...change };
  const event: DemoEvent = {
    action: what.action,
    source: what.random() < 0.6 ? 'bot' : 'app',
    before: snapshotOf(reminder),
    after: snapshotOf(after),
    note: what.note,
    at: what.at.toString(),
  };
  return { ...after, events: [...reminder.events, event] };
}

function snapshotOf(reminder: DemoReminder): DemoSnapshot {
  const { status, due_at, wanted_at, level, exact, snooze_count, due_reason, reminder_count } = reminder;
  return { status, due_at, wanted_at, level, exact, snooze_count, due_reason, reminder_count };
}

function leadOf(contact: DemoContact, language: DemoPerson['language']): NewLead {
  return {
    name: contact.name,
    company: contact.company,
    title: contact.title,
    contacts: {
      emails: [contact.email],
      phones: contact.phone === undefined ? [] : [contact.phone],
      links: [],
      handles: [],
    },
    notes: contact.notes,
    zone: contact.zone,
    language,
  };
}

function settingsOf(person: DemoPerson): TimeSettings {
  return { ...DEFAULT_TIME_SETTINGS, zone: person.zone };
}

function isAfter(one: Temporal.Instant, other: Temporal.Instant): boolean {
  return Temporal.Instant.compare(one, other) > 0;
}

function earlier(one: Temporal.Instant, other: Temporal.Instant): Temporal.Instant {
  return isAfter(one, other) ? other : one;
}
