import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findProblems } from '../../support/axe.ts';
import { addLeads } from './leads-scene.ts';
import type { LeadsScene } from './leads-scene.ts';
import { startMiniApp } from './mini-app.ts';
import type { MiniApp } from './mini-app.ts';

let app: MiniApp;
beforeAll(async () => {
  app = await startMiniApp();
});
afterAll(() => app.stop());

let people = 750;
async function openFlight(options: Parameters<MiniApp['open']>[1] = {}, quietFrom = '21:00') {
  const person = (people += 1);
  const scene = await addLeads(app.database, person);
  await app.database.admin.query(
    `update public.users set working_days = '{1,2,3,4,5}', quiet_from = $2 where telegram_id = $1`,
    [person, quietFrom],
  );
  const opened = await app.open(person, { startParam: `l${scene.marcus.leadId}`, ...options });
  await opened.page.getByRole('button', { name: 'See when everything would arrive' }).click();
  await opened.page.getByRole('heading', { name: 'The next 90 days' }).waitFor();
  return { ...opened, scene };
}
const storedAt = async (scene: LeadsScene): Promise<string[]> => {
  const { rows } = await app.database.admin.query<{ at: Date }>(
    'select due_at as at from public.scheduled_reminders where plan_id = $1 order by step_id',
    [scene.marcus.planId],
  );
  return rows.map(({ at }) => at.toISOString());
};

describe('the flight simulator', () => {
  test('shows when every message of a draft would arrive, in both zones, with what moved and what it meets', async () => {
    const { page, problems } = await openFlight();
    await page.getByText('Marcus Hale · Brightline Health').waitFor();
    const messages = await page.locator('.fly').allInnerTexts();
    const lines = messages.map((text) => text.split(/\s*\n\s*/));
    expect(lines).toEqual([
      [
        '1',
        expect.stringMatching(/^Today, Wed 9:4\d$/),
        expect.stringMatching(/^3:4\d$/),
        'Write the first email',
      ],
      ['2', 'Fri 16 Oct, 9:30', '3:30', 'Invite Marcus on LinkedIn', 'Close to: Thank him for the call'],
      [
        '3',
        'Mon 19 Oct, 9:30',
        '3:30',
        'Call about the checklist',
        'Close to: Follow up on the pricing',
        '3:30 is no time for a call there',
      ],
      ['Sun 25 Oct, 3:00 becomes 2:00 in Berlin. From then on New York is 5 hours behind you.'],
      ['4', 'Mon 26 Oct, 9:30', '4:30', 'Share the case study', 'Close to: Last check-in of this round'],
      ['Sun 1 Nov, 2:00 becomes 1:00 in New York. From then on New York is 6 hours behind you.'],
      ['5', 'Mon 2 Nov, 9:30', '3:30', 'Ask for 20 minutes'],
      ['6', 'Mon 4 Jan 2027, 9:30', '3:30', 'Check in'],
    ]);
    await page
      .getByRole('img', { name: /90 days: 6 messages, 2 nights with a clock change, 26 days off/ })
      .waitFor();
    expect(problems).toEqual([]);
  });

  test('says why a message is shifted', async () => {
    const { page } = await openFlight({}, '09:35');
    await page.getByText(/Today, Wed 9:4\d falls in your quiet hours/).waitFor();
    await page.getByText('1 was shifted,').waitFor();
  });

  test('starting the plan stores exactly the instants that were shown', async () => {
    const { page, scene } = await openFlight();
    await page.getByRole('button', { name: 'Start this plan' }).click();
    await page
      .getByText(/The plan has started/)
      .first()
      .waitFor();
    await expect.poll(async () => (await storedAt(scene)).length).toBe(6);
    const [first, ...later] = await storedAt(scene);
    expect(first).toMatch(/^2026-10-14T07:4\d/);
    expect(later).toEqual([
      '2026-10-16T07:30:00.000Z',
      '2026-10-19T07:30:00.000Z',
      '2026-10-26T08:30:00.000Z',
      '2026-11-02T08:30:00.000Z',
      '2027-01-04T08:30:00.000Z',
    ]);
    await page.getByText('0 of 6 steps done').waitFor();
  });

  test('of a running plan shows what is still to come', async () => {
    const person = (people += 1);
    const scene = await addLeads(app.database, person);
    const { page } = await app.open(person, { startParam: `l${scene.anna.leadId}` });
    await page.getByRole('button', { name: 'Change the plan' }).click();
    await page.getByRole('button', { name: 'See when everything arrives' }).click();
    await page.getByText('Last check-in of this round').waitFor();
    expect(await page.locator('.fly__n').allInnerTexts()).toEqual(expect.arrayContaining(['5', '6', '7']));
    expect(await page.getByRole('button', { name: 'Start this plan' }).count()).toBe(0);
  });

  test.each([
    ['light', 390],
    ['dark', 390],
    ['light', 1280],
  ] as const)('axe finds nothing (%s, %i pixels)', async (theme, width) => {
    const { page } = await openFlight({ theme, width });
    expect(await findProblems(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
  });
});
