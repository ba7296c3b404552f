/** /jobs: what owners and admins see and do, and that nobody else does. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SandboxMessage, SandboxPerson } from '../../../bot/sandbox/contract.ts';
import { labels, messageAfter, saidIn, settled } from './people.ts';
import { startBot, type TestBot } from './start-bot.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startBot();
  await bot.database.admin.query("insert into platforms (id, name) values ('other', 'Other')");
  await addJob('nudge.sweep', 'Sweep of dead dispatchers', '*/15 * * * * *');
  await addJob('weekly', 'Weekly report', '0 9 * * 1');
  await addJob('foreign', 'Foreign job', '0 9 * * 1', 'other');
  await bot.database.admin.query(
    `insert into scheduled_jobs (id, name, type, handler_name, handler_type, metadata, heartbeat_at)
     values ('nudge.loop.dispatch', 'Dispatch', 'event', 'resident', 'function', '{"resident": true}', clock_timestamp())`,
  );
  await addExecution('weekly@1', 'success', '2 hours', 1_250, null);
  await addExecution('weekly@2', 'failed', '1 hour', 30_400, 'The printer is on fire.');
  await bot.database.admin.query(
    `insert into job_execution_logs (execution_id, level, message) values
       ('weekly@2', 'info', 'Warming up'), ('weekly@2', 'error', 'Smoke')`,
  );
});
afterAll(() => bot.stop());

async function addJob(id: string, name: string, schedule: string, platform = 'default'): Promise<void> {
  await bot.database.admin.query(
    `insert into scheduled_jobs (id, platform_id, name, type, schedule, next_run, handler_name, handler_type)
     values ($1, $4, $2, 'cron', $3, app_now() + interval '26 hours', 'h', 'function')`,
    [id, name, schedule, platform],
  );
}

async function addExecution(
  id: string,
  status: string,
  ago: string,
  took: number,
  error: string | null,
): Promise<void> {
  await bot.database.admin.query(
    `insert into job_executions (id, job_id, platform_id, status, scheduled_at, started_at, completed_at, duration_ms, error,
       error_stack, worker_id)
     values ($1, split_part($1, '@', 1), 'default', $2, app_now() - $3::interval, app_now() - $3::interval, app_now(), $4,
       $5, 'at secret.ts:1', 'w')`,
    [id, status, ago, took, error],
  );
}

async function become(
  person: SandboxPerson,
  role: 'owner' | 'admin' | 'member' | null,
  platform = 'default',
): Promise<void> {
  await bot.database.admin.query('delete from platform_members where telegram_id = $1', [person.id]);
  if (role === null) return;
  await bot.database.admin.query(
    'insert into platform_members (platform_id, telegram_id, role) values ($1, $2, $3)',
    [platform, person.id, role],
  );
}

async function asked(person: SandboxPerson): Promise<SandboxMessage> {
  const { messageId: said } = await bot.telegram.say(person, '/jobs');
  return await bot.telegram.waitForMessage(person, ({ messageId }) => messageId > said);
}

/** The list, then the card of this job. */
async function opened(person: SandboxPerson, name: string): Promise<SandboxMessage> {
  const list = await asked(person);
  const label = labels(list).find((text) => text.includes(name));
  await bot.telegram.tap(person, list, label ?? name);
  return await messageAfter(bot, person, list, ({ text }) => !text.startsWith('Jobs'));
}

async function executions(job: string): Promise<{ id: string; status: string; metadata: object }[]> {
  const { rows } = await bot.database.admin.query<{ id: string; status: string; metadata: object }>(
    `select id, status, metadata from job_executions where job_id = $1 and status = 'pending' order by created_at`,
    [job],
  );
  return rows;
}

const statusOf = async (job: string): Promise<unknown> =>
  (await bot.database.admin.query('select status from scheduled_jobs where id = $1', [job])).rows[0];

async function menuOf({ id }: SandboxPerson): Promise<string[]> {
  const commands = await bot.nudge.bot.api.getMyCommands({ scope: { type: 'chat', chat_id: id } });
  return commands.map(({ command }) => command);
}

/** Somebody of the default team. */
async function steward(role: 'owner' | 'admin' = 'owner'): Promise<SandboxPerson> {
  const person = await settled(bot);
  await become(person, role);
  return person;
}

/** A busy machine takes its time, and a loop that says nothing for a minute is told as silent. */
const beat = () =>
  bot.database.admin.query(
    "update scheduled_jobs set heartbeat_at = clock_timestamp() where id = 'nudge.loop.dispatch'",
  );

describe('the list', () => {
  test.each(['owner', 'admin'] as const)(
    'shows an %s every job with its next run and what failed',
    async (role) => {
      await beat();
      const mara = await steward(role);
      const { text } = await asked(mara);
      const lines = text.split('\n');
      expect(lines[0]).toBe('Jobs');
      expect(lines[1]).toMatch(/^1\. Taking back unfinished sends: next run \S.*\d?\d:\d\d$/);
      expect(lines[2]).toMatch(/^2\. Weekly report ⚠️: next run /);
      expect(lines[3]).toMatch(/^3\. Sending reminders: runs all the time, last sign of life .+ ago$/);
      expect(lines).toHaveLength(4);
    },
  );

  test('a next run is told on the clock of whoever asks', async () => {
    const [berlin, tokyo] = [await settled(bot, {}, 'Berlin'), await settled(bot, {}, 'Tokyo')];
    for (const person of [berlin, tokyo]) await become(person, 'admin');
    const clock = async (person: SandboxPerson): Promise<number> => {
      const [, hour] = /Weekly report.* (\d?\d):\d\d/.exec((await asked(person)).text) ?? [];
      return Number(hour);
    };
    const [there, here] = [await clock(tokyo), await clock(berlin)];
    expect([7, 8]).toContain((there - here + 24) % 24);
  });

  test.each([null, 'member'] as const)(
    'is refused politely to %s, and stands in no menu of theirs',
    async (role) => {
      const igor = await settled(bot);
      await become(igor, role);
      const { text } = await asked(igor);
      expect(text).toMatch(/^Only owners and admins of a team see its jobs\./);
      await bot.nudge.idle();
      expect(await menuOf(igor)).not.toContain('jobs');
    },
  );

  test('speaks Russian to who reads Russian', async () => {
    const olga = await settled(bot, { languageCode: 'ru' }, 'Берлин');
    await become(olga, 'owner');
    const { text } = await asked(olga);
    expect(text).toMatch(/^Задачи\n1\. Возврат прерванных отправок: следующий запуск /);
    await bot.nudge.idle();
    const commands = await bot.nudge.bot.api.getMyCommands({ scope: { type: 'chat', chat_id: olga.id } });
    expect(commands.find(({ command }) => command === 'jobs')?.description).toBe('Что работает в фоне');
  });
});

test('the command comes into the menu of who became an admin, and goes with the role', async () => {
  const mara = await settled(bot);
  expect(await menuOf(mara)).not.toContain('jobs');
  await become(mara, 'admin');
  await asked(mara);
  await bot.nudge.idle();
  expect(await menuOf(mara)).toContain('jobs');
  await become(mara, null);
  await asked(mara);
  await bot.nudge.idle();
  expect(await menuOf(mara)).not.toContain('jobs');
});

describe('a job', () => {
  test('shows its rule, how it goes and its last executions with duration and error', async () => {
    const mara = await steward();
    const card = await opened(mara, 'Weekly report');
    expect(card.text).toMatch(
      /^Weekly report\nNext run .+\.\nSchedule: 0 9 \* \* 1 \(UTC\)\n1 of 2 runs went well\./,
    );
    expect(card.text).toMatch(/\n1\. ✗ .+, failed, 30 s\nThe printer is on fire\.\n2\. ✓ .+, done, 1\.2 s$/);
    expect(card.text).not.toContain('secret');
    expect(labels(card)).toEqual(['▶ Run now', '⏸ Pause', '1', '2', '◂ All jobs', '⟳ Look again']);
  });

  test('is run at once by a tap, and a double tap runs it once', async () => {
    await addJob('tapped', 'Tapped twice', '0 9 * * 1');
    const mara = await steward();
    const card = await opened(mara, 'Tapped twice');
    await Promise.all([bot.telegram.tap(mara, card, '▶ Run now'), bot.telegram.tap(mara, card, '▶ Run now')]);
    const after = await messageAfter(bot, mara, card, ({ text }) => text.startsWith('Started.'));
    expect(after.text).toMatch(/1\. … .+, waiting$/);
    expect(await executions('tapped')).toMatchObject([{ metadata: { started_by: mara.id } }]);
    await bot.telegram.tap(mara, after, '▶ Run now');
    await bot.nudge.idle();
    expect(await executions('tapped')).toHaveLength(2);
  });

  test('is paused and resumed; a second tap of each changes nothing', async () => {
    await addJob('rested', 'Rested', '0 9 * * 1');
    const mara = await steward('admin');
    const card = await opened(mara, 'Rested');
    for (let tap = 0; tap < 2; tap += 1) await bot.telegram.tap(mara, card, '⏸ Pause');
    const paused = await messageAfter(bot, mara, card, (shown) => labels(shown).includes('⏵ Resume'));
    expect(paused.text).toMatch(/^Paused: .+\n\nRested\nPaused\.\n/);
    expect(await statusOf('rested')).toEqual({ status: 'paused' });
    for (let tap = 0; tap < 2; tap += 1) await bot.telegram.tap(mara, paused, '⏵ Resume');
    await messageAfter(bot, mara, card, (shown) => labels(shown).includes('⏸ Pause'));
    expect(await statusOf('rested')).toEqual({ status: 'active' });
  });

  test('that runs all the time can be looked at and not steered', async () => {
    await beat();
    const mara = await steward();
    const card = await opened(mara, 'Sending reminders');
    expect(card.text).toMatch(/^Sending reminders\nRuns all the time, last sign of life .+ ago\.$/);
    expect(labels(card)).toEqual(['◂ All jobs', '⟳ Look again']);
  });

  test('of another team does not exist, whatever a button says', async () => {
    const mara = await steward();
    const card = await opened(mara, 'Weekly report');
    const { rows } = await bot.database.admin.query<{ code: string }>(
      `select left(md5('foreign'), 16) as code`,
    );
    for (const verb of ['jo', 'jr', 'js']) {
      const more = { jo: '', jr: ':1', js: ':pause' }[verb]!;
      const { text } = await bot.telegram.tap(mara, card, { data: `1:${verb}:${rows[0]!.code}${more}` });
      expect(text).toBe("I don't find this job among those of your teams.");
    }
    expect(await executions('foreign')).toEqual([]);
    expect(await statusOf('foreign')).toEqual({ status: 'active' });
  });

  test('listens to nobody who was an admin once', async () => {
    await addJob('guarded', 'Guarded', '0 9 * * 1');
    const mara = await steward('admin');
    const card = await opened(mara, 'Guarded');
    for (const role of ['member', null] as const) {
      await become(mara, role);
      for (const label of ['▶ Run now', '⏸ Pause', '⟳ Look again']) {
        const { text } = await bot.telegram.tap(mara, card, label);
        expect(text).toMatch(/^Only owners and admins/);
      }
    }
    expect(await executions('guarded')).toEqual([]);
    expect(await statusOf('guarded')).toEqual({ status: 'active' });
  });
});

describe('an execution', () => {
  test('shows its error and its log, and no stack', async () => {
    const mara = await steward();
    const card = await opened(mara, 'Weekly report');
    await bot.telegram.tap(mara, card, '1');
    const run = await messageAfter(bot, mara, card, ({ text }) => text.includes('Smoke'));
    expect(run.text).toMatch(/^Weekly report\n✗ .+, failed, 30 s\nThe printer is on fire\.\n/);
    expect(run.text).toMatch(/\n\d\d:\d\d:\d\d Warming up\n\d\d:\d\d:\d\d error: Smoke$/);
    expect(run.text).not.toContain('secret');
    expect(labels(run)).toEqual(['↻ Try again', '◂ Back', '⟳ Look again']);
  });

  test('that failed is tried again once, however often the button is tapped', async () => {
    await addJob('retried', 'Retried', '0 9 * * 1');
    await addExecution('retried@1', 'timeout', '1 hour', 5_000, 'It took longer than its 5000 ms.');
    const mara = await steward();
    const card = await opened(mara, 'Retried');
    await bot.telegram.tap(mara, card, '1');
    const run = await messageAfter(bot, mara, card, (shown) => labels(shown).includes('↻ Try again'));
    await Promise.all([
      bot.telegram.tap(mara, run, '↻ Try again'),
      bot.telegram.tap(mara, run, '↻ Try again'),
    ]);
    await messageAfter(bot, mara, card, ({ text }) => text.startsWith('It is tried again.'));
    await bot.nudge.idle();
    expect(await executions('retried')).toMatchObject([{ metadata: { retry_of: 'retried@1' } }]);
  });

  test('that went well offers no second try', async () => {
    const mara = await steward();
    const card = await opened(mara, 'Weekly report');
    await bot.telegram.tap(mara, card, '2');
    const run = await messageAfter(bot, mara, card, ({ text }) => text.includes('It wrote no log'));
    expect(labels(run)).toEqual(['◂ Back', '⟳ Look again']);
  });

  test('that was cleared away is missed in words', async () => {
    await addJob('cleared', 'Cleared', '0 9 * * 1');
    await addExecution('cleared@1', 'failed', '1 hour', 5, 'No.');
    const mara = await steward();
    const card = await opened(mara, 'Cleared');
    await bot.database.admin.query("delete from job_executions where job_id = 'cleared'");
    const { text } = await bot.telegram.tap(mara, card, '1');
    expect(text).toBe("I don't find this run of the job. It may have been cleared away.");
  });
});

test('more jobs than a page holds are turned through', async () => {
  for (let number = 10; number < 20; number += 1) {
    await addJob(`many-${number}`, `A many ${number}`, '0 9 * * 1');
  }
  const mara = await steward();
  const first = await asked(mara);
  expect(first.text).toMatch(/^Jobs, page 1\n/);
  await bot.telegram.tap(mara, first, 'Later ›');
  const second = await messageAfter(bot, mara, first, ({ text }) => text.startsWith('Jobs, page 2'));
  expect(labels(second)).toContain('‹ Earlier');
  expect(second.text).toContain('A many 18');
  expect(await saidIn(bot, mara)).not.toEqual([]);
});
