/** The answer to how a plan follows a moved step: exactly the dates that stood on the card, or the question again. */
import type { RebaseMode } from '../../../../shared/rules/rebase.ts';
import { readReminder, type ReminderView } from '../../../usecases/act-on-reminder.ts';
import {
  findRebase,
  storedRebase,
  storeRebase,
  type RebaseChoice,
} from '../../../usecases/rebase-reminder.ts';
import type { NudgeContext } from '../../context.ts';
import { refusalSentence } from '../../error-sentences.ts';
import type { Tap } from '../../send-card.ts';
import { moveCard } from './live-card.ts';
import { fingerprint, rebaseCard, rebasedCard } from './rebase-card.ts';
import { act, onOpenReminder } from './reminder-handlers.ts';

interface Chosen {
  readonly id: number;
  readonly until: Temporal.Instant;
  readonly exact: boolean;
  readonly mode: RebaseMode;
  readonly print: string;
}

export function tapRebase(ctx: NudgeContext, tap: Tap, chosen: Chosen): Promise<void> {
  const { talk } = ctx;
  return onOpenReminder(talk, tap, chosen.id, async (view) => {
    const { store, person } = talk;
    const { id, until, exact, mode, print } = chosen;
    const choice = await findRebase(store, { id, target: { until, exact }, person });
    const option = choice?.options.find((each) => each.mode === mode);
    if (choice !== null && option !== undefined && fingerprint(choice, option) === print) {
      const answer = await storeRebase(store, talk.actionId, choice, option);
      if (!answer.ok) return tap.answer(refusalSentence(talk.words.say, answer.refusal.code));
      return showDone(ctx, tap, id, answer.value);
    }
    await otherwise(ctx, tap, { chosen, view, choice });
  });
}

/** The plan is another one than the card showed: this tap did it, an earlier tap did, or something else came between. */
async function otherwise(
  ctx: NudgeContext,
  tap: Tap,
  now: { readonly chosen: Chosen; readonly view: ReminderView; readonly choice: RebaseChoice | null },
): Promise<void> {
  const { talk } = ctx;
  const { chosen, view, choice } = now;
  const { id, until, exact } = chosen;
  const { plan_id: planId, wanted_at: wanted } = view.reminder;
  const stored = planId === null ? null : await storedRebase(talk.store, talk.actionId, planId);
  if (stored !== null) return showDone(ctx, tap, id, stored);
  if (choice !== null) {
    const said = talk.words.say('rebase-changed');
    const card = rebaseCard(choice, talk.words, { verb: 'cardBack', id }, said);
    await Promise.all([tap.answer(said), tap.edit(card)]);
    return;
  }
  const isThere = Temporal.Instant.compare(Temporal.Instant.from(wanted), until) >= 0;
  if (isThere) return tap.answer(talk.words.say('already-other'));
  // Nothing is in its way any more, so there is nothing left to choose.
  await act(ctx, tap, id, { kind: 'snooze', until, exact });
}

async function showDone(
  ctx: NudgeContext,
  tap: Tap,
  id: number,
  answer: Parameters<typeof rebasedCard>[0]['answer'],
): Promise<void> {
  const { talk } = ctx;
  const { words, actionId, miniAppUrl } = talk;
  const view = await readReminder(talk.store, id);
  if (!view.ok) return tap.answer(refusalSentence(words.say, view.refusal.code));
  const card = rebasedCard({ view: view.value, answer, actionId }, words, miniAppUrl);
  await Promise.all([tap.answer(words.say('acted-moved', { count: answer.moved.length })), tap.edit(card)]);
  if (tap.messageId !== null) await moveCard(ctx, { reminderId: id, messageId: tap.messageId }, card);
}
