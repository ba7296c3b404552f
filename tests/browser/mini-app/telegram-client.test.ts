/**
 * The app in a native client of Telegram's, played by a script: what the client is told, what it tells, and that a client
 * of an older version is told nothing it does not know.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addLeads } from './leads-scene.ts';
import { startMiniApp } from './mini-app.ts';
import type { MiniApp, OpenedApp, OpenOptions } from './mini-app.ts';

let app: MiniApp;
beforeAll(async () => {
  app = await startMiniApp();
});
afterAll(() => app.stop());

/** What the app tells a client, and since which version clients know it. Telegram's script itself tells the colours, whatever the version. */
const KNOWN_SINCE = {
  web_app_setup_back_button: '6.1',
  web_app_trigger_haptic_feedback: '6.1',
  web_app_setup_closing_behavior: '6.2',
  web_app_setup_settings_button: '6.10',
  web_app_setup_swipe_behavior: '7.7',
  web_app_setup_secondary_button: '7.10',
} as const;
type Message = keyof typeof KNOWN_SINCE;

interface Client extends OpenedApp {
  /** Everything the client was told by this name, oldest first. */
  told(name: Message): Promise<unknown[]>;
  /** Names of everything it was told. */
  toldNames(): Promise<string[]>;
  /** The client tells the app. */
  tell(name: string, data?: object): Promise<void>;
}

interface Played extends Window {
  told: [string, unknown][];
  Telegram: { WebView: { receiveEvent: (name: string, data?: object) => void } };
}

let people = 7700;
/** Anna late, Daniel today, Marcus with a draft; the client begins to listen before the app is there. */
async function openInClient(options: OpenOptions & { readonly place?: 'marcus' } = {}): Promise<Client> {
  const telegramId = (people += 1);
  const { marcus } = await addLeads(app.database, telegramId);
  const opened = await app.open(telegramId, {
    deviceZone: 'Europe/Berlin',
    ...(options.place === 'marcus' && { startParam: `l${String(marcus.leadId)}` }),
    ...options,
    prepare: (page) =>
      page.addInitScript(() => {
        const told: [string, unknown][] = [];
        const postEvent = (name: string, data: string): void => {
          told.push([name, JSON.parse(data)]);
        };
        Object.assign(window, { told, TelegramWebviewProxy: { postEvent } });
      }),
  });
  const { page } = opened;
  const all = () => page.evaluate(() => (window as unknown as Played).told);
  return {
    ...opened,
    told: async (wanted) => (await all()).flatMap(([name, data]) => (name === wanted ? [data] : [])),
    toldNames: async () => (await all()).map(([name]) => name),
    tell: (name, data) =>
      page.evaluate(
        ([event, facts]) => {
          (window as unknown as Played).Telegram.WebView.receiveEvent(event, facts);
        },
        [name, data] as const,
      ),
  };
}
const heading = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 }).waitFor();
const lastTold = async (client: Client, name: Message): Promise<unknown> => (await client.told(name)).at(-1);
const pressBack = (client: Client) => client.tell('back_button_pressed');

/** Daniel's row is taken by the finger and drawn aside. */
async function takeRow(page: Page, distance: number): Promise<void> {
  const row = page.getByRole('button', { name: /Daniel Okafor.*Call to agree/ });
  await row.waitFor();
  const box = (await row.boundingBox())!;
  const [x, y] = [box.x + box.width - 20, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x - distance, y, { steps: 8 });
}

describe('a client of today', () => {
  test('draws the second button of the simulator, and a press on it leads back to the lead', async () => {
    const client = await openInClient({ place: 'marcus' });
    const { page } = client;
    await page.getByRole('button', { name: 'See when everything would arrive' }).click();
    await heading(page, 'The next 90 days');
    await expect
      .poll(() => lastTold(client, 'web_app_setup_secondary_button'))
      .toMatchObject({ is_visible: true, is_active: true, text: 'Change' });
    expect(await page.getByRole('button', { name: 'Change', exact: true }).count()).toBe(0);
    await client.tell('secondary_button_pressed');
    await page.getByRole('button', { name: 'See when everything would arrive' }).waitFor();
    await expect
      .poll(() => lastTold(client, 'web_app_setup_secondary_button'))
      .toMatchObject({ is_visible: false });
    expect(client.problems).toEqual([]);
  });

  test('leads back from a page that is still loading', async () => {
    const client = await openInClient({ place: 'marcus' });
    const { page } = client;
    const flight = page.getByRole('button', { name: 'See when everything would arrive' });
    await flight.waitFor();
    // Everything asked for from now on waits for ever.
    await page.route('**/api/database/**', () => undefined);
    await flight.click();
    await page.locator('main[aria-busy=true]').waitFor();
    await pressBack(client);
    await flight.waitFor();
  });

  test('has Settings in its menu: a press opens them, Back leads to where one was', async () => {
    const client = await openInClient();
    await heading(client.page, 'Today');
    await expect.poll(() => lastTold(client, 'web_app_setup_settings_button')).toEqual({ is_visible: true });
    await client.page.getByRole('button', { name: 'Calendar' }).click();
    await client.page.getByRole('grid').waitFor();
    await client.tell('settings_button_pressed');
    await heading(client.page, 'Settings');
    await expect
      .poll(() => lastTold(client, 'web_app_setup_back_button'))
      .toMatchObject({ is_visible: true });
    await pressBack(client);
    await client.page.getByRole('grid').waitFor();
    expect(client.problems).toEqual([]);
  });

  test('knocks for a row that is taken, for what was done and for what went wrong', async () => {
    const client = await openInClient();
    const { page } = client;
    const knocks = () => client.told('web_app_trigger_haptic_feedback');
    await takeRow(page, 100);
    await expect.poll(knocks).toEqual([{ type: 'selection_change' }]);
    await page.mouse.up();
    await page.route('**/rpc/complete_reminder', (route) => route.fulfill({ status: 500, body: '{}' }));
    await page
      .getByRole('article', { name: 'Anna Kowalska' })
      .getByRole('button', { name: 'Done', exact: true })
      .click();
    const notice = (kind: string) => ({ type: 'notification', notification_type: kind });
    await expect.poll(knocks).toEqual([{ type: 'selection_change' }, notice('success'), notice('warning')]);
  });

  test('does not take a swipe for its own while a row is drawn aside, and does again afterwards', async () => {
    const client = await openInClient();
    const { page } = client;
    await takeRow(page, 100);
    const swipes = () => client.told('web_app_setup_swipe_behavior');
    await expect.poll(swipes).toEqual([{ allow_vertical_swipe: false }]);
    await page.mouse.up();
    await expect.poll(swipes).toEqual([{ allow_vertical_swipe: false }, { allow_vertical_swipe: true }]);
  });

  test('has a notch and a home line: titles begin below the one, tabs end above the other', async () => {
    const client = await openInClient();
    const { page } = client;
    await heading(page, 'Today');
    await page.getByRole('navigation', { name: 'Sections' }).waitFor();
    const edges = () =>
      page.evaluate(() => {
        const main = getComputedStyle(document.querySelector('main')!);
        const tabs = getComputedStyle(document.querySelector('nav')!);
        return [main.paddingTop, main.paddingLeft, tabs.paddingBottom];
      });
    const [plainTop] = await edges();
    expect(plainTop).toBe('8px');
    await client.tell('safe_area_changed', { top: 47, bottom: 34, left: 0, right: 0 });
    await client.tell('content_safe_area_changed', { top: 46, bottom: 0, left: 0, right: 0 });
    await expect.poll(edges).toEqual(['101px', '16px', '34px']);
    await client.tell('safe_area_changed', { top: 0, bottom: 21, left: 59, right: 59 });
    await expect.poll(edges).toEqual(['54px', '59px', '21px']);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
  });
});

describe.each(['6.0', '6.1', '6.2', '6.9', '6.10', '7.6', '7.7', '7.10', '8.0'])(
  'a client of %s',
  (version) => {
    const knows = (since: string): boolean => {
      const [major = 0, minor = 0] = version.split('.').map(Number);
      const [wantedMajor = 0, wantedMinor = 0] = since.split('.').map(Number);
      return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
    };

    test('is told all it knows and nothing else; what it lacks the page has itself', async () => {
      const client = await openInClient({ version, place: 'marcus' });
      const { page } = client;
      const goBack = (): Promise<void> =>
        knows('6.1') ? pressBack(client) : page.getByRole('button', { name: 'Back', exact: true }).click();
      const countOf = (name: string): Promise<number> =>
        page.getByRole('button', { name, exact: true }).count();

      await page.getByRole('button', { name: 'See when everything would arrive' }).click();
      await page.getByText('Marcus Hale · Brightline Health').waitFor();
      expect(await countOf('Back')).toBe(knows('6.1') ? 0 : 1);
      expect(await countOf('Change')).toBe(knows('7.10') ? 0 : 1);
      await goBack();
      await page.getByRole('button', { name: 'See when everything would arrive' }).waitFor();
      await goBack();
      await page.getByRole('navigation', { name: 'Sections' }).getByRole('button', { name: /Today/ }).click();
      await page.getByRole('button', { name: 'New reminder' }).first().click();
      await page.getByRole('textbox').fill('call somebody');
      await goBack();
      await heading(page, 'Today');
      await takeRow(page, 330);
      await page.mouse.up();
      await page.getByText('Done: Daniel Okafor').waitFor();
      await page.getByRole('button', { name: 'Settings' }).click();
      await heading(page, 'Settings');

      const told = new Set(await client.toldNames());
      const names = Object.keys(KNOWN_SINCE) as Message[];
      expect(names.filter((name) => told.has(name))).toEqual(
        names.filter((name) => knows(KNOWN_SINCE[name])),
      );
      expect(client.problems).toEqual([]);
    });
  },
);
