import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchChromium } from '../../support/chromium.ts';
import { DEV, MARA, openSandbox, startSandbox, type TestSandbox, type WatchedPage } from './sandbox.ts';

let browser: Browser;
let sandbox: TestSandbox;
let watched: WatchedPage;
let page: Page;

const bubble = (text: string) => page.locator('.msg', { hasText: text }).last();
const button = (name: string) => page.getByRole('button', { name, exact: true });
const person = (name: string) =>
  page.getByRole('navigation', { name: 'People' }).getByRole('button', { name });
const input = () => page.getByRole('textbox', { name: 'Message' });

async function say(text: string): Promise<void> {
  await input().fill(text);
  await input().press('Enter');
}

beforeAll(async () => {
  browser = await launchChromium();
  sandbox = await startSandbox((bot) => {
    void bot.api.setMyCommands([
      { command: 'start', description: 'Begin' },
      { command: 'today', description: 'What is due today' },
      { command: 'help', description: 'What I can do' },
    ]);
    bot.command('start', (ctx) => ctx.reply(`Welcome ${ctx.match}`.trim()));
    bot.command('today', (ctx) => ctx.reply('Nothing is due today'));
    bot.hears('typing', (ctx) => ctx.replyWithChatAction('typing'));
    bot.hears('keys', (ctx) =>
      ctx.reply('Where are you?', {
        reply_markup: { keyboard: [[{ text: 'Berlin' }, { text: 'Here', request_location: true }]] },
      }),
    );
    bot.hears('no keys', (ctx) => ctx.reply('Gone', { reply_markup: { remove_keyboard: true } }));
    bot.hears('markup', (ctx) =>
      ctx.reply(
        '<b>Anna</b> &lt;b&gt; <tg-spoiler>secret</tg-spoiler> <a href="https://t.me/nudge_bot?start=deep">go</a> /today\n<blockquote expandable>One\nTwo\nThree\nFour</blockquote>',
        { parse_mode: 'HTML' },
      ),
    );
    bot.hears('card', (ctx) =>
      ctx.reply('Call Anna', {
        reply_markup: {
          inline_keyboard: [
            [
              { text: 'Done', callback_data: 'done', style: 'success' },
              { text: 'Cancel', callback_data: 'why', style: 'danger' },
            ],
            [{ text: 'Copy', copy_text: { text: 'Hi Anna' } }],
          ],
        },
      }),
    );
    bot.callbackQuery('done', async (ctx) => {
      await ctx.answerCallbackQuery('Done. Next: Thu 15 Oct');
      await ctx.editMessageText('Call Anna\nDone 9:41', {
        reply_markup: { inline_keyboard: [[{ text: 'Undo', callback_data: 'undo' }]] },
      });
    });
    bot.callbackQuery('why', (ctx) =>
      ctx.answerCallbackQuery({ text: 'Because you asked', show_alert: true }),
    );
    bot.on('message:location', (ctx) => ctx.reply(`At ${Math.round(ctx.message.location.latitude)} north`));
    bot.on('message:text', (ctx) => {
      const { reply_to_message: answered, text } = ctx.message;
      return ctx.reply(
        `${text.length} characters${answered === undefined ? '' : `, about “${answered.text ?? ''}”`}`,
      );
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
});

afterEach(async () => {
  const { problems } = watched;
  await watched.close();
  expect(problems).toEqual([]);
});

describe('the first minute', () => {
  test('an empty chat offers START and three things to try, and START says /start', async () => {
    await expect(page.locator('.suggest__item b').allTextContents()).resolves.toEqual([
      'Say hello',
      'Paste a lead',
      'See today',
    ]);
    expect(await input().isVisible()).toBe(false);
    await button('START').click();
    await bubble('Welcome').waitFor();
    expect(await input().isVisible()).toBe(true);
  });

  test('a suggestion is sent as if typed, and is not offered again', async () => {
    await page.locator('.suggest__item', { hasText: 'Paste a lead' }).click();
    await bubble('characters').waitFor();
    await expect(page.locator('.suggest__item b').allTextContents()).resolves.toEqual(['See today']);
  });
});

describe('a chat', () => {
  beforeEach(async () => {
    await button('START').click();
    await bubble('Welcome').waitFor();
  });

  test('what a person types reaches the bot, and its answer appears below', async () => {
    await say('Anna, Baltic Freight');
    await bubble('20 characters').waitFor();
    expect(await page.locator('.msg .bub__text').allTextContents()).toEqual([
      '/start',
      'Welcome',
      'Anna, Baltic Freight',
      '20 characters',
    ]);
    expect(await input().inputValue()).toBe('');
  });

  test('text from people and bot is never taken for markup', async () => {
    await say('<img src=x onerror=alert(1)>');
    await bubble('28 characters').waitFor();
    expect(await page.locator('.msg img').count()).toBe(0);
  });

  test('a text longer than one message is sent as several, and none of it is lost', async () => {
    await say('word '.repeat(1000).trim());
    await bubble('904 characters').waitFor();
    const sent = sandbox.emulator.state().messages.filter(({ from }) => from === 'person');
    expect(
      sent
        .slice(1)
        .map(({ text }) => text)
        .join(' '),
    ).toBe('word '.repeat(1000).trim());
  });

  test('a tapped button acts, shows the answer and edits the card in place', async () => {
    await say('card');
    await bubble('Call Anna').getByRole('button', { name: 'Done' }).click();
    await page.getByRole('status').getByText('Done. Next: Thu 15 Oct').waitFor();
    await button('Undo').waitFor();
    const card = bubble('Done 9:41');
    expect(await card.evaluate((element) => element.classList.contains('msg--edited'))).toBe(true);
    expect(await card.getByText('edited').isVisible()).toBe(true);
    expect(await page.getByRole('button', { name: 'Cancel' }).count()).toBe(0);
  });

  test('an alert is a dialog that Escape closes, and the focus returns', async () => {
    await say('card');
    const cancel = bubble('Call Anna').getByRole('button', { name: 'Cancel' });
    await cancel.focus();
    await cancel.press('Enter');
    await page.getByRole('dialog').getByText('Because you asked').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await cancel.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  test('entities are drawn, links to the bot stay inside, commands can be tapped', async () => {
    await say('markup');
    const card = bubble('Anna <b>');
    expect(await card.locator('strong').textContent()).toBe('Anna');
    const secret = card.getByRole('button', { name: 'Hidden text' });
    await secret.click();
    await secret.waitFor({ state: 'detached' });
    const fold = card.getByRole('button', { name: 'Show all' });
    await fold.click();
    expect(await card.getByRole('button', { name: 'Show less' }).getAttribute('aria-expanded')).toBe('true');
    await card.getByRole('button', { name: '/today' }).click();
    await bubble('Nothing is due today').waitFor();
    await card.getByRole('link', { name: 'go' }).click();
    await bubble('Welcome deep').waitFor();
  });

  test('a reply carries the message it answers', async () => {
    await bubble('Welcome').hover();
    await bubble('Welcome').getByRole('button', { name: 'Reply to this message' }).click();
    await page.locator('.answer', { hasText: 'Welcome' }).waitFor();
    await say('thanks');
    await bubble('about “Welcome”').waitFor();
    expect(await bubble('thanks').locator('.bub__answered').textContent()).toContain('Welcome');
    await page.locator('.answer').waitFor({ state: 'hidden' });
  });

  test('a slash opens the commands, which arrows and Enter choose', async () => {
    await input().pressSequentially('/');
    await expect(page.getByRole('option').allTextContents()).resolves.toHaveLength(3);
    await input().press('ArrowDown');
    await input().press('Enter');
    await bubble('Nothing is due today').waitFor();
    expect(await page.getByRole('listbox').isVisible()).toBe(false);
  });

  test('a reply keyboard stays until it is taken away; a location key asks for a city', async () => {
    await say('keys');
    await button('Berlin').click();
    await bubble('6 characters').waitFor();
    await button('Here').click();
    await page.getByRole('menuitem', { name: /^Sydney/ }).click();
    await bubble('At -34 north').waitFor();
    await say('no keys');
    await bubble('Gone').waitFor();
    expect(await button('Berlin').count()).toBe(0);
  });

  test('the bot is seen typing until it says something', async () => {
    await say('typing');
    await page.locator('.chat__peer').getByText('typing…').waitFor();
    await sandbox.bot.api.sendMessage(MARA.id, 'Here I am');
    await bubble('Here I am').waitFor();
    await page.locator('.chat__peer').getByText('bot, as seen by Mara Feld').waitFor();
  });

  test('another person has another chat, and what arrives unseen is counted', async () => {
    await person('Dev Patel').click();
    await page.locator('.chat__peer').getByText('as seen by Dev Patel').waitFor();
    expect(await page.locator('.msg').count()).toBe(0);
    await sandbox.bot.api.sendMessage(MARA.id, 'First');
    await sandbox.bot.api.sendMessage(MARA.id, 'Second');
    await person('Mara Feld').getByText('2', { exact: true }).waitFor();
    await expect.poll(() => page.title()).toBe('(2) Nudge sandbox');
    await person('Mara Feld').click();
    await bubble('Second').waitFor();
    expect(await person('Mara Feld').locator('.cl__badge').textContent()).toBe('');
  });

  test('text not yet sent waits in its chat', async () => {
    await input().fill('half a thou');
    await person('Dev Patel').click();
    await person('Mara Feld').getByText('Draft: half a thou').waitFor();
    await person('Mara Feld').click();
    expect(await input().inputValue()).toBe('half a thou');
  });

  test('a blocked bot can be unblocked where one would write', async () => {
    await button('More').click();
    await page.getByRole('menuitem', { name: /^Block the bot/ }).click();
    await button('Unblock and start again').waitFor();
    await expect(sandbox.bot.api.sendMessage(MARA.id, 'Hello?')).rejects.toThrow(
      'bot was blocked by the user',
    );
    await button('Unblock and start again').click();
    await input().waitFor();
    await say('back again');
    await bubble('10 characters').waitFor();
  });

  test('what could not be sent is said in words and stays in the input', async () => {
    await page.route('**/sandbox/api/messages', (route) => route.abort());
    await say('into the void');
    await page.getByRole('status').getByText('The sandbox does not answer').waitFor();
    expect(await input().inputValue()).toBe('into the void');
    // Chromium itself reports the request that was cut.
    expect(watched.problems.splice(0)).toHaveLength(2);
  });
});

test('nobody sees the chat of somebody else', async () => {
  await button('START').click();
  await bubble('Welcome').waitFor();
  await person('Dev Patel').click();
  expect(await page.locator('.msg').count()).toBe(0);
  expect(sandbox.emulator.state().messages.filter(({ chatId }) => chatId === DEV.id)).toEqual([]);
});
