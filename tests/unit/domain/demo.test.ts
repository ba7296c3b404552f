import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MEMBER_CONTACTS, OWNER_CONTACTS, RUSSIAN_CONTACTS } from '../../../bot/domain/demo/contacts.ts';
import type { DemoLead, DemoPerson } from '../../../bot/domain/demo/demo-types.ts';
import { makeDemo } from '../../../bot/domain/demo/make-demo.ts';
import { newLeadSchema } from '../../../shared/schemas/lead.ts';
import { planStepsSchema } from '../../../shared/schemas/plan.ts';

const NOW = Temporal.Instant.from('2026-11-21T10:20:00Z');
const PERSON: DemoPerson = {
  telegramId: 7_100_001,
  firstName: 'Mara',
  username: null,
  language: 'en',
  zone: 'Europe/Berlin',
  contacts: OWNER_CONTACTS,
};

const instants = fc
  .integer({ min: 1_767_225_600, max: 1_893_456_000 })
  .map((seconds) => Temporal.Instant.fromEpochMilliseconds(seconds * 1000));
const demos = fc.record({
  now: instants,
  seed: fc.integer(),
  contacts: fc.constantFrom(OWNER_CONTACTS, RUSSIAN_CONTACTS, MEMBER_CONTACTS),
});

function everyReminder(leads: readonly DemoLead[]) {
  return leads.flatMap(({ reminders }) => reminders);
}

describe('the demo', () => {
  test('is the same for the same person, instant and seed, and another one for another seed', () => {
    expect(makeDemo(PERSON, NOW, 1)).toEqual(makeDemo(PERSON, NOW, 1));
    expect(makeDemo(PERSON, NOW, 1)).not.toEqual(makeDemo(PERSON, NOW, 2));
  });

  test('holds what a form would accept: whole leads, valid plans', () => {
    for (const { lead, steps } of makeDemo(PERSON, NOW, 1)) {
      expect(newLeadSchema.safeParse(lead).error).toBeUndefined();
      expect(planStepsSchema.safeParse(steps).error).toBeUndefined();
    }
  });

  test('shows each side of the product: a draft, running plans, closed leads, something done, snoozed, skipped, overdue', () => {
    const leads = makeDemo(PERSON, NOW, 1);
    const actions = everyReminder(leads).flatMap(({ events }) => events.map(({ action }) => action));
    expect(new Set(actions)).toEqual(new Set(['accept_plan', 'complete', 'skip', 'snooze', 'close_lead']));
    expect(leads.filter(({ reminders }) => reminders.length === 0)).toHaveLength(1);
    expect(new Set(leads.map(({ status }) => status)).size).toBeGreaterThan(3);
    const open = everyReminder(leads).filter(({ status }) => status === 'pending' || status === 'sent');
    expect(open.some(({ wanted_at }) => wanted_at < NOW.toString())).toBe(true);
    expect(open.some(({ wanted_at }) => wanted_at > NOW.toString())).toBe(true);
  });

  test('never tells of something that has not happened yet', () => {
    fc.assert(
      fc.property(demos, ({ now, seed, contacts }) => {
        const told = everyReminder(makeDemo({ ...PERSON, contacts }, now, seed)).flatMap(
          ({ events, sentAt }) => [...events.map(({ at }) => at), ...sentAt],
        );
        expect(told.filter((at) => Temporal.Instant.compare(Temporal.Instant.from(at), now) > 0)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test('leaves nothing due at once: filling a database makes nobody’s phone buzz', () => {
    fc.assert(
      fc.property(demos, ({ now, seed, contacts }) => {
        const due = everyReminder(makeDemo({ ...PERSON, contacts }, now, seed)).filter(
          ({ status, due_at }) =>
            (status === 'pending' || status === 'sent') &&
            Temporal.Instant.compare(Temporal.Instant.from(due_at), now) <= 0,
        );
        expect(due).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test('keeps the open steps of a plan in order', () => {
    fc.assert(
      fc.property(demos, ({ now, seed, contacts }) => {
        for (const { reminders } of makeDemo({ ...PERSON, contacts }, now, seed)) {
          const open = reminders.filter(({ status }) => status === 'pending' || status === 'sent');
          const wanted = open.map(({ wanted_at }) => Temporal.Instant.from(wanted_at).epochMilliseconds);
          expect(wanted).toEqual(wanted.toSorted((a, b) => a - b));
        }
      }),
      { numRuns: 60 },
    );
  });
});
