/**
 * Kills the running sandbox with `kill -9` again and again while people send leads, accept plans and the clock
 * moves, then looks whether anything was lost. A person counts on what they saw: a lead they sent, a plan whose
 * button answered "started", and a message for every reminder that fell due.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import type { z } from 'zod';
import { joinEmbeddedServer, startEmbeddedServer } from '../../bot/gateway/embedded-server.ts';
import { sandboxStateSchema, tapAnswerSchema } from '../../bot/sandbox/contract.ts';
import type { SandboxMessage } from '../../bot/sandbox/contract.ts';
import { startProduct } from '../support/product-process.ts';
import type { Product } from '../support/product-process.ts';
import { quietLog } from '../support/quiet-log.ts';
import { randomNumbers } from './random-numbers.ts';

const PEOPLE = [7_100_001, 7_100_002] as const;
/** A kill comes at any moment of this time after the first action, in milliseconds. */
const KILL_WITHIN_MS = 1_200;
/** The last round has all the time it needs to catch up. */
const CATCH_UP_LIMIT_MS = 180_000;

export interface KillReport {
  readonly kills: number;
  readonly leadsSent: number;
  readonly leadsAnswered: number;
  /** Of those sent. A text whose receipt the kill swallowed is stored beside them. */
  readonly leadsStored: number;
  /** Zero: an update worked on twice makes no second lead. */
  readonly leadsStoredAgain: number;
  readonly plansAcknowledged: number;
  readonly plansStored: number;
  readonly remindersDue: number;
  readonly remindersShown: number;
  /** Sends cut in the middle: found, and sent once more saying so. */
  readonly messagesInDoubt: number;
}

/**
 * Runs the whole play on a data folder of its own. Whatever ends it, no process and no folder stays behind.
 * @param seed decides names and moments; the same seed plays the same script.
 * @param stop ends it early.
 * @throws the reason of `stop`; Error when something that was promised does not come.
 */
export async function killProduct(kills: number, seed: number, stop: AbortSignal): Promise<KillReport> {
  const folder = mkdtempSync(join(tmpdir(), 'nudge-kill-'));
  // As root, PostgreSQL runs as another user, who must be able to enter.
  chmodSync(folder, 0o755);
  const random = randomNumbers(seed);
  const play = new Play(random, stop);
  let product: Product | null = null;
  try {
    for (let round = 0; round < kills; round += 1) {
      stop.throwIfAborted();
      product = await start(folder);
      // Whatever is under way at the kill ends with a broken connection, which is the point.
      const acting = play.act(product.url, round).catch(() => undefined);
      await wait(random() * KILL_WITHIN_MS);
      await product.kill();
      product = null;
      await acting;
    }
    stop.throwIfAborted();
    product = await start(folder);
    const server = await joinEmbeddedServer(folder);
    if (server === null) throw new Error('The embedded PostgreSQL does not run.');
    const database = new pg.Client({ connectionString: server.connectionString });
    await database.connect();
    try {
      return await play.judge(product.url, database, kills);
    } finally {
      await database.end();
    }
  } finally {
    await product?.stop();
    await endServer(folder);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A killed product leaves its PostgreSQL behind, as in a real crash. */
async function endServer(folder: string): Promise<void> {
  if ((await joinEmbeddedServer(folder)) === null) return;
  await (await startEmbeddedServer({ dataDir: folder, log: quietLog })).stop();
}

function start(folder: string): Promise<Product> {
  return startProduct([process.execPath, 'bot/main.ts'], { DATA_DIR: folder });
}

/** What the people did and saw. */
class Play {
  readonly #random: () => number;
  readonly #leads: { readonly person: number; readonly name: string }[] = [];
  readonly #acknowledged = new Set<string>();

  readonly #stop: AbortSignal;

  constructor(random: () => number, stop: AbortSignal) {
    this.#random = random;
    this.#stop = stop;
  }

  /** One round: a step of the clock, a lead each, Accept on every open plan card. */
  async act(url: string, round: number): Promise<void> {
    // First, so that every round gets there: a person may make only 20 plans a day.
    await post(url, 'clock', { bySeconds: 7_200 + Math.floor(this.#random() * 86_400) });
    for (const person of PEOPLE) {
      const name = `Person${letters(round)} Lead${letters(person % 10)}`;
      await post(url, 'messages', {
        personId: person,
        text: `${name}, Acme ${letters(round)} GmbH. Met at a fair, wants a quote.`,
      });
      this.#leads.push({ person, name });
    }
    await wait(this.#random() * 300);
    await this.#acceptAll(url);
  }

  async #acceptAll(url: string): Promise<void> {
    for (const message of (await state(url)).messages) {
      const accept = message.inlineKeyboard.flat().find((button) => button.text === 'Accept');
      if (accept?.callback_data === undefined) continue;
      const tapped = { personId: message.chatId, messageId: message.messageId, data: accept.callback_data };
      const { text } = tapAnswerSchema.parse(await post(url, 'taps', tapped));
      if (text?.startsWith('Plan started') === true)
        this.#acknowledged.add(`${message.chatId}:${leadOf(message)}`);
    }
  }

  /** Lets the product catch up, then counts what a person would miss, in the database itself. */
  async judge(url: string, database: pg.Client, kills: number): Promise<KillReport> {
    await this.#until(
      'every lead to be answered',
      async () => this.#answered(await state(url)) === this.#leads.length,
    );
    await this.#acceptAll(url);
    // Every step of every plan falls due, at noon, when nobody sleeps: nothing may be left unsaid.
    const { clock } = await state(url);
    const noon = `${Temporal.PlainDate.from(clock.now.slice(0, 10)).add({ days: 40 }).toString()}T12:00:00Z`;
    await post(url, 'clock', { to: noon });
    await this.#until(
      'every reminder to be shown',
      async () => (await count(database, `${DUE} and reminder_count = 0`)) === 0,
    );
    const stored = await storedPlans(database);
    const leads = await storedLeads(database);
    return {
      kills,
      leadsSent: this.#leads.length,
      leadsAnswered: this.#answered(await state(url)),
      leadsStored: this.#leads.filter(({ person, name }) => leads.includes(`${person}:${name}`)).length,
      leadsStoredAgain: leads.length - new Set(leads).size,
      plansAcknowledged: this.#acknowledged.size,
      plansStored: [...this.#acknowledged].filter((key) => stored.has(key)).length,
      remindersDue: await count(database, DUE),
      remindersShown: await count(database, `${DUE} and reminder_count > 0`),
      messagesInDoubt: await count(database, `select from delivery_attempts where outcome = 'in_doubt'`),
    };
  }

  async #until(what: string, isTrue: () => Promise<boolean>): Promise<void> {
    const deadline = performance.now() + CATCH_UP_LIMIT_MS;
    while (!(await isTrue())) {
      this.#stop.throwIfAborted();
      if (performance.now() > deadline)
        throw new Error(`Waited ${String(CATCH_UP_LIMIT_MS / 1000)} s for ${what}.`);
      await wait(250);
    }
  }

  #answered({ messages }: State): number {
    const fromBot = messages.filter((message) => message.from === 'bot');
    return this.#leads.filter(({ person, name }) =>
      fromBot.some((message) => message.chatId === person && message.text.startsWith(name)),
    ).length;
  }
}

type State = z.infer<typeof sandboxStateSchema>;

function leadOf(message: SandboxMessage): string {
  return message.text.split(/ · |\n/)[0] ?? '';
}

async function state(url: string): Promise<State> {
  return sandboxStateSchema.parse(await (await fetch(`${url}/sandbox/api/state`)).json());
}

async function post(url: string, path: string, body: unknown): Promise<unknown> {
  const answer = await fetch(`${url}/sandbox/api/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify(body),
  });
  return await answer.json();
}

const DUE = `select from scheduled_reminders where status in ('pending', 'sent')`;

async function count(database: pg.Client, rows: string): Promise<number> {
  const { rowCount } = await database.query(rows);
  return rowCount ?? 0;
}

/** Every row, as "person:lead". */
async function storedLeads(database: pg.Client): Promise<string[]> {
  const { rows } = await database.query<{ key: string }>(
    `select telegram_id || ':' || name as key from leads`,
  );
  return rows.map(({ key }) => key);
}

/** Running plans of which every step has its row, as "person:lead". */
async function storedPlans(database: pg.Client): Promise<Set<string>> {
  const { rows } = await database.query<{ key: string }>(`
    select lead.telegram_id || ':' || lead.name as key
    from engagement_plans as plan join leads as lead on lead.id = plan.lead_id
    where plan.status = 'active'
      and (select count(*) from outreach_steps as step where step.plan_id = plan.id)
        = (select count(*) from scheduled_reminders as reminder where reminder.plan_id = plan.id)`);
  return new Set(rows.map(({ key }) => key));
}

/** 0 = A, 25 = Z, 26 = BA: names without digits, as people have. */
function letters(number: number): string {
  const rest = String.fromCodePoint(97 + (number % 26));
  return number < 26 ? rest : letters(Math.floor(number / 26)) + rest;
}
