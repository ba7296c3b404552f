/** The three ways a plan can follow a moved step, each with its dates and what it does. */
import { rebase, rebaseEffect } from '../../../../shared/rules/rebase.ts';
import type { DatedStep, RebaseEffect, RebaseMode } from '../../../../shared/rules/rebase.ts';
import type { TimeSettings } from '../../../../shared/rules/time-settings.ts';

const MODES: readonly RebaseMode[] = ['keep_gaps', 'keep_dates', 'squeeze'];

export interface RebaseOption {
  readonly mode: RebaseMode;
  /** All open steps in plan order, at their new instants. */
  readonly after: readonly DatedStep[];
  readonly effect: RebaseEffect;
}

/** @param steps open steps in plan order; the moved one is among them. */
export function rebaseOptions(
  steps: readonly DatedStep[],
  movedStepId: number,
  target: Temporal.Instant,
  settings: TimeSettings,
): RebaseOption[] {
  return MODES.map((mode) => {
    const after = rebase(steps, movedStepId, target, mode, settings);
    return { mode, after, effect: rebaseEffect(steps, after, movedStepId, settings.zone) };
  });
}
