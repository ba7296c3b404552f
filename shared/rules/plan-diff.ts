/**
 * What a new plan changes of the old one, line by line in reading order: what happened, then every step to come, with the
 * steps that would go away where they stood. Chat and mini-app show the same lines before anything is touched.
 */
import type { ActionType } from '../schemas/plan.ts';

/** What became of a step. */
export type StepOutcome = 'done' | 'skipped' | 'cancelled' | 'open' | 'not_started';

export interface DiffStep {
  readonly action_type: ActionType;
  readonly description: string;
  readonly suggested_text: string | null;
  /** When it is wanted, for what happened when it happened; null = it has no date yet. */
  readonly wantedAt: Temporal.Instant | null;
  /** Row of `outreach_steps`: two versions of one plan know their steps by it. */
  readonly id?: number;
}

export interface OldDiffStep extends DiffStep {
  readonly outcome: StepOutcome;
}

export type StepPart = 'channel' | 'words' | 'draft' | 'date';

export type DiffLine<Old extends OldDiffStep, New extends DiffStep> =
  /** It happened and stays as it is; no new plan repeats it. */
  | { readonly kind: 'past'; readonly old: Old }
  | { readonly kind: 'kept'; readonly old: Old; readonly step: New }
  | {
      readonly kind: 'changed';
      readonly old: Old;
      readonly step: New;
      readonly parts: readonly StepPart[];
    }
  | { readonly kind: 'added'; readonly step: New }
  | { readonly kind: 'removed'; readonly old: Old };

/** Two steps are one and the same from this likeness on: half of the words, or fewer and the same channel. */
const SAME_STEP = 0.45;
/** What the same channel adds to the likeness of the words. */
const SAME_CHANNEL = 0.25;

/** The lines of the comparison. Every old and every new step is in exactly one of them. */
export function planDiff<Old extends OldDiffStep, New extends DiffStep>(
  old: readonly Old[],
  next: readonly New[],
): DiffLine<Old, New>[] {
  const past = old.filter(({ outcome }) => isPast(outcome));
  const ahead = old.filter(({ outcome }) => !isPast(outcome));
  const lines: DiffLine<Old, New>[] = past.map((step) => ({ kind: 'past', old: step }));
  let gone = 0;
  const removeUpTo = (end: number): void => {
    for (const step of ahead.slice(gone, end)) lines.push({ kind: 'removed', old: step });
    gone = end;
  };
  const partners = align(ahead, next, commonWords([...ahead, ...next]));
  next.forEach((step, index) => {
    const partner = partners[index] ?? null;
    const same = partner === null ? undefined : ahead[partner];
    if (partner === null || same === undefined) {
      lines.push({ kind: 'added', step });
      return;
    }
    removeUpTo(partner);
    gone = partner + 1;
    lines.push(compare(same, step));
  });
  removeUpTo(ahead.length);
  return lines;
}

/** Whether a step happened: done, skipped or cancelled. */
function isPast(outcome: StepOutcome): boolean {
  return outcome === 'done' || outcome === 'skipped' || outcome === 'cancelled';
}

function compare<Old extends OldDiffStep, New extends DiffStep>(old: Old, step: New): DiffLine<Old, New> {
  const parts: StepPart[] = [];
  if (old.action_type !== step.action_type) parts.push('channel');
  if (old.description.trim() !== step.description.trim()) parts.push('words');
  if ((old.suggested_text ?? '').trim() !== (step.suggested_text ?? '').trim()) parts.push('draft');
  if (!isSameMinute(old.wantedAt, step.wantedAt)) parts.push('date');
  return parts.length === 0 ? { kind: 'kept', old, step } : { kind: 'changed', old, step, parts };
}

function isSameMinute(a: Temporal.Instant | null, b: Temporal.Instant | null): boolean {
  if (a === null || b === null) return a === b;
  return Math.floor(a.epochMilliseconds / 60_000) === Math.floor(b.epochMilliseconds / 60_000);
}

/** For each new step the index of the old one it goes on from, or null: the pairing, in order, that is most alike. */
function align(
  old: readonly DiffStep[],
  next: readonly DiffStep[],
  common: ReadonlySet<string>,
): (number | null)[] {
  // best[i][j]: the greatest sum of likenesses of old from i on and next from j on.
  const best = Array.from({ length: old.length + 1 }, () => new Array<number>(next.length + 1).fill(0));
  const at = (i: number, j: number): number => best[i]?.[j] ?? 0;
  const alike = (i: number, j: number): number => {
    const [one, other] = [old[i], next[j]];
    return one === undefined || other === undefined ? 0 : likeness(one, other, common);
  };
  for (let i = old.length - 1; i >= 0; i -= 1) {
    const row = best[i] ?? [];
    for (let j = next.length - 1; j >= 0; j -= 1) {
      const pair = alike(i, j);
      row[j] = Math.max(at(i + 1, j), at(i, j + 1), pair > 0 ? pair + at(i + 1, j + 1) : 0);
    }
  }
  const partners = next.map((): number | null => null);
  let i = 0;
  let j = 0;
  while (i < old.length && j < next.length) {
    const pair = alike(i, j);
    if (pair > 0 && at(i, j) === pair + at(i + 1, j + 1)) {
      partners[j] = i;
      i += 1;
      j += 1;
    } else if (at(i, j) === at(i + 1, j)) i += 1;
    else j += 1;
  }
  return partners;
}

/** 0 = another step; above, how much alike they are. */
function likeness(old: DiffStep, next: DiffStep, common: ReadonlySet<string>): number {
  if (old.id !== undefined && next.id !== undefined) return old.id === next.id ? 2 : 0;
  const channel = old.action_type === next.action_type ? SAME_CHANNEL : 0;
  const alike = sharedWords(old.description, next.description, common) + channel;
  return alike >= SAME_STEP ? alike : 0;
}

/** Words of more than half of the steps, like the lead's name: they tell no two steps apart or together. */
function commonWords(steps: readonly DiffStep[]): Set<string> {
  const counts = new Map<string, number>();
  for (const { description } of steps) {
    for (const word of new Set(lettersOf(description))) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return new Set([...counts].filter(([, count]) => count > steps.length / 2).map(([word]) => word));
}

/** Dice's coefficient of the two texts' words, 0 to 1. */
function sharedWords(one: string, other: string, common: ReadonlySet<string>): number {
  if (one.trim() === other.trim()) return 1;
  const [a, b] = [wordsOf(one, common), wordsOf(other, common)];
  if (a.size === 0 || b.size === 0) return 0;
  return (2 * [...a].filter((word) => b.has(word)).length) / (a.size + b.size);
}

/** Words that tell: not common to the plans, of four letters and more, because shorter ones stand in every sentence. */
function wordsOf(text: string, common: ReadonlySet<string>): Set<string> {
  return new Set(lettersOf(text).filter((word) => word.length > 3 && !common.has(word)));
}

function lettersOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
