/**
 * Plans for people (product.md, system A): the model's answer, mended, checked and held to the facts; asked again at
 * most twice; otherwise the template. A plan always comes, and it always says which it is.
 */
import { findPlanProblems, type PlanProblem } from '../domain/plan/plan-problems.ts';
import { keepToFacts, type UnusableText } from '../domain/plan/invented-facts.ts';
import { repairSteps } from '../domain/plan/repair-steps.ts';
import { replanTemplate } from '../domain/plan/replan-template.ts';
import { templatePlan } from '../domain/plan/template-plan.ts';
import type { Log } from '../logging.ts';
import { planStepsSchema, type NewPlan, type PlanStep } from '../../shared/schemas/plan.ts';
import type { MachineClock } from '../usecases/clock.ts';
import type {
  LanguageModel,
  ModelFailure,
  ModelUsage,
  PlanProgress,
  PlannedPlan,
  Planner,
  PlanRequest,
} from '../usecases/model-ports.ts';
import { askPatiently, type Patience } from './ask-patiently.ts';
import { loadPrompt, promptVersion, type Prompt } from './load-prompt.ts';
import { parseJsonAnswer } from './parse-json-answer.ts';
import { correctionOf, type AnswerProblem } from './plan-correction.ts';
import { descriptionsSoFar, findSteps, PLAN_ANSWER_SCHEMA, planInput } from './plan-question.ts';
import { addUsage, NO_USAGE } from './usage.ts';

/** product.md: asked again at most twice. */
const MOST_QUESTIONS = 3;
/** One answer of ten steps takes a slow model about a minute. */
const ANSWER_TIMEOUT_MS = 60_000;
/** All questions and waiting together; after that nobody watches the progress any more. */
const PLAN_BUDGET_MS = 120_000;
/** Ten steps with long drafts in Russian, and room for the thinking that some models count in. */
const MAX_OUTPUT_TOKENS = 8_000;
/** As much of a bad answer as the model is shown again. Characters. */
const SHOWN_AGAIN = 8_000;

export interface PlannerParts {
  /** Null: template plans only. */
  readonly model: LanguageModel | null;
  readonly clock: MachineClock;
  readonly log: Pick<Log, 'info' | 'error'>;
}

type Options = Parameters<Planner['plan']>[1];

/**
 * The planner over a model, or over the templates alone.
 * @throws Error at once when the prompt's file is broken.
 */
export function createPlanner({ model, clock, log }: PlannerParts): Planner {
  if (model === null) {
    return {
      plan: async (request) => templateInstead(request, 'not_configured', NO_USAGE),
    };
  }
  const prompt = loadPrompt('engagement_plan');
  return {
    async plan(request, options) {
      const started = clock.monotonicMs();
      const planned = await planWith({ model, clock, prompt, request, options }).catch((error: unknown) => {
        // A bug of ours must not cost a person the plan.
        log.error({ event: 'plan.failed', err: error }, 'planning failed; the template took its place');
        return templateInstead(request, 'invalid', options.spent ?? NO_USAGE);
      });
      const { origin, usage } = planned;
      const milliseconds = Math.round(clock.monotonicMs() - started);
      log.info({ event: 'plan.made', origin, usage, milliseconds }, 'a plan was made');
      return planned;
    },
  };
}

interface Planning {
  readonly model: LanguageModel;
  readonly clock: MachineClock;
  readonly prompt: Prompt;
  readonly request: PlanRequest;
  readonly options: Options;
}

async function planWith(planning: Planning): Promise<PlannedPlan> {
  const { model, clock, prompt, request, options } = planning;
  const input = planInput(request);
  const rounds: { answer: string; correction: string }[] = [];
  const patience: Patience = { clock, deadlineMs: clock.monotonicMs() + PLAN_BUDGET_MS, waitedMs: 0 };
  let usage = options.spent ?? NO_USAGE;
  let because: 'invalid' | ModelFailure = 'invalid';
  for (let question = 1; question <= MOST_QUESTIONS; question += 1) {
    const progress = progressOf(options.onProgress);
    progress.tell(question === 1 ? 'asking' : 'asking_again');
    const answer = await askPatiently(
      model,
      {
        instructions: prompt.text,
        input,
        rounds,
        schema: PLAN_ANSWER_SCHEMA,
        maxOutputTokens: MAX_OUTPUT_TOKENS,
        timeoutMs: ANSWER_TIMEOUT_MS,
        onText: progress.onText,
      },
      { signal: options.signal, patience, onWaiting: () => progress.tell('waiting') },
    );
    usage = addUsage(usage, answer.usage);
    if (options.signal.aborted) return templateInstead(request, 'stopped', usage);
    if (!answer.ok) {
      because = answer.failure;
      // Only these two may end otherwise when asked again; the rest would be said once more.
      if (because !== 'refused' && because !== 'cut_off') return templateInstead(request, because, usage);
      rounds.push({ answer: '', correction: correctionOf([{ kind: because }]) });
      continue;
    }
    progress.tell('checking');
    const checked = checkAnswer(answer.text, request, question === MOST_QUESTIONS);
    if (checked.ok) {
      const plan = planOf(request, {
        source: 'model',
        promptVersion: promptVersion(prompt),
        steps: checked.steps,
      });
      const origin = {
        kind: 'model',
        repaired: checked.repaired,
        removed: checked.removed,
        askedAgain: question - 1,
      } as const;
      return { plan, origin, usage };
    }
    because = 'invalid';
    rounds.push({
      answer: answer.text.slice(0, SHOWN_AGAIN).toWellFormed(),
      correction: correctionOf(checked.problems),
    });
  }
  return templateInstead(request, because, usage);
}

type Checked =
  | { readonly ok: true; readonly steps: PlanStep[]; readonly repaired: boolean; readonly removed: number }
  | { readonly ok: false; readonly problems: readonly AnswerProblem[] };

/**
 * Mends and checks one answer.
 * @param isLast there is no asking again: a draft that says nothing without its inventions is left away.
 */
function checkAnswer(text: string, request: PlanRequest, isLast: boolean): Checked {
  const { lead, language } = request;
  const parsed = parseJsonAnswer(text, (value) => findSteps(value) !== null);
  const rawSteps = findSteps(parsed?.value);
  if (parsed === null || rawSteps === null) return { ok: false, problems: [{ kind: 'no_json' }] };
  const mended = repairSteps(rawSteps, language);
  const problems: PlanProblem[] = findPlanProblems(mended.steps);
  // Whoever answers forty steps is asked for fewer before anybody reads them all.
  if (problems.some(({ kind }) => kind === 'too_many_steps')) return { ok: false, problems };
  const facts = keepToFacts(
    mended.steps,
    { lead, situation: request.situation, told: toldIn(request) },
    { descriptions: language, drafts: lead.language ?? language },
  );
  const emptied = isLast ? facts.unusable.filter(({ field }) => field === 'draft') : [];
  const steps = facts.steps.map((step) =>
    emptied.some(({ step_id }) => step_id === step.step_id) ? { ...step, suggested_text: null } : step,
  );
  const unusable: readonly UnusableText[] = facts.unusable.filter((text) => !emptied.includes(text));
  // Again over what is left: a removal may have shortened an invitation enough.
  const left = [
    ...findPlanProblems(steps),
    ...unusable.map((where) => ({ kind: 'invented', ...where }) as const),
  ];
  const valid = planStepsSchema.safeParse(steps);
  if (left.length > 0 || !valid.success) return { ok: false, problems: left };
  const removed = facts.removed + emptied.length;
  return {
    ok: true,
    steps: valid.data,
    repaired: parsed.repaired || mended.repairs.length > 0 || removed > 0,
    removed,
  };
}

/** Everything the person or the world has said about the lead. */
function toldIn({ text, replan, today }: PlanRequest): string[] {
  if (replan === null) return [text, today];
  const steps = replan.steps.flatMap(({ description, suggested_text }) => [
    description,
    suggested_text ?? '',
  ]);
  return [text, today, replan.news, ...steps];
}

function templateInstead(
  request: PlanRequest,
  because: 'not_configured' | 'invalid' | ModelFailure,
  usage: ModelUsage,
): PlannedPlan {
  const { lead, situation, language, replan } = request;
  const isOver = ({ state }: { readonly state: string }): boolean =>
    state !== 'open' && state !== 'not_started';
  const steps =
    replan === null
      ? templatePlan(lead, situation, language)
      : replanTemplate(lead, situation, language, replan.steps.filter(isOver));
  const plan = planOf(request, { source: 'template', promptVersion: null, steps });
  return { plan, origin: { kind: 'template', because }, usage };
}

function planOf(
  { situation, language, replan }: PlanRequest,
  made: { source: NewPlan['source']; promptVersion: string | null; steps: PlanStep[] },
): NewPlan {
  const { source, promptVersion: prompt_version, steps } = made;
  return { source, situation, language, pace: replan?.pace ?? 'fixed_dates', prompt_version, steps };
}

/** Tells each stage and each new description once. */
function progressOf(onProgress: Options['onProgress']): {
  tell: (stage: PlanProgress['stage']) => void;
  onText: (soFar: string) => void;
} {
  let steps: readonly string[] = [];
  let isWriting = false;
  const tell = (stage: PlanProgress['stage']): void => onProgress?.({ stage, steps });
  return {
    tell,
    onText(soFar) {
      const complete = descriptionsSoFar(soFar);
      if (isWriting && complete.length === steps.length) return;
      isWriting = true;
      steps = complete;
      tell('writing');
    },
  };
}
