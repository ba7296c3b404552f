/** The card a written plan gets in chat: the one place that decides it. */
import type { ShownResult } from '../../../usecases/planning-ports.ts';
import type { UserRow } from '../../../../shared/schemas/user.ts';
import type { Card } from '../../context.ts';
import type { Words } from '../../text/words.ts';
import { replanCard } from '../plan/diff-card.ts';
import { proposalOf } from '../plan/plan-handlers.ts';

/** @param shown a plan that was just proposed; `order.kind` says whether it would replace a running one. */
export function showPlan(
  shown: Extract<ShownResult, { kind: 'planned' }>,
  person: UserRow,
  words: Words,
): Card {
  const { order, refined, pair } = shown;
  if (pair != null) return replanCard(pair, words);
  // What the model found in the text is no guess any more.
  const guessed = order.guessed.filter((field) => !refined.includes(field));
  return proposalOf(shown.view, { person, words }, { guessed, notesCut: order.notesCut, refined });
}
