import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addPerson, addReminder, startMiniApp } from './mini-app.ts';
import type { MiniApp } from './mini-app.ts';

let app: MiniApp;
beforeAll(async () => {
  app = await startMiniApp();
});
afterAll(() => app.stop());

let people = 300;
async function person(): Promise<number> {
  const id = (people += 1);
  await addPerson(app.database, id);
  await addReminder(app.database, id, { lead: 'Anna Kowalska', step: 'Write', at: '2026-10-12T09:30' });
  return id;
}
const UNAUTHORISED = {
  status: 401,
  json: { error: 'AUTH_UNAUTHORIZED', message: 'Invalid token', statusCode: 401 },
};
const anna = (page: Page) => page.getByRole('article', { name: 'Anna Kowalska' });
const refocus = (page: Page) => page.evaluate(() => dispatchEvent(new Event('focus')));

describe('the session', () => {
  test('a token refused in the middle is renewed once and the request sent again', async () => {
    const signIns: (string | undefined)[] = [];
    let refusals = 0;
    const { page, problems } = await app.open(await person(), {
      prepare: async (fresh) => {
        fresh.on('request', (request) => {
          if (request.url().endsWith('/api/auth/telegram')) signIns.push(request.headers()['authorization']);
        });
        await fresh.route('**/records/scheduled_reminders*', (route) => {
          refusals += 1;
          return refusals === 1 ? route.fulfill(UNAUTHORISED) : route.continue();
        });
      },
    });
    await anna(page).waitFor();
    expect(signIns).toEqual([undefined, expect.stringMatching(/^Bearer eyJ/)]);
    // The browser itself reports the refused request.
    expect(problems.filter((problem) => !problem.includes('401'))).toEqual([]);
  });

  test('a renewal in the middle of an action does the action, once', async () => {
    let calls = 0;
    const { page } = await app.open(await person(), {
      prepare: (fresh) =>
        fresh.route('**/rpc/complete_reminder', (route) => {
          calls += 1;
          return calls === 1 ? route.fulfill(UNAUTHORISED) : route.continue();
        }),
    });
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByText('That was all for today').waitFor();
    await expect.poll(() => calls).toBe(2);
  });

  test('a session that cannot be renewed says what to do', async () => {
    const { page } = await app.open(await person());
    await anna(page).waitFor();
    await page.route('**/api/database/**', (route) => route.fulfill(UNAUTHORISED));
    await page.route('**/api/auth/telegram', (route) =>
      route.fulfill({ status: 401, json: { error: { code: 'INIT_DATA_STALE', message: '' } } }),
    );
    await refocus(page);
    await page.getByText('Open Nudge again').waitFor();
  });

  test('launch data that is too old or not for this bot is explained', async () => {
    const telegramId = await person();
    const old = await app.open(telegramId, { age: 2 * 3600 });
    await old.page.getByText('Open Nudge again').waitFor();
    const forged = await app.open(telegramId, { botToken: '1:another-bot' });
    await forged.page.getByText('This did not come from Nudge’s chat').waitFor();
  });

  test('the token is in no address, storage or log', async () => {
    const said: string[] = [];
    const urls: string[] = [];
    const { page } = await app.open(await person(), {
      prepare: async (fresh) => {
        fresh.on('console', (message) => said.push(message.text()));
        fresh.on('request', (request) => urls.push(request.url()));
      },
    });
    await anna(page).waitFor();
    const kept = await page.evaluate(() =>
      JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), document.cookie]),
    );
    const cookies = await page.context().cookies();
    expect([kept, JSON.stringify(cookies), page.url(), ...urls, ...said].join('\n')).not.toMatch(
      /eyJ[\w-]+\./,
    );
  });

  test('a person whose zone nobody knows gets the device’s, and their dates with it', async () => {
    await app.database.admin.query(`insert into public.users (telegram_id, first_name) values (390, 'Mara')`);
    await app.database.userClient(390).database.rpc('create_reminder', {
      p_action_id: 'own',
      p_due_at: '2026-10-14T09:00:00Z',
      p_title: 'Call Kenji',
    });
    const { page, problems } = await app.open(390, { deviceZone: 'Asia/Tokyo' });
    await page.getByText('Today, Wed 18:00').waitFor();
    const { rows } = await app.database.admin.query(
      'select zone, zone_source from public.users where telegram_id = 390',
    );
    expect(rows).toEqual([{ zone: 'Asia/Tokyo', zone_source: 'mini_app' }]);
    expect(problems).toEqual([]);
  });

  test('a zone the person chose is not replaced by the device’s', async () => {
    const { page } = await app.open(await person(), { deviceZone: 'Asia/Tokyo' });
    await anna(page).getByText('was Mon 12 Oct, 9:30').waitFor();
  });
});

describe('when there is nothing to show', () => {
  test('a person who has not begun is told how', async () => {
    await addPerson(app.database, 391);
    const { page, problems } = await app.open(391);
    await page.getByText('Who should not go cold?').waitFor();
    expect(await page.getByRole('button', { name: 'Add the first lead' }).isVisible()).toBe(true);
    expect(problems).toEqual([]);
  });

  test('a quiet day says when it goes on', async () => {
    await addPerson(app.database, 392);
    await addReminder(app.database, 392, { lead: 'Anna', step: 'Write', at: '2026-10-16T09:30' });
    const { page } = await app.open(392);
    await page.getByText('Nothing for today').waitFor();
    await page.getByText('The next one is on Fri 16 Oct, 9:30.').waitFor();
  });

  test('outside Telegram the page explains and leads to the bot', async () => {
    const { page, problems } = await app.openOutside();
    const link = page.getByRole('link', { name: 'Open the chat' });
    expect(await link.getAttribute('href')).toBe('https://t.me/nudge_test_bot');
    expect(problems).toEqual([]);
  });
});

describe('when the server is in trouble', () => {
  const broken = (page: Page) =>
    page.route('**/records/**', (route) => route.fulfill({ status: 500, json: {} }));

  test('an error on the first load says what happened, and trying again works', async () => {
    const { page } = await app.open(await person(), { prepare: broken });
    await page.getByText('Your reminders did not load').waitFor();
    await page.unroute('**/records/**');
    await page.getByRole('button', { name: 'Try again' }).click();
    await anna(page).waitFor();
  });

  test('later errors leave what was read in place, and say as of when', async () => {
    const { page } = await app.open(await person());
    await anna(page).waitFor();
    await broken(page);
    await refocus(page);
    await page.getByText('No connection').waitFor();
    await page.getByText(/as of today \d{1,2}:\d\d/).waitFor();
    expect(await anna(page).isVisible()).toBe(true);
  });

  test('a sign-in without an answer can be tried again', async () => {
    const { page } = await app.open(await person(), {
      prepare: (fresh) => fresh.route('**/api/auth/telegram', (route) => route.abort()),
    });
    await page.getByText('Your reminders did not load').waitFor();
    await page.unroute('**/api/auth/telegram');
    await page.getByRole('button', { name: 'Try again' }).click();
    await anna(page).waitFor();
  });
});
