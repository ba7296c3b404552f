import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findProblems } from '../../support/axe.ts';
import { addLeads, callAs } from './leads-scene.ts';
import type { LeadsScene } from './leads-scene.ts';
import { startMiniApp, stored } from './mini-app.ts';
import type { MiniApp, OpenedApp } from './mini-app.ts';

const MARA = 711;
let app: MiniApp;
let scene: LeadsScene;
beforeAll(async () => {
  app = await startMiniApp();
  scene = await addLeads(app.database, MARA);
});
afterAll(() => app.stop());

async function open(
  leadId = scene.anna.leadId,
  options: Parameters<MiniApp['open']>[1] = {},
  telegramId = MARA,
) {
  const opened = await app.open(telegramId, { startParam: `l${leadId}`, ...options });
  await opened.page.getByRole('heading', { name: 'Notes' }).waitFor();
  return opened;
}
/** A scene of one's own, for a test that changes it. */
let people = 720;
async function own(): Promise<{ readonly person: number; readonly scene: LeadsScene }> {
  const person = (people += 1);
  return { person, scene: await addLeads(app.database, person) };
}
const steps = ({ page }: OpenedApp) => page.locator('.tl .tl__body b').allInnerTexts();
const planOf = async (leadId: number) =>
  (
    await app.database.admin.query<{ status: string }>(
      'select status from public.engagement_plans where lead_id = $1 order by id',
      [leadId],
    )
  ).rows.map(({ status }) => status);

describe('the lead page', () => {
  test('answers where we stand and what comes next', async () => {
    const opened = await open();
    const { page } = opened;
    await page.getByText('Head of Operations, Baltic Freight').waitFor();
    await page.getByText(/Warsaw, 9:4\d now/).waitFor();
    await page.getByText('3 of 7 steps done').waitFor();
    const line = await page.locator('.tl').innerText();
    expect(line).toMatch(/Connect on LinkedIn\s+Mon 5 Oct, 9:30 · started by you/);
    expect(line).toMatch(/Send a short intro email\s+Tue 6 Oct, 9:30 · after step 1/);
    expect(line).toMatch(/Send Anna the pricing one-pager\s+2 days late, was Mon 12 Oct, 9:30/);
    expect(line).toMatch(/Follow up on the pricing\s+Mon 19 Oct, 9:30/);
    expect(opened.problems).toEqual([]);
  });

  test('leads to every way to reach them, and copies each', async () => {
    const { page } = await open();
    const address = (name: string) => page.getByRole('link', { name, exact: true }).getAttribute('href');
    expect(await address('Email')).toBe('mailto:anna@balticfreight.example');
    expect(await address('Call')).toBe('tel:+48581234567');
    expect(await address('LinkedIn')).toBe('https://www.linkedin.com/in/anna-kowalska');
    expect(await address('Message')).toBe('https://t.me/anna_k');
    await page.getByRole('button', { name: 'Copy +48581234567' }).click();
    await page.getByText('Copied').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('+48581234567');
  });

  test('the main button does the next step; Undo brings it back', async () => {
    const mine = await own();
    const { page } = await open(mine.scene.anna.leadId, {}, mine.person);
    const fourth = mine.scene.anna.reminderIds[3]!;
    await page.getByRole('button', { name: 'Done: Send Anna the pricing one-pager' }).click();
    await page.getByText('4 of 7 steps done').waitFor();
    await expect.poll(async () => (await stored(app.database, fourth)).status).toBe('completed');
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('3 of 7 steps done').waitFor();
    await expect.poll(async () => (await stored(app.database, fourth)).status).not.toBe('completed');
  });

  test('closing a lead says how many reminders it ends, before and after, and Undo reopens it', async () => {
    const mine = await own();
    const { page } = await open(mine.scene.anna.leadId, {}, mine.person);
    await page.getByRole('button', { name: /^Status/ }).click();
    await page.getByText('Won and lost end the 4 open reminders of this lead.').waitFor();
    await page.getByRole('radio', { name: 'Won' }).click();
    await page.getByText('Anna Kowalska: won · 4 reminders ended').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: /^Status In progress/ }).waitFor();
    const ids = mine.scene.anna.reminderIds.slice(3);
    const states = () => Promise.all(ids.map(async (id) => (await stored(app.database, id)).status));
    await expect.poll(states).toEqual(['pending', 'pending', 'pending', 'pending']);
  });

  test('a note is added and stands among the notes; too long a one is kept and said', async () => {
    const mine = await own();
    const { page } = await open(mine.scene.anna.leadId, {}, mine.person);
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    const field = page.getByRole('dialog').getByRole('textbox');
    await field.fill('x'.repeat(4100));
    expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    expect((await field.inputValue()).length).toBe(4100);
    await field.fill('Decides before the end of October.');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Note added').first().waitFor();
    await page.getByText('Decides before the end of October.').waitFor();
  });

  test('fields are edited; a refusal of the server keeps what was typed', async () => {
    const mine = await own();
    const { page } = await open(mine.scene.anna.leadId, {}, mine.person);
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await page.getByLabel('Role').fill('Managing Director');
    await callAs(app.database, mine.person, 'delete_lead', { p_lead_id: mine.scene.anna.leadId });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('This lead is no longer here.').waitFor();
    expect(await page.getByLabel('Role').inputValue()).toBe('Managing Director');
    await callAs(app.database, mine.person, 'restore_lead', { p_lead_id: mine.scene.anna.leadId });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Managing Director, Baltic Freight').waitFor();
  });

  test('a lead that answered waits: the page says so, and goes on at a tap', async () => {
    const mine = await own();
    const leadId = mine.scene.anna.leadId;
    await callAs(app.database, mine.person, 'pause_lead', { p_lead_id: leadId, p_text: 'We are in!' });
    const opened = await open(leadId, {}, mine.person);
    const { page } = opened;
    await page.getByText('They answered, so its reminders wait').waitFor();
    expect(await findProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByText('They answered, so its reminders wait').waitFor({ state: 'detached' });
    await expect
      .poll(async () => {
        const { rows } = await app.database.admin.query<{ paused: boolean }>(
          'select paused_at is not null as paused from public.leads where id = $1',
          [leadId],
        );
        return rows[0]?.paused;
      })
      .toBe(false);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('They answered, so its reminders wait').waitFor();
    expect(opened.problems).toEqual([]);
  });

  test('of somebody else, or gone, says so and leads on', async () => {
    const mine = await own();
    const { page } = await app.open(mine.person, { startParam: `l${scene.anna.leadId}` });
    await page.getByText('This lead is no longer here').first().waitFor();
    await page.getByRole('button', { name: 'See all leads' }).click();
    await page.getByRole('button', { name: /Daniel Okafor/ }).waitFor();
  });

  test.each(['light', 'dark'] as const)('axe finds nothing, also in its sheets (%s)', async (theme) => {
    const { page } = await open(scene.anna.leadId, { theme });
    expect(await findProblems(page)).toEqual([]);
    await page.getByRole('button', { name: /Ask for a 20-minute call/ }).click();
    await page.getByRole('button', { name: 'Edit the step' }).waitFor();
    expect(await findProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Edit the step' }).click();
    await page.getByLabel('What to do').waitFor();
    expect(await findProblems(page)).toEqual([]);
  });
});

describe('a plan on the lead page', () => {
  test('a step is edited, and its reminder says the same', async () => {
    const mine = await own();
    const { page } = await open(mine.scene.anna.leadId, {}, mine.person);
    await page.getByRole('button', { name: /Ask for a 20-minute call/ }).click();
    await page.getByRole('button', { name: 'Edit the step' }).click();
    await page.getByLabel('What to do').fill('Ask for a 10-minute call');
    await page.getByLabel('How').selectOption('linkedin_connect');
    await page.getByLabel('Draft', { exact: true }).fill('x'.repeat(200));
    await page.getByText('A LinkedIn invitation must be under 200 characters.').first().waitFor();
    await page.getByLabel('Draft', { exact: true }).fill('Ten minutes on Thursday?');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Step changed').first().waitFor();
    const reminder = async (): Promise<unknown> =>
      (
        await app.database.admin.query(
          'select title, draft_text from public.scheduled_reminders where id = $1',
          [mine.scene.anna.reminderIds[4]],
        )
      ).rows;
    await expect
      .poll(reminder)
      .toEqual([{ title: 'Ask for a 10-minute call', draft_text: 'Ten minutes on Thursday?' }]);
  });

  test('steps are added, moved and removed, each with its Undo', async () => {
    const mine = await own();
    const opened = await open(mine.scene.anna.leadId, {}, mine.person);
    const { page } = opened;
    const openStep = (name: RegExp) => page.locator('.tl').getByRole('button', { name }).click();
    await openStep(/Follow up on the pricing/);
    await page.getByRole('button', { name: 'Later in the plan' }).click();
    await page.getByText('Order changed').first().waitFor();
    await expect.poll(() => steps(opened)).toHaveProperty('[6]', 'Follow up on the pricing');
    await openStep(/Last check-in/);
    await page.getByRole('button', { name: 'Remove the step' }).click();
    await page.getByText('Step removed').first().waitFor();
    await expect.poll(() => steps(opened)).toHaveLength(6);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => steps(opened)).toHaveLength(7);
    await openStep(/Ask for a 20-minute call/);
    await page.getByRole('button', { name: 'Add a step after this one' }).click();
    await page.getByLabel('What to do').fill('Send the agenda');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Step added').first().waitFor();
    await expect.poll(() => steps(opened)).toContain('Send the agenda');
  });

  test('a draft’s steps are changed one by one, with their day, before anything begins', async () => {
    const mine = await own();
    const opened = await open(mine.scene.marcus.leadId, {}, mine.person);
    const { page } = opened;
    await page.getByRole('button', { name: /Call about the checklist/ }).click();
    await page.getByRole('button', { name: 'Edit the step' }).click();
    await page.getByLabel('What to do').fill('Call about the offer');
    await page.getByLabel('Day of the plan').fill('6');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Step changed').first().waitFor();
    await page.getByRole('button', { name: /Call about the offer Tue 20 Oct, 9:30/ }).waitFor();
    await page.getByRole('button', { name: /Invite Marcus on LinkedIn/ }).click();
    await page.getByRole('button', { name: 'Remove the step' }).click();
    await expect.poll(() => steps(opened)).not.toContain('Invite Marcus on LinkedIn');
    expect(await planOf(mine.scene.marcus.leadId)).toEqual(['draft']);
    expect(opened.problems).toEqual([]);
  });

  test('the pace is changed, and an earlier version brought back', async () => {
    const mine = await own();
    const { page } = await open(mine.scene.anna.leadId, {}, mine.person);
    await page.getByRole('button', { name: 'Change the plan' }).click();
    await page.getByRole('radio', { name: /One after the other/ }).click();
    await page.getByText('Pace changed').first().waitFor();
    await page.getByText('After the step before it').first().waitFor();
    await page.getByRole('button', { name: 'Change the plan' }).click();
    await page.getByRole('button', { name: 'Earlier versions' }).click();
    await page.getByRole('button', { name: 'Back to this' }).last().click();
    await page.getByText('Earlier version is back').first().waitFor();
    await page.getByText('After the step before it').first().waitFor({ state: 'detached' });
  });

  test('news brings a new plan beside the old one; only a yes changes anything', async () => {
    const mine = await own();
    const { leadId } = mine.scene.anna;
    const { page } = await open(leadId, {}, mine.person);
    await page.getByRole('button', { name: 'Re-plan' }).click();
    await page.getByLabel('What is new?').fill('She asked for a proposal, we sent it yesterday.');
    await page.getByRole('button', { name: 'Propose a new plan' }).click();
    const compare = page.getByRole('list', { name: 'Before and after' });
    await compare.waitFor();
    const text = await compare.innerText();
    expect(text).toContain('Stays as it happened:');
    expect(text).toContain('New:');
    expect(await planOf(leadId)).toEqual(['active', 'draft']);
    expect(await findProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Take this one' }).click();
    await page
      .getByText(/The plan has started/)
      .first()
      .waitFor();
    await expect.poll(() => planOf(leadId)).toEqual(['replaced', 'active']);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => planOf(leadId)).toEqual(['active', 'draft']);
  });
});
