/** What arrives after its page or sheet is there moves nothing that a finger may be on its way to. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addPerson, addReminder, startMiniApp } from './mini-app.ts';
import type { MiniApp, OpenOptions } from './mini-app.ts';

const DRAFT = `Hi Anna,\n\n${'Here is what we talked about. '.repeat(12)}`.trim();
const ZONE = { deviceZone: 'Europe/Berlin', reducedMotion: true } as const;

let app: MiniApp;
beforeAll(async () => {
  app = await startMiniApp();
});
afterAll(() => app.stop());

let people = 4900;
async function person(language = 'en'): Promise<number> {
  people += 1;
  await addPerson(app.database, people, language);
  return people;
}

/** Somebody with one reminder whose draft is longer than the two lines that are shown of it. */
async function withDraft(): Promise<{ telegramId: number; reminderId: number }> {
  const telegramId = await person();
  const reminderId = await addReminder(app.database, telegramId, {
    lead: 'Anna Kowalska',
    step: 'Send Anna the one-pager',
    at: '2026-10-12T09:30',
    draft: DRAFT,
  });
  return { telegramId, reminderId };
}

/** Notes of every painted frame where the buttons around the draft are. */
const notePlaces = (page: Page) =>
  page.addInitScript(() => {
    const tops: Record<string, number[]> = {};
    // Measures when a frame is laid out for good, and so what is painted; asked anew in every frame.
    const observer = new IntersectionObserver((entries) => {
      for (const { target, boundingClientRect: box } of entries) {
        const known = (tops[target.textContent] ??= []);
        if (box.height > 0 && !known.includes(box.top)) known.push(box.top);
      }
    });
    const next = (): void => {
      for (const button of document.querySelector('.quote')?.parentElement?.querySelectorAll('button') ??
        []) {
        observer.unobserve(button);
        observer.observe(button);
      }
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
    Object.assign(window, { tops });
  });

/** The buttons that stood at more than one place, and all there were, once a few more frames are painted. */
const placesOn = (page: Page): Promise<{ moved: string[]; all: string[] }> =>
  page.evaluate(async () => {
    for (let frame = 0; frame < 3; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
    const { tops } = window as unknown as { tops: Record<string, number[]> };
    const all = Object.keys(tops);
    return { moved: all.filter((name) => (tops[name] ?? []).length > 1), all };
  });

describe('a draft longer than what is shown of it', () => {
  test('comes with its “Show whole draft”: the card’s buttons stand still', async () => {
    const { telegramId } = await withDraft();
    const { page } = await app.open(telegramId, { ...ZONE, prepare: notePlaces });
    await page.getByRole('button', { name: 'Show whole draft' }).waitFor();
    const { moved, all } = await placesOn(page);
    expect(all).toEqual(expect.arrayContaining(['Copy', 'Show whole draft', 'Done', 'Snooze']));
    expect(moved).toEqual([]);
  });

  test('comes with its “Show whole draft” in the sheet of a step, too', async () => {
    const { telegramId, reminderId } = await withDraft();
    const { rows } = await app.database.admin.query<{ plan_id: string }>(
      'select plan_id from public.scheduled_reminders where id = $1',
      [reminderId],
    );
    const startParam = `p${rows[0]!.plan_id}_1`;
    const { page } = await app.open(telegramId, { ...ZONE, startParam, prepare: notePlaces });
    await page.getByRole('dialog').getByRole('button', { name: 'Show whole draft' }).waitFor();
    const { moved, all } = await placesOn(page);
    expect(all).toEqual(expect.arrayContaining(['Copy', 'Show whole draft', 'Done', 'Move']));
    expect(moved).toEqual([]);
  });

  test('has “Show whole draft” on a narrow screen only when two lines are enough on a wide one', async () => {
    const telegramId = await person();
    await addReminder(app.database, telegramId, {
      lead: 'Anna Kowalska',
      step: 'Send Anna the one-pager',
      at: '2026-10-12T09:30',
      draft: 'Here is the one-pager with the three volume tiers and the lane prices you asked about.',
    });
    const { page } = await app.open(telegramId, { ...ZONE, width: 320 });
    const more = page.getByRole('button', { name: 'Show whole draft' });
    await more.waitFor();
    await page.setViewportSize({ width: 700, height: 320 });
    await more.waitFor({ state: 'detached' });
  });
});

/** The first request that asks how one reminder repeats. */
const ASKED = '**/recurring_occurrences?select=recurring_id&*';

/** Somebody with a reminder that comes again and again. */
async function withRule(language: string, rule = 'FREQ=WEEKLY;BYDAY=MO'): Promise<number> {
  const telegramId = await person(language);
  const { error } = await app.database.userClient(telegramId).database.rpc('create_recurring_reminder', {
    p_action_id: `rule-${telegramId}`,
    p_title: 'Water the plants',
    p_rule: rule,
    p_starts_on: '2026-10-19',
    p_clock: '09:00',
  });
  expect(error).toBeNull();
  return telegramId;
}

/** Where everything is that can be tapped in the sheet. */
const places = (page: Page) =>
  page
    .getByRole('dialog')
    .getByRole('button')
    .evaluateAll((buttons) =>
      buttons.map((button) => {
        const { x, y, width, height } = button.getBoundingClientRect();
        return { name: button.textContent, x, y, width, height };
      }),
    );

/** Opens everything that can be done with the reminder of that name, while it is still asked whether it repeats. */
async function openMore(
  telegramId: number,
  options: OpenOptions,
  title = 'Water the plants',
): Promise<{ page: Page; answer: (instead?: { status: number }) => void }> {
  const answered = Promise.withResolvers<{ status: number } | undefined>();
  const { page } = await app.open(telegramId, {
    ...ZONE,
    ...options,
    prepare: (opening) =>
      opening.route(ASKED, async (route) => {
        const instead = await answered.promise;
        await (instead === undefined ? route.continue() : route.fulfill(instead));
      }),
  });
  await page.getByText(title, { exact: true }).first().click();
  await page.waitForLoadState('networkidle');
  const asked = page.waitForRequest(ASKED);
  await page
    .getByRole('article', { name: title, exact: true })
    .getByRole('button', { name: options.language === 'ru' ? 'Ещё' : 'More' })
    .click();
  await Promise.all([asked, page.getByRole('dialog').waitFor()]);
  return { page, answer: answered.resolve };
}

describe('the sheet of a reminder that repeats', () => {
  test.each([
    { language: 'en', width: 390, words: 'Every Monday, 9:00' },
    { language: 'ru', width: 390, words: 'Каждый понедельник, 9:00' },
    { language: 'en', width: 900, words: 'Every Monday, 9:00' },
  ])('says how ($language, $width wide) without moving its buttons', async ({ language, width, words }) => {
    const { page, answer } = await openMore(await withRule(language), { language, width });
    const before = await places(page);
    answer();
    await page.getByRole('button', { name: words }).waitFor();
    expect((await places(page)).filter(({ name }) => name !== words)).toEqual(before);
  });

  test('keeps long words in one line; the rule’s own sheet has them whole', async () => {
    const days = 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU,WE,TH,FR,SA';
    const { page, answer } = await openMore(await withRule('en', days), { width: 320 });
    const before = await places(page);
    answer();
    const entry = page.getByRole('button', { name: /Monday.*Saturday/ });
    await entry.waitFor();
    const words = (await entry.textContent())!;
    expect((await places(page)).filter(({ name }) => name !== words)).toEqual(before);
    await entry.click();
    await page.getByRole('dialog').getByText(words, { exact: true }).waitFor();
  });

  test('says so when its rule could not be read, and its buttons stand where they stood', async () => {
    const { page, answer } = await openMore(await withRule('en'), {});
    const before = await places(page);
    answer({ status: 500 });
    await page.getByText('This could not be read').waitFor();
    expect(await places(page)).toEqual(before);
  });
});

test('beyond the reminders that are asked about together, the sheet finds out without moving its buttons', async () => {
  const telegramId = await person();
  await app.database.admin.query(
    `insert into public.scheduled_reminders (telegram_id, due_at, wanted_at, first_due_at, title)
     select $1, at, at, at, 'Reminder ' || n
     from (select n, '2026-10-14T08:00:00Z'::timestamptz + n * interval '1 minute' as at from generate_series(1, 201) as n) as rows`,
    [telegramId],
  );
  const { rows } = await app.database.admin.query<{ id: string }>(
    `select id from public.scheduled_reminders where telegram_id = $1 and title = 'Reminder 201'`,
    [telegramId],
  );
  const { page, answer } = await openMore(telegramId, { startParam: `r${rows[0]!.id}` }, 'Reminder 201');
  const before = await places(page);
  answer();
  await page.getByText('Comes once').waitFor();
  expect(await places(page)).toEqual(before);
});

test('the sheet of a reminder that comes once asks for no rule and has no place for one', async () => {
  const telegramId = await person();
  await app.database.userClient(telegramId).database.rpc('create_reminder', {
    p_action_id: `once-${telegramId}`,
    p_due_at: '2026-10-14T10:00:00Z',
    p_title: 'Send the invoice',
  });
  const asked: string[] = [];
  const { page } = await app.open(telegramId, ZONE);
  await page.getByRole('article', { name: 'Send the invoice' }).waitFor();
  await page.waitForLoadState('networkidle');
  page.on('request', (request) => asked.push(request.url()));
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('dialog').waitFor();
  await page.waitForLoadState('networkidle');
  expect(asked.filter((url) => url.includes('recurring'))).toEqual([]);
  expect(await page.getByRole('dialog').locator('.pick').allInnerTexts()).toEqual([
    'Done',
    'Snooze',
    'Skip',
    'Why now?',
    'Cancel the reminder',
  ]);
});
