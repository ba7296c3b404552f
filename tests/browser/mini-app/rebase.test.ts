import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findProblems } from '../../support/axe.ts';
import { addLeads } from './leads-scene.ts';
import type { LeadsScene } from './leads-scene.ts';
import { startMiniApp, stored } from './mini-app.ts';
import type { MiniApp } from './mini-app.ts';

let app: MiniApp;
beforeAll(async () => {
  app = await startMiniApp();
});
afterAll(() => app.stop());

let people = 730;
/** Anna's late step, about to be moved. */
async function openMove(options: Parameters<MiniApp['open']>[1] = {}) {
  const person = (people += 1);
  const scene = await addLeads(app.database, person);
  const opened = await app.open(person, { startParam: `l${scene.anna.leadId}`, ...options });
  await opened.page
    .locator('.tl')
    .getByRole('button', { name: /Send Anna the pricing/ })
    .click();
  await opened.page.getByRole('button', { name: 'Move', exact: true }).click();
  return { ...opened, scene };
}
const wanted = async (scene: LeadsScene): Promise<string[]> => {
  const rows = await Promise.all(scene.anna.reminderIds.slice(3).map((id) => stored(app.database, id)));
  return rows.map((row) =>
    Temporal.Instant.from(row.wanted)
      .toZonedDateTimeISO('Europe/Berlin')
      .toPlainDateTime()
      .toString({ smallestUnit: 'minute' }),
  );
};
const BEFORE = ['2026-10-12T09:30', '2026-10-15T09:30', '2026-10-19T09:30', '2026-10-26T09:30'];

describe('moving one step of a plan', () => {
  test('asks what becomes of the rest, shows it before and after, stores just that, and Undo takes it back', async () => {
    const { page, scene, problems } = await openMove();
    await page.getByRole('button', { name: /In 2 days Fri 16 Oct, 9:30/ }).click();
    await page.getByRole('dialog', { name: 'Move the rest of the plan?' }).waitFor();
    const gaps = page.getByRole('radio', { name: /Keep gaps/ });
    expect(await gaps.innerText()).toMatch(/ends Fri 30 Oct[^]*Every later step moves 4 days/);
    expect(await page.getByRole('radio', { name: /Keep dates/ }).innerText()).toMatch(
      /ends Mon 26 Oct[^]*Only “Ask for a 20-minute call” moves, to Fri 16 Oct/,
    );
    expect(await page.getByRole('radio', { name: /Squeeze/ }).innerText()).toMatch(/ends Mon 26 Oct/);
    const rows = page.getByRole('table').getByRole('row');
    expect((await rows.allInnerTexts()).slice(1).map((row) => row.split(/\s*\t\s*/).filter(Boolean))).toEqual(
      [
        ['Send Anna the pricing one-pager', 'Mon 12 Oct', 'Fri 16 Oct'],
        ['Ask for a 20-minute call', 'Thu 15 Oct', 'Mon 19 Oct'],
        ['Follow up on the pricing', 'Mon 19 Oct', 'Fri 23 Oct'],
        ['Last check-in of this round', 'Mon 26 Oct', 'Fri 30 Oct'],
      ],
    );
    await page.getByText('Order stays as it is. All at 9:30, Berlin time.').waitFor();
    await page.getByRole('button', { name: 'Move 4 steps' }).click();
    await page.getByText('4 steps moved').first().waitFor();
    await expect
      .poll(() => wanted(scene))
      .toEqual(['2026-10-16T09:30', '2026-10-19T09:30', '2026-10-23T09:30', '2026-10-30T09:30']);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => wanted(scene)).toEqual(BEFORE);
    expect(problems).toEqual([]);
  });

  test.each([
    ['Keep dates', 2, ['2026-10-16T09:30', '2026-10-16T09:45', '2026-10-19T09:30', '2026-10-26T09:30']],
    ['Squeeze', 3, ['2026-10-16T09:30', '2026-10-18T09:30', '2026-10-21T09:30', '2026-10-26T09:30']],
  ] as const)('%s stores the dates it showed', async (mode, count, dates) => {
    const { page, scene } = await openMove();
    await page.getByRole('button', { name: /In 2 days/ }).click();
    await page.getByRole('radio', { name: new RegExp(mode) }).click();
    await page.getByRole('button', { name: `Move ${count} steps` }).click();
    await expect.poll(() => wanted(scene)).toEqual(dates);
  });

  test('a snooze that passes the next step asks the same; one that does not moves the one reminder', async () => {
    const person = (people += 1);
    const scene = await addLeads(app.database, person);
    const { page } = await app.open(person);
    const card = page.getByRole('article', { name: 'Anna Kowalska' });
    const choice = (name: RegExp) =>
      page.getByRole('dialog', { name: 'Snooze' }).getByRole('button', { name });
    // Whether it passes anything is read while the choices are shown; when it may, the next sheet is loaded.
    const read = page.waitForResponse(/\/rebase-sheet-[^/]*\.js/);
    await card.getByRole('button', { name: 'Snooze' }).click();
    await read;
    await choice(/In 2 days/).click();
    await page.getByRole('dialog', { name: 'Move the rest of the plan?' }).waitFor();
    expect(await wanted(scene)).toEqual(BEFORE);
    await page.getByRole('radio', { name: /Keep dates/ }).click();
    await page.getByRole('button', { name: 'Move 2 steps' }).click();
    const kept = ['2026-10-16T09:30', '2026-10-16T09:45', '2026-10-19T09:30', '2026-10-26T09:30'];
    await expect.poll(() => wanted(scene)).toEqual(kept);
    // The card that is there after the Undo is the one that came back.
    await card.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => wanted(scene)).toEqual(BEFORE);
    await card.getByRole('button', { name: 'Snooze' }).click();
    await choice(/Tomorrow/).click();
    await expect.poll(() => wanted(scene)).toEqual(['2026-10-15T09:30', ...BEFORE.slice(1)]);
  });

  test('a picked minute is kept, also in quiet hours, and that is said; a past one is refused in words', async () => {
    const { page, scene } = await openMove();
    const field = page.getByLabel('Pick date and time');
    await field.fill('2026-10-13T09:00');
    await page.getByText('That moment has passed. Pick a later one.').waitFor();
    await field.fill('2026-10-14T22:30');
    await page.getByText('That is in your quiet hours or on a day off.').waitFor();
    await page.getByRole('button', { name: /^Move to Today, Wed 22:30/ }).click();
    await page.getByRole('radio', { name: /Keep dates/ }).click();
    await page.getByRole('button', { name: 'Move 1 step' }).click();
    const id = scene.anna.reminderIds[3]!;
    await expect
      .poll(() => stored(app.database, id))
      .toMatchObject({ wanted: '2026-10-14T20:30:00.000Z', exact: true });
  });

  test('a refusal puts everything back and says why', async () => {
    const { page, scene } = await openMove();
    await page.getByRole('button', { name: /In 2 days/ }).click();
    await page.getByRole('button', { name: 'Move 4 steps' }).waitFor();
    await app.database.admin.query(
      `update public.engagement_plans set status = 'replaced', ended_at = now() where id = $1`,
      [scene.anna.planId],
    );
    await page.getByRole('button', { name: 'Move 4 steps' }).click();
    await page.getByText('This plan is no longer here.').waitFor();
    expect(await wanted(scene)).toEqual(BEFORE);
  });

  test.each([
    ['light', 390],
    ['dark', 1280],
  ] as const)('axe finds nothing (%s, %i pixels)', async (theme, width) => {
    const { page } = await openMove({ theme, width });
    await page.getByRole('button', { name: /In 2 days/ }).waitFor();
    expect(await findProblems(page)).toEqual([]);
    await page.getByRole('button', { name: /In 2 days/ }).click();
    await page.getByRole('table').waitFor();
    expect(await findProblems(page)).toEqual([]);
  });
});
