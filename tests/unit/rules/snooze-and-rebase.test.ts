import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isAwake, isBefore } from '../../../shared/rules/calendar.ts';
import { passesNextStep, rebase, type RebaseMode } from '../../../shared/rules/rebase.ts';
import { canTransition, isOpen } from '../../../shared/rules/reminder-states.ts';
import { snoozeChoices } from '../../../shared/rules/snooze-choices.ts';
import { DEFAULT_TIME_SETTINGS, type TimeSettings } from '../../../shared/rules/time-settings.ts';
import { reminderStatusSchema } from '../../../shared/schemas/reminder.ts';
import { anyInstant, anySettings, showsDatesTwice } from './arbitraries.ts';

const berlin: TimeSettings = { ...DEFAULT_TIME_SETTINGS, zone: 'Europe/Berlin' };
const weekdays: TimeSettings = { ...berlin, workingDays: [1, 2, 3, 4, 5] };

function at(local: string): Temporal.Instant {
  return Temporal.PlainDateTime.from(local).toZonedDateTime('Europe/Berlin').toInstant();
}

function local(instant: Temporal.Instant): string {
  return instant.toZonedDateTimeISO('Europe/Berlin').toPlainDateTime().toString({ smallestUnit: 'minute' });
}

function choices(now: string, settings: TimeSettings): Record<string, string> {
  return Object.fromEntries(
    snoozeChoices(at(now), settings).map(({ key, at: instant }) => [key, local(instant)]),
  );
}

describe('snooze presets', () => {
  test('on a working morning all five are offered with their dates', () => {
    expect(choices('2026-10-14T09:41', weekdays)).toEqual({
      '1h': '2026-10-14T10:41',
      evening: '2026-10-14T18:00',
      tomorrow: '2026-10-15T09:30',
      '2days': '2026-10-16T09:30',
      monday: '2026-10-19T09:30',
    });
  });

  test('this evening is not offered when it is less than an hour away', () => {
    expect(choices('2026-10-14T17:00', weekdays)).toHaveProperty('evening');
    expect(choices('2026-10-14T17:01', weekdays)).not.toHaveProperty('evening');
  });

  test('on Friday tomorrow is a day off and is not offered under that name', () => {
    expect(choices('2026-10-16T19:00', weekdays)).toEqual({
      '1h': '2026-10-16T20:00',
      monday: '2026-10-19T09:30',
    });
  });

  test('on Sunday Monday is called tomorrow, on Monday next Monday is a week away', () => {
    expect(choices('2026-10-18T12:00', berlin)).not.toHaveProperty('monday');
    expect(choices('2026-10-19T12:00', berlin)).toMatchObject({ monday: '2026-10-26T09:30' });
  });

  test('each is later than now, none but the exact hour is in quiet hours, and one lies beyond today', () => {
    fc.assert(
      fc.property(anyInstant, anySettings, (now, settings) => {
        fc.pre(!showsDatesTwice(now, settings));
        const offered = snoozeChoices(now, settings);
        expect(offered.length).toBeGreaterThanOrEqual(2);
        for (const { key, at: instant } of offered) {
          expect(isBefore(now, instant)).toBe(true);
          if (key !== '1h') expect(isAwake(instant, { ...settings, workingDays: [] })).toBe(true);
        }
      }),
    );
  });
});

describe('moving one step of a plan', () => {
  const steps = [
    { step_id: 4, wanted: at('2026-10-12T09:30') },
    { step_id: 5, wanted: at('2026-10-15T09:30') },
    { step_id: 6, wanted: at('2026-10-19T09:30') },
    { step_id: 7, wanted: at('2026-10-26T09:30') },
  ];
  const move = (mode: RebaseMode): string[] =>
    rebase(steps, 4, at('2026-10-16T09:30'), mode, weekdays).map(({ wanted }) => local(wanted));

  test.each([
    { step: 4, to: '2026-10-16T09:30', passes: true, why: 'later than the next step' },
    {
      step: 4,
      to: '2026-10-15T09:30',
      passes: false,
      why: 'on the next step’s instant, which two may share',
    },
    { step: 4, to: '2026-10-11T09:30', passes: false, why: 'earlier' },
    { step: 7, to: '2026-12-01T09:30', passes: false, why: 'the last one has nothing to pass' },
    { step: 1, to: '2026-12-01T09:30', passes: false, why: 'a step that is closed passes nothing' },
  ])('step $step to $to passes the next one: $passes ($why)', ({ step, to, passes }) => {
    expect(passesNextStep(steps, step, at(to))).toBe(passes);
  });

  test('a late step behind the next one’s time that comes earlier again passes nothing', () => {
    const crossed = [{ step_id: 1, wanted: at('2026-10-20T09:30') }, ...steps.slice(1)];
    expect(passesNextStep(crossed, 1, at('2026-10-18T09:30'))).toBe(false);
  });

  test('keep gaps: every later step moves by as many days', () => {
    expect(move('keep_gaps')).toEqual([
      '2026-10-16T09:30',
      '2026-10-19T09:30',
      '2026-10-23T09:30',
      '2026-10-30T09:30',
    ]);
  });

  test('keep dates: only the step that would come too early moves', () => {
    expect(move('keep_dates')).toEqual([
      '2026-10-16T09:30',
      '2026-10-16T09:45',
      '2026-10-19T09:30',
      '2026-10-26T09:30',
    ]);
  });

  test('squeeze: the last day stays and the gaps shrink', () => {
    expect(move('squeeze')).toEqual([
      '2026-10-16T09:30',
      '2026-10-19T09:30',
      '2026-10-21T09:30',
      '2026-10-26T09:30',
    ]);
  });

  test('squeezed past the last day, steps follow one another', () => {
    const moved = rebase(steps, 4, at('2026-10-29T20:45'), 'squeeze', weekdays).map(({ wanted }) =>
      local(wanted),
    );
    expect(moved).toEqual(['2026-10-29T20:45', '2026-10-30T08:00', '2026-10-30T08:15', '2026-10-30T08:30']);
  });

  test('a step moved before the one ahead of it takes that one as its limit', () => {
    const moved = rebase(steps, 5, at('2026-10-01T09:30'), 'keep_dates', weekdays);
    expect(moved.map(({ wanted }) => local(wanted))[1]).toBe('2026-10-12T09:30');
  });

  test('a step that is not open is refused', () => {
    expect(() => rebase(steps, 9, at('2026-10-16T09:30'), 'squeeze', weekdays)).toThrow(/step 9/);
  });

  test('order never changes, a step put where it is moves nothing, doing it again changes nothing', () => {
    const anyMode = fc.constantFrom<RebaseMode>('keep_gaps', 'keep_dates', 'squeeze');
    fc.assert(
      fc.property(
        fc.array(anyInstant, { minLength: 1, maxLength: 8 }),
        anyInstant,
        anyMode,
        anySettings,
        (instants, target, mode, settings) => {
          fc.pre(![...instants, target].some((one) => showsDatesTwice(one, settings)));
          const sorted = instants
            .toSorted((a, b) => Temporal.Instant.compare(a, b))
            .filter((instant, i, all) => i === 0 || !instant.equals(all[i - 1] ?? instant));
          const open = sorted.map((wanted, i) => ({ step_id: i + 1, wanted }));
          const moved = rebase(open, 1, target, mode, settings);
          moved.forEach(({ wanted }, i) => {
            expect(isBefore(wanted, moved[i - 1]?.wanted ?? wanted)).toBe(false);
          });
          expect(moved[0]?.wanted.equals(target)).toBe(true);
          const still = rebase(open, 1, open[0]?.wanted ?? target, mode, settings);
          expect(still.map(({ wanted }) => String(wanted))).toEqual(open.map(({ wanted }) => String(wanted)));
          expect(
            rebase(moved, 1, target, 'keep_dates', settings).map(({ wanted }) => String(wanted)),
          ).toEqual(moved.map(({ wanted }) => String(wanted)));
        },
      ),
    );
  });
});

describe('the life of a reminder', () => {
  const statuses = reminderStatusSchema.options;
  const legal = (byUndo: boolean): string =>
    statuses
      .flatMap((from) =>
        statuses.filter((to) => from !== to && canTransition(from, to, byUndo)).map((to) => `${from}>${to}`),
      )
      .join(' ');
  const always =
    'pending>sent pending>completed pending>skipped pending>cancelled pending>failed ' +
    'sent>pending sent>completed sent>skipped sent>cancelled sent>failed';

  test('a finished reminder stays finished', () => {
    expect(legal(false)).toBe(`${always} failed>pending failed>cancelled`);
  });

  test('an Undo brings it back to either open status, and a cancelled one to a refusal too', () => {
    const undone =
      'completed>pending completed>sent skipped>pending skipped>sent cancelled>pending cancelled>sent cancelled>failed';
    expect(legal(true)).toBe(`${always} ${undone} failed>pending failed>cancelled`);
  });

  test('only waiting and delivered reminders are open', () => {
    expect(statuses.filter(isOpen)).toEqual(['pending', 'sent']);
  });
});
