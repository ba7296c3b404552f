/** People who tap while the dispatcher works: Done, Snooze, Cancel and a new plan, on rows that are about to be claimed. */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';
import { mintPersonToken } from '../../../bot/http/tokens.ts';
import { GATEWAY_KEYS } from './rude-gateway.ts';

/** Rows from the front of the queue that the next tap is chosen from: those the workers are after, too. */
const FRONT = 120;
/** A tap that gets no answer is repeated with the same action id, as the bot and the mini-app do. */
const REPEAT_AFTER_MS = 250;

export interface Act {
  readonly kind: 'done' | 'snooze' | 'cancel' | 'replan';
  readonly reminderId: number;
  /** Milliseconds since 1970 at which the person had the answer: committed by then. */
  readonly knownAt: number;
}

interface Chosen {
  readonly id: number;
  readonly telegram_id: number;
  readonly lead_id: number | null;
}

export class People {
  readonly #database: pg.Pool;
  readonly #url: string;
  readonly #random: () => number;
  readonly acts: Act[] = [];

  /** @param url of the gateway that the calls go through. */
  constructor(database: pg.Pool, url: string, random: () => number) {
    this.#database = database;
    this.#url = url;
    this.#random = random;
  }

  /** Acts again and again, so many times a second on average, until told to stop. */
  async act(perSecond: number, stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      await wait((this.#random() * 2000) / perSecond, undefined, { signal: stop }).catch(() => undefined);
      const row = await this.#choose().catch(() => null);
      if (row !== null) await this.#tap(row);
    }
  }

  async #choose(): Promise<Chosen | null> {
    const { rows } = await this.#database.query<Chosen>(
      `select id::int, telegram_id::int, lead_id::int from scheduled_reminders
       where status = 'pending' and due_at <= app_now() order by due_at limit 1 offset $1`,
      [Math.floor(this.#random() * FRONT)],
    );
    return rows[0] ?? null;
  }

  async #tap(row: Chosen): Promise<void> {
    const actionId = randomUUID();
    const dice = this.#random();
    if (row.lead_id !== null && dice < 0.7) {
      const answer = await this.#call(row, 'propose_plan', {
        p_action_id: actionId,
        p_lead_id: row.lead_id,
        p_plan: { steps: [{ action_type: 'call', description: 'Ring later', delay_days: 5 }] },
      });
      const planId = (answer as { plan_id?: number } | null)?.plan_id;
      const wanted = new Date(Date.now() + 5 * 86_400_000).toISOString();
      const accepted = await this.#call(row, 'accept_plan', {
        p_action_id: randomUUID(),
        p_plan_id: planId,
        p_schedule: [{ step_id: 1, wanted_at: wanted }],
      });
      if (accepted !== null) this.#note('replan', row);
      return;
    }
    const id = { p_action_id: actionId, p_id: row.id };
    if (dice < 0.4) {
      if ((await this.#call(row, 'complete_reminder', id)) !== null) this.#note('done', row);
    } else if (dice < 0.7) {
      if ((await this.#call(row, 'cancel_reminder', id)) !== null) this.#note('cancel', row);
    } else {
      const until = new Date(Date.now() + 86_400_000).toISOString();
      if ((await this.#call(row, 'snooze_reminder', { ...id, p_until: until })) !== null)
        this.#note('snooze', row);
    }
  }

  #note(kind: Act['kind'], { id }: Chosen): void {
    this.acts.push({ kind, reminderId: id, knownAt: Date.now() });
  }

  /** Repeats until there is an answer. @returns null for a refusal: the row was finished meanwhile. */
  async #call(row: Chosen, name: string, args: Readonly<Record<string, unknown>>): Promise<unknown> {
    const { token } = await mintPersonToken(row.telegram_id, {
      secret: GATEWAY_KEYS.jwtSecret,
      nowSeconds: Math.floor(Date.now() / 1000),
    });
    for (;;) {
      try {
        const response = await fetch(`${this.#url}/api/database/rpc/${name}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
          body: JSON.stringify(args),
        });
        const body: unknown = await response.json();
        if (response.ok) return body;
        if (response.status < 500 && response.status !== 409) return null;
      } catch {
        // The connection broke: the person does not know and taps again.
      }
      await wait(REPEAT_AFTER_MS);
    }
  }
}
