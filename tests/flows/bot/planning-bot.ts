/** The bot with a language model that a test scripts: the real planner, loop and screen, over HTTP to both sides. */
import { randomUUID } from 'node:crypto';
import { startPlanningLoop, type PlanningLoop } from '../../../bot/jobs/planning-loop.ts';
import { machineClock } from '../../../bot/machine.ts';
import { createLanguageModel } from '../../../bot/model/create-language-model.ts';
import { createPlanner } from '../../../bot/model/create-planner.ts';
import { createLeadModel } from '../../../bot/model/read-lead.ts';
import { createPlanningScreen } from '../../../bot/telegram/features/planning/planning-screen.ts';
import { startModelServer, type ModelServer } from '../../support/model-server.ts';
import { startBot, type TestBot } from './start-bot.ts';

export interface PlanningBot extends TestBot {
  readonly model: ModelServer;
  /** Starts the loop, as another process would after the last one ended. */
  startLoop(): PlanningLoop;
  /** The loop that runs now. */
  loop(): PlanningLoop;
}

/** Steps a model could have written about Anna Kowalska. */
export const WRITTEN = [
  {
    delay_days: 0,
    action_type: 'email_outreach',
    description: 'Send Anna the prices',
    suggested_text: 'Hi Anna',
  },
  { delay_days: 3, action_type: 'call', description: 'Call Anna about the prices', suggested_text: null },
  {
    delay_days: 7,
    action_type: 'followup_message',
    description: 'Ask Anna what she thinks',
    suggested_text: null,
  },
].map((step, index) => ({ step_id: index + 1, timing: 'later', ...step }));

/** @param options.readsLeads the model is asked who a text is about, before it is asked for the plan. */
export async function startPlanningBot(
  options: { readonly readsLeads?: boolean } = {},
): Promise<PlanningBot> {
  const model = await startModelServer();
  const languageModel = createLanguageModel({ baseUrl: model.url, apiKey: null, model: 'scripted-1' })!;
  let loop: PlanningLoop | null = null;
  const bot = await startBot({ isConfigured: true, wake: () => loop?.wake() });
  const startLoop = (): PlanningLoop => {
    const { log } = bot.parts;
    loop = startPlanningLoop({
      planning: bot.stores.planning,
      personStore: (telegramId) => bot.stores.asPerson(telegramId),
      personPlanning: (telegramId) => bot.stores.planningOf(telegramId),
      leadModel: options.readsLeads === true ? createLeadModel(languageModel) : null,
      planner: createPlanner({
        model: languageModel,
        clock: machineClock,
        log,
      }),
      screen: createPlanningScreen({
        token: bot.telegram.token,
        apiRoot: bot.telegram.apiRoot,
        texts: bot.nudge.texts,
        clock: machineClock,
        log,
      }),
      clock: machineClock,
      productNow: () => bot.stores.admin.now(),
      worker: 'test',
      newToken: randomUUID,
      log,
    });
    return loop;
  };
  startLoop();
  return {
    ...bot,
    model,
    startLoop,
    loop: () => loop!,
    async stop() {
      await loop?.stop();
      await model.close();
      await bot.stop();
    },
  };
}
