/** The card a written plan gets in chat: the one place that decides it. */
import type { ShownResult } from '../../../usecases/planning-ports.ts';
import type { UserRow } from '../../../../shared/schemas/user.ts';
import type { Card } from '../../context.ts';
import type { Words } from '../../text/words.ts';
import { proposalOf } from '../plan/plan-handlers.ts';

/** @param shown a plan that was just proposed; `order.kind` says whether it would replace a running one. */
export function showPlan(
  shown: Extract<ShownResult, { kind: 'planned' }>,
  person: UserRow,
  words: Words,
): Card {
  return proposalOf(shown.view, { person, words });
}
