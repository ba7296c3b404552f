/** What an operator sees when something is wrong at the start: one clear sentence, exit code 1, nothing lost. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase } from '../../support/database.ts';
import type { TestDatabase } from '../../support/database.ts';
import { startProduct } from '../../support/product-process.ts';
import { runMain } from '../../support/run-main.ts';

const TOKEN = `123456:${'A'.repeat(35)}`;
const SECRET = 's'.repeat(32);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'nudge-start-'));
  chmodSync(folder, 0o755);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** One line, without the marks of a stack trace. */
function expectOneSentence(text: string): void {
  expect(text.trimEnd().split('\n')).toHaveLength(1);
  expect(text).not.toMatch(/\n\s+at /);
}

test('wrong settings: every one is named on a line of its own', async () => {
  const { code, stderr, stdout } = await runMain({ PORT: 'x', LOG_LEVEL: 'y' });
  expect(code).toBe(1);
  expect(
    stderr
      .trimEnd()
      .split('\n')
      .map((line) => line.split(':')[0]),
  ).toEqual(['PORT', 'LOG_LEVEL']);
  expect(stdout).toBe('');
});

test('a role that does not exist is refused with those that do', async () => {
  const { code, stderr } = await runMain({}, '--role=boss');
  expect(code).toBe(1);
  expect(stderr).toBe('--role: "boss" is none of all, bot, worker, migrate\n');
});

test('a database that is away: the sentence names it, without its password', async () => {
  const settings = {
    BOT_TOKEN: TOKEN,
    JWT_SECRET: SECRET,
    DATABASE_URL: 'postgres://u:hidden@127.0.0.1:1/d',
  };
  const { code, stderr } = await runMain(settings);
  expect(code).toBe(1);
  expectOneSentence(stderr);
  expect(stderr).toMatch(/127\.0\.0\.1:1/);
  expect(stderr).not.toContain('hidden');
});

test('a taken port is named with the way out', async () => {
  const squatter = createServer();
  await new Promise<void>((resolve) => squatter.listen(0, '127.0.0.1', resolve));
  const address = squatter.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const { code, stderr } = await runMain({ DATA_DIR: join(folder, 'port'), PORT: String(port) });
  await new Promise((resolve) => squatter.close(resolve));
  expect(code).toBe(1);
  expectOneSentence(stderr);
  expect(stderr).toContain(`Port ${String(port)} is taken`);
});

test('a second start on the same folder says who has it; a migration joins the running one', async () => {
  const settings = { DATA_DIR: join(folder, 'twice') };
  const first = await startProduct([process.execPath, 'bot/main.ts'], settings);
  try {
    const second = await runMain({ ...settings, PORT: '0' });
    expect(second.code).toBe(1);
    expectOneSentence(second.stderr);
    expect(second.stderr).toMatch(/already runs on .*process \d+/);
    const migration = await runMain(settings, '--role=migrate');
    expect(migration.code).toBe(0);
    expect(migration.stdout).toMatch(/^The schema is up to date/);
    expect(migration.stderr).toBe('');
  } finally {
    await first.stop();
  }
});

describe('a PostgreSQL of one’s own', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase({ template: 'bootstrapped' });
  });
  afterAll(() => database.drop());

  test('a worker on an empty database asks for the migration, which then makes it whole', async () => {
    const settings = { DATABASE_URL: database.url, JWT_SECRET: SECRET };
    const worker = await runMain({ ...settings, BOT_TOKEN: TOKEN }, '--role=worker');
    expect(worker.code).toBe(1);
    expectOneSentence(worker.stderr);
    expect(worker.stderr).toMatch(/Run npm run migrate/);
    const migration = await runMain(settings, '--role=migrate');
    expect(migration.code).toBe(0);
    const { rows } = await database.admin.query('select version from schema_versions');
    expect(rows.length).toBeGreaterThan(0);
    const again = await runMain(settings, '--role=migrate');
    expect(again.code).toBe(0);
  });
});

describe('sandbox and real bot do not share a database', () => {
  test('a real bot refuses a sandbox, whose clock may be ahead', async () => {
    const settings = { DATA_DIR: join(folder, 'sandbox') };
    await (await startProduct([process.execPath, 'bot/main.ts'], settings)).stop();
    const { code, stderr } = await runMain({ ...settings, BOT_TOKEN: TOKEN, PORT: '0' });
    expect(code).toBe(1);
    expectOneSentence(stderr);
    expect(stderr).toMatch(/is a sandbox/);
  });
});
