/** What is typed about a plan: the words and the draft of a step, its time, a new step, and what is new with the lead. */
import { z } from 'zod';
import { isAwake } from '../../../../shared/rules/calendar.ts';
import { timeSettingsOf } from '../../../../shared/rules/time-settings.ts';
import { DESCRIPTION_LIMIT } from '../../../../shared/schemas/plan.ts';
import type { RefusalCode } from '../../../../shared/contracts/refusals.ts';
import { editPlan, type PlanEditRequest } from '../../../usecases/edit-plan.ts';
import { readPlanSteps, type PlanStepView } from '../../../usecases/read-plan-steps.ts';
import { encodeCallback } from '../../callback-data.ts';
import type { Card, Talk } from '../../context.ts';
import { refusalSentence } from '../../error-sentences.ts';
import type { Form, FormAnswer } from '../../forms/form.ts';
import { clip, folded, oneLine, richText } from '../../text/rich-text.ts';
import { heading } from '../reminder/reminder-card.ts';
import { newsOf, stepsCard } from './steps-card.ts';

/** The present words are shown so that they can be copied. UTF-16 units. */
const PRESENT_LIMIT = 3000;

const stepArgs = z.object({
  planId: z.number().int(),
  version: z.number().int(),
  step: z.number().int(),
});
type StepArgs = z.infer<typeof stepArgs>;

/** Refusals that a better text mends: the question stays open. */
const MENDABLE: ReadonlySet<RefusalCode> = new Set(['STEP_INVALID', 'INVITATION_TOO_LONG']);

/** The next text is what the step says. */
export const stepWordsForm: Form<StepArgs> = {
  kind: 'step-words',
  args: stepArgs,
  question: (talk, args) => ask(talk, args, 'step-ask-words', ({ row }) => row.description),
  take: (talk, args, text) =>
    save(talk, args, { kind: 'change', step: args.step, change: { description: text } }, 'edit-changed'),
};

/** The next text is the step's draft; a dash alone takes the draft away. */
export const stepDraftForm: Form<StepArgs> = {
  kind: 'step-draft',
  args: stepArgs,
  question: (talk, args) => ask(talk, args, 'step-ask-draft', ({ draft }) => draft),
  take: (talk, args, text) => {
    const suggested_text = /^[-–—]$/.test(text.trim()) ? null : text;
    return save(talk, args, { kind: 'change', step: args.step, change: { suggested_text } }, 'edit-changed');
  },
};

/** The next text is a new step: its first line says what to do, the rest is the draft. */
export const stepAddForm: Form<StepArgs> = {
  kind: 'step-add',
  args: stepArgs,
  question: (talk, args) => ask(talk, args, 'step-ask-add', () => null),
  take: (talk, args, text) => {
    const [first = '', ...rest] = text.trim().split('\n');
    const draft = rest.join('\n').trim();
    const step = { description: first.trim(), ...(draft === '' ? {} : { suggested_text: draft }) };
    return save(talk, args, { kind: 'add', after: args.step, step }, 'edit-added');
  },
};

/** The next text is a time; it is read out before anything is stored. */
export const stepDateForm: Form<StepArgs> = {
  kind: 'step-date',
  args: stepArgs,
  question: (talk, args) => ask(talk, args, 'step-ask-date', () => null),
  async take(talk, args, text) {
    const { person, now, words } = talk;
    const settings = timeSettingsOf(person);
    const read = await talk.readTime(text);
    if (read.kind === 'refused') {
      return {
        again: card([words.say('step-time-unclear'), words.say('step-time-hint', { hint: read.hint })]),
      };
    }
    if (read.kind === 'recurrence') return { again: card([words.say('step-time-unclear')]) };
    const at = read.kind === 'range' ? read.from : read.at;
    const found = await readPlanSteps(talk.store, { planId: args.planId, person, now });
    if (!found.ok) return { done: card([refusalSentence(words.say, found.refusal.code)]) };
    const isDraft = found.value.plan.status === 'draft';
    const when = words.when(at, { withZone: true, withWeekday: true });
    const { planId: id, version, step } = args;
    return {
      done: {
        text: richText([
          heading(found.value.lead.name, found.value.lead.company),
          [words.say('step-time-echo', { number: step, when })],
          isDraft ? [words.say('step-time-draft')] : null,
          !isDraft && !isAwake(at, settings) ? [words.say('step-time-quiet')] : null,
        ]),
        keyboard: [
          [
            {
              text: words.say('button-step-at'),
              callback_data: encodeCallback({
                verb: 'stepAt',
                id,
                version,
                step,
                until: at,
                exact: read.exact,
              }),
            },
            {
              text: words.say('button-step-other-time'),
              callback_data: encodeCallback({ verb: 'stepDate', id, version, step }),
            },
          ],
        ],
      },
    };
  },
};

async function ask(
  { store, person, now, words }: Talk,
  { planId, step: stepId }: StepArgs,
  question: string,
  present: (step: PlanStepView) => string | null,
): Promise<Card> {
  const found = await readPlanSteps(store, { planId, person, now });
  if (!found.ok) return card([refusalSentence(words.say, found.refusal.code)]);
  const { lead, steps } = found.value;
  const step = steps.find(({ row }) => row.step_id === stepId);
  const shown = step === undefined ? null : present(step);
  return {
    text: richText([
      heading(lead.name, lead.company),
      [words.say(question, { number: stepId, limit: DESCRIPTION_LIMIT })],
      shown === null ? null : [folded(clip(shown, PRESENT_LIMIT))],
    ]),
    keyboard: [],
  };
}

async function save(talk: Talk, args: StepArgs, edit: PlanEditRequest, said: string): Promise<FormAnswer> {
  const { words } = talk;
  const outcome = await edited(talk, args.planId, args.version, edit);
  if (outcome.kind === 'edited') {
    return {
      done: stepsCard(
        outcome.view,
        words,
        newsOf(words.say(said), outcome.answer, outcome.view, words, talk.actionId),
      ),
    };
  }
  const { code } = outcome.refusal;
  const refusal = card([oneLine(refusalSentence(words.say, code))]);
  return MENDABLE.has(code) ? { again: refusal } : { done: refusal };
}

/** One change of a plan on behalf of whoever talks. */
export function edited(
  { store, actionId, person, now }: Talk,
  planId: number,
  expected: number,
  edit: PlanEditRequest,
): ReturnType<typeof editPlan> {
  return editPlan(store, { actionId, planId, expected, edit, person, now });
}

/** A card of plain sentences. */
export function card(sentences: readonly string[]): Card {
  return { text: richText(sentences.map((sentence) => [sentence])), keyboard: [] };
}
