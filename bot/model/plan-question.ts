/** The question to a model that wants a plan: the prompt, the facts as data, the shape of the answer. */
import { z } from 'zod';
import { planStepSchema, planStepsSchema } from '../../shared/schemas/plan.ts';
import type { PlanRequest } from '../usecases/model-ports.ts';
import { strictJsonSchema } from './strict-schema.ts';

/** What the model answers. */
const planAnswerSchema = z.object({ steps: planStepsSchema });

/** The answer's shape for structured output. */
export const PLAN_ANSWER_SCHEMA = {
  name: 'engagement_plan',
  json: strictJsonSchema(planAnswerSchema),
} as const;

/** More of a pasted text than this says nothing new and costs money. Characters. */
const TEXT_LIMIT = 12_000;

/** The facts as JSON: one value that cannot be left by any text inside it. */
export function planInput(request: PlanRequest): string {
  const { lead, text, situation, language, today, zone, replan } = request;
  const { zone: leadZone, language: leadLanguage, ...about } = lead;
  return JSON.stringify(
    {
      today,
      zone,
      description_language: language,
      draft_language: leadLanguage ?? language,
      situation,
      lead: { ...about, zone: leadZone },
      text: text.slice(0, TEXT_LIMIT),
      ...(replan === null ? {} : { replan: { news: replan.news.slice(0, TEXT_LIMIT), steps: replan.steps } }),
    },
    null,
    1,
  );
}

/** A step's keys are what tells an answer from other JSON. */
const STEP_KEYS = Object.keys(planStepSchema.shape);

/**
 * The list of steps in a parsed answer: under `steps`, bare, one level down, or as an object with numbered keys. Null
 * when there is none.
 */
export function findSteps(value: unknown): readonly unknown[] | null {
  if (isStepList(value)) return value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const direct: unknown = 'steps' in value ? value.steps : undefined;
  if (Array.isArray(direct)) return direct as readonly unknown[];
  if (typeof direct === 'object' && direct !== null) {
    const numbered: readonly unknown[] = Object.values(direct);
    return isStepList(numbered) ? numbered : null;
  }
  for (const inner of Object.values(value) as readonly unknown[]) {
    if (isStepList(inner)) return inner;
    if (typeof inner === 'object' && inner !== null && 'steps' in inner && Array.isArray(inner.steps)) {
      return inner.steps as readonly unknown[];
    }
  }
  return null;
}

function isStepList(value: unknown): value is readonly unknown[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every(
      (entry) => typeof entry === 'object' && entry !== null && STEP_KEYS.some((key) => key in entry),
    )
  );
}

/** A finished JSON string after the key, whatever the model puts around the colon. */
const DESCRIPTION = /"description"\s*:\s*("(?:[^"\\]|\\.)*")/g;

/** Descriptions that are complete in an answer that is still coming. */
export function descriptionsSoFar(partial: string): string[] {
  return [...partial.matchAll(DESCRIPTION)].flatMap(([, literal]) => {
    try {
      const text = z.string().parse(JSON.parse(literal ?? ''));
      return text.trim() === '' ? [] : [text.trim()];
    } catch {
      return [];
    }
  });
}
