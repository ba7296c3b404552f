import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchChromium } from '../../support/chromium.ts';
import { MARA, openSandbox, startSandbox, type TestSandbox, type WatchedPage } from './sandbox.ts';

let browser: Browser;
let sandbox: TestSandbox;
let watched: WatchedPage;

const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 780 }, hasTouch: true };

async function open(options: BrowserContextOptions): Promise<Page> {
  watched = await openSandbox(browser, sandbox.url, options);
  return watched.page;
}

beforeAll(async () => {
  browser = await launchChromium();
  sandbox = await startSandbox((bot) => {
    bot.on('message', (ctx) =>
      ctx.reply('Call Anna\nShe asked for three lanes', {
        entities: [{ type: 'bold', offset: 0, length: 9 }],
        reply_markup: {
          inline_keyboard: [
            [
              { text: 'Done', callback_data: 'a', style: 'success' },
              { text: 'Cancel', callback_data: 'b', style: 'danger' },
              { text: 'Open', callback_data: 'c', style: 'primary' },
            ],
          ],
        },
      }),
    );
  });
  sandbox.emulator.sendText({ personId: MARA.id, text: 'Anna, Baltic Freight' });
});

afterAll(async () => {
  await browser.close();
  await sandbox.stop();
});

beforeEach(async () => {
  await expect.poll(() => sandbox.emulator.state().messages.length).toBeGreaterThan(1);
});

afterEach(async () => {
  const { problems } = watched;
  await watched.close();
  expect(problems).toEqual([]);
});

describe('every width', () => {
  test.each([360, 390, 700, 701, 959, 1100, 1180, 1280, 1440, 1920])(
    'nothing is cut off at %i pixels',
    async (width) => {
      const page = await open({ viewport: { width, height: 800 } });
      const overflow = await page.evaluate(() => ({
        page: document.documentElement.scrollWidth - innerWidth,
        bar: document.querySelector('.bar')!.scrollWidth - document.querySelector('.bar')!.clientWidth,
      }));
      expect(overflow).toEqual({ page: 0, bar: 0 });
      // What scrolls inside of it would not count above: each button is there as a whole.
      const clock = page.getByRole('group', { name: 'Clock' });
      for (const button of await clock.getByRole('button').all()) {
        const { x, width: wide } = (await button.boundingBox())!;
        expect.soft(x).toBeGreaterThanOrEqual(0);
        expect.soft(x + wide).toBeLessThanOrEqual(width);
        expect.soft(await button.evaluate((node) => node.scrollWidth - node.clientWidth)).toBe(0);
      }
    },
  );
});

describe('a phone', () => {
  test('shows the list, then one chat, and the way back', async () => {
    const page = await open(PHONE);
    expect(await page.locator('.chat').isVisible()).toBe(false);
    await page.getByRole('button', { name: /^Mara Feld/ }).tap();
    await page.locator('.msg', { hasText: 'Call Anna' }).waitFor();
    expect(await page.getByRole('navigation', { name: 'People' }).isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Back to the list of people' }).tap();
    await page.getByRole('navigation', { name: 'People' }).waitFor();
  });

  test('what arrives while the chat is not on screen is unread', async () => {
    const page = await open(PHONE);
    await page.getByRole('button', { name: /^Mara Feld/ }).tap();
    await page.locator('.msg').first().waitFor();
    await page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name: 'Rows' }).tap();
    await sandbox.bot.api.sendMessage(MARA.id, 'News');
    await expect.poll(() => page.title()).toBe('(1) Nudge sandbox');
    await page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name: 'Chat' }).tap();
    await expect.poll(() => page.title()).toBe('Nudge sandbox');
  });

  test('chat, app and rows take turns', async () => {
    const page = await open(PHONE);
    await page.getByRole('button', { name: /^Mara Feld/ }).tap();
    const panes = page.getByRole('navigation', { name: 'Panes' });
    for (const [name, shown] of [
      ['App', '.phone'],
      ['Rows', '.drawer'],
      ['Chat', '.chat'],
    ] as const) {
      await panes.getByRole('button', { name }).tap();
      await page.locator(shown).waitFor();
      const visible = await Promise.all(
        ['.phone', '.drawer', '.chat'].map((part) => page.locator(part).isVisible()),
      );
      expect(visible.filter(Boolean)).toHaveLength(1);
    }
  });

  test('faults are in a menu, and a tap on a bubble is a reply', async () => {
    const page = await open(PHONE);
    await page.getByRole('button', { name: 'Faults' }).tap();
    await page.getByRole('menuitemcheckbox', { name: /^Slow/ }).tap();
    await expect.poll(() => sandbox.emulator.state().faults).toEqual(['slow']);
    sandbox.emulator.setFaults([]);
    await page.getByRole('button', { name: /^Mara Feld/ }).tap();
    await page.locator('.msg', { hasText: 'Call Anna' }).first().getByText('three lanes').tap();
    await page.locator('.answer', { hasText: 'Call Anna' }).waitFor();
  });
});

/** Contrast of every visible text against the nearest opaque ground behind it, worst first (WCAG 2). */
const weakestContrasts = () => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;
  type Colour = [number, number, number, number];
  const read = (colour: string): Colour => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r = 0, g = 0, b = 0, a = 0] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top: Colour, ground: Colour): Colour =>
    [...([0, 1, 2] as const).map((index) => top[index] * top[3] + ground[index] * (1 - top[3])), 1] as Colour;
  const groundOf = (element: Element | null): Colour => {
    if (element === null) return [255, 255, 255, 1];
    const own = read(getComputedStyle(element).backgroundColor);
    return own[3] === 1 ? own : over(own, groundOf(element.parentElement));
  };
  const luminance = (colour: Colour) => {
    const [r = 0, g = 0, b = 0] = colour.slice(0, 3).map((channel) => {
      const share = channel / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  // Initials are pictures; what is disabled is exempt; the phone's buttons wear the mini-app's own colours.
  const notOurs = '.ava, .vh, :disabled, .phone__foot';
  const found: { text: string; ratio: number }[] = [];
  for (const element of document.querySelectorAll('body *')) {
    const text = [...element.childNodes]
      .filter((node) => node.nodeType === Node.TEXT_NODE)
      .map((node) => node.nodeValue)
      .join('')
      .trim();
    if (text === '' || !element.checkVisibility() || element.closest(notOurs) !== null) continue;
    const ground = groundOf(element);
    const [lighter = 0, darker = 0] = [
      luminance(over(read(getComputedStyle(element).color), ground)),
      luminance(ground),
    ].sort((a, b) => b - a);
    found.push({ text, ratio: (lighter + 0.05) / (darker + 0.05) });
  }
  return found.sort((a, b) => a.ratio - b.ratio);
};

describe.each(['light', 'dark'] as const)('%s', (colorScheme) => {
  test('is taken from the system and every text reads at 4.5 to 1', async () => {
    const page = await open({ colorScheme });
    await page.locator('.msg', { hasText: 'Call Anna' }).first().waitFor();
    expect(await page.locator('html').getAttribute('data-theme')).toBe(colorScheme);
    const texts = await page.evaluate(weakestContrasts);
    expect(texts.length).toBeGreaterThan(30);
    expect(texts.filter(({ ratio }) => ratio < 4.5)).toEqual([]);
  });

  test('every control has a name', async () => {
    const page = await open({ colorScheme });
    await page.locator('.msg', { hasText: 'Call Anna' }).first().waitFor();
    const nameless = await page.evaluate(() =>
      [...document.querySelectorAll('button, input, textarea, a, iframe, [role=tab]')]
        .filter((control) => control.checkVisibility())
        .filter(
          (control) =>
            (
              control.getAttribute('aria-label') ??
              control.getAttribute('title') ??
              control.textContent
            ).trim() === '',
        )
        .map((control) => control.outerHTML),
    );
    expect(nameless).toEqual([]);
  });
});

test('the theme chosen here wins over the system and is remembered', async () => {
  const page = await open({ colorScheme: 'light' });
  await page.getByRole('button', { name: 'Switch to dark' }).click();
  await page.reload();
  await page.getByRole('button', { name: 'Switch to light' }).waitFor();
  expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
});

test('with reduced motion nothing moves', async () => {
  const page = await open({ reducedMotion: 'reduce' });
  await page.locator('.msg', { hasText: 'Call Anna' }).first().waitFor();
  expect(
    await page
      .locator('.msg')
      .first()
      .evaluate((element) => getComputedStyle(element).animationName),
  ).toBe('none');
});
