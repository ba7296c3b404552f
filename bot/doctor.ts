/**
 * `npm run doctor`: looks at everything the product needs and says, one line each, what is well, what is wrong and what
 * to do about it. Changes nothing that stays. Exit code 1 when something is wrong.
 */
import { randomUUID } from 'node:crypto';
import { readConfig } from './config.ts';
import type { Config } from './config.ts';
import { lineOf, looking, type Finding } from './doctor/finding.ts';
import { judgeTelegram } from './doctor/judge-telegram.ts';
import { lookAtDatabase } from './doctor/look-at-database.ts';
import { lookAtJobs } from './doctor/look-at-jobs.ts';
import { lookAtModel } from './doctor/look-at-model.ts';
import { createLog } from './logging.ts';
import { machineNow } from './machine.ts';
import { createLanguageModel } from './model/create-language-model.ts';
import { newestMigration, openDatabase } from './open-database.ts';
import { openStores } from './open-stores.ts';
import { schemaRemedy } from './ready.ts';
import { lookAtBot } from './telegram/look-at-bot.ts';

/** Milliseconds; longer means that nobody out there gets an answer either. */
const HTTP_TIMEOUT_MS = 5_000;

const answer = readConfig('all');
const findings: readonly Finding[] = answer.ok
  ? await examine(answer.config)
  : answer.problems.map((what) => ({ state: 'wrong', subject: 'settings', what, fix: 'See .env.example.' }));
for (const finding of findings) process.stdout.write(`${lineOf(finding)}\n`);
const wrong = findings.filter(({ state }) => state === 'wrong').length;
process.stdout.write(wrong === 0 ? '\nAll is well.\n' : `\n${String(wrong)} to mend.\n`);
process.exitCode = wrong === 0 ? 0 : 1;

async function examine(config: Config): Promise<Finding[]> {
  const findings: Finding[] = [{ state: 'ok', subject: 'settings', what: whatIsSet(config) }];
  findings.push(
    ...(await looking('database', 'Check its address, its key and that it is running.', () =>
      examineDatabase(config),
    )),
    ...(await looking('jobs', 'Check what the user of DATABASE_URL may do, or unset JOB_ENGINE.', () =>
      examineJobs(config),
    )),
    ...(await looking('telegram', 'Check BOT_TOKEN.', () => examineTelegram(config))),
    ...(await examineAddress(config)),
    await lookAtModel(createLanguageModel(config.model), new AbortController().signal),
  );
  if (config.eventsSecret === null) {
    const what = 'EVENTS_SECRET is not set: only signed-in people can report a reply or a download';
    findings.push({ state: 'note', subject: 'events', what });
  }
  return findings;
}

function whatIsSet({ database, telegram }: Config): string {
  const rows = { insforge: 'InsForge', postgres: 'PostgreSQL', embedded: 'the embedded PostgreSQL' }[
    database.kind
  ];
  return telegram.kind === 'sandbox' ? `sandbox on ${rows}` : `a real bot on ${rows}`;
}

async function examineDatabase(config: Config): Promise<Finding[]> {
  // As a worker: joins a running embedded server, and leaves a given database’s schema as it is.
  const database = await openDatabase(config.database, 'worker', createLog('error'));
  try {
    const stores = openStores(database, { worker: `doctor:${randomUUID()}`, soleReader: false });
    return await lookAtDatabase({
      admin: stores.admin,
      reminders: stores.reminders,
      asPerson: (telegramId) => stores.asPerson(telegramId),
      newest: await newestMigration(),
      remedy: schemaRemedy(config),
      isRealBot: config.telegram.kind === 'real',
      machineNow,
    });
  } finally {
    await database.close();
  }
}

async function examineJobs({ database, jobEngine }: Config): Promise<Finding[]> {
  if (jobEngine === 'postgres' || database.kind !== 'postgres') return lookAtJobs(null);
  const { lookAtPgBoss } = await import('./store/pg-boss-carrier.ts');
  return lookAtJobs(() => lookAtPgBoss(database.connectionString));
}

async function examineTelegram({ telegram }: Config): Promise<Finding[]> {
  if (telegram.kind === 'sandbox') {
    return [{ state: 'ok', subject: 'telegram', what: 'emulated; BOT_TOKEN makes it the real bot' }];
  }
  const { token, apiRoot, webhook } = telegram;
  return judgeTelegram(await lookAtBot(token, apiRoot), { apiRoot, webhookUrl: webhook?.url ?? null });
}

async function examineAddress({ http, telegram }: Config): Promise<Finding[]> {
  const subject = 'mini-app';
  if (telegram.kind === 'sandbox') return [];
  if (http.publicUrl === null) {
    const what = 'PUBLIC_URL is not set: the bot works, its buttons into the mini-app are left out';
    return [{ state: 'note', subject, what }];
  }
  if (!http.publicUrl.startsWith('https://')) {
    const what = `${http.publicUrl} is not HTTPS; Telegram opens nothing else`;
    return [{ state: 'wrong', subject, what, fix: 'Put an HTTPS address into PUBLIC_URL.' }];
  }
  const status = await fetch(`${http.publicUrl}/healthz`, { signal: AbortSignal.timeout(HTTP_TIMEOUT_MS) })
    .then((response) => response.status)
    .catch(() => null);
  if (status === 200) return [{ state: 'ok', subject, what: http.publicUrl }];
  const what = `${http.publicUrl}/healthz ${status === null ? 'does not answer' : `answers ${String(status)}`}`;
  return [
    { state: 'wrong', subject, what, fix: 'Start the bot and check that this address leads to its port.' },
  ];
}
