import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { THEME_PARAMS } from '../../../bot/sandbox/theme-params.ts';
import { addMorning, addPerson, addReminder, startMiniApp } from './mini-app.ts';
import type { MiniApp, OpenedApp } from './mini-app.ts';

const MARA = 501;
let app: MiniApp;
let annaId: number;
beforeAll(async () => {
  app = await startMiniApp();
  annaId = await addMorning(app.database, MARA);
});
afterAll(() => app.stop());

async function open(options?: Parameters<MiniApp['open']>[1], telegramId = MARA): Promise<OpenedApp> {
  const opened = await app.open(telegramId, options);
  await opened.page.getByRole('article').waitFor();
  // What comes late above a button would move it from under the click.
  await opened.page.waitForLoadState('networkidle');
  return opened;
}
const background = ({ page }: OpenedApp) =>
  page.evaluate(() => getComputedStyle(document.body).backgroundColor);

describe('the look', () => {
  test('follows Telegram’s theme, and changes with it at once', async () => {
    const opened = await open({ theme: 'dark' });
    expect(await background(opened)).toBe('rgb(28, 28, 29)');
    await opened.page.evaluate((params) => {
      const { Telegram } = window as unknown as {
        Telegram: { WebView: { receiveEvent: (type: string, data: object) => void } };
      };
      Telegram.WebView.receiveEvent('theme_changed', { theme_params: params });
    }, THEME_PARAMS.light);
    expect(await background(opened)).toBe('rgb(239, 239, 244)');
    expect(await opened.page.evaluate(() => document.documentElement.dataset['scheme'])).toBe('light');
    expect(opened.problems).toEqual([]);
  });

  test.each(['light', 'dark'] as const)('every text reads at 4.5:1 (%s)', async (theme) => {
    const { page } = await open({ theme });
    const weak = await page.evaluate(() => {
      const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })!;
      const rgba = (colour: string): number[] => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data];
      };
      const luminance = (colour: number[]): number => {
        const [r, g, b] = colour.map((part) => {
          const share = part / 255;
          return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
      };
      const behind = (element: Element): number[] => {
        for (let node: Element | null = element; node; node = node.parentElement) {
          const colour = rgba(getComputedStyle(node).backgroundColor);
          if (colour[3] === 255) return colour;
        }
        return [255, 255, 255, 255];
      };
      const texts = [...document.querySelectorAll('main *')].filter(
        (element) =>
          !element.closest('.vh, .ava') &&
          [...element.childNodes].some((node) => node.nodeType === 3 && node.nodeValue!.trim()),
      );
      return texts
        .map((element) => {
          const [a, b] = [luminance(rgba(getComputedStyle(element).color)), luminance(behind(element))];
          const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
          return { text: element.textContent, ratio: Math.round(ratio * 100) / 100 };
        })
        .filter(({ ratio }) => ratio < 4.5);
    });
    expect(weak).toEqual([]);
  });

  test.each([320, 390, 1100])(
    'nothing sticks out at %i pixels, and everything to tap is 44 high',
    async (width) => {
      const { page } = await open({ width });
      const measured = await page.evaluate(() => ({
        overflow: document.documentElement.scrollWidth - innerWidth,
        column: document.querySelector('main')!.getBoundingClientRect().width,
        small: [...document.querySelectorAll('button')]
          .filter((button) => button.getBoundingClientRect().height < 44)
          .map((button) => button.textContent),
      }));
      expect(measured).toMatchObject({ overflow: 0, small: [] });
      expect(measured.column).toBeLessThanOrEqual(720);
    },
  );

  test('a long name breaks on the card and ends in an ellipsis in a row', async () => {
    await addPerson(app.database, 502);
    const lead = `Maximiliane ${'Freifrau-von-Hohenstein-'.repeat(4)}Ende`;
    await addReminder(app.database, 502, { lead, step: 'Write', at: '2026-10-12T09:30' });
    await addReminder(app.database, 502, { lead, step: 'Call', at: '2026-10-14T12:00' });
    const { page } = await open({ width: 320 }, 502);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide).toBe(0);
    const heights = await page.locator('.row__l1').evaluateAll((all) => all.map((name) => name.clientHeight));
    expect(heights[0]).toBeGreaterThan(21);
    expect(heights[1]).toBeLessThanOrEqual(22);
  });

  test('moves nothing for people who asked for that', async () => {
    const { page } = await open({ reducedMotion: true });
    await page.getByRole('button', { name: 'Snooze' }).click();
    await page.getByRole('dialog').waitFor();
    const moving = await page.evaluate(() =>
      document.getAnimations().map((animation) => (animation as CSSAnimation).animationName),
    );
    expect(moving).toEqual([]);
  });

  test('speaks Russian to a person whose language that is', async () => {
    await addMorning(app.database, 503, 'ru');
    const { page, problems } = await open({ language: 'en' }, 503);
    expect(await page.locator('.head').allInnerTexts()).toEqual(['Среда, 14 октября\n\nСегодня']);
    await page.getByText('Опоздание 2 дня').waitFor();
    await page.getByRole('button', { name: 'Отложить' }).click();
    await page.getByText('Время: Берлин. Тихие часы с 21:00 до 8:00.').waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('ru');
    expect(problems).toEqual([]);
  });
});

test('a sheet follows the finger down and closes; let go early, it comes back', async () => {
  const { page } = await open({ reducedMotion: true });
  await page.getByRole('button', { name: 'Snooze' }).click();
  const sheet = page.getByRole('dialog', { name: 'Snooze' });
  const head = sheet.getByRole('heading', { name: 'Snooze' });
  await head.waitFor();
  const shift = () => sheet.evaluate((element) => element.style.transform);
  const drawDown = async (pixels: number): Promise<void> => {
    const { x, y } = (await head.boundingBox())!;
    await page.mouse.move(x + 10, y + 5);
    await page.mouse.down();
    await page.mouse.move(x + 10, y + 5 + pixels, { steps: 5 });
    expect(await shift()).toBe(`translateY(${pixels}px)`);
    await page.mouse.up();
  };
  await drawDown(60);
  expect(await shift()).toBe('');
  expect(await sheet.isVisible()).toBe(true);
  await drawDown(120);
  await sheet.waitFor({ state: 'detached' });
});

describe('the keyboard', () => {
  test('reaches everything; Escape closes a sheet and gives the focus back', async () => {
    const { page } = await open();
    const snooze = page.getByRole('button', { name: 'Snooze' });
    await snooze.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Snooze' }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.closest('dialog') !== null)).toBe(true);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await snooze.evaluate((element) => element === document.activeElement)).toBe(true);
  });
});

describe('links', () => {
  test('lead to the very reminder', async () => {
    const { rows } = await app.database.admin.query<{ id: number }>(
      `select id::int from public.scheduled_reminders where telegram_id = $1 and title like 'Ask for an intro%'`,
      [MARA],
    );
    const { page } = await open({ startParam: `r${rows[0]!.id}` });
    const card = page.getByRole('article', { name: 'Claire Dubois' });
    await card.waitFor();
    await expect
      .poll(() => card.evaluate((element) => element.getBoundingClientRect().bottom <= innerHeight))
      .toBe(true);
  });

  test('lead to one far down a long list, which is not drawn before', async () => {
    await addPerson(app.database, 507);
    const { rows } = await app.database.admin.query<{ id: number }>(
      `insert into public.scheduled_reminders (telegram_id, due_at, title)
       select 507, public.app_now() + interval '30 hours' + make_interval(mins => n), 'Call number ' || n
       from generate_series(1, 300) as n returning id::int`,
    );
    const { page } = await app.open(507, { startParam: `r${rows[249]!.id}` });
    const card = page.getByRole('article', { name: 'Call number 250', exact: true });
    await card.waitFor();
    await expect
      .poll(() =>
        card.evaluate((element) => {
          const { top, bottom } = element.getBoundingClientRect();
          return top >= 0 && bottom <= innerHeight;
        }),
      )
      .toBe(true);
  });

  test('to a day that is not listed show the reminder above the lists', async () => {
    await addPerson(app.database, 504);
    const id = await addReminder(app.database, 504, {
      lead: 'Far Fatima',
      step: 'Call',
      at: '2026-11-20T09:30',
    });
    const { page, problems } = await open({ startParam: `r${id}` }, 504);
    await page
      .getByRole('region', { name: 'From the chat' })
      .getByRole('article', { name: 'Far Fatima' })
      .waitFor();
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByText('Done: Far Fatima').waitFor();
    await page.getByRole('article').waitFor({ state: 'detached' });
    expect(problems).toEqual([]);
  });

  test('to what is over, gone or somebody else’s say so', async () => {
    await addPerson(app.database, 505);
    const id = await addReminder(app.database, 505, {
      lead: 'Done Dora',
      step: 'Call Dora',
      at: '2026-10-14T09:00',
    });
    await app.database.userClient(505).database.rpc('complete_reminder', { p_action_id: 'done', p_id: id });
    const done = await app.open(505, { startParam: `r${id}` });
    await done.page.getByText('Call Dora: this is already done.').waitFor();
    const foreign = await app.open(505, { startParam: `r${annaId}` });
    await foreign.page.getByText('This reminder is no longer here').waitFor();
  });
});

test('inside a frame, as in Telegram’s web clients, it runs without a complaint and talks to its parent', async () => {
  const { page, problems } = await app.open(MARA, {
    prepare: async (fresh) => {
      await fresh.route('**/parent.html*', (route) =>
        route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Telegram</title>' }),
      );
    },
  });
  await page.getByRole('article').waitFor();
  const address = page.url();
  await page.goto(`${app.url}/parent.html`);
  await page.evaluate((src) => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    addEventListener('message', ({ data }) =>
      heard.push((JSON.parse(String(data)) as { eventType: string }).eventType),
    );
    const frame = document.createElement('iframe');
    Object.assign(frame, { src, width: 390, height: 800 });
    document.body.append(frame);
  }, address);
  const frame = page.frameLocator('iframe');
  await frame.getByRole('article').waitFor();
  await page.waitForLoadState('networkidle');
  await frame.getByRole('button', { name: 'Snooze' }).click();
  await frame.getByRole('dialog').waitFor();
  const heard = () => page.evaluate(() => (window as unknown as { heard: string[] }).heard);
  await expect
    .poll(heard)
    .toEqual(
      expect.arrayContaining([
        'iframe_ready',
        'web_app_ready',
        'web_app_expand',
        'web_app_setup_back_button',
      ]),
    );
  expect(problems).toEqual([]);
});
