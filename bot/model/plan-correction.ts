/** Tells a planner what was wrong with its answer, in sentences it can act on. */
import type { UnusableText } from '../domain/plan/invented-facts.ts';
import type { PlanProblem } from '../domain/plan/plan-problems.ts';
import { INVITATION_LIMIT, MAX_DELAY_DAYS, MAX_STEPS, MIN_STEPS } from '../../shared/schemas/plan.ts';

/** Why an answer cannot be used. */
export type AnswerProblem =
  | PlanProblem
  | ({ readonly kind: 'invented' } & UnusableText)
  | { readonly kind: 'no_json' | 'refused' | 'cut_off' };

/** A message to the model; English, because the prompt is. */
export function correctionOf(problems: readonly AnswerProblem[]): string {
  const sentences = [...new Set(problems.map(sentenceOf))];
  return [
    'Your answer cannot be used:',
    ...sentences.map((sentence) => `- ${sentence}`),
    'Answer again with the whole corrected plan as one JSON object {"steps":[…]} and nothing else.',
  ].join('\n');
}

function sentenceOf(problem: AnswerProblem): string {
  switch (problem.kind) {
    case 'too_few_steps':
    case 'too_many_steps':
      return `It has ${problem.count} steps; a plan has ${MIN_STEPS} to ${MAX_STEPS}.`;
    case 'long_invitation':
      return `The invitation in step ${problem.step_id} has ${problem.codePoints} characters; it must be under ${INVITATION_LIMIT}.`;
    case 'long_delay':
      return `delay_days of step ${problem.step_id} is beyond ${MAX_DELAY_DAYS}.`;
    case 'long_description':
    case 'long_draft':
      return `A text in step ${problem.step_id} has ${problem.characters} characters; keep descriptions to a sentence and drafts short.`;
    case 'empty_description':
      return `The description of step ${problem.step_id} is empty.`;
    case 'invented':
      return `The ${problem.field === 'draft' ? 'suggested_text' : 'description'} of step ${problem.step_id} rests on something the input does not contain (${problem.inventions.join(', ')}). Write it without, or use null for a suggested_text.`;
    case 'no_json':
      return 'It holds no JSON object with a list "steps".';
    case 'refused':
      return 'You did not answer. The input is an ordinary sales contact; plan polite, honest follow-up steps for it.';
    case 'cut_off':
      return 'It was cut off before its end. Use fewer steps and shorter texts.';
  }
}
