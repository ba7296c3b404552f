/** Buttons of what repeats: storing it, leaving one time out, other times, a pause, the end, and Undo. */
import { z } from 'zod';
import type { StoredSchedule } from '../../../usecases/recurring-ports.ts';
import { viewRecurring } from '../../../usecases/view-recurring.ts';
import type { CallbackAction } from '../../callback-data.ts';
import type { Card, NudgeContext, Talk } from '../../context.ts';
import { refusalSentence } from '../../error-sentences.ts';
import type { Form } from '../../forms/form.ts';
import { openForm } from '../../forms/open-form.ts';
import { sendCard, type Tap } from '../../send-card.ts';
import { bold, clip, oneLine, richText } from '../../text/rich-text.ts';
import { titleUnder } from '../remind/title-under.ts';
import { timeRefused } from '../reminder/time-lines.ts';
import { newTimesCard, recurringCard, recurringProposalCard, type ChosenRule } from './recurring-cards.ts';
import { slotsAfter } from '../../../domain/recurring/slots.ts';

export const RECURRING_VERBS = [
  'recurSave',
  'recurAlone',
  'recurOpen',
  'recurSkip',
  'recurSet',
  'recurTimes',
  'recurChange',
  'recurUndo',
] as const satisfies readonly CallbackAction['verb'][];

export type RecurringTap = Extract<CallbackAction, { verb: (typeof RECURRING_VERBS)[number] }>;

const TITLE_LIMIT = 300;
/** Times that are read out, so that a rule can be recognised. */
const SHOWN_TIMES = 3;

export async function tapRecurring(ctx: NudgeContext, tap: Tap, action: RecurringTap): Promise<void> {
  const { talk } = ctx;
  switch (action.verb) {
    case 'recurSave':
      return save(ctx, tap, action);
    case 'recurAlone':
      return alone(ctx, tap, action);
    case 'recurOpen': {
      const card = await cardOf(talk, action.id);
      await Promise.all([tap.answer(), sendCard(ctx, card)]);
      return;
    }
    case 'recurSkip':
      return skip(talk, tap, action);
    case 'recurSet': {
      const { id, wish } = action;
      const answer = await talk.store.setRecurring(talk.actionId, id, wish);
      if (!answer.ok) return tap.answer(refusalSentence(talk.words.say, answer.refusal.code));
      // The second of a double tap: the card tells what the first one did.
      if (answer.value.already) return tap.answer();
      return show(talk, tap, id, talk.words.say(`recurring-did-${wish}`));
    }
    case 'recurTimes':
      await tap.answer();
      return openForm(ctx, recurringTimesForm, { id: action.id });
    case 'recurChange': {
      const answer = await talk.store.changeRecurring(talk.actionId, action.id, scheduleOf(action));
      if (!answer.ok) return tap.answer(refusalSentence(talk.words.say, answer.refusal.code));
      return show(talk, tap, action.id, talk.words.say('recurring-did-change'));
    }
    case 'recurUndo': {
      const answer = await talk.store.undo(action.actionId);
      if (!answer.ok) return tap.answer(refusalSentence(talk.words.say, answer.refusal.code));
      const card = await cardOf(talk, action.id);
      await Promise.all([
        tap.answer(talk.words.say(answer.value.already ? 'undo-already' : 'undo-done')),
        tap.edit(card),
      ]);
    }
  }
}

/** The yes. As with a single reminder, the title is the first line of the card. */
async function save(
  ctx: NudgeContext,
  tap: Tap,
  chosen: ChosenRule & { readonly id: number; readonly lead: number },
): Promise<void> {
  const { store, words } = ctx.talk;
  const title = titleUnder(ctx);
  if (title === null) return tap.answer(words.say('remind-too-old'));
  // The proposal's own update did nothing yet, so its action is still free: both taps of a double tap do this one.
  const actionId = `u${String(chosen.id)}`;
  const leadId = chosen.lead === 0 ? null : chosen.lead;
  const answer = await store.createRecurring(actionId, { title, leadId, ...scheduleOf(chosen) });
  if (!answer.ok) return tap.answer(refusalSentence(words.say, answer.refusal.code));
  await show(ctx.talk, tap, answer.value.recurring.id, words.say('recurring-did-create'), actionId);
}

/** The same proposal, about nobody. */
async function alone(
  ctx: NudgeContext,
  tap: Tap,
  chosen: ChosenRule & { readonly id: number },
): Promise<void> {
  const { words, person, now } = ctx.talk;
  const title = titleUnder(ctx);
  if (title === null) return tap.answer(words.say('remind-too-old'));
  const schedule = scheduleOf(chosen);
  const first = slotsAfter(schedule, person.zone, now, SHOWN_TIMES).map(({ at }) => at);
  const proposal = { title, recurrence: { ...schedule, first }, lead: null };
  await Promise.all([tap.answer(), tap.edit(recurringProposalCard(proposal, person, words, chosen.id))]);
}

async function skip(
  talk: Talk,
  tap: Tap,
  { id, reminder }: { readonly id: number; readonly reminder: number },
): Promise<void> {
  const answer = await talk.store.skipReminder(talk.actionId, reminder, null);
  if (!answer.ok) return tap.answer(refusalSentence(talk.words.say, answer.refusal.code));
  if (answer.value.already) return tap.answer(talk.words.say('already-skipped'));
  const when = talk.words.when(Temporal.Instant.from(answer.value.reminder.wanted_at), { withWeekday: true });
  await show(talk, tap, id, talk.words.say('recurring-did-skip', { when }));
}

/** The card as it stands now, with what was done and its Undo. */
async function show(
  talk: Talk,
  tap: Tap,
  id: number,
  sentence: string,
  actionId = talk.actionId,
): Promise<void> {
  const card = await cardOf(talk, id, { sentence, actionId });
  await Promise.all([tap.answer(), tap.edit(card)]);
}

async function cardOf(
  talk: Talk,
  id: number,
  news: { readonly sentence: string; readonly actionId: string } | null = null,
): Promise<Card> {
  const view = await viewRecurring(talk.store, id, talk.now);
  if (view === null) return said(refusalSentence(talk.words.say, 'RECURRING_NOT_FOUND'));
  return recurringCard(view, talk.words, news);
}

const args = z.object({ id: z.number().int() });

/** The next text says when it shall come from now on. */
export const recurringTimesForm: Form<z.infer<typeof args>> = {
  kind: 'recurring-times',
  args,
  async question({ store, words }, { id }) {
    const rule = await store.recurring(id);
    const title = clip(oneLine(rule?.title ?? ''), TITLE_LIMIT);
    return {
      text: richText([title === '' ? null : [bold(title)], [words.say('recurring-ask-times')]]),
      keyboard: [],
    };
  },
  async take(talk, { id }, text) {
    const { store, words, person } = talk;
    const rule = await store.recurring(id);
    if (rule === null || rule.status === 'ended') {
      return {
        done: said(refusalSentence(words.say, rule === null ? 'RECURRING_NOT_FOUND' : 'RECURRING_ENDED')),
      };
    }
    const read = await talk.readTime(text, 'any');
    if (read.kind === 'refused') return { again: said(timeRefused(read, talk)) };
    if (read.kind !== 'recurrence') return { again: said(words.say('recurring-not-again')) };
    return { done: newTimesCard(id, rule.title, read, person, words) };
  },
};

/** "0900" of a button is 09:00. */
function scheduleOf({ rule, startsOn, clock }: ChosenRule): StoredSchedule {
  return { rule, startsOn, clock: `${clock.slice(0, 2)}:${clock.slice(2)}` };
}

function said(sentence: string): Card {
  return { text: richText([[sentence]]), keyboard: [] };
}
