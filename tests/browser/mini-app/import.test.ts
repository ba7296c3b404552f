/** A table of leads in the app: chosen or pasted, looked at, stored. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findProblems } from '../../support/axe.ts';
import { addPerson, startMiniApp } from './mini-app.ts';
import type { MiniApp, OpenedApp } from './mini-app.ts';

let app: MiniApp;
beforeAll(async () => {
  app = await startMiniApp();
});
afterAll(() => app.stop());

let people = 7600;
async function openPlace(
  startParam: string,
  options: Parameters<MiniApp['open']>[1] = {},
): Promise<OpenedApp & { telegramId: number }> {
  const telegramId = (people += 1);
  await addPerson(app.database, telegramId, options.language);
  await app.database.admin.query(
    `insert into public.leads (telegram_id, name, company) values ($1, 'Anna Kowalska', 'Baltic Freight')`,
    [telegramId],
  );
  const opened = await app.open(telegramId, { deviceZone: 'Europe/Berlin', startParam, ...options });
  return { ...opened, telegramId };
}
const button = ({ page }: OpenedApp, name: string | RegExp) => page.getByRole('button', { name });
const leadsOf = async (telegramId: number): Promise<string[]> => {
  const { rows } = await app.database.admin.query<{ name: string }>(
    'select name from public.leads where telegram_id = $1 order by name',
    [telegramId],
  );
  return rows.map(({ name }) => name);
};
const TABLE = [
  'Name,Company,Email,Shoe size',
  'Anna Kowalska,Baltic Freight,,38',
  'Jonas Weber,Elbwerk,jonas@elbwerk.example,',
  ',,,44',
  'Priya Raman,Tessera Labs,priya@tessera.example,',
].join('\n');

test('a file is looked at first: new leads, those that are there, lines that name nobody; then stored', async () => {
  const opened = await openPlace('leads');
  const { page, telegramId } = opened;
  await button(opened, 'Add a lead').click();
  await button(opened, 'From a table (CSV)').click();
  await button(opened, 'Choose a file').waitFor();
  const file = { name: 'contacts.csv', mimeType: 'text/csv', buffer: Buffer.from(TABLE) };
  await page.locator('input[type=file]').setInputFiles(file);
  const sheet = page.getByRole('dialog', { name: 'Import leads' });
  await sheet.getByText('contacts.csv').waitFor();
  expect(await sheet.getByRole('listitem').allInnerTexts()).toEqual([
    '2 new leads',
    '1 may be there already and is left out',
    'Lines that name nobody are left out: 4',
    'Unknown columns go into the notes: Shoe size',
  ]);
  await sheet.getByText('Nothing is stored yet.').waitFor();
  expect(await leadsOf(telegramId)).toEqual(['Anna Kowalska']);
  await button(opened, 'Import 2 leads').click();
  await page.getByText('2 leads are stored').waitFor();
  await button(opened, /Jonas Weber/).waitFor();
  expect(await leadsOf(telegramId)).toEqual(['Anna Kowalska', 'Jonas Weber', 'Priya Raman']);
  expect(opened.problems).toEqual([]);
});

test('a pasted table that is none says why and keeps its words; corrected it is read', async () => {
  const opened = await openPlace('settings');
  await button(opened, /^Import leads/).click();
  const field = opened.page.getByLabel('Or paste the table');
  await field.fill('colour,size\nred,4');
  await button(opened, 'Have a look first').click();
  await opened.page.getByRole('alert').getByText('The first line must name the columns').waitFor();
  expect(await field.inputValue()).toBe('colour,size\nred,4');
  await field.fill('name\nRed Rita');
  await button(opened, 'Have a look first').click();
  await opened.page.getByText('1 new lead', { exact: true }).waitFor();
});

test('with the network gone in the middle nothing is lost, and tried again nothing is stored twice', async () => {
  const opened = await openPlace('settings');
  const { page, telegramId } = opened;
  await button(opened, /^Import leads/).click();
  await page.getByLabel('Or paste the table').fill('name\nOlga\nPiet');
  await button(opened, 'Have a look first').click();
  await button(opened, 'Import 2 leads').waitFor();
  // The server hears it; its answer is lost.
  await page.route('**/api/leads/import', async (route) => {
    await route.fetch();
    await route.abort();
  });
  await button(opened, 'Import 2 leads').click();
  await page.getByText('Try again: nothing is stored twice.').waitFor();
  await page.unroute('**/api/leads/import');
  await button(opened, 'Import 2 leads').click();
  await page.getByText('2 leads are stored').waitFor();
  expect(await leadsOf(telegramId)).toEqual(['Anna Kowalska', 'Olga', 'Piet']);
});

test('a file of more than a megabyte is refused before it is sent', async () => {
  const opened = await openPlace('settings');
  await button(opened, /^Import leads/).click();
  await button(opened, 'Choose a file').waitFor();
  const buffer = Buffer.alloc(1024 * 1024 + 1, 'x');
  await opened.page
    .locator('input[type=file]')
    .setInputFiles({ name: 'huge.csv', mimeType: 'text/csv', buffer });
  await opened.page.getByText('This table is larger than 1,024 kB').waitFor();
});

describe.each(['light', 'dark'] as const)('the sheet (%s)', (theme) => {
  test.each([360, 1100])('is clean for axe before and after the look, %i pixels wide', async (width) => {
    const opened = await openPlace('settings', { theme, width });
    await button(opened, /^Import leads/).click();
    await opened.page.getByLabel('Or paste the table').fill(TABLE);
    expect(await findProblems(opened.page)).toEqual([]);
    await button(opened, 'Have a look first').click();
    await button(opened, 'Import 2 leads').waitFor();
    expect(await findProblems(opened.page)).toEqual([]);
    expect(await opened.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
  });
});

test('speaks Russian', async () => {
  const opened = await openPlace('settings', { language: 'ru' });
  await button(opened, /^Загрузить контакты/).click();
  await opened.page.getByLabel('Или вставьте таблицу').fill('имя\nПётр\nАнна Ковальская');
  await button(opened, 'Сначала посмотреть').click();
  await button(opened, 'Загрузить 2 контакта').click();
  await opened.page.getByText('2 контакта сохранены').waitFor();
});
