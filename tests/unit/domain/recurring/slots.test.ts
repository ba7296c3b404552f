/** When a rule comes, whatever clocks do, and which of its times should be there now. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { advance, type RuleState } from '../../../../bot/domain/recurring/advance.ts';
import { slotsAfter, slotsFrom } from '../../../../bot/domain/recurring/slots.ts';
import { toCalendar } from '../../../../bot/domain/export/calendar.ts';
import { ruleInWords } from '../../../../shared/rules/recurrence-words.ts';
import { exportedDataSchema } from '../../../../shared/schemas/export.ts';
import { encodeRule, ruleCode } from '../../../../bot/telegram/features/recurring/rule-code.ts';
import { linesOf } from '../../time/scene.ts';
import { RECURRING } from '../../time/phrases-recurring.ts';

const RULES = linesOf(RECURRING).map((line) => line.split(' ')[0] ?? '');
/** Gaps and overlaps of an hour and of half an hour, at midnight too; a skipped date; none at all. */
const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'America/Havana',
  'Africa/Cairo',
  'America/Scoresbysund',
  'Pacific/Apia',
  'Asia/Kolkata',
  'UTC',
];

const zone = fc.constantFrom(...ZONES);
const rule = fc.constantFrom(...new Set(RULES));
const date = fc
  .integer({ min: 0, max: 8000 })
  .map((days) => Temporal.PlainDate.from('2011-06-01').add({ days }));
const clock = fc.integer({ min: 0, max: 24 * 12 - 1 }).map((part) =>
  Temporal.PlainTime.from('00:00')
    .add({ minutes: 5 * part })
    .toString()
    .slice(0, 5),
);
const instant = date.map((on) => on.toZonedDateTime('UTC').toInstant());

describe('the times of a rule', () => {
  test('are on its dates, one a date, in order, at its clock or as far behind it as the clock jumped', () => {
    fc.assert(
      fc.property(rule, zone, date, clock, (text, inZone, startsOn, at) => {
        const endless = text.replace(/;(?:COUNT|UNTIL)=\d+/, '');
        const schedule = { rule: endless, startsOn: startsOn.toString(), clock: at };
        const slots = slotsFrom(schedule, inZone, startsOn).take(12).toArray();
        expect(slots.length).toBeGreaterThan(0);
        for (const [index, slot] of slots.entries()) {
          const local = slot.at.toZonedDateTimeISO(inZone);
          expect(
            slot.at.equals(slot.on.toZonedDateTime({ timeZone: inZone, plainTime: at }).toInstant()),
          ).toBe(true);
          // A gap at midnight may push it into the next date, never to another hour of a usual day.
          const behind = slot.on.toPlainDateTime(at).until(local.toPlainDateTime()).total('minutes');
          expect(behind).toBeGreaterThanOrEqual(0);
          expect(behind).toBeLessThanOrEqual(60);
          const before = slots[index - 1];
          if (before !== undefined) {
            expect(Temporal.PlainDate.compare(before.on, slot.on)).toBe(-1);
            expect(Temporal.Instant.compare(before.at, slot.at)).toBe(-1);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  test('a daily rule leaves no day out and takes none twice, over every clock change', () => {
    fc.assert(
      fc.property(zone, date, clock, (inZone, startsOn, at) => {
        const schedule = { rule: 'FREQ=DAILY', startsOn: startsOn.toString(), clock: at };
        const dates = slotsFrom(schedule, inZone, startsOn)
          .take(60)
          .map(({ on }) => on.toString())
          .toArray();
        const there = Array.from({ length: 61 }, (_, days) => startsOn.add({ days }))
          // The one date that Samoa skipped.
          .filter((day) => day.toZonedDateTime(inZone).toPlainDate().equals(day))
          .map(String)
          .slice(0, 60);
        expect(dates).toEqual(there);
      }),
      { numRuns: 100 },
    );
  });

  test('a gap moves the hour forward, an overlap counts once', () => {
    const daily = (startsOn: string) => ({ rule: 'FREQ=DAILY', startsOn, clock: '02:30' });
    const at = (startsOn: string) =>
      slotsFrom(daily(startsOn), 'Europe/Berlin', Temporal.PlainDate.from(startsOn))
        .take(3)
        .map((slot) => slot.at.toZonedDateTimeISO('Europe/Berlin').toString({ timeZoneName: 'never' }))
        .toArray();
    expect(at('2026-03-28')).toEqual([
      '2026-03-28T02:30:00+01:00',
      '2026-03-29T03:30:00+02:00',
      '2026-03-30T02:30:00+02:00',
    ]);
    expect(at('2026-10-24')).toEqual([
      '2026-10-24T02:30:00+02:00',
      '2026-10-25T02:30:00+02:00',
      '2026-10-26T02:30:00+01:00',
    ]);
  });

  test('29 February comes in leap years, 30 February is refused by the library', () => {
    const yearly = (rule: string) => ({ rule, startsOn: '2026-01-01', clock: '09:00' });
    const now = Temporal.Instant.from('2026-01-01T00:00Z');
    expect(
      slotsAfter(yearly('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29'), 'UTC', now, 2).map(({ on }) => on.toString()),
    ).toEqual(['2028-02-29', '2032-02-29']);
    expect(() => slotsAfter(yearly('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30'), 'UTC', now, 1)).toThrow();
  });
});

describe('which time should be there', () => {
  const MONDAYS = { rule: 'FREQ=WEEKLY;BYDAY=MO', startsOn: '2026-10-05', clock: '09:00', zone: 'UTC' };
  const state = (given: Partial<RuleState>): RuleState => ({
    ...MONDAYS,
    lastSlotOn: null,
    liveSlotOn: null,
    since: Temporal.Instant.from('2026-10-01T00:00Z'),
    ...given,
  });
  const at = (given: Partial<RuleState>, now: string) => {
    const { slotOn, nextOn } = advance(state(given), Temporal.Instant.from(now));
    return [slotOn?.toString() ?? null, nextOn?.toString() ?? null];
  };

  test('the open one stays until the next one’s time, whatever it was snoozed to', () => {
    const open = { lastSlotOn: '2026-10-12', liveSlotOn: '2026-10-12' };
    expect(at(open, '2026-10-18T23:00Z')).toEqual(['2026-10-12', '2026-10-19']);
    expect(at(open, '2026-10-19T08:59Z')).toEqual(['2026-10-19', '2026-10-26']);
  });

  test('done early or late, the next date follows', () => {
    expect(at({ lastSlotOn: '2026-10-12' }, '2026-10-10T09:00Z')).toEqual(['2026-10-19', '2026-10-26']);
    expect(at({ lastSlotOn: '2026-10-12' }, '2026-10-14T09:00Z')).toEqual(['2026-10-19', '2026-10-26']);
  });

  test('a missed time is made up for while it is nearer than the next; only the latest is', () => {
    expect(at({ lastSlotOn: '2026-10-05' }, '2026-10-27T09:00Z')).toEqual(['2026-10-26', '2026-11-02']);
    expect(at({ lastSlotOn: '2026-10-05' }, '2026-10-31T09:00Z')).toEqual(['2026-11-02', '2026-11-09']);
  });

  test('nothing is made up for that lay before a pause’s end', () => {
    const since = Temporal.Instant.from('2026-10-26T10:00Z');
    expect(at({ since }, '2026-10-26T10:00Z')).toEqual(['2026-11-02', '2026-11-09']);
  });

  test('after the last one nothing follows', () => {
    const rule = 'FREQ=WEEKLY;BYDAY=MO;COUNT=2';
    expect(at({ rule, lastSlotOn: '2026-10-05', liveSlotOn: '2026-10-05' }, '2026-10-06T00:00Z')).toEqual([
      '2026-10-05',
      '2026-10-12',
    ]);
    expect(at({ rule, lastSlotOn: '2026-10-12' }, '2026-10-13T00:00Z')).toEqual([null, null]);
  });

  test('asked twice it says the same, and never goes back', () => {
    fc.assert(
      fc.property(rule, zone, date, clock, instant, (text, inZone, startsOn, at, now) => {
        const before: RuleState = {
          rule: text,
          startsOn: startsOn.toString(),
          clock: at,
          zone: inZone,
          lastSlotOn: startsOn.toString(),
          liveSlotOn: null,
          since: startsOn.toZonedDateTime(inZone).toInstant(),
        };
        const first = advance(before, now);
        if (first.slotOn === null) return;
        expect(Temporal.PlainDate.compare(first.slotOn, startsOn)).toBe(1);
        const made = first.slotOn.toString();
        const again = advance({ ...before, lastSlotOn: made, liveSlotOn: made }, now);
        expect([again.slotOn?.toString(), again.nextOn?.toString()]).toEqual([
          made,
          first.nextOn?.toString(),
        ]);
      }),
      { numRuns: 150 },
    );
  });
});

test('every rule that can be said fits into a button and comes back as it was', () => {
  for (const text of RULES) {
    const code = encodeRule(text);
    expect(code.length).toBeLessThanOrEqual(24);
    expect(ruleCode.parse(code)).toBe(text);
  }
  expect(ruleCode.safeParse('W2d1;DROP').success).toBe(false);
});

test('every rule that can be said has words in both languages', () => {
  for (const text of new Set(RULES)) {
    for (const language of ['en', 'ru']) {
      const words = ruleInWords(text, '2026-10-19', '09:05', language);
      expect(words).toMatch(/9:05/);
      expect(words).not.toMatch(/undefined|NaN|, ,|^,/);
    }
  }
  expect(ruleInWords('FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR', '2026-10-19', '09:00', 'en')).toBe(
    'every 2 weeks on Monday and Friday, 9:00',
  );
  expect(ruleInWords('FREQ=MONTHLY;BYDAY=2TU', '2026-10-19', '09:00', 'ru')).toBe(
    'во второй вторник каждого месяца, 9:00',
  );
});

test('a calendar file has one entry with the rule, and a snoozed time beside it', () => {
  const reminder = (id: number, snoozes: number) => ({
    id,
    lead_id: null,
    title: 'Call',
    status: 'pending',
    wanted_at: '2026-10-19T07:00:00Z',
    draft_text: null,
    snooze_count: snoozes,
  });
  const data = {
    leads: [],
    reminders: [reminder(7, 0), reminder(8, 1)],
    occurrences: [7, 8].map((id) => ({ recurring_id: 4, reminder_id: id })),
    recurring: [
      {
        id: 4,
        lead_id: null,
        title: 'Call',
        rule: 'FREQ=WEEKLY;BYDAY=MO;UNTIL=20270228',
        starts_on: '2026-10-19',
        clock: '09:00:00',
        status: 'active',
      },
    ],
  };
  const text = toCalendar(data as never, Temporal.Instant.from('2026-10-14T00:00Z'));
  expect(text).toContain('DTSTART:20261019T090000\r\n');
  expect(text).toContain('RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20270228T235959');
  expect(text).toContain('UID:reminder-8@nudge');
  expect(text).not.toContain('UID:reminder-7@nudge');
  expect(exportedDataSchema.shape.recurring.parse(undefined)).toEqual([]);
});
