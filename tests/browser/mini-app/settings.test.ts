import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findProblems } from '../../support/axe.ts';
import { addPerson, addReminder, openAnna, startMiniApp } from './mini-app.ts';
import type { MiniApp, OpenedApp } from './mini-app.ts';

let app: MiniApp;
beforeAll(async () => {
  app = await startMiniApp();
});
afterAll(() => app.stop());

let people = 700;
/** A person with one reminder, and Settings open. */
async function settings(
  options: Parameters<MiniApp['open']>[1] = {},
): Promise<OpenedApp & { telegramId: number }> {
  const telegramId = (people += 1);
  await addPerson(app.database, telegramId);
  await addReminder(app.database, telegramId, { lead: 'Anna', step: 'Write', at: '2026-10-16T09:30' });
  const opened = await app.open(telegramId, {
    deviceZone: 'Europe/Berlin',
    startParam: 'settings',
    ...options,
  });
  await opened.page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
  return { ...opened, telegramId };
}
const button = ({ page }: OpenedApp, name: string | RegExp) => page.getByRole('button', { name });
const storedPerson = async (telegramId: number): Promise<Record<string, unknown>> => {
  const { rows } = await app.database.admin.query<{ row: Record<string, unknown> }>(
    'select to_jsonb(person) as row from public.users as person where telegram_id = $1',
    [telegramId],
  );
  return rows[0]?.row ?? {};
};

const storedHour = (telegramId: number, hour: string): Promise<void> =>
  expect.poll(async () => (await storedPerson(telegramId))['preferred_hour']).toBe(hour);
const storedTimes = async (telegramId: number): Promise<number[]> => {
  const { rows } = await app.database.admin.query<{ at: Date }>(
    'select wanted_at as at from public.scheduled_reminders where telegram_id = $1 order by id',
    [telegramId],
  );
  return rows.map(({ at }) => at.getTime());
};

describe.each(['light', 'dark'] as const)('Settings (%s)', (theme) => {
  test.each([360, 1100])('is clean for axe and fits %i pixels', async (width) => {
    const { page, problems } = await settings({ theme, width });
    expect(await findProblems(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
    expect(problems).toEqual([]);
  });
});

describe('hours', () => {
  test('a new usual hour moves the steps that follow it, and says how many', async () => {
    const opened = await settings();
    await button(opened, /^Usual hour/).click();
    await opened.page.getByRole('dialog').getByLabel('Usual hour').fill('10:15');
    await button(opened, 'Save').click();
    await opened.page.getByText(/Saved · [123] steps? moved/).waitFor();
    await button(opened, /^Usual hour 10:15/).waitFor();
    expect(await storedPerson(opened.telegramId)).toMatchObject({ preferred_hour: '10:15:00' });
  });

  test('Undo brings the hours back, and the steps with them', async () => {
    const opened = await settings();
    const saveHour = async (hour: string): Promise<void> => {
      await button(opened, /^Usual hour/).click();
      await opened.page.getByRole('dialog').getByLabel('Usual hour').fill(hour);
      await button(opened, 'Save').click();
      await storedHour(opened.telegramId, `${hour}:00`);
    };
    await saveHour('10:15');
    const stood = await storedTimes(opened.telegramId);
    await saveHour('11:45');
    expect(await storedTimes(opened.telegramId)).not.toEqual(stood);
    await opened.page.getByText(/Saved · [123] steps? moved/).waitFor();

    await button(opened, 'Undo').click();
    await storedHour(opened.telegramId, '10:15:00');
    expect(await storedTimes(opened.telegramId)).toEqual(stood);
    await button(opened, /^Usual hour 10:15/).waitFor();
  });

  test('quiet hours that leave nobody awake are refused before they are sent', async () => {
    const opened = await settings();
    await button(opened, /^Quiet hours/).click();
    await opened.page.getByLabel('From').fill('08:00');
    await opened.page.getByLabel('To').fill('07:30');
    await opened.page.getByText('At least one hour of the day must not be quiet.').waitFor();
    expect(await button(opened, 'Save').isDisabled()).toBe(true);
    await button(opened, 'No quiet hours').click();
    await button(opened, /^Quiet hours None/).waitFor();
  });

  test('working days are switched one by one, and the last one stays on', async () => {
    const opened = await settings();
    for (const day of ['Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']) {
      await button(opened, day).click();
      await expect.poll(() => button(opened, day).getAttribute('aria-pressed')).toBe('false');
    }
    await button(opened, 'Mon').click();
    expect(await button(opened, 'Mon').getAttribute('aria-pressed')).toBe('true');
    await expect.poll(async () => (await storedPerson(opened.telegramId))['working_days']).toEqual([1]);
  });

  test('days switched while the answer to the first is still on its way all count', async () => {
    const first = Promise.withResolvers<undefined>();
    let asked = 0;
    const opened = await settings({
      prepare: (page) =>
        page.route('**/rpc/update_settings', async (route) => {
          asked += 1;
          if (asked === 1) await first.promise;
          await route.continue();
        }),
    });
    for (const day of ['Tue', 'Wed', 'Thu', 'Fri', 'Sat']) await button(opened, day).click();
    first.resolve(undefined);
    await expect.poll(async () => (await storedPerson(opened.telegramId))['working_days']).toEqual([1, 7]);
    await expect.poll(() => button(opened, 'Sat').getAttribute('aria-pressed')).toBe('false');
    expect(asked).toBe(5);
  });

  test('a change the server refuses goes back, and says why', async () => {
    const opened = await settings({
      prepare: (page) =>
        page.route('**/rpc/update_settings', (route) =>
          route.fulfill({
            status: 400,
            json: { code: 'P0001', message: 'No.', details: null, hint: 'SETTINGS_INVALID' },
          }),
        ),
    });
    await button(opened, 'Sun').click();
    await opened.page.getByRole('alert').getByText('That can’t be stored.').waitFor();
    await expect.poll(() => button(opened, 'Sun').getAttribute('aria-pressed')).toBe('true');
  });
});

describe('the zone', () => {
  test('is found by a city and taken over', async () => {
    const opened = await settings();
    await button(opened, /^Time zone/).click();
    await opened.page.getByLabel(/City or offset/).fill('lisb');
    await opened.page
      .getByRole('dialog')
      .getByRole('button', { name: /Lisbon/ })
      .click();
    await button(opened, /^Time zone Lisbon/).waitFor();
    await expect.poll(async () => (await storedPerson(opened.telegramId))['zone']).toBe('Europe/Lisbon');
  });

  test('is asked about when the phone is in another one; staying is remembered', async () => {
    const opened = await settings({ deviceZone: 'Europe/Lisbon' });
    await opened.page.getByText('Your phone is on Lisbon time').waitFor();
    await button(opened, 'Stay on Berlin').click();
    await opened.page.getByText('Your phone is on Lisbon time').waitFor({ state: 'detached' });
    await opened.page.reload();
    await opened.page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
    expect(await opened.page.getByText('Your phone is on Lisbon time').count()).toBe(0);
    expect(await storedPerson(opened.telegramId)).toMatchObject({ zone: 'Europe/Berlin' });
  });

  test('is asked about on Today together with the first reminder, which does not move under a finger', async () => {
    const { page } = await openAnna(app, (people += 1), {
      prepare: (asked) =>
        asked.addInitScript(() => {
          const places = new Map<number, number>();
          Object.assign(window, { places });
          new MutationObserver(() => {
            const card = document.querySelector('article');
            const top = card?.getBoundingClientRect().top;
            if (top !== undefined && !places.has(top)) places.set(top, performance.now());
          }).observe(document, { childList: true, subtree: true, attributes: true });
        }),
    });
    await page.getByText('Your phone is on New York time').waitFor();
    const [first, ...later] = await page.evaluate(() => [
      ...(window as unknown as { places: Map<number, number> }).places.values(),
    ]);
    // After three seconds without everything the app draws what it has.
    expect(first! < 3_000 ? later : []).toEqual([]);
  });
});

test('the language changes at once, everywhere', async () => {
  const opened = await settings();
  await button(opened, 'Русский').click();
  await opened.page.getByRole('heading', { name: 'Настройки', level: 1 }).waitFor();
  await button(opened, 'English').click();
  await opened.page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
});

test('a pause says what happens, shows until when, and ends with one tap', async () => {
  const opened = await settings();
  await button(opened, /^Pause everything until/).click();
  await opened.page.getByText('What falls due meanwhile comes afterwards').waitFor();
  await button(opened, /^In a week/).click();
  await opened.page.getByText('Paused until Wed 21 Oct, 9:30').first().waitFor();
  await expect
    .poll(async () => (await storedPerson(opened.telegramId))['paused_until'])
    .toMatch(/^2026-10-21/);
  await button(opened, 'Resume now').click();
  await expect.poll(async () => (await storedPerson(opened.telegramId))['paused_until']).toBeNull();
  await button(opened, /^Pause everything until Off/).waitFor();
});

describe('my data', () => {
  test('goes into the chat as a file', async () => {
    const opened = await settings();
    await button(opened, /^Export/).click();
    expect(await findProblems(opened.page)).toEqual([]);
    await button(opened, /^Table/).click();
    await opened.page.getByText('The file is in the chat').waitFor();
  });

  test('is downloaded without a token in any address', async () => {
    const opened = await settings();
    await button(opened, /^Export/).click();
    await button(opened, 'Download').click();
    const downloading = opened.page.waitForEvent('download');
    await button(opened, /^Everything/).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe('nudge.json');
    expect(download.url()).toMatch(/^blob:/);
  });

  test('is deleted only after the word was typed; then the app says that it knows nothing', async () => {
    const opened = await settings();
    await button(opened, 'Delete my data').click();
    const confirm = button(opened, 'Delete everything');
    expect(await confirm.isDisabled()).toBe(true);
    await opened.page.getByLabel('Type DELETE to go on').fill('delete');
    await confirm.click();
    await opened.page.getByRole('heading', { name: 'Everything is deleted', level: 2 }).waitFor();
    expect(await storedPerson(opened.telegramId)).toEqual({});
  });

  test('stays when the server does not answer, and that is said', async () => {
    const opened = await settings({
      prepare: (page) => page.route('**/rpc/delete_my_data', (route) => route.abort()),
    });
    await button(opened, 'Delete my data').click();
    await opened.page.getByLabel('Type DELETE to go on').fill('DELETE');
    await button(opened, 'Delete everything').click();
    await opened.page.getByText('Nothing was deleted: the server did not answer.').waitFor();
    expect(await storedPerson(opened.telegramId)).toMatchObject({ telegram_id: opened.telegramId });
  });
});
