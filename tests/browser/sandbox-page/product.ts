/** The whole product as one starts it, in a folder of its own, and the chat page over it as a person uses it. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { startProduct } from '../../support/product-process.ts';

/** The zone the tests' people live in. */
const ZONE = 'Europe/Berlin';

export interface RunningProduct {
  readonly url: string;
  /** The embedded database's folder. */
  readonly folder: string;
  /** Moves product time forward to an instant. */
  moveClock(to: Temporal.ZonedDateTime): Promise<void>;
  stop(): Promise<void>;
}

export async function runProduct(): Promise<RunningProduct> {
  const folder = mkdtempSync(join(tmpdir(), 'nudge-product-'));
  // The database's own user must be able to enter it when the tests run as root.
  chmodSync(folder, 0o755);
  const product = await startProduct([process.execPath, 'bot/main.ts'], { DATA_DIR: folder });
  return {
    url: `${product.url}/sandbox`,
    folder,
    async moveClock(to) {
      const { origin } = new URL(product.url);
      const response = await fetch(`${origin}/sandbox/api/clock`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin },
        body: JSON.stringify({ to: to.toInstant().toString() }),
      });
      if (!response.ok)
        throw new Error(`The clock did not move to ${to.toString()}: ${await response.text()}`);
    },
    async stop() {
      await product.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A time of the day after today, in Berlin: to come, whatever the machine's clock says. */
export function tomorrowAt(hour: number): Temporal.ZonedDateTime {
  return Temporal.Now.zonedDateTimeISO(ZONE).round('hour').add({ days: 1 }).with({ hour, minute: 0 });
}

/** The Monday to come, in Berlin; on a Monday the next one. */
export function nextMondayAt(hour: number): Temporal.ZonedDateTime {
  const tomorrow = tomorrowAt(hour);
  return tomorrow.add({ days: (8 - tomorrow.dayOfWeek) % 7 });
}

/** When pictures and the tour begin: a Monday of its own date, so that they look alike whenever they are made. */
export const PICTURED_MONDAY = Temporal.ZonedDateTime.from(`2030-06-03T08:00[${ZONE}]`);

/** What a person does and sees on the chat page. Whatever is done gives back the message that comes of it. */
export function chatOn(page: Page) {
  const field = page.getByRole('textbox', { name: 'Message' });
  const messages = page.locator('.msg');
  const button = (under: Locator, name: string | RegExp): Locator =>
    under.getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) });

  /**
   * Does something and waits for the message of the bot that comes of it.
   *
   * @param label of a button the message must have; absent = any message will do
   */
  async function after(act: () => Promise<void>, label?: string): Promise<Locator> {
    const last = (await messages.count()) === 0 ? null : await messages.last().getAttribute('data-message');
    await act();
    const later = last === null ? messages : page.locator(`.msg[data-message="${last}"] ~ .msg`);
    const said = later
      .and(page.locator('.msg:not(.msg--me)'))
      .filter({ hasNot: page.locator('.bub--draft') });
    const found =
      label === undefined
        ? said
        : said.filter({ has: page.getByRole('button', { name: label, exact: true }) });
    const id = await found.first().getAttribute('data-message');
    return page.locator(`.msg[data-message="${id ?? ''}"]`);
  }

  const send = (text: string): Promise<Locator> =>
    after(async () => {
      await field.fill(text);
      await field.press('Enter');
    });

  return {
    messages,
    button,
    after,
    /** The newest message with these words. */
    card: (words: string | RegExp): Locator => messages.filter({ hasText: words }).last(),
    /** @returns the bot's answer */
    say: send,
    /**
     * Answers a message in words, as one does in Telegram's clients.
     *
     * @returns what the bot says to it
     */
    async reply(to: Locator, text: string): Promise<Locator> {
      await to.locator('.bub').hover();
      await button(to, 'Reply to this message').click();
      return send(text);
    },
    /**
     * Goes to the next due reminder, once the bar says that it is due then.
     *
     * @param time e.g. "Tue 9:30"
     * @returns the reminder's card
     */
    goTo: (time: string): Promise<Locator> =>
      // The word "due" gives way on a narrow screen.
      after(() => page.getByRole('button', { name: new RegExp(`^Next (due )?${time}$`) }).click(), 'Done'),
  };
}
