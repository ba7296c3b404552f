/** Whatever a person does to a plan, in whatever order: it stays a plan, its reminders follow, and each change has its Undo. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase } from '../../support/database.ts';
import type { TestDatabase } from '../../support/database.ts';
import { planStepsSchema } from '../../../shared/schemas/plan.ts';
import { createActor, deliver, inHours, operate, type Actor } from '../actions/actor.ts';
import { readPlan, runningOf, draftOf, type StoredPlan, type StoredStep } from './plan-desk.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(async () => db.drop());

const place = fc.integer({ min: 1, max: 6 });
const hours = fc.integer({ min: 1, max: 400 });
/** What a person, the dispatcher or the sweep may do next. */
const moveArbitrary = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant('words' as const), step: place }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('delay' as const), step: place, days: fc.nat({ max: 12 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('date' as const), step: place, hours, exact: fc.boolean() }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('add' as const),
      step: fc.nat({ max: 6 }),
      days: fc.option(fc.nat({ max: 12 })),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('remove' as const), step: place }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('move' as const), step: place, to: place }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('pace' as const),
      pace: fc.constantFrom('fixed_dates', 'after_previous'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('revert' as const), version: fc.integer({ min: 1, max: 9 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('complete_reminder', 'skip_reminder', 'cancel_reminder'),
      step: place,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('snooze' as const), step: place, hours }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('deliver' as const), step: place }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('sweep' as const) }) },
);
type Move = (typeof moveArbitrary extends fc.Arbitrary<infer M> ? M : never) & {
  readonly step?: number;
};

interface Done {
  readonly refusal: string | null;
  /** Set for changes of the plan: what Undo takes. */
  readonly actionId: string | null;
  /** The step whose date the move itself may change. */
  readonly own: number | null;
}

const EDIT_REFUSALS = [
  'STEP_NOT_FOUND',
  'STEP_CLOSED',
  'STEP_FIXED',
  'STEP_IN_THE_WAY',
  'STEP_WITHOUT_DATE',
  'PLAN_SIZE',
  'VERSION_NOT_FOUND',
];

async function edit(person: Actor, name: string, args: object, own: number | null): Promise<Done> {
  const answer = await person.act(name, { ...args });
  if (answer.refusal !== null) expect(EDIT_REFUSALS).toContain(answer.refusal);
  return { refusal: answer.refusal, actionId: answer.actionId, own };
}

async function act(person: Actor, planId: number, plan: StoredPlan, move: Move): Promise<Done> {
  const p_plan_id = planId;
  const rowAt = (step: number): number | undefined => plan.steps[step - 1]?.reminder?.id;
  const other = (refusal: string | null): Done => ({ refusal, actionId: null, own: null });
  switch (move.do) {
    case 'words': {
      const p_change = { description: `${move.step}!`, suggested_text: null };
      return edit(person, 'edit_step', { p_plan_id, p_step_id: move.step, p_change }, null);
    }
    case 'delay':
      return edit(
        person,
        'edit_step',
        { p_plan_id, p_step_id: move.step, p_change: { delay_days: move.days } },
        move.step,
      );
    case 'date':
      return edit(
        person,
        'edit_step',
        {
          p_plan_id,
          p_step_id: move.step,
          p_change: { wanted_at: inHours(move.hours), exact: move.exact },
        },
        move.step,
      );
    case 'add': {
      const days = move.days === null ? {} : { delay_days: move.days };
      return edit(
        person,
        'add_step',
        { p_plan_id, p_after: move.step, p_step: { description: 'new', ...days } },
        null,
      );
    }
    case 'remove':
      return edit(person, 'remove_step', { p_plan_id, p_step_id: move.step }, move.step);
    case 'move':
      return edit(person, 'move_step', { p_plan_id, p_step_id: move.step, p_to: move.to }, move.step);
    case 'pace':
      return edit(person, 'set_plan_pace', { p_plan_id, p_pace: move.pace }, null);
    case 'revert':
      return edit(person, 'revert_plan', { p_plan_id, p_version: move.version }, null);
    case 'snooze':
      return other(
        (await person.act('snooze_reminder', { p_id: rowAt(move.step) ?? 0, p_until: inHours(move.hours) }))
          .refusal,
      );
    case 'deliver': {
      const row = plan.steps[move.step - 1]?.reminder;
      if (row?.status === 'pending') await deliver(db, row.id);
      return other(null);
    }
    case 'sweep': {
      await operate(
        db,
        `update outreach_steps set next_step_ready_at = now() where next_step_ready_at is not null and plan_id = ${p_plan_id}`,
      );
      await db.server.database.rpc('promote_steps', { p_limit: 100 });
      return other(null);
    }
    default:
      return other((await person.act(move.do, { p_id: rowAt(move.step) ?? 0 })).refusal);
  }
}

const isOver = ({ reminder }: StoredStep): boolean =>
  ['completed', 'skipped', 'cancelled'].includes(reminder?.status ?? '');
const isLive = ({ reminder }: StoredStep): boolean => ['pending', 'sent'].includes(reminder?.status ?? '');

/** What holds for every plan at every moment. */
function expectWhole(plan: StoredPlan, isRunning: boolean): void {
  expect(planStepsSchema.safeParse(plan.steps).error).toBeUndefined();
  if (!isRunning) return;
  const live = plan.steps.filter(isLive);
  expect(plan.strays).toBe(0);
  const wanted = live.map(({ reminder }) => Temporal.Instant.from(reminder!.wanted_at).epochMilliseconds);
  expect(wanted).toEqual(wanted.toSorted((a, b) => a - b));
  for (const step of live) {
    expect([step.reminder!.title, step.reminder!.delay_days]).toEqual([step.description, step.delay_days]);
  }
  const waiting = plan.steps.filter(({ reminder }) => reminder === null);
  if (plan.pace === 'fixed_dates') expect(waiting).toEqual([]);
  const last = live.at(-1)?.step_id ?? 0;
  expect(waiting.filter(({ step_id }) => step_id < last)).toEqual([]);
}

/** Sent, finished and picked rows stay as they are under a change of the plan, except the step it was about. */
function expectUntouched(before: StoredPlan, after: StoredPlan, own: number | null): void {
  const kept = new Map(after.steps.map(({ reminder }) => [reminder?.id, reminder]));
  for (const step of before.steps) {
    const { reminder } = step;
    if (reminder === null || step.step_id === own) continue;
    const isFixed = isOver(step) || reminder.status === 'sent';
    if (!isFixed && !reminder.exact) continue;
    const now = kept.get(reminder.id);
    if (isFixed || now !== undefined) expect(now?.wanted_at).toBe(reminder.wanted_at);
    if (isFixed) expect(now?.status).toBe(reminder.status);
  }
}

/** Something will happen next, or nothing is left to do. */
const goesOn = (plan: StoredPlan): boolean =>
  plan.steps.some((step) => isLive(step) || step.ready_at !== null) || plan.steps.every(isOver);

/** Without what Undo raises or moves on purpose. */
const comparable = (plan: StoredPlan): object => ({
  ...plan,
  version: 0,
  steps: plan.steps.map(({ reminder, ...step }) => ({
    ...step,
    reminder: reminder === null ? null : { ...reminder, due_at: '' },
  })),
});

async function play(moves: readonly Move[], undone: readonly boolean[], isRunning: boolean, pace: string) {
  const person = createActor(db);
  const { planId } = isRunning
    ? await runningOf(person, 'ABCDE', pace)
    : await draftOf(person, 'ABCDE', pace);
  for (const [index, move] of moves.entries()) {
    const before = await readPlan(db, planId);
    const done = await act(person, planId, before, move);
    const after = await readPlan(db, planId);
    expectWhole(after, isRunning);
    if (done.actionId === null) continue;
    if (done.refusal !== null) {
      expect(after).toEqual(before);
      continue;
    }
    if (isRunning && goesOn(before)) expect(goesOn(after)).toBe(true);
    if (move.do !== 'revert' && move.do !== 'words') expectUntouched(before, after, done.own);
    if (undone[index] !== true) continue;
    const undo = await person.act('undo_action', { p_action_id: done.actionId });
    const restored = await readPlan(db, planId);
    expect([undo.refusal, comparable(restored)]).toEqual([null, comparable(before)]);
    expectWhole(restored, isRunning);
  }
}

/** What was found once is tried every time: a plan that stood still stands still again after Undo. */
const FOUND: [Move[], boolean[]][] = [
  [
    [
      { do: 'add', step: 1, days: null },
      { do: 'cancel_reminder', step: 1 },
      { do: 'add', step: 1, days: null },
    ],
    [false, false, true],
  ],
  [
    [
      { do: 'add', step: 0, days: null },
      { do: 'complete_reminder', step: 2 },
      { do: 'snooze', step: 1, hours: 1 },
      { do: 'move', step: 1, to: 3 },
    ],
    [false, false, false, true],
  ],
];

test.each([
  ['running, with dates', true, 'fixed_dates'],
  ['running, one step after the other', true, 'after_previous'],
  ['proposed', false, 'fixed_dates'],
])(
  'a plan that is %s stays whole under any changes, and each is taken back exactly',
  async (_what, isRunning, pace) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(moveArbitrary, { minLength: 1, maxLength: 12 }),
        fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
        async (moves, undone) => play(moves as Move[], undone, isRunning, pace),
      ),
      // On a busy machine fewer sequences are tried; a failing one is never missed by that.
      { numRuns: isRunning ? 30 : 10, interruptAfterTimeLimit: 25_000, examples: FOUND },
    );
  },
);
