/** A new reminder in a real browser: words in, what was understood out, nothing stored before the person agrees. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findProblems } from '../../support/axe.ts';
import { acceptedPlan } from '../../support/leads.ts';
import { addPerson, startMiniApp } from './mini-app.ts';
import type { MiniApp, OpenedApp, OpenOptions } from './mini-app.ts';

let app: MiniApp;
beforeAll(async () => {
  app = await startMiniApp();
});
afterAll(() => app.stop());

let people = 3500;
async function person(language = 'en'): Promise<number> {
  people += 1;
  await addPerson(app.database, people, language);
  return people;
}

async function open(telegramId: number, options: OpenOptions = {}): Promise<OpenedApp> {
  const opened = await app.open(telegramId, { startParam: 'new', ...options });
  await opened.page.getByRole('textbox').waitFor();
  return opened;
}

const echo = (page: Page) => page.getByRole('region', { name: 'What was understood' });
const remind = (page: Page) => page.getByRole('button', { name: 'Remind me' });

interface Row {
  title: string;
  wanted: string;
  exact: boolean;
  lead: number | null;
}

async function storedFor(telegramId: number): Promise<Row[]> {
  const { rows } = await app.database.admin.query<Omit<Row, 'wanted'> & { wanted: Date }>(
    `select title, wanted_at as wanted, exact, lead_id::int as lead from public.scheduled_reminders
     where telegram_id = $1 and step_id is null order by id`,
    [telegramId],
  );
  return rows.map((row) => ({ ...row, wanted: row.wanted.toISOString() }));
}

describe('words', () => {
  test('are read while they are typed, written out with weekday, date and zone, and stored when agreed to', async () => {
    const telegramId = await person();
    const { page, problems } = await open(telegramId, { deviceZone: 'Asia/Tokyo' });
    expect(await remind(page).isDisabled()).toBe(true);
    await page.getByRole('textbox').fill('call Anna tomorrow at 15:00');
    await echo(page).getByText('Thursday, 15 October, 15:00 · Berlin time').waitFor();
    await echo(page).getByText('Call Anna', { exact: true }).waitFor();
    expect(await storedFor(telegramId)).toEqual([]);
    await remind(page).click();
    await page.getByText('Reminder set for tomorrow, Thu 15:00').waitFor();
    await page.getByRole('heading', { name: 'Today', level: 1 }).waitFor();
    expect(await storedFor(telegramId)).toEqual([
      { title: 'Call Anna', wanted: '2026-10-15T13:00:00.000Z', exact: true, lead: null },
    ]);
    expect(problems).toEqual([]);
  });

  test('are read in Russian', async () => {
    const telegramId = await person('ru');
    const { page } = await open(telegramId);
    await page.getByRole('textbox').fill('позвонить Анне завтра в 15:00');
    await page.getByText('Четверг, 15 октября, 15:00 · время: Берлин').waitFor();
    await page.getByText('Позвонить Анне', { exact: true }).waitFor();
  });

  test('in the quiet hours are kept, and that is said', async () => {
    const { page } = await open(await person());
    await page.getByRole('textbox').fill('call Anna tomorrow at 23:30');
    await echo(page).getByText('outside your usual hours. It comes all the same').waitFor();
  });

  test('that repeat show their rule and the next three times before anything is stored', async () => {
    const telegramId = await person();
    const { page, problems } = await open(telegramId);
    await page.getByRole('textbox').fill('every Monday 9:00 call Anna');
    await echo(page).getByText('Every Monday, 9:00').waitFor();
    await expect
      .poll(() => echo(page).getByRole('listitem').allTextContents())
      .toEqual(['Mon 19 Oct, 9:00', 'Mon 26 Oct, 9:00', 'Mon 2 Nov, 9:00']);
    expect(await storedFor(telegramId)).toEqual([]);
    expect(await findProblems(page)).toEqual([]);
    await remind(page).click();
    await page.getByText('Set: it comes again and again').waitFor();
    await expect
      .poll(() => storedFor(telegramId))
      .toMatchObject([{ title: 'Call Anna', wanted: '2026-10-19T07:00:00.000Z', exact: true }]);
    const { rows } = await app.database.admin.query(
      'select rule, status from public.recurring_reminders where telegram_id = $1',
      [telegramId],
    );
    expect(rows).toEqual([{ rule: 'FREQ=WEEKLY;BYDAY=MO', status: 'active' }]);
    expect(problems).toEqual([]);
  });

  test('that can mean two dates offer both', async () => {
    const { page } = await open(await person());
    await page.getByRole('textbox').fill('call Anna 3/4');
    await page.getByText('“3/4” can mean two things. Which one?').waitFor();
    await page.getByRole('button', { name: /^Thu 4 March 2027|^Thu, 4 March 2027/ }).click();
    await echo(page).getByText('Thursday, 4 March 2027').waitFor();
    await echo(page).getByText('Call Anna', { exact: true }).waitFor();
  });

  test('of the past are refused in words', async () => {
    const { page } = await open(await person());
    await page.getByRole('textbox').fill('yesterday 9');
    await page.getByText(/“yesterday 9” has passed/).waitFor();
    expect(await remind(page).isDisabled()).toBe(true);
  });

  test('without a matter, or without a time, are not enough', async () => {
    const { page } = await open(await person());
    await page.getByRole('textbox').fill('tomorrow 9');
    await page.getByText('And what for?').waitFor();
    expect(await remind(page).isDisabled()).toBe(true);
    await page.getByRole('textbox').fill('call Anna');
    await page.getByText(/^When\? For example/).waitFor();
    expect(await remind(page).isDisabled()).toBe(true);
  });

  test('are not sent with every key, and an older answer never replaces a newer one', async () => {
    const asked: string[] = [];
    const { page } = await open(await person(), {
      prepare: (fresh) =>
        fresh.route('**/api/times', async (route) => {
          asked.push((route.request().postDataJSON() as { text: string }).text);
          await route.continue().catch(() => undefined);
        }),
    });
    // All keys in one task of the page: between two of them no machine is slow enough for a pause.
    await page.getByRole('textbox').evaluate((field, text) => {
      const value = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')!;
      for (let end = 1; end <= text.length; end += 1) {
        value.set!.call(field, text.slice(0, end));
        field.dispatchEvent(new Event('input', { bubbles: true }));
      }
    }, 'tomorrow 9');
    await page.getByText('And what for?').waitFor();
    expect(asked).toEqual(['tomorrow 9']);
  });
});

describe('without a connection', () => {
  test('a time can be picked instead; the reminder waits and is not lost', async () => {
    const telegramId = await person();
    let isAway = true;
    const { page } = await open(telegramId, {
      prepare: (fresh) =>
        fresh.route(/\/api\/times|\/rpc\/create_reminder/, (route) =>
          isAway ? route.abort() : route.continue(),
        ),
    });
    await page.getByRole('textbox').fill('call Anna');
    await page.getByText('Without a connection the words cannot be read. Pick the time below.').waitFor();
    await page.getByRole('button', { name: 'Tomorrow' }).click();
    await echo(page).getByText('Thursday, 15 October, 9:30 · Berlin time').waitFor();
    await remind(page).click();
    await page.getByText(/Waits for the connection/).waitFor();
    expect(await page.getByRole('textbox').inputValue()).toBe('call Anna');
    isAway = false;
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await expect
      .poll(() => storedFor(telegramId))
      .toEqual([{ title: 'call Anna', wanted: '2026-10-15T07:30:00.000Z', exact: false, lead: null }]);
  });

  test('a server in trouble leaves the words where they are and says so', async () => {
    const { page } = await open(await person(), {
      prepare: (fresh) =>
        fresh.route('**/rpc/create_reminder', (route) =>
          route.fulfill({ status: 500, json: { message: 'broken' } }),
        ),
    });
    await page.getByRole('textbox').fill('call Anna tomorrow at 15:00');
    await echo(page).waitFor();
    await remind(page).click();
    await page.getByRole('alert').getByText('Not saved').waitFor();
    expect(await page.getByRole('textbox').inputValue()).toBe('call Anna tomorrow at 15:00');
    await expect.poll(() => remind(page).isDisabled()).toBe(false);
  });
});

describe('for a lead', () => {
  test('open ones are offered; one that closed meanwhile is refused in words', async () => {
    const telegramId = await person();
    const { leadId } = await acceptedPlan(app.database, telegramId);
    const { page } = await open(telegramId);
    await page.getByLabel('For').selectOption({ label: 'Anna Kowalska · Baltic Freight' });
    await page.getByRole('textbox').fill('send the offer tomorrow at 15:00');
    await echo(page).waitFor();
    await app.database.userClient(telegramId).database.rpc('set_lead_status', {
      p_action_id: 'closed-elsewhere',
      p_lead_id: leadId,
      p_status: 'closed_lost',
    });
    await remind(page).click();
    await page.getByRole('alert').getByText('This lead was closed meanwhile.').waitFor();
    expect(await storedFor(telegramId)).toEqual([]);
  });
});

test.each([
  [390, 'light'],
  [390, 'dark'],
  [1100, 'light'],
] as const)('at %i pixels, %s: axe finds nothing and nothing sticks out', async (width, theme) => {
  const { page, problems } = await open(await person(), { width, theme });
  await page.getByRole('textbox').fill('every Monday 9:00 call Anna');
  await echo(page).waitFor();
  await page.getByRole('button', { name: 'Pick date and time' }).click();
  expect(await findProblems(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
  expect(problems).toEqual([]);
});

test('a text that is too long is said before it is sent', async () => {
  const { page } = await open(await person());
  await page.getByRole('button', { name: 'Tomorrow' }).click();
  await page.getByRole('textbox').fill('x'.repeat(1001));
  await page.getByText(/1/).first().waitFor();
  expect(await remind(page).isDisabled()).toBe(true);
  await page.getByRole('textbox').fill('x'.repeat(1000));
  await expect.poll(() => remind(page).isDisabled()).toBe(false);
});
