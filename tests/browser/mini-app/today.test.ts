import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addMorning, addPerson, addReminder, openAnna, startMiniApp, stored } from './mini-app.ts';
import type { MiniApp, OpenedApp, OpenOptions } from './mini-app.ts';

let app: MiniApp;
beforeAll(async () => {
  app = await startMiniApp();
});
afterAll(() => app.stop());

let people = 100;
async function person(): Promise<number> {
  const id = (people += 1);
  await addPerson(app.database, id);
  return id;
}
const ANNA = { lead: 'Anna Kowalska', company: 'Baltic Freight', step: 'Send Anna the one-pager' };
const LATE = '2026-10-12T09:30';

const withAnna = async (options?: OpenOptions) => openAnna(app, (people += 1), options);

const button = ({ page }: OpenedApp, name: string) => page.getByRole('button', { name, exact: true });
const section = ({ page }: OpenedApp, name: RegExp) => page.getByRole('region', { name });

describe('Today', () => {
  test('lists late, today and the next seven days, the most urgent one open, by product time in the person’s zone', async () => {
    await addMorning(app.database, 1);
    const opened = await app.open(1);
    await opened.page.getByRole('article', { name: 'Anna Kowalska' }).waitFor();
    expect(await opened.page.locator('.head').allInnerTexts()).toEqual(['Wednesday, 14 October\n\nToday']);
    const lists = await opened.page.locator('section').evaluateAll((all) =>
      all.map((list) => ({
        title: list.querySelector('h2')!.textContent,
        names: [...list.querySelectorAll('.row__l1')].map((name) => name.firstChild!.textContent!.trim()),
        times: [...list.querySelectorAll('time')].map((time) => time.textContent),
      })),
    );
    expect(lists).toEqual([
      { title: 'Late 2', names: ['Anna Kowalska', 'Jonas Weber'], times: ['1 day late'] },
      {
        title: 'Today 3 to do',
        names: ['Daniel Okafor', 'Tomás Herrera', 'Priya Raman'],
        times: ['11:00', '14:00', '14:00'],
      },
      {
        title: 'Next 7 days 2',
        names: ['Sofie Lindgren', 'Claire Dubois'],
        times: ['Thu 10:30', 'Fri 10:00'],
      },
    ]);
    expect(await opened.page.getByRole('article').innerText()).toContain(
      '2 days late · was Mon 12 Oct, 9:30',
    );
    expect(opened.problems).toEqual([]);
  });

  test('shows nothing of anybody else: not on the page, not in any answer', async () => {
    const stranger = await person();
    await addReminder(app.database, stranger, { lead: 'Secret Sam', step: 'Whisper', at: LATE });
    const answers: Promise<string>[] = [];
    const opened = await withAnna({
      prepare: async (page) => {
        page.on('response', (response) => {
          if (response.url().includes('/api/')) answers.push(response.text().catch(() => ''));
        });
      },
    });
    const seen = [...(await Promise.all(answers)), await opened.page.locator('body').innerText()].join('\n');
    expect(seen).toContain('Anna');
    expect(seen).not.toMatch(/Secret Sam|Whisper/);
  });

  test('another row opens when it is tapped', async () => {
    await addMorning(app.database, 2);
    const opened = await app.open(2);
    await opened.page.waitForLoadState('networkidle');
    await opened.page.getByRole('button', { name: /Daniel Okafor/ }).click();
    await opened.page.getByRole('article', { name: 'Daniel Okafor' }).waitFor();
    expect(await opened.page.getByRole('article').count()).toBe(1);
  });

  test('a change made elsewhere is there when the person comes back to the page', async () => {
    const opened = await withAnna();
    await addReminder(app.database, opened.telegramId, {
      lead: 'New Nick',
      step: 'Say hello',
      at: '2026-10-14T12:00',
    });
    await opened.page.evaluate(() => dispatchEvent(new Event('focus')));
    await opened.page.getByText('New Nick').waitFor();
  });

  test('the draft opens whole and is copied as it is', async () => {
    const telegramId = await person();
    const draft = `Hi Anna,\n\n${'Here is what we talked about. '.repeat(12)}`.trim();
    await addReminder(app.database, telegramId, { ...ANNA, at: LATE, draft });
    const opened = await app.open(telegramId);
    await opened.page.waitForLoadState('networkidle');
    await button(opened, 'Show whole draft').click();
    await button(opened, 'Show less').waitFor();
    await button(opened, 'Copy').click();
    await opened.page.getByText('Copied').waitFor();
    expect(await opened.page.evaluate(() => navigator.clipboard.readText())).toBe(draft);
    expect(opened.problems).toEqual([]);
  });

  test('a reminder of one’s own, without a lead, can be done too', async () => {
    const telegramId = await person();
    await app.database.userClient(telegramId).database.rpc('create_reminder', {
      p_action_id: 'own',
      p_due_at: '2026-10-14T10:00:00Z',
      p_title: 'Send the invoice',
    });
    const opened = await app.open(telegramId);
    await opened.page.getByRole('article', { name: 'Send the invoice' }).waitFor();
    await opened.page.waitForLoadState('networkidle');
    await button(opened, 'Done').click();
    await opened.page.getByText('That was all for today').waitFor();
  });
});

describe('acting on a reminder', () => {
  test('Done folds the card away, says so and is stored; the next one opens', async () => {
    const opened = await withAnna();
    await addReminder(app.database, opened.telegramId, {
      lead: 'Jonas Weber',
      step: 'Ask',
      at: '2026-10-13T09:30',
    });
    await opened.page.evaluate(() => dispatchEvent(new Event('focus')));
    await opened.page.getByText('Jonas Weber').waitFor();
    await button(opened, 'Done').click();
    await opened.page.getByRole('status').getByText('Done: Anna Kowalska').waitFor();
    await opened.page.getByRole('article', { name: 'Jonas Weber' }).waitFor();
    await section(opened, /^Today/).waitFor({ state: 'detached' });
    await expect.poll(() => stored(app.database, opened.id)).toMatchObject({ status: 'completed' });
  });

  test('Undo brings it back, here and in the database', async () => {
    const opened = await withAnna();
    await button(opened, 'Done').click();
    await opened.page.getByText('That was all for today').waitFor();
    await button(opened, 'Undo').click();
    await opened.page.getByRole('article', { name: 'Anna Kowalska' }).waitFor();
    await expect.poll(() => stored(app.database, opened.id)).toMatchObject({ status: 'pending' });
    expect(opened.problems).toEqual([]);
  });

  test('an Undo that is quicker than its action waits for it', async () => {
    const held = Promise.withResolvers<undefined>();
    const opened = await withAnna({
      prepare: (page) =>
        page.route('**/rpc/complete_reminder', async (route) => {
          await held.promise;
          await route.continue();
        }),
    });
    await button(opened, 'Done').click();
    await button(opened, 'Undo').click();
    held.resolve(undefined);
    await opened.page.waitForResponse('**/rpc/undo_action');
    await opened.page.getByRole('article', { name: 'Anna Kowalska' }).waitFor();
    await expect.poll(() => stored(app.database, opened.id)).toMatchObject({ status: 'pending' });
  });

  test('Snooze writes out what each preset means, moves the row and says until when', async () => {
    const opened = await withAnna();
    await button(opened, 'Snooze').click();
    await opened.page.getByRole('dialog').waitFor();
    const presets = await opened.page.locator('.pick').allInnerTexts();
    expect(presets.map((text) => text.replaceAll(/\s*\n\s*/g, ' '))).toEqual([
      // Product time runs on while the tests before this one do.
      expect.stringMatching(/^In 1 hour Today, Wed 1[01]:\d\d$/),
      'This evening Today, Wed 18:00',
      'Tomorrow Tomorrow, Thu 9:30',
      'In 2 days Fri 16 Oct, 9:30',
      'Next Monday Mon 19 Oct, 9:30',
      'Pick date and time',
    ]);
    await opened.page.getByRole('button', { name: /^Tomorrow/ }).click();
    await opened.page.getByText('Snoozed to tomorrow, Thu 9:30').waitFor();
    await section(opened, /^Next 7 days/)
      .getByText('Anna Kowalska')
      .waitFor();
    await expect
      .poll(() => stored(app.database, opened.id))
      .toEqual({ status: 'pending', wanted: '2026-10-15T07:30:00.000Z', exact: false });
    await button(opened, 'Undo').click();
    await section(opened, /^Late/).getByText('Anna Kowalska').waitFor();
    await expect
      .poll(() => stored(app.database, opened.id))
      .toMatchObject({ wanted: '2026-10-12T07:30:00.000Z' });
  });

  test('a picked date is read in the person’s zone and kept to the minute; a past one is refused in words', async () => {
    const opened = await withAnna({ deviceZone: 'Asia/Tokyo' });
    await button(opened, 'Snooze').click();
    await button(opened, 'Pick date and time').click();
    const field = opened.page.getByLabel('Pick date and time');
    await field.fill('2026-10-13T10:00');
    await opened.page.getByText('That moment has passed').waitFor();
    expect(await button(opened, 'Snooze until then').count()).toBe(0);
    await field.fill('2026-10-16T22:15');
    await button(opened, 'Snooze until then').click();
    await opened.page.getByText('Snoozed to Fri 16 Oct, 22:15').waitFor();
    await expect
      .poll(() => stored(app.database, opened.id))
      .toEqual({ status: 'pending', wanted: '2026-10-16T20:15:00.000Z', exact: true });
  });

  test('Skip and Cancel are stored as such; Cancel asks first', async () => {
    const skipped = await withAnna();
    await button(skipped, 'More').click();
    await button(skipped, 'Skip').click();
    await button(skipped, 'They already answered').click();
    await skipped.page.getByText('Skipped: Anna Kowalska').waitFor();
    await expect.poll(() => stored(app.database, skipped.id)).toMatchObject({ status: 'skipped' });
    const { rows } = await app.database.admin.query(
      `select note from public.reminder_events where reminder_id = $1 and action = 'skip'`,
      [skipped.id],
    );
    expect(rows).toEqual([{ note: 'They already answered' }]);

    const cancelled = await withAnna();
    await button(cancelled, 'More').click();
    await button(cancelled, 'Cancel the reminder').click();
    await cancelled.page.getByRole('dialog', { name: 'Cancel this reminder?' }).waitFor();
    await button(cancelled, 'Keep it').click();
    await cancelled.page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await stored(app.database, cancelled.id)).toMatchObject({ status: 'pending' });
    await button(cancelled, 'More').click();
    await button(cancelled, 'Cancel the reminder').click();
    await cancelled.page
      .getByRole('dialog', { name: 'Cancel this reminder?' })
      .getByRole('button', { name: 'Cancel the reminder' })
      .click();
    await cancelled.page.getByText('Cancelled: Anna Kowalska').waitFor();
    await expect.poll(() => stored(app.database, cancelled.id)).toMatchObject({ status: 'cancelled' });
  });
});

describe('drawing a row aside', () => {
  /** A person with a late card and Daniel's row below it. */
  async function withRow(): Promise<OpenedApp & { rowId: number }> {
    const { telegramId, ...opened } = await withAnna();
    const rowId = await addReminder(app.database, telegramId, {
      lead: 'Daniel Okafor',
      step: 'Call',
      at: '2026-10-14T11:00',
    });
    await opened.page.evaluate(() => dispatchEvent(new Event('focus')));
    await opened.page.getByText('Daniel Okafor').waitFor();
    return { ...opened, rowId };
  }
  async function draw({ page }: OpenedApp, distance: number): Promise<void> {
    const box = (await page.getByRole('button', { name: /Daniel Okafor/ }).boundingBox())!;
    const [x, y] = [box.x + box.width - 20, box.y + box.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x - distance, y, { steps: 8 });
    await page.mouse.up();
  }

  test('a little uncovers Snooze and Done', async () => {
    const opened = await withRow();
    await draw(opened, 120);
    const tray = opened.page.locator('.swipe__tray');
    await tray.getByRole('button', { name: 'Snooze' }).click();
    await opened.page.getByRole('dialog', { name: 'Snooze' }).waitFor();
    expect(await stored(app.database, opened.rowId)).toMatchObject({ status: 'pending' });
  });

  test('all the way is Done, and Undo takes it back', async () => {
    const opened = await withRow();
    await draw(opened, 300);
    await opened.page.getByText('Done: Daniel Okafor').waitFor();
    await expect.poll(() => stored(app.database, opened.rowId)).toMatchObject({ status: 'completed' });
    await button(opened, 'Undo').click();
    await expect.poll(() => stored(app.database, opened.rowId)).toMatchObject({ status: 'pending' });
  });
});

test('five thousand reminders are all there, and only those near the screen are drawn', async () => {
  const telegramId = await person();
  await app.database.admin.query(
    `insert into public.scheduled_reminders (telegram_id, due_at, wanted_at, first_due_at, title, updated_at)
     select $1, at, at, at, 'Reminder ' || n, '2026-10-01T08:00:00Z'
     from (select n, '2026-10-01T08:00:00Z'::timestamptz + n * interval '3 minutes' as at from generate_series(1, 5000) as n) as rows`,
    [telegramId],
  );
  const opened = await app.open(telegramId);
  await opened.page.locator('.row__l1', { hasText: /^Reminder 5 *$/ }).waitFor();
  await expect.poll(() => opened.page.locator('li.fold').count()).toBeLessThan(120);
  // The page grows when the piece for long lists is there.
  await expect
    .poll(async () => {
      await opened.page.evaluate(() => {
        scrollTo(0, document.body.scrollHeight);
      });
      return opened.page.locator('.row__l1', { hasText: 'Reminder 5000' }).count();
    })
    .toBe(1);
  expect(await opened.page.locator('li.fold').count()).toBeLessThan(160);

  // From now on only what changed is asked for, in one request.
  const asked: string[] = [];
  opened.page.on('request', (request) => {
    if (request.url().includes('/scheduled_reminders?')) asked.push(new URL(request.url()).search);
  });
  await app.database.admin.query(
    `update public.scheduled_reminders set title = 'Renamed' where telegram_id = $1 and title = 'Reminder 5000'`,
    [telegramId],
  );
  await opened.page.evaluate(() => dispatchEvent(new Event('focus')));
  await opened.page.locator('.row__l1', { hasText: 'Renamed' }).waitFor();
  expect(asked.filter((search) => !search.includes('updated_at=gt.'))).toEqual([]);
  expect(opened.problems).toEqual([]);
});
