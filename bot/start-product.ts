/**
 * Puts the product together: database → stores → Telegram → entrances, and takes it apart in the opposite order.
 * Nothing below this file knows which database or which Telegram it works with.
 */
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { HttpBindings } from '@hono/node-server';
import type { Config, Role } from './config.ts';
import { createHealthServer } from './http/create-health-server.ts';
import { createServer } from './http/create-server.ts';
import { checkInitData } from './http/init-data.ts';
import { listen } from './http/listen.ts';
import { startCardsLoop, type CardsLoop } from './jobs/cards-loop.ts';
import { digestJob, recurringJob } from './jobs/morning-and-rules.ts';
import { startPlanningLoop, type PlanningLoop } from './jobs/planning-loop.ts';
import type { JobWorker } from './jobs/job-worker.ts';
import { createPulses } from './jobs/pulses.ts';
import { createWaker } from './jobs/waker.ts';
import type { Log } from './logging.ts';
import { machineClock, machineNow } from './machine.ts';
import { createMetrics } from './metrics.ts';
import { createLanguageModel } from './model/create-language-model.ts';
import { createPlanner } from './model/create-planner.ts';
import { createLeadModel } from './model/read-lead.ts';
import { createPictureModel } from './model/read-picture.ts';
import { createTimeModel } from './model/read-time.ts';
import { createSpeechModel } from './model/transcribe.ts';
import { openDatabase } from './open-database.ts';
import { openStores } from './open-stores.ts';
import { checkSchema, readinessChecks, StartRefused } from './ready.ts';
import { SANDBOX_PEOPLE } from './sandbox/people.ts';
import { createSlotGrace } from './domain/reminder/slot-grace.ts';
import { startDispatcher } from './start-dispatcher.ts';
import { startJobs } from './start-jobs.ts';
import { EMULATOR_PATH, startSandbox } from './start-sandbox.ts';
import type { Sandbox } from './start-sandbox.ts';
import { createBot } from './telegram/create-bot.ts';
import { usableMiniAppUrl } from './telegram/mini-app-link.ts';
import { createPlanningScreen } from './telegram/features/planning/planning-screen.ts';
import { runPolling } from './telegram/run-polling.ts';
import { createFileSender } from './telegram/send-file.ts';
import { setupBot, setWebhook } from './telegram/setup-bot.ts';
import { loadTexts } from './telegram/text/texts.ts';
import { createWebhook } from './telegram/webhook.ts';
import type { PlannerDesk } from './usecases/planning-ports.ts';

/** The team everybody belongs to who has no other. */
const DEFAULT_PLATFORM = 'default';
const MINI_APP_FOLDER = fileURLToPath(new URL('../dist/tma', import.meta.url));

export interface Running {
  /** The address of the HTTP server; a worker has one for its metrics alone, and only if asked. */
  readonly url: string | null;
  /** Rejects when the product cannot go on by itself (the bot's token was refused). */
  readonly failed: Promise<never>;
  stop(): Promise<void>;
}

/**
 * Starts the roles `all`, `bot` and `worker`.
 * @throws StartRefused or another Error with a clear sentence; everything opened before is closed again.
 */
export async function startProduct(config: Config, role: Role, log: Log): Promise<Running> {
  const closers: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const close of closers.splice(0).reverse()) await close();
  };
  try {
    return { ...(await start(config, role, log, closers)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(
  config: Config,
  role: Role,
  log: Log,
  closers: (() => Promise<void>)[],
): Promise<Omit<Running, 'stop'>> {
  const failed = Promise.withResolvers<never>();
  failed.promise.catch(() => undefined);
  const database = await openDatabase(config.database, role, log);
  closers.push(() => database.close());
  const stores = openStores(database, {
    worker: workerName,
    soleReader: config.telegram.kind === 'sandbox' || config.telegram.webhook === null,
  });
  await checkSchema(config, stores);

  const waker = createWaker(machineClock, () => stores.dispatch.nextWakeMs());
  let planningLoop: PlanningLoop | null = null;
  let cardsLoop: CardsLoop | null = null;
  let jobWorker: JobWorker | null = null;
  const pulses = createPulses();
  database.onNewReminders((what) => {
    cardsLoop?.wake();
    if (what === 'cards') return;
    jobWorker?.wake();
    // A job that is due is no reason for the dispatcher to look.
    if (what === 'jobs') return;
    waker.wake();
    planningLoop?.wake();
  });
  const metrics = createMetrics(() => stores.admin.dispatchHealth(), log);
  const readiness = readinessChecks(stores, config.watching.readyOldestDueMs);
  const isSandbox = config.telegram.kind === 'sandbox';
  const { host, port } = config.http;
  let url = `http://${host}:${String(port)}`;

  // The server listens before anything is built: only then is the port known that every address contains.
  let answer = (_request: Request, _bindings: HttpBindings): Response | Promise<Response> =>
    new Response('Starting.', { status: 503 });
  const ownPort = role === 'worker' ? config.watching.metricsPort : port;
  let ownUrl: string | null = null;
  if (ownPort !== null) {
    const listening = await listen({
      fetch: (asked, bindings) => answer(asked, bindings),
      host,
      port: ownPort,
    });
    if (!listening.ok) throw new StartRefused(listening.message);
    closers.push(listening.close);
    ownUrl = listening.url;
  }
  if (role === 'worker') {
    const health = createHealthServer({ readiness, metrics: metrics.registry });
    answer = (request) => health.fetch(request);
  } else {
    url = ownUrl ?? url;
  }
  const publicUrl = config.http.publicUrl ?? (isSandbox ? url : null);
  const telegram =
    config.telegram.kind === 'sandbox'
      ? { token: database.sandboxBotToken, apiRoot: `${url}${EMULATOR_PATH}`, webhook: null }
      : config.telegram;
  const miniAppUrl = usableMiniAppUrl(publicUrl, isSandbox);
  const languageModel = createLanguageModel(config.model);

  if (role !== 'worker') {
    const sandbox =
      isSandbox && config.database.kind === 'embedded' && publicUrl !== null
        ? await startSandbox(database, stores.admin, {
            dataDir: config.database.dataDir,
            miniAppUrl: publicUrl,
            onClockMoved: () => {
              waker.wake();
              jobWorker?.wake();
            },
          })
        : null;
    if (sandbox) closers.push(async () => sandbox.close());
    const timeModel = languageModel === null ? null : createTimeModel(languageModel);
    const planner: PlannerDesk = {
      isConfigured: languageModel !== null,
      noteMessage: (runId, messageId) => stores.planning.noteMessage(runId, messageId),
      of: (telegramId) => stores.planningOf(telegramId),
      wake: () => planningLoop?.wake(),
    };
    const nudge = createBot({
      token: telegram.token,
      apiRoot: telegram.apiRoot,
      updates: stores.updates,
      conversations: stores.conversations,
      messages: stores.messages,
      personStore: (telegramId) => stores.asPerson(telegramId),
      teamJobs: (telegramId) => stores.jobsOf(telegramId),
      productNow: () => stores.admin.now(),
      planner,
      timeModel,
      senses: {
        speech: createSpeechModel(
          config.model && { ...config.model, model: config.model.transcriptionModel },
        ),
        pictures: languageModel === null ? null : createPictureModel(languageModel),
      },
      miniAppUrl,
      log,
    });
    const { cards: queue } = stores;
    const following = startCardsLoop({ ...nudge, queue, clock: machineClock, log });
    cardsLoop = following;
    closers.push(() => following.stop());
    let botName: string | null = null;
    const server = createServer({
      checkInitData: (raw, freshness) => checkInitData(raw, { ...freshness, botToken: telegram.token }),
      jwtSecret: database.jwtSecret,
      store: stores.admin,
      personStore: (telegramId) => stores.asPerson(telegramId),
      jobsOf: (telegramId) => stores.jobsOf(telegramId),
      planner,
      timeModel,
      sendFile: createFileSender(nudge.bot.api),
      databaseUrl: () => (database.gateway === null ? database.url : (publicUrl ?? url)),
      machineNow,
      eventsSecret: config.eventsSecret,
      readiness,
      metrics: metrics.registry,
      miniApp: {
        folder: MINI_APP_FOLDER,
        frameAncestors: isSandbox ? ["'self'"] : [],
        botUrl: () => (isSandbox ? `${url}/sandbox` : botName === null ? null : `https://t.me/${botName}`),
      },
      ...(telegram.webhook === null
        ? {}
        : { webhook: { secret: telegram.webhook.secret, handle: createWebhook(nudge) } }),
      ...(database.gateway === null ? {} : { gateway: database.gateway }),
      ...(sandbox === null ? {} : { sandbox: sandbox.routes }),
      log,
    });
    answer = (request, bindings) => route(request, bindings, sandbox, (asked) => server.fetch(asked));

    const owner = config.ownerTelegramId ?? (isSandbox ? (SANDBOX_PEOPLE[0]?.id ?? null) : null);
    if (owner !== null) await stores.admin.makeOwner(DEFAULT_PLATFORM, owner);
    await connect();

    async function connect(): Promise<void> {
      await nudge.bot.init();
      botName = nudge.bot.botInfo.username;
      // Commands and descriptions are decoration: the bot works without them until the next start.
      await setupBot(nudge.bot, { texts: nudge.texts, miniAppUrl }).catch(() => {
        log.warn({ event: 'bot.setup_failed' }, 'commands and descriptions were not set');
      });
      if (telegram.webhook !== null) {
        await setWebhook(nudge.bot, telegram.webhook);
        closers.push(() => nudge.idle());
        return;
      }
      const polling = runPolling(nudge, log);
      polling.done.catch(failed.reject);
      closers.push(() => polling.stop());
    }
  }

  if (role !== 'bot') {
    const dispatcher = await startDispatcher({
      ...{ config, stores, telegram, miniAppUrl, metrics, waker, pulses, workerName, closers, log },
      onFatal: failed.reject,
    });
    const worker = await startJobs({
      ...{ stores, pulses, workerName, log },
      pgBossIn: config.jobEngine === 'pg-boss' ? database.connectionString : null,
      sweep: dispatcher.sweep,
      model: languageModel,
      further: [
        recurringJob(stores.recurring),
        digestJob({
          store: stores.digests,
          sender: dispatcher.sender,
          clock: machineClock,
          mayStart: createSlotGrace(config.dispatch.ratePerSecond),
          newToken: randomUUID,
        }),
      ],
    });
    jobWorker = worker;
    closers.push(() => worker.stop());
    // Without a model there is nothing new to write, but runs of an earlier start may still wait for their plan.
    const planning = startPlanningLoop({
      planning: stores.planning,
      personStore: (telegramId) => stores.asPerson(telegramId),
      personPlanning: (telegramId) => stores.planningOf(telegramId),
      planner: createPlanner({ model: languageModel, clock: machineClock, log }),
      leadModel: languageModel === null ? null : createLeadModel(languageModel),
      screen: createPlanningScreen({ ...telegram, texts: loadTexts(), clock: machineClock, log }),
      clock: machineClock,
      onRound: () => pulses.beat('planning'),
      productNow: () => stores.admin.now(),
      worker: workerName,
      newToken: randomUUID,
      log,
    });
    planningLoop = planning;
    closers.push(() => planning.stop());
    // Messages on their way need most of the ten seconds that a stop may take: begun first, and awaited in its turn.
    closers.push(async () => void dispatcher.stop());
  }
  return { url: ownUrl, failed: failed.promise };
}

/** Names this process in leases and update records. */
const workerName = `${hostname()}:${String(process.pid)}:${randomUUID().slice(0, 8)}`;

/** The emulated Bot API gets the raw connection, because a fault may have to cut it; the rest is the server's. */
function route(
  request: Request,
  bindings: HttpBindings,
  sandbox: Sandbox | null,
  serve: (request: Request) => Response | Promise<Response>,
): Response | Promise<Response> {
  if (sandbox === null || !new URL(request.url).pathname.startsWith(`${EMULATOR_PATH}/`))
    return serve(request);
  return sandbox.answerBot(request, { drop: () => bindings.incoming.socket.destroy() });
}
