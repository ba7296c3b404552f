/** `npm run doctor` on a healthy product, and on one with each thing broken in turn. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPgBossCarrier } from '../../../bot/store/pg-boss-carrier.ts';
import { createTestDatabase } from '../../support/database.ts';
import type { TestDatabase } from '../../support/database.ts';
import { failing, startModelServer, streamedJson } from '../../support/model-server.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { runProgram, type Ended } from '../../support/run-main.ts';
import { startTelegram, type TestTelegram } from '../../support/telegram.ts';

let telegram: TestTelegram;
beforeAll(async () => {
  telegram = await startTelegram();
});
afterAll(() => telegram.stop());

/** A database of the test's own, dropped afterwards. */
async function withDatabase(work: (database: TestDatabase) => Promise<void>): Promise<void> {
  const database = await createTestDatabase();
  try {
    await work(database);
  } finally {
    await database.drop();
  }
}

function examine(database: TestDatabase, more: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return runProgram('bot/doctor.ts', {
    DATABASE_URL: database.url,
    JWT_SECRET: 's'.repeat(32),
    BOT_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.apiRoot,
    ...more,
  });
}

/** The lines about one subject. */
function about(subject: string, { stdout }: Ended): string {
  return stdout
    .split('\n')
    .filter((line) => line.slice(6).startsWith(subject))
    .join('\n');
}

test('a healthy bot: every line is fine, exit code 0, and the probe leaves nothing behind', async () => {
  await withDatabase(async (database) => {
    const ended = await examine(database, { EVENTS_SECRET: 'e'.repeat(16) });
    expect(ended.stdout).not.toMatch(/^WRONG/m);
    expect(ended.stdout).toMatch(/\nAll is well\.\n$/);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    for (const subject of ['settings', 'schema', 'clock', 'security', 'delivery', 'bot token', 'webhook']) {
      expect(about(subject, ended)).toMatch(/^ok/);
    }
    const left = await database.admin.query(
      'select from scheduled_reminders union all select from user_actions',
    );
    expect(left.rowCount).toBe(0);
  });
});

test('a table without row-level security is found by really reading somebody else’s row', async () => {
  await withDatabase(async (database) => {
    await database.admin.query('alter table scheduled_reminders disable row level security');
    const ended = await examine(database);
    expect(ended.code).toBe(1);
    expect(about('security', ended)).toMatch(/^WRONG .*could be read.*→ Stop the bot/);
  });
});

test('an action that would take anybody’s row is found by really trying it', async () => {
  await withDatabase(async (database) => {
    await database.admin.query(`
      create or replace function public.lock_own_reminder(p_me bigint, p_id bigint) returns public.scheduled_reminders
        language sql as $$ select * from public.scheduled_reminders where id = p_id $$`);
    expect(about('security', await examine(database))).toMatch(/^WRONG .*could be changed/);
  });
});

test('a schema that is behind is named with the command that mends it, and is not changed', async () => {
  await withDatabase(async (database) => {
    const newest = '(select max(version) from schema_versions)';
    await database.admin.query(`delete from schema_versions where version = ${newest}`);
    const before = await database.admin.query(`select ${newest} as version`);
    const ended = await examine(database);
    expect(ended.code).toBe(1);
    expect(about('schema', ended)).toMatch(/^WRONG .*→ Run npm run migrate\.$/);
    expect((await database.admin.query(`select ${newest} as version`)).rows).toEqual(before.rows);
  });
});

test('reminders that nobody delivers are named', async () => {
  await withDatabase(async (database) => {
    await database.admin.query(
      `insert into scheduled_reminders (telegram_id, due_at) values (5, now() - interval '3 hours')`,
    );
    expect(about('delivery', await examine(database))).toMatch(
      /^WRONG .*waits for 180 minutes.*npm run worker/,
    );
  });
});

test('what carries executions of jobs: the workers themselves, or pg-boss once its schema is there', async () => {
  await withDatabase(async (database) => {
    expect(about('jobs', await examine(database))).toMatch(/^ok .*claims executions for itself$/);
    const chosen = { JOB_ENGINE: 'pg-boss' };
    expect(about('jobs', await examine(database, chosen))).toMatch(/^– .*the first start makes it$/);
    const { rows } = await database.admin.query(`select to_regnamespace('nudge_pg_boss') as made`);
    expect(rows).toEqual([{ made: null }]);
    await (await openPgBossCarrier(database.url, quietLog)).close();
    expect(about('jobs', await examine(database, chosen))).toMatch(/^ok .*pg-boss carries executions$/);
    await database.admin.query('update nudge_pg_boss.version set version = 1');
    const ended = await examine(database, chosen);
    expect(about('jobs', ended)).toMatch(/^WRONG .*requires migrations/);
    expect(ended.code).toBe(1);
  });
});

test('a sandbox’s database under a real bot, and a token Telegram does not know', async () => {
  await withDatabase(async (database) => {
    await runProgram('bot/seed.ts', { DATABASE_URL: database.url, JWT_SECRET: 's'.repeat(32), SANDBOX: '1' });
    const ended = await examine(database, { BOT_TOKEN: `123456:${'A'.repeat(35)}` });
    expect(about('clock', ended)).toMatch(/^WRONG .*is a sandbox/);
    expect(about('bot token', ended)).toMatch(/^WRONG .*→ Copy BOT_TOKEN from @BotFather again\.$/);
    expect(ended.stdout).not.toContain('123456:');
    expect(ended.stdout).toMatch(/\n2 to mend\.\n$/);
  });
});

test('a language model is asked one question: its answer, a refused key, and none at all', async () => {
  const server = await startModelServer();
  const model = { OPENAI_BASE_URL: server.url, OPENAI_API_KEY: 'sk-hidden', OPENAI_MODEL: 'scripted-1' };
  try {
    await withDatabase(async (database) => {
      server.script(streamedJson({ ready: true }));
      expect(about('model', await examine(database, model))).toBe('ok    model        scripted-1 answers');
      server.fallback(failing('openai', 401, 'Incorrect API key provided: sk-hidden'));
      const refused = await examine(database, model);
      expect(about('model', refused)).toMatch(/^WRONG .*→ Check OPENAI_API_KEY and OPENAI_MODEL\.$/);
      expect(refused).toMatchObject({ code: 1, stdout: expect.not.stringContaining('sk-hidden') as string });
      expect(about('model', await examine(database))).toMatch(/^– .*plans come from templates$/);
    });
  } finally {
    await server.close();
  }
});

test('a database that does not answer is one line, without its password', async () => {
  const { code, stdout, stderr } = await runProgram('bot/doctor.ts', {
    DATABASE_URL: 'postgres://u:hidden@127.0.0.1:1/d',
    JWT_SECRET: 's'.repeat(32),
    BOT_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.apiRoot,
  });
  expect(code).toBe(1);
  expect(stderr).toBe('');
  expect(stdout).toMatch(/^WRONG database .*→ Check its address/m);
  expect(stdout).not.toContain('hidden');
});

test('wrong settings are all named, and nothing else is tried', async () => {
  const { code, stdout } = await runProgram('bot/doctor.ts', { PORT: 'x', LOG_LEVEL: 'y' });
  expect(code).toBe(1);
  expect(stdout.match(/^WRONG settings/gm)).toHaveLength(2);
});
