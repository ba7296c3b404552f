import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findProblems } from '../../support/axe.ts';
import { addMorning, addPerson, addReminder, startMiniApp } from './mini-app.ts';
import type { MiniApp } from './mini-app.ts';

const MARA = 601;
let app: MiniApp;
let annaId: number;
beforeAll(async () => {
  app = await startMiniApp();
  annaId = await addMorning(app.database, MARA);
});
afterAll(() => app.stop());

const heading = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 });
const open = (options: Parameters<MiniApp['open']>[1] = {}) =>
  app.open(MARA, { deviceZone: 'Europe/Berlin', ...options });

/** Remembers which of Intl's slow makers were called before the first reminder was drawn. */
const WATCH_INTL = `
  const made = [];
  for (const name of ['DateTimeFormat', 'NumberFormat', 'Collator']) {
    Intl[name] = new Proxy(Intl[name], {
      construct: (...call) => (made.push(name), Reflect.construct(...call)),
      apply: (...call) => (made.push(name), Reflect.apply(...call)),
    });
  }
  new MutationObserver((_changes, observer) => {
    if (document.querySelector('article') === null) return;
    observer.disconnect();
    globalThis.madeBeforeFirstSight = [...made];
  }).observe(document, { childList: true, subtree: true });`;

describe('the first sight', () => {
  test.each(['en', 'ru'])(
    'asks Intl for no date and no number, which takes a phone long: %s',
    async (language) => {
      const id = language === 'en' ? MARA : 690;
      if (id !== MARA) await addMorning(app.database, id, language);
      const { page } = await app.open(id, {
        deviceZone: 'Europe/Berlin',
        language,
        prepare: (fresh) => fresh.addInitScript(WATCH_INTL),
      });
      await page.getByRole('article', { name: 'Anna Kowalska' }).waitFor();
      expect(await page.evaluate('madeBeforeFirstSight')).toEqual([]);
      const day = { en: 'Wednesday, 14 October', ru: 'Среда, 14 октября' }[language] ?? '';
      expect(await page.getByText(day, { exact: true }).isVisible()).toBe(true);
    },
  );

  test('signs in once, and before the app itself has been read', async () => {
    const sent: string[] = [];
    const { page } = await open({
      prepare: async (fresh) => {
        fresh.on('request', (request) => sent.push(new URL(request.url()).pathname));
      },
    });
    await page.getByRole('article', { name: 'Anna Kowalska' }).waitFor();
    expect(sent.filter((path) => path === '/api/auth/telegram')).toHaveLength(1);
    // The words are asked for by the app; the sign-in came before them.
    const words = sent.findIndex((path) => /\/en-[^/]*\.js$/.test(path));
    expect(sent.indexOf('/api/auth/telegram')).toBeLessThan(words);
    expect(words).toBeGreaterThan(0);
  });
});

describe('the sections', () => {
  test('are one tap away each, and the badge says how many are late', async () => {
    const { page, problems } = await open();
    await page.getByRole('article', { name: 'Anna Kowalska' }).waitFor();
    const tabs = page.getByRole('navigation', { name: 'Sections' });
    await tabs.getByRole('button', { name: /Today late: 2/ }).waitFor();
    for (const name of ['Calendar', 'Leads', 'Insights']) {
      await tabs.getByRole('button', { name }).click();
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(await tabs.getByRole('button', { name }).getAttribute('aria-current')).toBe('page');
    }
    await tabs.getByRole('button', { name: /Today/ }).click();
    await page.getByRole('article', { name: 'Anna Kowalska' }).waitFor();
    expect(problems).toEqual([]);
  });

  test('have a way to the settings and back', async () => {
    const { page } = await open();
    await page.getByRole('button', { name: 'Settings' }).click();
    await heading(page, 'Settings').waitFor();
    await page.getByRole('button', { name: 'Back' }).click();
    await heading(page, 'Today').waitFor();
  });
});

describe('links', () => {
  test('to a section open it', async () => {
    const { page } = await open({ startParam: 'leads' });
    await heading(page, 'Leads').waitFor();
  });

  test('to a plan’s step lead to its lead; to a plan that is gone they say so', async () => {
    const { rows } = await app.database.admin.query<{ plan_id: number }>(
      'select plan_id::int from public.scheduled_reminders where id = $1',
      [annaId],
    );
    const { page } = await open({ startParam: `p${String(rows[0]!.plan_id)}_1` });
    await page.getByText('Anna Kowalska').first().waitFor();
    const gone = await open({ startParam: 'p999999' });
    await gone.page.getByText('This plan is no longer here').first().waitFor();
    await gone.page.getByRole('button', { name: 'See all leads' }).click();
    await heading(gone.page, 'Leads').waitFor();
  });
});

describe.each(['light', 'dark'] as const)('Today (%s)', (theme) => {
  test.each([360, 1100])('axe finds nothing on the page and in its sheets, %i pixels wide', async (width) => {
    const { page } = await open({ theme, width });
    await page.getByRole('article').waitFor();
    expect(await findProblems(page)).toEqual([]);
    for (const name of ['Snooze', 'Why now?', 'More']) {
      await page.getByRole('article').getByRole('button', { name }).click();
      await page.getByRole('dialog').waitFor();
      expect([name, await findProblems(page)]).toEqual([name, []]);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
  });
});

describe('Why now?', () => {
  test('tells the rule, what shifted it and the hour, in order', async () => {
    const { page, problems } = await open();
    await page.waitForLoadState('networkidle');
    await page.getByRole('article').getByRole('button', { name: 'Why now?' }).click();
    const sheet = page.getByRole('dialog', { name: 'Why now?' });
    await sheet.getByText('It was due Mon 12 Oct, 9:30.').waitFor();
    await sheet.locator('.why').first().waitFor();
    const lines = await sheet.locator('.why b').allInnerTexts();
    expect(lines[0]).toMatch(/^Rule: /);
    expect(lines.at(-1)).toMatch(/9:30/);
    await sheet.getByRole('button', { name: 'Got it' }).click();
    await sheet.waitFor({ state: 'detached' });
    expect(problems).toEqual([]);
  });

  test('knows a reminder of one’s own, the picked minute and a snooze', async () => {
    await addPerson(app.database, 602);
    const { database } = app.database.userClient(602);
    const made = await database.rpc('create_reminder', {
      p_action_id: 'own',
      p_due_at: '2026-10-14T12:10:00Z',
      p_title: 'Send the invoice',
    });
    const { reminder } = made.data as { reminder: { id: number } };
    await database.rpc('snooze_reminder', {
      p_action_id: 'later',
      p_id: reminder.id,
      p_until: '2026-10-14T20:45:00Z',
    });
    const { page } = await app.open(602, { deviceZone: 'Europe/Berlin' });
    await page.getByRole('button', { name: 'Why now?' }).click();
    const sheet = page.getByRole('dialog', { name: 'Why now?' });
    await sheet.getByText('You asked for it').waitFor();
    expect(await sheet.locator('.why b').allInnerTexts()).toEqual([
      'You asked for it',
      'Snoozed to today, Wed 22:45',
      'At 22:45, the minute you picked',
    ]);
    await sheet.getByText('In your quiet hours, because you picked it').waitFor();
  });
});

test('a reason of more than 500 characters is counted, not cut and not sent', async () => {
  await addPerson(app.database, 603);
  await addReminder(app.database, 603, { lead: 'Anna', step: 'Write', at: '2026-10-12T09:30' });
  const { page } = await app.open(603, { deviceZone: 'Europe/Berlin' });
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('button', { name: 'Skip' }).click();
  const field = page.getByLabel('Another reason, for your notes');
  await field.fill('x'.repeat(501));
  await page.getByText('1 characters too many: 500 are the limit.').waitFor();
  const skip = page.getByRole('dialog').getByRole('button', { name: 'Skip', exact: true });
  expect(await skip.isDisabled()).toBe(true);
  expect((await field.inputValue()).length).toBe(501);
  await field.fill('x'.repeat(500));
  await skip.click();
  await page.getByText('Skipped: Anna').waitFor();
});

test('at twice the text size nothing is cut off sideways', async () => {
  const { page } = await open({ width: 390 });
  await page.getByRole('article').waitFor();
  await page.evaluate(() => (document.documentElement.style.zoom = '2'));
  const { wide, cut } = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth > innerWidth + 1,
    cut: [...document.querySelectorAll('article p, article h3')].filter(
      (element) => element.scrollWidth > element.clientWidth + 1,
    ).length,
  }));
  expect([wide, cut]).toEqual([false, 0]);
});
