/** From a button's data to what it does. The spinner on the button ends in any case. */
import { decodeCallback, type CallbackAction } from '../callback-data.ts';
import type { NudgeContext } from '../context.ts';
import { errorSentence } from '../error-sentences.ts';
import { tapLeaveForm } from '../forms/open-form.ts';
import { Tap } from '../send-card.ts';
import { accept, discard } from './plan/plan-handlers.ts';
import { act, openCard, showButtons, showSnoozeMenu } from './reminder/reminder-handlers.ts';
import { turnPage } from './reminders/reminders-handlers.ts';
import { undo } from './undo-handlers.ts';
import { tapZone } from './zone/zone-handlers.ts';

/** @param data as the client sent it: unproven. */
export async function routeTap(ctx: NudgeContext, data: string): Promise<void> {
  const tap = new Tap(ctx);
  const action = decodeCallback(data);
  if (action === null) return tap.answer(errorSentence(ctx.talk.words.say, 'stale-button'));
  // A failure is answered by the error boundary, which has the right words for it.
  await follow(ctx, tap, action);
  await tap.answer();
}

function follow(ctx: NudgeContext, tap: Tap, action: CallbackAction): Promise<void> {
  const { talk } = ctx;
  switch (action.verb) {
    case 'done':
    case 'skip':
    case 'cancel':
      return act(talk, tap, action.id, { kind: action.verb });
    case 'snooze':
      return act(talk, tap, action.id, { kind: 'snooze', until: action.until, exact: action.exact });
    case 'snoozeMenu':
      return showSnoozeMenu(talk, tap, action.id);
    case 'back':
      return showButtons(talk, tap, action.id);
    case 'open':
      return openCard(ctx, tap, action.id);
    case 'accept':
      return accept(talk, tap, action.id);
    case 'discard':
      return discard(talk, tap, action.id);
    case 'undo':
      return undo(talk, tap, action.actionId, { kind: 'reminder', id: action.id });
    case 'undoPlan':
      return undo(talk, tap, action.actionId, { kind: 'plan', id: action.id });
    case 'reminders':
      return turnPage(talk, tap, action.page);
    case 'zone':
      return tapZone(ctx, tap, action.zone);
    case 'leaveForm':
      return tapLeaveForm(ctx, tap, action.id);
  }
}
