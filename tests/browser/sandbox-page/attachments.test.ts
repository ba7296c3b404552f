/** What a person sends without typing, the record of the chat, and what axe finds on the page. */
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findProblems } from '../../support/axe.ts';
import { launchChromium } from '../../support/chromium.ts';
import { openSandbox, startSandbox, type TestSandbox, type WatchedPage } from './sandbox.ts';

/** A PNG of one point. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=',
  'base64',
);

let browser: Browser;
let sandbox: TestSandbox;
let watched: WatchedPage;
let page: Page;

const bubble = (text: string) => page.locator('.msg', { hasText: text }).last();

async function attach(name: RegExp): Promise<void> {
  await page.getByRole('button', { name: 'Attach' }).click();
  await page.getByRole('menuitem', { name }).click();
}

beforeAll(async () => {
  browser = await launchChromium();
  sandbox = await startSandbox((bot) => {
    bot.command('start', (ctx) =>
      ctx.reply('Welcome', { reply_markup: { inline_keyboard: [[{ text: 'Go', callback_data: 'go' }]] } }),
    );
    bot.callbackQuery('go', (ctx) => ctx.answerCallbackQuery('Gone'));
    bot.on('message', (ctx) => {
      const { contact, sticker, photo, voice, document, forward_origin: origin, text } = ctx.message;
      const from = origin?.type === 'hidden_user' ? origin.sender_user_name : undefined;
      const said = [
        contact && `card of ${contact.first_name}`,
        sticker && `sticker ${sticker.emoji ?? ''}`,
        photo && `photo of ${photo.at(-1)?.width ?? 0} by ${photo.at(-1)?.height ?? 0}`,
        voice && `voice of ${voice.file_size ?? 0} bytes`,
        document && `file ${document.file_name ?? ''} of ${document.file_size ?? 0} bytes`,
        from && `forwarded from ${from}: ${text ?? ''}`,
      ];
      return ctx.reply(`Got a ${said.find((words) => words !== undefined) ?? 'text'}`);
    });
  });
});

afterAll(async () => {
  await browser.close();
  await sandbox.stop();
});

beforeEach(async () => {
  sandbox.emulator.reset();
  watched = await openSandbox(browser, sandbox.url);
  ({ page } = watched);
  await page.getByRole('button', { name: 'START', exact: true }).click();
  await bubble('Welcome').waitFor();
});

afterEach(async () => {
  const { problems } = watched;
  await watched.close();
  expect(problems).toEqual([]);
});

describe('the attach menu sends', () => {
  test.each([
    [/^Contact/, 'Got a card of Anna Kowalska'],
    [/^Sticker/, 'Got a sticker 👍'],
    [/^Forwarded answer/, 'Got a forwarded from Anna Kowalska: Hi Mara, thank you.'],
  ])('%s', async (item, answer) => {
    await attach(item);
    await bubble(answer).waitFor();
  });

  test('a place, from a second menu', async () => {
    await attach(/^Location/);
    await page.getByRole('menuitem', { name: /^Tokyo/ }).click();
    await bubble('📍 35.6770, 139.6500').waitFor();
  });

  test.each([
    ['card.png', 'image/png', PICTURE, 'Got a photo of 1 by 1'],
    ['word.ogg', 'audio/ogg', Buffer.from('OggS'), 'Got a voice of 4 bytes'],
    ['leads.csv', 'text/csv', Buffer.from('name\nAnna'), 'Got a file leads.csv of 9 bytes'],
    ['broken.png', 'image/png', Buffer.from('none'), 'Got a file broken.png of 4 bytes'],
  ])('%s from this computer as its kind', async (name, mimeType, buffer, answer) => {
    const chosen = page.waitForEvent('filechooser');
    await attach(/^Photo, voice or file/);
    await (await chosen).setFiles({ name, mimeType, buffer });
    await bubble(answer).waitFor();
  });

  test('nothing larger than the sandbox takes, and says so', async () => {
    const chosen = page.waitForEvent('filechooser');
    await attach(/^Photo, voice or file/);
    await (
      await chosen
    ).setFiles({ name: 'film.mp4', mimeType: 'video/mp4', buffer: Buffer.alloc(6 * 1024 * 1024 + 1) });
    await page.getByRole('status').getByText('film.mp4 is larger than 6 MB').waitFor();
  });
});

test('the record of the chat can be saved: what was said, tapped and answered, by the person’s clock', async () => {
  await bubble('Welcome').getByRole('button', { name: 'Go' }).click();
  await page.getByRole('status').getByText('Gone').waitFor();
  await page.getByRole('button', { name: 'More' }).click();
  const saved = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Save the transcript' }).click();
  const text = await readFile(await (await saved).path(), 'utf8');
  const lines = text.replaceAll(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d /gm, '').replaceAll(/#\d+/g, '#');
  expect(lines.split('\n')).toEqual([
    'Times by the clock of UTC',
    'Person #: /start',
    'Nudge #: Welcome [Go]',
    'Person taps #: go',
    expect.stringMatching(/^Nudge answers the tap.*: Gone$/) as string,
    '',
  ]);
});

describe('axe finds nothing wrong', () => {
  test.each(['light', 'dark'] as const)('with the page in %s', async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    expect(await findProblems(page)).toEqual([]);
  });

  test('with a menu open, or a question in the middle', async () => {
    await page.getByRole('button', { name: 'Attach' }).click();
    await page.getByRole('menuitem').first().waitFor();
    expect(await findProblems(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Real time' }).click();
    await page.getByRole('dialog').waitFor();
    expect(await findProblems(page)).toEqual([]);
  });

  test('on a phone', async () => {
    await page.setViewportSize({ width: 390, height: 780 });
    expect(await findProblems(page)).toEqual([]);
  });
});
