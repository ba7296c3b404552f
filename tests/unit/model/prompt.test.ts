/** The prompt states what the code enforces; the schema that is sent is the one the answer is held to. */
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { loadPrompt, promptVersion } from '../../../bot/model/load-prompt.ts';
import { PLAN_ANSWER_SCHEMA } from '../../../bot/model/plan-question.ts';
import { strictJsonSchema } from '../../../bot/model/strict-schema.ts';
import {
  actionTypeSchema,
  INVITATION_LIMIT,
  MAX_DELAY_DAYS,
  MAX_STEPS,
  MIN_STEPS,
  planStepSchema,
} from '../../../shared/schemas/plan.ts';

describe('prompts/engagement_plan.md', () => {
  const prompt = loadPrompt('engagement_plan');

  test('names its version, its purpose and its schema', () => {
    expect(promptVersion(prompt)).toBe(`engagement_plan@${prompt.version}`);
    expect(prompt.output_schema).toBe('shared/schemas/plan.ts#planStepsSchema');
    expect(prompt.text.startsWith('---')).toBe(false);
  });

  test('states the numbers of the schema', () => {
    expect(prompt.text).toContain(`${MIN_STEPS} to ${MAX_STEPS} steps`);
    expect(prompt.text).toContain(`under ${INVITATION_LIMIT} characters`);
    expect(prompt.text).toContain(`from 0 to ${MAX_DELAY_DAYS}`);
    expect(prompt.text).toContain('never decreases');
    expect(prompt.text).toContain('Day 0 means now');
    expect(prompt.text).toContain('0, 1, 3, 5, 7, 10, 14');
  });

  test('names the fields and the action types of the schema, and no others', () => {
    const fields = [...prompt.text.matchAll(/^- `(\w+)`:/gm)].map(([, name]) => name);
    expect(fields).toEqual(Object.keys(planStepSchema.shape));
    const [, actions] = /`action_type`: one of ([\s\S]*?)\.\n/.exec(prompt.text) ?? [];
    expect([...actions!.matchAll(/`(\w+)`/g)].map(([, name]) => name)).toEqual(actionTypeSchema.options);
  });

  test('its example is an answer by its own rules', () => {
    const [example] = /^\{"steps":.*\}$/m.exec(prompt.text) ?? [];
    const { steps } = z.object({ steps: z.array(planStepSchema) }).parse(JSON.parse(example!));
    expect(steps).toHaveLength(1);
  });

  test('a prompt that is not there is named', () => {
    expect(() => loadPrompt('nowhere')).toThrow(/nowhere/);
  });
});

describe('the schema that is sent', () => {
  test('is strict: every property required, none beside them, plain keywords only', () => {
    const { name, json } = PLAN_ANSWER_SCHEMA;
    expect(name).toMatch(/^[a-z_]+$/);
    expect(json).toMatchObject({ type: 'object', required: ['steps'], additionalProperties: false });
    const step = z
      .object({ properties: z.object({ steps: z.object({ items: z.record(z.string(), z.unknown()) }) }) })
      .parse(json).properties.steps.items;
    expect(step).toMatchObject({
      additionalProperties: false,
      required: Object.keys(planStepSchema.shape),
      properties: { action_type: { enum: actionTypeSchema.options } },
    });
    expect(JSON.stringify(json)).not.toMatch(
      /"(?:minimum|maximum|minLength|maxLength|minItems|pattern|\$schema)"/,
    );
  });

  test('a property may be called like a keyword', () => {
    const schema = z.object({ format: z.string().min(1), maximum: z.number().optional() });
    expect(strictJsonSchema(schema)).toEqual({
      type: 'object',
      properties: { format: { type: 'string' }, maximum: { type: 'number' } },
      required: ['format', 'maximum'],
      additionalProperties: false,
    });
  });
});
