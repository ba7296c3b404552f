/** Buttons under a lead's card and under the questions about what was read. */
import type { LeadFieldName } from '../../../domain/lead/read-field.ts';
import { mergeFromTray, takeEverybody, takeFromTray } from '../../../usecases/take-from-tray.ts';
import { previewPlan } from '../../../usecases/preview-plan.ts';
import type { Card, NudgeContext, Talk } from '../../context.ts';
import { refusalSentence } from '../../error-sentences.ts';
import { openForm } from '../../forms/open-form.ts';
import { sendCard, type Tap } from '../../send-card.ts';
import { richText } from '../../text/rich-text.ts';
import { proposalOf } from '../plan/plan-handlers.ts';
import { followLead } from '../planning/planning-handlers.ts';
import { duplicateCard, severalCard } from './choice-cards.ts';
import { deletedCard, deleteQuestion, fieldButtons, leadCard } from './lead-card.ts';
import { leadFieldForm, leadNoteForm } from './lead-form.ts';
import { storedLeadCard } from './stored-lead-card.ts';

/** Shows a lead in a message of its own. */
export async function openLead(ctx: NudgeContext, tap: Tap, id: number): Promise<void> {
  const { store, words } = ctx.talk;
  const lead = await store.lead(id);
  if (lead === null) return tap.answer(refusalSentence(words.say, 'LEAD_NOT_FOUND'));
  const card = lead.deleted_at === null ? await leadCard(ctx.talk, lead) : deletedCard(lead, 0, words);
  await Promise.all([tap.answer(), sendCard(ctx, card)]);
}

/** The card under the button becomes the lead's card, or says that the lead is in the bin. */
export async function backToLead(talk: Talk, tap: Tap, id: number): Promise<void> {
  const { store, words } = talk;
  const lead = await store.lead(id);
  if (lead === null) return tap.answer(refusalSentence(words.say, 'LEAD_NOT_FOUND'));
  const card = lead.deleted_at === null ? await leadCard(talk, lead) : deletedCard(lead, 0, words);
  await Promise.all([tap.answer(), tap.edit(card)]);
}

export async function showFields(talk: Talk, tap: Tap, id: number): Promise<void> {
  await withLead(talk, tap, id, async (lead) => {
    const whole = { ...(await leadCard(talk, lead)), keyboard: fieldButtons(id, talk.words) };
    await Promise.all([tap.answer(), tap.edit(whole)]);
  });
}

export async function askField(ctx: NudgeContext, tap: Tap, id: number, field: LeadFieldName): Promise<void> {
  await withLead(ctx.talk, tap, id, async () => {
    await Promise.all([tap.answer(), openForm(ctx, leadFieldForm, { leadId: id, field })]);
  });
}

export async function askNote(ctx: NudgeContext, tap: Tap, id: number): Promise<void> {
  await withLead(ctx.talk, tap, id, async () => {
    await Promise.all([tap.answer(), openForm(ctx, leadNoteForm, { leadId: id })]);
  });
}

export async function askDelete(talk: Talk, tap: Tap, id: number): Promise<void> {
  await withLead(talk, tap, id, async (lead) => {
    await Promise.all([tap.answer(), tap.edit(deleteQuestion(lead, talk.words))]);
  });
}

export async function deleteLead(talk: Talk, tap: Tap, id: number): Promise<void> {
  const { store, actionId, words } = talk;
  const lead = await store.lead(id);
  const answer = await store.deleteLead(actionId, id);
  if (!answer.ok || lead === null) {
    return tap.answer(refusalSentence(words.say, answer.ok ? 'LEAD_NOT_FOUND' : answer.refusal.code));
  }
  await Promise.all([
    tap.answer(words.say('toast-deleted')),
    tap.edit(deletedCard(lead, answer.value.ended, words)),
  ]);
}

export async function restoreLead(talk: Talk, tap: Tap, id: number): Promise<void> {
  const { store, actionId, words } = talk;
  const answer = await store.restoreLead(actionId, id);
  if (!answer.ok) return tap.answer(refusalSentence(words.say, answer.refusal.code));
  const { lead, restored } = answer.value;
  const said = restored === 0 ? [] : [words.say('lead-restored-reminders', { count: restored })];
  const news = { sentences: [words.say('lead-restored'), ...said], undo: null };
  await Promise.all([tap.answer(), tap.edit(await leadCard(talk, lead, news))]);
}

/** One of several people, or a duplicate that is wanted anyway. */
export async function takePerson(
  ctx: NudgeContext,
  tap: Tap,
  choice: { readonly trayId: number; readonly index: number; readonly anyway: boolean },
): Promise<void> {
  const { talk } = ctx;
  const { store, words } = talk;
  const outcome = await takeFromTray(store, { ...talk, ...choice });
  switch (outcome.kind) {
    case 'refused':
      return tap.answer(refusalSentence(words.say, outcome.refusal.code));
    case 'duplicate':
      await Promise.all([tap.answer(), sendCard(ctx, duplicateCard(outcome, words))]);
      return;
    case 'already':
      await Promise.all([tap.answer(), showPlanOrLead(ctx, outcome.planId, outcome.leadId)]);
      return;
    case 'planning': {
      await tap.answer(words.say('toast-lead-added'));
      await followLead(ctx, outcome);
      const entries = await store.tray(choice.trayId);
      if (entries !== null) await tap.edit(severalCard(choice.trayId, entries, words));
      return;
    }
    case 'planned': {
      await tap.answer(words.say('toast-lead-added'));
      const card = storedLeadCard(outcome, talk);
      // Under the question about a duplicate the answer takes its place; a list stays, with a tick.
      if (choice.anyway) return tap.edit(card);
      await sendCard(ctx, card);
      const entries = await store.tray(choice.trayId);
      if (entries !== null) await tap.edit(severalCard(choice.trayId, entries, words));
    }
  }
}

export async function takeAll(ctx: NudgeContext, tap: Tap, trayId: number): Promise<void> {
  const { talk } = ctx;
  const { say } = talk.words;
  const outcome = await takeEverybody(talk.store, { ...talk, trayId });
  if (outcome.kind === 'refused') return tap.answer(refusalSentence(say, outcome.refusal.code));
  const { entries, taken, waiting, alike, refusal } = outcome;
  const card = severalCard(trayId, entries, talk.words);
  await Promise.all([tap.answer(say('toast-all-added', { count: taken })), tap.edit(card)]);
  const left = [
    alike === 0 ? null : say('several-alike', { count: alike }),
    refusal === null ? null : refusalSentence(say, refusal.code),
  ].filter((sentence) => sentence !== null);
  if (left.length > 0) await sendCard(ctx, plainCard(left));
  for (const lead of waiting) await followLead(ctx, lead);
}

/** What is new in a text goes into the lead that is there already. */
export async function mergePerson(
  talk: Talk,
  tap: Tap,
  choice: { readonly trayId: number; readonly index: number; readonly leadId: number },
): Promise<void> {
  const { store, actionId, words } = talk;
  const { say } = words;
  const outcome = await mergeFromTray(store, { actionId, ...choice });
  if (outcome.kind === 'refused') return tap.answer(refusalSentence(say, outcome.refusal.code));
  const { added, lead, notesFit } = outcome;
  const sentences = [
    added.length === 0
      ? say('merge-nothing-new')
      : say('merge-added', { fields: added.map((column) => say(`lead-column-${column}`)).join(', ') }),
    ...(notesFit ? [] : [refusalSentence(say, 'NOTES_FULL')]),
  ];
  const news = { sentences, undo: added.length === 0 ? null : actionId };
  await Promise.all([tap.answer(), tap.edit(await leadCard(talk, lead, news))]);
}

async function showPlanOrLead(ctx: NudgeContext, planId: number | null, leadId: number): Promise<void> {
  const { talk } = ctx;
  const { store, person, now, words } = talk;
  const view = planId === null ? null : await previewPlan(store, { planId, person, now });
  if (view?.ok === true && view.value.plan.status === 'draft') {
    await sendCard(ctx, proposalOf(view.value, ctx.talk));
    return;
  }
  const lead = await store.lead(leadId);
  const card =
    lead === null ? plainCard([refusalSentence(words.say, 'LEAD_NOT_FOUND')]) : await leadCard(talk, lead);
  await sendCard(ctx, card);
}

/** A lead that can be worked on; one that is gone or in the bin is answered with the reason. */
async function withLead(
  { store, words }: Talk,
  tap: Tap,
  id: number,
  work: (lead: NonNullable<Awaited<ReturnType<Talk['store']['lead']>>>) => Promise<void>,
): Promise<void> {
  const lead = await store.lead(id);
  if (lead?.deleted_at !== null) {
    return tap.answer(refusalSentence(words.say, 'LEAD_NOT_FOUND'));
  }
  await work(lead);
}

function plainCard(sentences: readonly string[]): Card {
  return { text: richText(sentences.map((sentence) => [sentence])), keyboard: [] };
}

/** @param actionId the action to take back, as the button says; whether it is the person's own the database decides. */
export async function undoLead(talk: Talk, tap: Tap, actionId: string, id: number): Promise<void> {
  const { store, words } = talk;
  const answer = await store.undo(actionId);
  if (!answer.ok) return tap.answer(refusalSentence(words.say, answer.refusal.code));
  const lead = await store.lead(id);
  const card = lead === null ? null : await leadCard(talk, lead);
  const sentence = answer.value.already ? 'undo-already' : 'undo-done';
  await Promise.all([tap.answer(words.say(sentence)), card === null ? undefined : tap.edit(card)]);
}
