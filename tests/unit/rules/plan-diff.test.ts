/** Old plan against new plan, line by line. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planDiff, type DiffStep, type OldDiffStep } from '../../../shared/rules/plan-diff.ts';

const day = (days: number): Temporal.Instant =>
  Temporal.Instant.from('2026-10-12T07:30:00Z').add({ hours: 24 * days });
const step = (description: string, days: number | null, rest: Partial<DiffStep> = {}): DiffStep => ({
  action_type: 'call',
  description,
  suggested_text: null,
  wantedAt: days === null ? null : day(days),
  ...rest,
});
const old = (description: string, days: number | null, rest: Partial<OldDiffStep> = {}): OldDiffStep => ({
  ...step(description, days),
  outcome: 'open',
  ...rest,
});
const said = (before: OldDiffStep[], after: DiffStep[]): string[] =>
  planDiff(before, after).map((line) => {
    const words = 'step' in line ? line.step.description : line.old.description;
    return `${line.kind} ${words}${line.kind === 'changed' ? ` (${line.parts.join(', ')})` : ''}`;
  });

describe('a new plan beside the old one', () => {
  test('reads in order: what happened, then what comes, with what goes away where it stood', () => {
    expect(
      said(
        [
          old('Send the one-pager', 0, { outcome: 'done' }),
          old('Call about the prices', 3),
          old('Share the case study', 5),
          old('Ask for a meeting', 9),
        ],
        [
          step('Call about the prices', 3),
          step('Congratulate on the new job', 6),
          step('Ask for a meeting', 12),
        ],
      ),
    ).toEqual([
      'past Send the one-pager',
      'kept Call about the prices',
      'added Congratulate on the new job',
      'removed Share the case study',
      'changed Ask for a meeting (date)',
    ]);
  });

  test('knows a step whose words were changed, and says which parts', () => {
    expect(
      said(
        [
          old('Call Anna about the prices for May', 3, { suggested_text: 'Hi' }),
          old('Congratulate on the anniversary', 5),
        ],
        [
          step('Call Anna about the prices for June', 3, { action_type: 'email_outreach' }),
          step('Congratulate on the anniversary', 5),
        ],
      ),
    ).toEqual([
      'changed Call Anna about the prices for June (channel, words, draft)',
      'kept Congratulate on the anniversary',
    ]);
  });

  test('takes steps that share a channel and nothing else for different ones', () => {
    expect(said([old('Congratulate on the anniversary', 1)], [step('Ask who decides', 1)])).toEqual([
      'added Ask who decides',
      'removed Congratulate on the anniversary',
    ]);
  });

  test('knows the steps of two versions by their rows, however their words changed', () => {
    expect(
      said(
        [old('Alpha', 1, { id: 1 }), old('Beta', 2, { id: 2 })],
        [step('Quite another text', 1, { id: 1 }), step('Beta', 2, { id: 3 })],
      ),
    ).toEqual(['changed Quite another text (words)', 'added Beta', 'removed Beta']);
  });

  test('does not take two steps for one because both name the lead', () => {
    expect(
      said(
        [old('Ring Kowalska about prices', 1), old('Thank Kowalska afterwards', 2)],
        [step('Invite Kowalska for lunch', 1), step('Thank Kowalska afterwards', 2)],
      ),
    ).toEqual([
      'added Invite Kowalska for lunch',
      'removed Ring Kowalska about prices',
      'kept Thank Kowalska afterwards',
    ]);
  });

  test('a step that gets its first date has changed its date', () => {
    expect(said([old('Call', null)], [step('Call', 1)])).toEqual(['changed Call (date)']);
  });
});

const words = fc.constantFrom('call', 'write', 'send', 'offer', 'prices', 'anna', 'meeting', 'news');
const text = fc.array(words, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(' '));
const outcome = fc.constantFrom('done', 'skipped', 'cancelled', 'open', 'not_started');

test('every step of both plans is in exactly one line, each plan in its own order', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(text, outcome), { maxLength: 10 }),
      fc.array(text, { maxLength: 10 }),
      (before, after) => {
        const olds = before.map(([description, becameOf], index) =>
          old(description, index, { outcome: becameOf }),
        );
        const news = after.map((description, index) => step(description, index));
        const lines = planDiff(olds, news);
        expect(lines.flatMap((line) => ('step' in line ? [line.step] : []))).toEqual(news);
        const ahead = lines.flatMap((line) => ('old' in line && line.kind !== 'past' ? [line.old] : []));
        const past = lines.flatMap((line) => (line.kind === 'past' ? [line.old] : []));
        const isAhead = (one: OldDiffStep): boolean =>
          one.outcome === 'open' || one.outcome === 'not_started';
        expect(ahead).toEqual(olds.filter(isAhead));
        expect(past).toEqual(olds.filter((one) => !isAhead(one)));
        if (lines.some(({ kind }) => kind === 'past')) expect(lines[0]?.kind).toBe('past');
      },
    ),
  );
});

test('a plan beside itself is kept whole', () => {
  fc.assert(
    fc.property(fc.array(text, { maxLength: 10 }), (descriptions) => {
      const steps = descriptions.map((description, index) => old(description, index));
      expect(planDiff(steps, steps).every(({ kind }) => kind === 'kept')).toBe(true);
    }),
  );
});
