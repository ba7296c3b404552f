/** The product behind a webhook, as a team with its own server runs it, killed while it works on an update. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase } from '../../support/database.ts';
import type { TestDatabase } from '../../support/database.ts';
import { startTelegram } from '../../support/telegram.ts';
import type { TestTelegram } from '../../support/telegram.ts';

/** Longer than any wait of Telegram between two tries, and than the lease of a dead process. Milliseconds. */
const PATIENCE_MS = 150_000;
const NAMES = ['Anna', 'Boris', 'Clara', 'Dilip', 'Elena', 'Farid'].map((name) => `${name} Kowalska`);

let database: TestDatabase;
let telegram: TestTelegram;
let port: number;
let product: ChildProcess | null = null;

beforeAll(async () => {
  database = await createTestDatabase();
  telegram = await startTelegram();
  port = await quietPort();
});

afterAll(async () => {
  await end('SIGTERM');
  await telegram.stop();
  await database.drop();
});

/** A free port that nobody is given who asks for any: the product takes it twice, and Telegram knows it in between. */
async function quietPort(): Promise<number> {
  for (;;) {
    const candidate = randomInt(20_000, 30_000);
    const squatter = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      squatter.once('error', () => resolve(false));
      squatter.listen(candidate, '127.0.0.1', () => resolve(true));
    });
    if (!isFree) continue;
    await new Promise((resolve) => squatter.close(resolve));
    return candidate;
  }
}

async function start(): Promise<void> {
  const before = await webhooksSet();
  const url = `http://127.0.0.1:${String(port)}`;
  product = spawn(process.execPath, ['bot/main.ts'], {
    env: {
      ...process.env,
      BOT_TOKEN: telegram.token,
      TELEGRAM_API_ROOT: telegram.apiRoot,
      TELEGRAM_WEBHOOK_URL: `${url}/telegram/webhook`,
      TELEGRAM_WEBHOOK_SECRET: 'only-Telegram_knows',
      DATABASE_URL: database.url,
      JWT_SECRET: 's'.repeat(32),
      PUBLIC_URL: url,
      PORT: String(port),
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = once(product, 'exit').then(([code]) => {
    throw new Error(`The product ended with ${String(code)} before it had set its webhook`);
  });
  await Promise.race([ended, expect.poll(webhooksSet, { timeout: PATIENCE_MS }).toBe(before + 1)]);
  ended.catch(() => undefined);
}

async function end(signal: NodeJS.Signals): Promise<void> {
  if (product === null) return;
  const gone = once(product, 'exit');
  product.kill(signal);
  await gone;
  product = null;
}

const isWebhookCall = (call: { method: string; accepted: boolean }): boolean =>
  call.method.toLowerCase() === 'setwebhook' && call.accepted;
const webhooksSet = async (): Promise<number> => (await telegram.calls()).filter(isWebhookCall).length;

test('killed in the middle and started again, a product behind a webhook has every lead once and in the order sent', async () => {
  await start();
  const mara = await telegram.person();
  await telegram.say(mara, '/start');
  await telegram.waitForMessage(mara);

  const lead = (name: string) => `${name}, Baltic Freight GmbH. Met at a fair, wants a quote.`;
  const working = telegram.waitForEvent(
    (event) =>
      event.type === 'message' && event.message.from === 'bot' && event.message.text.includes('Anna'),
  );
  for (const name of NAMES.slice(0, 3)) await telegram.say(mara, lead(name));
  await working;
  await end('SIGKILL');
  // Telegram keeps what is said to a bot that is away.
  for (const name of NAMES.slice(3)) await telegram.say(mara, lead(name));

  await start();
  const stored = async (): Promise<string[]> =>
    (await database.admin.query<{ name: string }>('select name from leads order by id')).rows.map(
      ({ name }) => name,
    );
  await expect.poll(stored, { timeout: PATIENCE_MS }).toEqual(NAMES);
  const hasCard = (name: string): boolean =>
    telegram.messages(mara).some(({ from, text, inlineKeyboard }) => {
      const labels = inlineKeyboard.flat().map((button) => button.text);
      return from === 'bot' && text.includes(name) && labels.includes('Accept');
    });
  await expect.poll(() => NAMES.filter((name) => !hasCard(name)), { timeout: PATIENCE_MS }).toEqual([]);
  expect(await stored(), 'nothing is stored twice').toEqual(NAMES);
}, 480_000);
