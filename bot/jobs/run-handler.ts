/** Runs one handler of any type on a payload; a workflow runs others in turn. Throws what the handler throws. */
import { z } from 'zod';
import { readJson } from '../domain/job/json-value.ts';
import { FatalJobError } from '../domain/job/retry.ts';
import type {
  AgentHandler,
  HandlerRegistry,
  JobContext,
  JobHandler,
  WorkflowHandler,
} from '../usecases/job-ports.ts';
import type { LanguageModel } from '../usecases/model-ports.ts';

export interface HandlerDeps {
  readonly handlers: HandlerRegistry;
  /** Null = none is configured, and agents fail. */
  readonly model: LanguageModel | null;
}

export interface WorkflowMemory {
  /** Results of the steps that ended, of earlier attempts too. */
  readonly steps: Record<string, unknown>;
  /** Called after each step, so that a retry need not repeat it. */
  keep(): void;
}

/** @throws FatalJobError for what another attempt cannot mend, or whatever the handler threw. */
export async function runHandler(
  deps: HandlerDeps,
  handler: JobHandler,
  payload: Readonly<Record<string, unknown>>,
  context: JobContext,
  memory: WorkflowMemory,
  timeoutMs: number,
): Promise<unknown> {
  const parsed = handler.payload.safeParse(payload);
  if (!parsed.success) {
    throw new FatalJobError(`The payload does not fit "${handler.name}": ${z.prettifyError(parsed.error)}`);
  }
  switch (handler.type) {
    case 'function':
      return await handler.run(parsed.data, context);
    case 'agent':
      return await askModel(deps.model, handler, parsed.data, context, timeoutMs);
    case 'workflow':
      return await runSteps(deps, handler, parsed.data, context, memory, timeoutMs);
  }
}

async function askModel(
  model: LanguageModel | null,
  handler: AgentHandler,
  payload: unknown,
  { signal, log }: JobContext,
  timeoutMs: number,
): Promise<unknown> {
  if (model === null)
    throw new FatalJobError('No language model is configured (OPENAI_API_KEY, OPENAI_BASE_URL).');
  const answer = await model.ask(
    {
      ...handler.ask(payload),
      schema: { name: handler.name, json: z.toJSONSchema(handler.answer) },
      maxOutputTokens: handler.maxOutputTokens,
      timeoutMs,
    },
    signal,
  );
  const { inputTokens, outputTokens, costUsd } = answer.usage;
  log('info', 'asked the language model', { inputTokens, outputTokens, costUsd });
  if (!answer.ok) {
    const message = `The language model gave no answer: ${answer.failure}.`;
    if (answer.failure === 'misconfigured' || answer.failure === 'refused') throw new FatalJobError(message);
    throw new Error(message);
  }
  return handler.answer.parse(JSON.parse(answer.text));
}

async function runSteps(
  deps: HandlerDeps,
  workflow: WorkflowHandler,
  payload: unknown,
  context: JobContext,
  memory: WorkflowMemory,
  timeoutMs: number,
): Promise<unknown> {
  for (const [index, step] of workflow.steps.entries()) {
    if (step.name in memory.steps) continue;
    const handler = deps.handlers.find(step.handler);
    if (handler === null) throw new Error(`There is no handler "${step.handler}" here.`);
    const given = step.payload(payload, memory.steps);
    const result = readJson(await runHandler(deps, handler, given, context, memory, timeoutMs));
    if (!result.ok)
      throw new FatalJobError(`The result of the step "${step.name}" is lost: ${result.problem}.`);
    context.signal.throwIfAborted();
    memory.steps[step.name] = result.value;
    context.progress((index + 1) / workflow.steps.length);
    memory.keep();
  }
  return memory.steps;
}
