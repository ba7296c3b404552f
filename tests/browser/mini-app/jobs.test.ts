/** Jobs in a real browser: what members see, and what owners and admins do. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findProblems } from '../../support/axe.ts';
import { addPerson, startMiniApp } from './mini-app.ts';
import type { MiniApp, OpenedApp, OpenOptions } from './mini-app.ts';

let app: MiniApp;
beforeAll(async () => {
  app = await startMiniApp();
  await app.database.admin.query(`
    insert into scheduled_jobs (id, name, type, schedule, next_run, handler_name, handler_type, timezone) values
      ('nudge.sweep', 'Sweep', 'cron', '*/15 * * * * *', '2026-10-14T07:41:15Z', 'h', 'function', 'UTC'),
      ('weekly', 'Weekly report', 'cron', '0 9 * * 1', '2026-10-19T07:00:00Z', 'h', 'function', 'Europe/Berlin'),
      ('quiet', 'Quiet job', 'cron', '0 9 * * 1', '2026-10-15T07:30:00Z', 'h', 'function', 'UTC');
    insert into scheduled_jobs (id, name, type, status, completed_at, handler_name, handler_type) values
      ('done-once', 'Done once', 'one_time', 'completed', '2026-10-01T00:00:00Z', 'h', 'function');
    insert into scheduled_jobs (id, name, type, handler_name, handler_type, metadata, heartbeat_at) values
      ('nudge.loop.dispatch', 'Dispatch', 'event', 'resident', 'function', '{"resident": true}', clock_timestamp() + interval '1 hour');
    insert into job_executions (id, job_id, platform_id, status, scheduled_at, started_at, completed_at, duration_ms, worker_id)
      select job || '@' || n, job, 'default', 'success', at, at, at + interval '2 s', 900 + 60 * n, 'w'
      from unnest(array['nudge.sweep', 'weekly']) as job, generate_series(1, 24) as n,
        lateral (select '2026-10-14T07:00:00Z'::timestamptz - n * interval '1 hour') as slot (at);
    insert into job_executions (id, job_id, platform_id, status, scheduled_at, started_at, completed_at, duration_ms, worker_id,
        error, error_stack, retry_count, max_retries)
      values ('weekly@0', 'weekly', 'default', 'failed', '2026-10-14T07:30:00Z', '2026-10-14T07:30:00Z',
        '2026-10-14T07:30:05Z', 5200, 'w', 'The printer is on fire.', 'at secret.ts:1', 3, 3);
    insert into job_execution_logs (execution_id, timestamp, level, message) values
      ('weekly@0', '2026-10-14T07:30:01Z', 'info', 'Warming up'),
      ('weekly@0', '2026-10-14T07:30:04Z', 'error', 'Smoke');
  `);
});
afterAll(() => app.stop());

type Role = 'owner' | 'admin' | 'member' | null;
let people = 4400;
async function person(role: Role, language = 'en'): Promise<number> {
  const telegramId = (people += 1);
  await addPerson(app.database, telegramId, language);
  if (role !== null) {
    await app.database.admin.query(
      `insert into platform_members (platform_id, telegram_id, role) values ('default', $1, $2)`,
      [telegramId, role],
    );
  }
  return telegramId;
}

async function openJobs(role: Role, options: OpenOptions = {}): Promise<OpenedApp> {
  const telegramId = await person(role, options.language ?? 'en');
  const opened = await app.open(telegramId, { startParam: 'jobs', ...options });
  const title = options.language === 'ru' ? 'Задачи' : 'Jobs';
  await opened.page.getByRole('heading', { name: title, level: 1 }).waitFor();
  return opened;
}

async function openJob(role: Role, name: string, options: OpenOptions = {}): Promise<OpenedApp> {
  const opened = await openJobs(role, options);
  await opened.page.getByRole('button', { name }).click();
  await opened.page.getByRole('heading', { name, level: 1 }).waitFor();
  return opened;
}

const pendingOf = async (job: string): Promise<number> => {
  const { rows } = await app.database.admin.query<{ count: number }>(
    `select count(*)::int as count from job_executions where job_id = $1 and status = 'pending'`,
    [job],
  );
  return rows[0]!.count;
};
const statusOf = async (job: string): Promise<unknown> =>
  (
    await app.database.admin.query<{ status: string }>('select status from scheduled_jobs where id = $1', [
      job,
    ])
  ).rows[0]?.status;

describe.each(['light', 'dark'] as const)('in %s', (theme) => {
  test.each([360, 1280])('the list and a job are clean for axe and fit %i pixels', async (width) => {
    const { page, problems } = await openJobs('owner', { theme, width });
    await page.getByRole('region', { name: 'Needs a look' }).waitFor();
    expect(await findProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Weekly report' }).click();
    await page.locator('.recharts-bar-rectangle').first().waitFor();
    expect(await findProblems(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
    await page.getByRole('button', { name: /failed/ }).click();
    await page.getByRole('dialog').getByText('Smoke').waitFor();
    expect(await findProblems(page)).toEqual([]);
    expect(problems).toEqual([]);
  });
});

describe('the list', () => {
  test('is reached from Settings by members of a team, whoever they are there', async () => {
    const { page } = await app.open(await person('member'), { startParam: 'settings' });
    await page.getByRole('region', { name: 'Your team' }).getByRole('button', { name: 'Jobs' }).click();
    await page.getByRole('heading', { name: 'Jobs', level: 1 }).waitFor();
    await page.getByRole('button', { name: 'Weekly report' }).waitFor();
  });

  test('is not offered to anybody else, and empty for who finds it all the same', async () => {
    const stranger = await person(null);
    const { page } = await app.open(stranger, { startParam: 'settings' });
    await page.getByRole('heading', { name: 'My data' }).waitFor();
    await page.waitForLoadState('networkidle');
    expect(await page.getByRole('region', { name: 'Your team' }).count()).toBe(0);
    const opened = await app.open(stranger, { startParam: 'jobs' });
    await opened.page.getByText('Nothing runs in the background of your team.').waitFor();
    expect(opened.problems).toEqual([]);
  });

  test('puts what failed first and says when each runs next on the clock of whoever reads', async () => {
    const { page } = await openJobs('admin');
    const rows = (name: string) => page.getByRole('region', { name }).getByRole('button').allInnerTexts();
    await page.getByRole('region', { name: 'Needs a look' }).waitFor();
    expect(await rows('Needs a look')).toEqual([
      expect.stringMatching(/^Weekly report\s+Next run Mon 19 Oct, 9:00\s+Last run: failed$/),
    ]);
    expect(await rows('Planned')).toEqual([
      expect.stringMatching(/^Quiet job\s+Next run tomorrow 9:30$/),
      expect.stringMatching(/^Taking back unfinished sends\s+Next run today 9:41$/),
    ]);
    expect(await rows('Always running')).toEqual([
      expect.stringMatching(/^Sending reminders\s+Running, last sign of life 0 ms ago$/),
    ]);
  });

  test('keeps what has ended on a shelf of its own', async () => {
    const { page } = await openJobs('owner');
    await page.getByRole('button', { name: 'Ended' }).click();
    await page.getByRole('button', { name: 'Done once' }).waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Weekly report' }).count()).toBe(0);
  });

  test('speaks Russian to who reads Russian', async () => {
    const { page } = await openJobs('owner', { language: 'ru' });
    const row = page.getByRole('button', { name: 'Возврат прерванных отправок' });
    expect(await row.innerText()).toContain('Следующий запуск сегодня 9:41');
    await row.click();
    await page.getByRole('button', { name: 'Запустить сейчас' }).waitFor();
    await page.getByText('Обычно занимает').waitFor();
  });

  test('that does not load says so, and loads at a tap', async () => {
    let isAway = true;
    const { page } = await app.open(await person('owner'), {
      startParam: 'jobs',
      prepare: (opened) =>
        opened.route(/rpc\/my_jobs/, (route) => (isAway ? route.fulfill({ status: 503 }) : route.fallback())),
    });
    const again = page.getByRole('button', { name: 'Try again' });
    await again.waitFor();
    isAway = false;
    await again.click();
    await page.getByRole('button', { name: 'Weekly report' }).waitFor();
  });

  test('stays readable without a connection and says as of when', async () => {
    const { page } = await openJobs('owner');
    await page.getByRole('button', { name: 'Weekly report' }).waitFor();
    await page.context().setOffline(true);
    await page.evaluate(() => dispatchEvent(new Event('focus')));
    await page.getByText('as of', { exact: false }).waitFor();
    await page.getByRole('button', { name: 'Weekly report' }).waitFor();
  });
});

describe('a job', () => {
  test('shows its rule, how often it goes well, how long it takes, and each execution', async () => {
    const { page } = await openJob('owner', 'Weekly report');
    await page.getByText('0 9 * * 1').waitFor();
    await page.getByText('Europe/Berlin time').waitFor();
    await page.getByText('24 of 25').waitFor();
    await page.getByRole('heading', { name: 'It usually takes 1.7 s' }).waitFor();
    const runs = page.getByRole('region', { name: 'Last runs' }).getByRole('button');
    expect(await runs.count()).toBe(25);
    expect(await runs.first().innerText()).toMatch(
      /^Today 9:30\s+failed\s+The printer is on fire\.\s+5\.2 s$/,
    );
    expect(await page.content()).not.toContain('secret.ts');
  });

  test('is run by an owner at a tap', async () => {
    const { page } = await openJob('owner', 'Quiet job');
    await page.getByText('It has not run yet.').waitFor();
    await page.getByRole('button', { name: 'Run now' }).click();
    await page.getByRole('region', { name: 'Last runs' }).getByRole('button', { name: 'waiting' }).waitFor();
    expect(await pendingOf('quiet')).toBe(1);
  });

  test('is paused and resumed by an admin', async () => {
    const { page } = await openJob('admin', 'Quiet job');
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('button', { name: 'Resume' }).waitFor();
    await page.getByRole('definition').filter({ hasText: 'Paused' }).waitFor();
    expect(await statusOf('quiet')).toBe('paused');
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    expect(await statusOf('quiet')).toBe('active');
  });

  test('has no pause where nobody would bring back what a dead worker held', async () => {
    const { page } = await openJob('owner', 'Taking back unfinished sends');
    await page.getByRole('button', { name: 'Run now' }).waitFor();
    expect(await page.getByRole('button', { name: 'Pause' }).count()).toBe(0);
  });

  test('can be looked at by a member and not steered', async () => {
    const { page } = await openJob('member', 'Weekly report');
    await page.getByText('Owners and admins of the team can run, pause and resume it.').waitFor();
    expect(await page.getByRole('button', { name: /^(Run now|Pause)$/ }).count()).toBe(0);
    await page.getByRole('button', { name: /failed/ }).click();
    await page.getByRole('dialog').getByText('Smoke').waitFor();
    expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
  });

  test('says no in words to who was an admin when the page was read', async () => {
    const telegramId = await person('admin');
    const { page } = await app.open(telegramId, { startParam: 'jobs' });
    await page.getByRole('button', { name: 'Weekly report' }).click();
    const pause = page.getByRole('button', { name: 'Pause' });
    await pause.waitFor();
    await app.database.admin.query(
      `update platform_members set role = 'member' where telegram_id = ${String(telegramId)}`,
    );
    await pause.click();
    await page.getByText('Only owners and admins of the team may do that.').waitFor();
    expect(await statusOf('weekly')).toBe('active');
  });

  test('that runs all the time offers nothing', async () => {
    const { page } = await openJob('owner', 'Sending reminders');
    await page.getByText('It runs all the time and cannot be paused.').waitFor();
    expect(await page.getByRole('button', { name: /^(Run now|Pause)$/ }).count()).toBe(0);
  });
});

test('a failed execution shows its error and log, and is tried again', async () => {
  const { page } = await openJob('owner', 'Weekly report');
  await page.getByRole('button', { name: /failed/ }).click();
  const sheet = page.getByRole('dialog', { name: 'Failed' });
  await sheet.getByText('took 5.2 s').waitFor();
  await sheet.getByText('4 attempts').waitFor();
  await sheet.getByText('The printer is on fire.').waitFor();
  const lines = sheet.getByRole('region', { name: 'Log' }).getByRole('listitem');
  await lines.first().waitFor();
  expect(await lines.allInnerTexts()).toEqual(['09:30:01 Warming up', '09:30:04 error: Smoke']);
  await sheet.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('region', { name: 'Last runs' }).getByRole('button', { name: 'waiting' }).waitFor();
  expect(await pendingOf('weekly')).toBe(1);
});
