/** /newlead: name, company and how things stand, one question each. What was said so far travels in the questions' arguments. */
import { z } from 'zod';
import { wordLanguage } from '../../../../shared/rules/words.ts';
import { saysMoreThanName, type LeadAnswers } from '../../../domain/lead/from-answers.ts';
import { readField } from '../../../domain/lead/read-field.ts';
import { addNamedLead } from '../../../usecases/add-lead.ts';
import { encodeCallback } from '../../callback-data.ts';
import type { Card, NudgeContext, Talk } from '../../context.ts';
import type { Form, FormAnswer } from '../../forms/form.ts';
import { leaveForm, openForm } from '../../forms/open-form.ts';
import { sendCard, type Tap } from '../../send-card.ts';
import { bold, clip, oneLine, richText } from '../../text/rich-text.ts';
import { refusedPlanCard } from '../planning/planning-cards.ts';
import { runMessage } from '../planning/planning-handlers.ts';
import { cardFor, takeText } from './lead-handlers.ts';

/** What was answered is repeated only up to here. UTF-16 units. */
const ECHO_LIMIT = 100;
const NO_CONTACTS = { emails: [], phones: [], links: [], handles: [] };

const companyArgs = z.object({ name: z.string() });
const contextArgs = z.object({ name: z.string(), company: z.string().nullable() });

/** The next text is a name. One that says more is read like any other text about a lead, and the form is over. */
export const newLeadForm: Form<Record<string, never>> = {
  kind: 'new-lead-name',
  args: z.record(z.string(), z.never()),
  question: async ({ words }) => said(words.say('new-lead-ask-name')),
  async take(talk, _args, text) {
    if (saysMoreThanName(text, { language: wordLanguage(talk.person.language) })) return { pass: true };
    const read = oneName('name', text, talk);
    if (!read.ok) return { again: said(read.sentence) };
    return { next: (ctx) => openForm(ctx, newLeadCompanyForm, { name: read.value ?? '' }) };
  },
};

/** The next text is a company; a dash or the button means that it is not known. */
export const newLeadCompanyForm: Form<z.infer<typeof companyArgs>> = {
  kind: 'new-lead-company',
  args: companyArgs,
  question: async (talk, { name }) => withSkip(talk, name, 'new-lead-ask-company'),
  async take(talk, { name }, text) {
    const read = oneName('company', text, talk);
    if (!read.ok) return { again: said(read.sentence) };
    return { next: (ctx) => openForm(ctx, newLeadContextForm, { name, company: read.value }) };
  },
};

/** The next text is everything else; then the lead is stored. */
export const newLeadContextForm: Form<z.infer<typeof contextArgs>> = {
  kind: 'new-lead-context',
  args: contextArgs,
  question: async (talk, { name, company }) =>
    withSkip(talk, [name, company].filter(Boolean).join(' · '), 'new-lead-ask-context'),
  take: (talk, args, text) => finish(talk, { ...args, context: isNothing(text) ? '' : text }),
};

/** /newlead, with or without words behind it: words are read like any other text about a lead. */
export async function newLeadCommand(ctx: NudgeContext, typed: string): Promise<void> {
  await (typed.trim() === '' ? openForm(ctx, newLeadForm, {}) : takeText(ctx, typed, null));
}

/** The button under a question that need not be answered. */
export async function skipQuestion(ctx: NudgeContext, tap: Tap, id: number): Promise<void> {
  const { talk, form } = ctx;
  const { say } = talk.words;
  const company = companyArgs.safeParse(form?.args);
  const context = contextArgs.safeParse(form?.args);
  if (form?.id !== id) return tap.answer(say('form-not-open'));
  if (form.kind === newLeadCompanyForm.kind && company.success) {
    await Promise.all([tap.answer(), tap.edit(said(say('new-lead-no-company')))]);
    return openForm(ctx, newLeadContextForm, { ...company.data, company: null });
  }
  if (form.kind !== newLeadContextForm.kind || !context.success) return tap.answer(say('form-not-open'));
  const answer = await finish(talk, { ...context.data, context: '' });
  await Promise.all([tap.answer(), tap.edit(said(say('new-lead-nothing-else')))]);
  await leaveForm(ctx);
  const messageId = await sendCard(ctx, answer.done);
  await answer.sent?.(ctx, messageId);
}

async function finish(talk: Talk, answers: LeadAnswers): Promise<Extract<FormAnswer, { done: Card }>> {
  const { store, actionId, writer, person, now, words } = talk;
  const outcome = await addNamedLead(store, { actionId, writer, answers, person, now });
  if (outcome.kind !== 'planning') return { done: cardFor(outcome, talk) };
  const { lead, run } = outcome;
  if (!run.ok) return { done: refusedPlanCard(lead, run.refusal.code, words) };
  const message = runMessage(talk, { runId: run.value.runId, lead });
  return { done: message.card, sent: message.sent };
}

function oneName(
  field: 'name' | 'company',
  text: string,
  { words, person }: Talk,
): { readonly ok: true; readonly value: string | null } | { readonly ok: false; readonly sentence: string } {
  if (field === 'name' && !/[\p{L}\p{N}]/u.test(text)) {
    return { ok: false, sentence: words.say('lead-cant-empty_name') };
  }
  const read = readField(field, text, NO_CONTACTS, person.zone);
  if (!read.ok) return { ok: false, sentence: words.say(`lead-cant-${read.problem}`) };
  return { ok: true, value: read.change[field] ?? null };
}

function isNothing(text: string): boolean {
  return /^[-–—]$/u.test(text.trim());
}

function withSkip({ words, actionId }: Talk, known: string, question: string): Card {
  // The update that asks is the question's id.
  const id = Number(actionId.slice(1));
  return {
    text: richText([[bold(clip(oneLine(known), ECHO_LIMIT))], [words.say(question)]]),
    keyboard: [
      [{ text: words.say('button-skip'), callback_data: encodeCallback({ verb: 'skipQuestion', id }) }],
    ],
  };
}

function said(sentence: string): Card {
  return { text: richText([[sentence]]), keyboard: [] };
}
