import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findProblems } from '../../support/axe.ts';
import { addLeads, callAs } from './leads-scene.ts';
import { addPerson, startMiniApp } from './mini-app.ts';
import type { MiniApp, OpenedApp } from './mini-app.ts';

const MARA = 701;
let app: MiniApp;
beforeAll(async () => {
  app = await startMiniApp();
  await addLeads(app.database, MARA);
});
afterAll(() => app.stop());

async function open(options: Parameters<MiniApp['open']>[1] = {}, telegramId = MARA): Promise<OpenedApp> {
  const opened = await app.open(telegramId, { startParam: 'leads', ...options });
  await opened.page.getByRole('button', { name: 'Add a lead' }).first().waitFor();
  return opened;
}
const names = ({ page }: OpenedApp) =>
  page
    .getByRole('list', { name: 'Leads' })
    .getByRole('listitem')
    .locator('.row__l1')
    .allInnerTexts()
    .then((all) => all.map((name) => name.split(/\s+/).slice(0, 2).join(' ')));

describe('the list of leads', () => {
  test('shows who needs me first, what comes next and how far each plan is', async () => {
    const opened = await open();
    const anna = opened.page.getByRole('button', { name: /Anna Kowalska/ });
    await anna.waitFor();
    expect(await anna.innerText()).toContain('2 days late · Send Anna the pricing one-pager');
    await anna.getByRole('img', { name: '3 of 7 steps done' }).waitFor();
    expect(await names(opened)).toEqual(['Anna Kowalska', 'Daniel Okafor', 'Marcus Hale']);
    await opened.page.getByText('A plan waits for your yes').waitFor();
    expect(opened.problems).toEqual([]);
  });

  test('is searched by name, company, address, number and note', async () => {
    const opened = await open();
    const field = opened.page.getByRole('searchbox', { name: 'Search leads' });
    for (const words of ['kowal', 'baltic freight', 'anna@baltic', '58123', 'logistics fair']) {
      await field.fill(words);
      await expect.poll(() => names(opened)).toEqual(['Anna Kowalska']);
    }
    await field.fill('nobody at all');
    await opened.page.getByText('No lead says “nobody at all”').waitFor();
    await opened.page.getByRole('button', { name: 'Show all leads' }).click();
    await expect.poll(() => names(opened)).toHaveLength(3);
  });

  test('is filtered by what is late and by status, and sorted by name', async () => {
    const opened = await open();
    await opened.page.getByRole('button', { name: /^Late 1$/ }).click();
    await expect.poll(() => names(opened)).toEqual(['Anna Kowalska']);
    await opened.page.getByRole('button', { name: /^New 2$/ }).click();
    await expect.poll(() => names(opened)).toEqual(['Daniel Okafor', 'Marcus Hale']);
    await opened.page.getByRole('button', { name: /^All 3$/ }).click();
    await opened.page.getByLabel('Order').selectOption('added');
    await expect.poll(() => names(opened)).toEqual(['Marcus Hale', 'Daniel Okafor', 'Anna Kowalska']);
  });

  test('opens a lead and comes back to the same search', async () => {
    const { page } = await open();
    await page.getByRole('searchbox').fill('kowal');
    await page.getByRole('button', { name: /Anna Kowalska/ }).click();
    await page.getByRole('heading', { name: 'Notes' }).waitFor();
    await page.getByRole('button', { name: 'Back' }).click();
    expect(await page.getByRole('searchbox').inputValue()).toBe('kowal');
  });

  test('draws only the rows near the screen when there are 500', async () => {
    await addPerson(app.database, 702);
    await app.database.admin.query(
      `insert into public.leads (telegram_id, name) select 702, 'Lead ' || lpad(number::text, 3, '0')
       from generate_series(1, 500) as number`,
    );
    const { page } = await open({}, 702);
    await page.getByText('Lead 001').waitFor();
    expect(await page.getByRole('listitem').count()).toBeLessThan(60);
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await page.getByText('Lead 500').waitFor();
    expect(await page.getByRole('listitem').count()).toBeLessThan(60);
  });

  test('has two panes where there is room, the chosen lead tinted and beside the list', async () => {
    const { page, problems } = await open({ width: 1280 });
    const lead = page.getByRole('region', { name: 'Anna Kowalska' });
    await lead.getByText('Head of Operations, Baltic Freight').waitFor();
    await page.getByRole('button', { name: /Daniel Okafor/ }).click();
    await page
      .getByRole('region', { name: 'Daniel Okafor' })
      .getByText('Call to agree the pilot scope')
      .first()
      .waitFor();
    expect(await page.locator('[aria-current=true]').innerText()).toContain('Daniel Okafor');
    await page.getByRole('navigation', { name: 'Sections' }).waitFor();
    expect(problems).toEqual([]);
  });

  test.each(['light', 'dark'] as const)(
    'axe finds nothing, on a phone and on a desktop (%s)',
    async (theme) => {
      for (const width of [390, 1280]) {
        const { page } = await open({ theme, width });
        await page.getByText('Send Anna the pricing one-pager').first().waitFor();
        expect(await findProblems(page)).toEqual([]);
      }
    },
  );
});

describe('adding a lead', () => {
  test('reads a text, shows what was understood, stores it with a plan and opens it', async () => {
    const { page, problems } = await open();
    await page.getByRole('button', { name: 'Add a lead' }).click();
    await page
      .getByLabel('Who is it?')
      .fill('Priya Raman, CTO at Tessera Labs, priya@tessera.example. We met at the conference.');
    await page.getByRole('button', { name: 'Read it' }).click();
    const name = page.getByLabel('Name', { exact: true });
    await name.waitFor();
    expect(await name.inputValue()).toBe('Priya Raman');
    expect(await page.getByLabel('Email').inputValue()).toBe('priya@tessera.example');
    await page.getByLabel('Role').fill('Chief Technology Officer');
    await page.getByRole('button', { name: 'Save and plan' }).click();
    await page.getByText('Added: Priya Raman').waitFor();
    await page.getByText('Chief Technology Officer, Tessera Labs').waitFor();
    await page.getByRole('heading', { name: /Proposed plan/ }).waitFor();
    expect(problems).toEqual([]);
  });

  test('says that the lead is there already, and leads to it', async () => {
    const { page } = await open();
    await page.getByRole('button', { name: 'Add a lead' }).click();
    await page.getByRole('button', { name: 'Fill in the fields' }).click();
    await page.getByLabel('Name', { exact: true }).fill('A. Kowalska');
    await page.getByLabel('Email').fill('anna@balticfreight.example');
    await page.getByText('Anna Kowalska is there already').waitFor();
    await page.getByText('The same email.').waitFor();
    await page.getByRole('button', { name: 'Open', exact: true }).click();
    await page.getByText('Head of Operations, Baltic Freight').waitFor();
  });

  test('says what is wrong field by field, and loses nothing when the network is gone', async () => {
    const { page } = await open();
    await page.getByRole('button', { name: 'Add a lead' }).click();
    await page.getByRole('button', { name: 'Fill in the fields' }).click();
    await page.getByLabel('Email').fill('not an address');
    await page.getByRole('button', { name: 'Save and plan' }).click();
    await page.getByText('The lead needs a name.').waitFor();
    await page.getByText('“not an address” is no email address.').waitFor();
    await page.getByLabel('Name', { exact: true }).fill('Offline Olga');
    await page.getByLabel('Email').fill('olga@example.com');
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Save and plan' }).click();
    await page.getByText('Not saved: there is no answer from the server.').waitFor();
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Offline Olga');
    await page.context().setOffline(false);
    await page.getByRole('button', { name: 'Save and plan' }).click();
    await page.getByText('Added: Offline Olga').waitFor();
    const stored = await app.database.admin.query(
      `select from public.leads where telegram_id = $1 and name = 'Offline Olga'`,
      [MARA],
    );
    expect(stored.rowCount).toBe(1);
  });
});

test('a deleted lead lies in the bin and comes back with its reminders', async () => {
  await addPerson(app.database, 703);
  const { lead_id: leadId } = await callAs<{ lead_id: number }>(app.database, 703, 'create_lead', {
    p_lead: { name: 'Bin Bea', contacts: {} },
  });
  await callAs(app.database, 703, 'create_reminder', {
    p_due_at: '2027-01-01T09:30:00Z',
    p_title: 'Call Bea',
    p_lead_id: leadId,
  });
  const { page } = await app.open(703, { startParam: `l${leadId}` });
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Delete the lead' }).click();
  await page.getByText('Deleted: Bin Bea · 1 reminder ended').waitFor();
  await page.getByText('It can be brought back for 7 days.').waitFor();
  await page.getByRole('button', { name: 'Bring it back' }).click();
  await page.getByText('Back again: Bin Bea · with 1 reminder').waitFor();
  await expect
    .poll(
      async () =>
        (
          await app.database.admin.query(
            `select from public.scheduled_reminders where telegram_id = 703 and status = 'pending'`,
          )
        ).rowCount,
    )
    .toBe(1);
});
