/** Plans made by the scripted model server. */
import { afterEach, beforeEach, expect } from 'vitest';
import { createLanguageModel } from '../../../bot/model/create-language-model.ts';
import { createPlanner } from '../../../bot/model/create-planner.ts';
import type {
  LanguageModel,
  PlannedPlan,
  PlanProgress,
  PlanRequest,
} from '../../../bot/usecases/model-ports.ts';
import { newPlanSchema } from '../../../shared/schemas/plan.ts';
import { startModelServer, type ModelServer, type Script } from '../../support/model-server.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { REQUEST } from './plans.ts';

/** Time that passes only while somebody waits. */
export function testClock() {
  const waits: number[] = [];
  let now = 0;
  return {
    waits,
    monotonicMs: () => now,
    sleep: async (ms: number) => {
      waits.push(ms);
      now += ms;
    },
  };
}

export interface PlanOptions {
  readonly request?: Partial<PlanRequest>;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: PlanProgress) => void;
  readonly timeoutMs?: number;
  readonly clock?: ReturnType<typeof testClock>;
}

/** A server for each test of the file, and plans made with it; every plan is held to the schema. */
export function planningScene() {
  const scene: { server: ModelServer } = { server: undefined as unknown as ModelServer };
  beforeEach(async () => {
    scene.server = await startModelServer();
  });
  afterEach(() => scene.server.close());

  async function plan(answers: readonly Script[], options: PlanOptions = {}): Promise<PlannedPlan> {
    scene.server.script(...answers);
    const model = createLanguageModel({ baseUrl: scene.server.url, apiKey: null, model: 'small' })!;
    const { timeoutMs, onProgress, signal = new AbortController().signal } = options;
    const hasty: LanguageModel = {
      ...model,
      ask: (question, stop) => model.ask({ ...question, timeoutMs: timeoutMs ?? question.timeoutMs }, stop),
    };
    const planner = createPlanner({ model: hasty, clock: options.clock ?? testClock(), log: quietLog });
    const planned = await planner.plan(
      { ...REQUEST, ...options.request },
      { signal, ...(onProgress === undefined ? {} : { onProgress }) },
    );
    expect(newPlanSchema.safeParse(planned.plan).error).toBeUndefined();
    return planned;
  }
  return { scene, plan };
}
