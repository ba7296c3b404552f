/** `npm run seed` as a person at a terminal meets it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase } from '../../support/database.ts';
import type { TestDatabase } from '../../support/database.ts';
import { runProgram } from '../../support/run-main.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const settings = (more: Readonly<Record<string, string>> = {}) => ({
  DATABASE_URL: database.url,
  JWT_SECRET: 's'.repeat(32),
  ...more,
});
const seed = (more: Readonly<Record<string, string>>, ...options: readonly string[]) =>
  runProgram('bot/seed.ts', settings(more), ...options);

test('the sandbox’s people get leads and a history, in a database that is marked as a sandbox', async () => {
  const { code, stdout, stderr } = await seed({ SANDBOX: '1' });
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(stdout.trimEnd().split('\n')).toEqual([
    expect.stringMatching(/^Mara \(7100001\) got \d+ leads and \d+ reminders\.$/),
    expect.stringMatching(/^Dev \(7100002\) got/),
    expect.stringMatching(/^Ирина \(7100003\) got/),
  ]);
  const { rows } = await database.admin.query('select count(*)::int as marks from sandbox_state');
  expect(rows).toEqual([{ marks: 1 }]);
  const untold = await database.admin.query(
    `select reminder.id from scheduled_reminders reminder
     join outreach_steps step using (plan_id, step_id) where reminder.title is distinct from step.description`,
  );
  expect(untold.rows, 'every reminder says what is to be done').toEqual([]);
  const again = await seed({ SANDBOX: '1' });
  expect(again.stdout).toMatch(/Mara .* has \d+ leads already, nothing added/);
});

test('a real bot’s database gets no made-up people, only leads for the person named', async () => {
  const real = { BOT_TOKEN: `123456:${'A'.repeat(35)}` };
  const refused = await seed(real);
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toBe(
    'This is a real bot’s database. Say whose leads to make: npm run seed -- --telegram-id N\n',
  );
  const named = await seed(real, '--telegram-id', '424242', '--language', 'ru');
  expect(named.stdout).toMatch(/^Person \(424242\) got \d+ leads/);
});

test('wrong options are named, each on a line, without a stack trace', async () => {
  const { code, stderr } = await seed({}, '--telegram-id', 'me', '--language', 'fr');
  expect(code).toBe(1);
  expect(
    stderr
      .trimEnd()
      .split('\n')
      .map((line) => line.split(':')[0]),
  ).toEqual(['--telegram-id', '--language']);
});
