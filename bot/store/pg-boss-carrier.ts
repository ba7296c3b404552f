/**
 * Executions through pg-boss (`JOB_ENGINE=pg-boss`): the one place that reaches the database beside the SDK. It has a schema
 * of its own and holds nothing but "this attempt waits to be run": jobs, history and results stay in our tables, so that
 * changing the engine back loses nothing. Loaded only when it is chosen.
 */
import { PgBoss } from 'pg-boss';
import type { Log } from '../logging.ts';
import type { JobCarrier } from '../usecases/carrier-ports.ts';

/** Not pg-boss's usual name: another program may keep its own pg-boss, of another version, in this database. */
export const PG_BOSS_SCHEMA = 'nudge_pg_boss';
const QUEUE = 'executions';
const DEAD_LETTERS = 'executions-dead';
/** A delivery whose worker is silent for so long is delivered again. pg-boss looks once per `MONITOR_SECONDS`. */
const HEARTBEAT_SECONDS = 30;
const MONITOR_SECONDS = 10;
/** The longest time limit a job may have; a shorter one is kept by the worker itself. */
const LONGEST_SECONDS = 86_400;
/** Deliveries of one attempt before it is a dead letter. */
const RETRIES = 5;
const RETRY_DELAY_SECONDS = 1;
/** What is done with is deleted after this time: its history is in our own tables. */
const KEEP_DONE_SECONDS = 3_600;
const LOWEST_RANK = 3;
const MOST_DEAD_LETTERS = 100;

interface Letter {
  readonly execution_id: string;
}

/**
 * Opens pg-boss and brings its schema up to date.
 * @throws Error saying what the database refused and what to do about it.
 */
export async function openPgBossCarrier(
  connectionString: string,
  log: Pick<Log, 'error'>,
): Promise<JobCarrier> {
  const boss = new PgBoss({
    connectionString,
    schema: PG_BOSS_SCHEMA,
    application_name: 'nudge-pg-boss',
    max: 4,
    // Our own scheduler reads the cron expressions.
    schedule: false,
    monitorIntervalSeconds: MONITOR_SECONDS,
    superviseIntervalSeconds: MONITOR_SECONDS,
    maintenanceIntervalSeconds: KEEP_DONE_SECONDS / 2,
    // Jobs here never depend on each other.
    flowIntervalSeconds: KEEP_DONE_SECONDS,
    registerInstance: false,
  });
  boss.on('error', (error) => {
    log.error({ event: 'jobs.carrier_failed', err: error }, 'pg-boss had trouble; it goes on');
  });
  try {
    await boss.start();
    await boss.createQueue(DEAD_LETTERS, { deleteAfterSeconds: KEEP_DONE_SECONDS });
    const settings = {
      deadLetter: DEAD_LETTERS,
      retryLimit: RETRIES,
      retryDelay: RETRY_DELAY_SECONDS,
      heartbeatSeconds: HEARTBEAT_SECONDS,
      expireInSeconds: LONGEST_SECONDS,
      deleteAfterSeconds: KEEP_DONE_SECONDS,
    };
    // Exclusive: of one key, one waits or is at work. Keys name the attempt, so that whoever finds it ready may send it.
    await boss.createQueue(QUEUE, { policy: 'exclusive', ...settings });
    await boss.updateQueue(QUEUE, settings);
  } catch (error) {
    await boss.stop({ graceful: false }).catch(() => undefined);
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(
      `JOB_ENGINE=pg-boss: its schema "${PG_BOSS_SCHEMA}" could not be prepared: ${why}. The user of DATABASE_URL needs CREATE on the database, or unset JOB_ENGINE.`,
      { cause: error },
    );
  }
  return {
    async send(executions) {
      if (executions.length === 0) return;
      await boss.insert(
        QUEUE,
        executions.map(({ id, retryCount, rank }) => ({
          data: { execution_id: id } satisfies Letter,
          singletonKey: `${id}#${String(retryCount)}`,
          priority: LOWEST_RANK - rank,
        })),
      );
    },
    async fetch(limit) {
      const letters = await boss.fetch<Letter>(QUEUE, { batchSize: limit });
      return letters.map(({ id, retryCount, data }) => ({ id, retryCount, executionId: data.execution_id }));
    },
    async touch(deliveries) {
      await boss.touch(QUEUE, [...deliveries]);
    },
    async finish(deliveries) {
      await boss.complete(QUEUE, [...deliveries]);
    },
    async giveBack(deliveries) {
      await boss.fail(QUEUE, [...deliveries]);
    },
    async takeDeadLetters() {
      const letters = await boss.fetch<Letter>(DEAD_LETTERS, { batchSize: MOST_DEAD_LETTERS });
      if (letters.length > 0) await boss.complete(DEAD_LETTERS, letters);
      return letters.map(({ data }) => data.execution_id);
    },
    close: () => boss.stop({ graceful: false }),
  };
}

/**
 * Looks whether pg-boss is ready to carry, without making or changing anything (`npm run doctor`).
 * @throws what the database or pg-boss says when neither is true: its schema is of another version, for one.
 */
export async function lookAtPgBoss(connectionString: string): Promise<'ready' | 'absent'> {
  const boss = new PgBoss({
    ...{ connectionString, schema: PG_BOSS_SCHEMA, max: 1 },
    ...{ migrate: false, supervise: false, schedule: false, registerInstance: false },
  });
  boss.on('error', () => undefined);
  try {
    await boss.start();
    return 'ready';
  } catch (error) {
    if (error instanceof Error && error.message === 'pg-boss is not installed') return 'absent';
    throw error;
  } finally {
    await boss.stop({ graceful: false });
  }
}
