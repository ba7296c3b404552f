/**
 * Where the program begins: settings, role, signals, exit codes.
 *   node bot/main.ts [--role=all|bot|worker|migrate]
 */
import { parseArgs } from 'node:util';
import { readConfig, ROLES } from './config.ts';
import type { Config, Role } from './config.ts';
import { createLog } from './logging.ts';
import type { Log } from './logging.ts';
import { openDatabase, prepareSchema } from './open-database.ts';
import { startProduct } from './start-product.ts';
import type { Running } from './start-product.ts';

/** After a stop signal the process is gone within this time, whatever hangs; with code 1 when it had not finished. */
const STOP_LIMIT_MS = 10_000;

const { values } = parseArgs({ options: { role: { type: 'string', default: 'all' } } });
const role = ROLES.find((known) => known === values.role);
if (role === undefined) {
  fail([`--role: "${values.role}" is none of ${ROLES.join(', ')}`]);
} else {
  const answer = readConfig(role);
  if (answer.ok) await run(answer.config, role);
  else fail(answer.problems);
}

/** One line each on standard error; exit code 1 once the event loop is empty. */
function fail(lines: readonly string[]): void {
  process.stderr.write(`${lines.join('\n')}\n`);
  process.exitCode = 1;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function run(config: Config, wanted: Role): Promise<void> {
  const log = createLog(config.logLevel);
  try {
    if (wanted === 'migrate') await runMigrations(config, log);
    else await serve(config, wanted, log);
  } catch (error) {
    log.debug({ event: 'app.failed', err: error }, 'the process cannot go on');
    fail([error instanceof Error ? error.message : String(error)]);
  }
}

async function runMigrations(config: Config, log: Log): Promise<void> {
  if (config.database.kind === 'insforge') {
    throw new Error(
      'InsForge applies migrations itself: paste tests/database/paste-all.sql into its SQL editor, or use its CLI.',
    );
  }
  const database = await openDatabase(config.database, 'migrate', log);
  try {
    const report = await prepareSchema(database.connectionString ?? '', log);
    const version = report.skipped.at(-1) ?? 'nothing';
    say(`The schema is up to date (${version}).`);
  } finally {
    await database.close();
  }
}

async function serve(config: Config, wanted: Role, log: Log): Promise<void> {
  const signalled = Promise.withResolvers<string>();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => signalled.resolve(signal));
  const running = await startProduct(config, wanted, log);
  announce(config, running, wanted, log);
  const signal = await Promise.race([signalled.promise, running.failed]).catch(async (error: unknown) => {
    await running.stop();
    throw error;
  });
  log.info({ event: 'app.stopping', signal }, 'stopping');
  const limit = setTimeout(() => {
    process.exit(1);
  }, STOP_LIMIT_MS);
  await running.stop();
  clearTimeout(limit);
  log.info({ event: 'app.stopped' }, 'stopped');
}

function announce(config: Config, { url }: Running, wanted: Role, log: Log): void {
  log.info({ event: 'app.ready', role: wanted, url }, 'ready');
  if (config.telegram.kind === 'sandbox' && wanted !== 'worker' && url !== null) {
    say(`\n  Nudge is running: ${url}/sandbox\n\n  Ctrl+C stops it; everything is still there next time.\n`);
  }
}
