/** The database as the model check plays it: the same calls, and a look at everything the model knows. */
import type pg from 'pg';
import { openDispatcher } from '../dispatcher.ts';
import type { Dispatcher } from '../dispatcher.ts';
import { RETRY_MINUTES, SNOOZE_MINUTES } from './model.ts';
import type { Call, Model, Reply } from './model.ts';

/** The Wednesday's midnight from which minutes count. */
const MIDNIGHT = Date.parse('2026-11-18T00:00:00Z');
const FIRST_PERSON = 100;
/** A lost transaction is tried again, as the store does it. */
const RETRIED = new Set(['40P01', '40001']);

/** What both sides show of themselves; instants in minutes. */
export interface View {
  readonly rows: readonly object[];
  readonly batches: readonly string[];
}

export function viewOf({ rows, batches }: Model): View {
  return {
    rows: rows.map(({ status, level, due, inDoubt, shown, snoozes, attempts, held }) => ({
      ...{ status, level, due, inDoubt, shown, snoozes, attempts },
      held: held?.token ?? null,
    })),
    batches: [...batches.keys()].toSorted(),
  };
}

export class DatabaseUnderCheck {
  readonly #dispatcher: Dispatcher;
  /** Ids by the number of the row. */
  #ids: number[] = [];

  constructor(dispatcher: Dispatcher) {
    this.#dispatcher = dispatcher;
  }

  /** People who never sleep, and a product clock that a plain UPDATE moves: a new function would cost every session its plans. */
  static async open(people: number): Promise<DatabaseUnderCheck> {
    const dispatcher = await openDispatcher();
    await dispatcher.reset();
    await dispatcher.database.admin.query(
      'create table public.model_clock (at timestamptz); grant select on public.model_clock to public; insert into public.model_clock values (now())',
    );
    await dispatcher.productClock('at from public.model_clock');
    for (let nth = 0; nth < people; nth += 1) await dispatcher.person(FIRST_PERSON + nth);
    return new DatabaseUnderCheck(dispatcher);
  }

  drop(): Promise<void> {
    return this.#dispatcher.drop();
  }

  /** Breaks a rule of the database on purpose: a line of PL/pgSQL before every change of a reminder. */
  async corrupt(line: string): Promise<void> {
    await this.#dispatcher.database.admin.query(
      `create function public.corrupt() returns trigger language plpgsql as $$ begin ${line}; return new; end $$;
       create trigger corrupt before update on public.scheduled_reminders for each row execute function public.corrupt()`,
    );
  }

  async mend(): Promise<void> {
    await this.#dispatcher.database.admin.query('drop function public.corrupt() cascade');
  }

  /** Empties what a play writes and makes its rows: one a person, so that each is a message of its own. */
  async begin(model: Model): Promise<void> {
    const { admin } = this.#dispatcher.database;
    await admin.query(
      `delete from open_attempts; delete from claim_batches; delete from delivery_attempts; delete from reminder_events;
       delete from user_actions; delete from scheduled_reminders`,
    );
    await admin.query('update public.model_clock set at = $1', [instant(model.now)]);
    const { rows } = await admin.query<{ id: string }>(
      `insert into scheduled_reminders (telegram_id, due_at)
       select $1 + nth - 1, due_at from unnest($2::timestamptz[]) with ordinality as item (due_at, nth) order by nth returning id`,
      [FIRST_PERSON, model.rows.map(({ due }) => instant(due))],
    );
    this.#ids = rows.map(({ id }) => Number(id));
  }

  /** Makes one call on a connection of its own. */
  async play(call: Call, now: number): Promise<Reply> {
    for (;;) {
      try {
        return await this.#play(call, now);
      } catch (error) {
        const code = (error as { code?: string }).code ?? '';
        // P0001 is a refusal in words.
        if (code === 'P0001') return false;
        if (!RETRIED.has(code)) throw error;
      }
    }
  }

  async #play(call: Call, now: number): Promise<Reply> {
    const dispatcher = this.#dispatcher;
    switch (call.kind) {
      case 'claim': {
        const { ids } = await dispatcher.claim({ token: call.token });
        return ids.map((id) => this.#ids.indexOf(id)).toSorted((a, b) => a - b);
      }
      case 'settle':
        return await dispatcher.settle(
          call.token,
          call.results.map(({ row, outcome }) => ({
            ...{ id: this.#ids[row]!, outcome, message_id: 7 },
            retry_in_ms: RETRY_MINUTES * 60_000,
          })),
        );
      case 'sweep':
        return await dispatcher.call('sweep_reminders()');
      case 'expire': {
        const lease = `update claim_batches set lease_until = clock_timestamp() - interval '1 second' where token = $1 returning token`;
        return (await dispatcher.sql(lease, [call.token])).length > 0;
      }
      case 'extend':
        return await dispatcher.call('extend_claims($1, 30)', [call.token]);
      case 'act': {
        const values = [call.id, this.#ids[call.row]];
        const until = instant(now + SNOOZE_MINUTES);
        await (call.act === 'snooze'
          ? this.#asPerson(call.row, 'select public.snooze_reminder($1, $2, $3)', [...values, until])
          : this.#asPerson(call.row, `select public.${call.act}_reminder($1, $2)`, values));
        return true;
      }
      case 'undo':
        await this.#asPerson(call.row, 'select public.undo_action($1)', [call.id]);
        return true;
      case 'advance':
        await dispatcher.database.admin.query(
          'update public.model_clock set at = at + make_interval(mins => $1)',
          [call.minutes],
        );
        return null;
    }
  }

  #asPerson(row: number, statement: string, values: unknown[]): Promise<void> {
    return this.#dispatcher.asPerson(FIRST_PERSON + row, statement, values);
  }

  async look(): Promise<View> {
    const { rows } = await this.#dispatcher.database.admin.query<LookedAt & pg.QueryResultRow>(LOOK, [
      new Date(MIDNIGHT),
    ]);
    return { rows: rows[0]?.rows ?? [], batches: rows[0]?.batches ?? [] };
  }
}

interface LookedAt {
  readonly rows: readonly object[] | null;
  readonly batches: readonly string[] | null;
}

const LOOK = `
  select (
    select json_agg(json_build_object('status', status, 'level', level,
      'due', extract(epoch from due_at - $1::timestamptz)::float8 / 60, 'inDoubt', in_doubt, 'shown', reminder_count,
      'snoozes', snooze_count, 'attempts', (select coalesce(json_object_agg(token, outcome), '{}')
        from delivery_attempts where reminder_id = reminder.id),
      'held', (select token from open_attempts where reminder_id = reminder.id)) order by id)
    from scheduled_reminders as reminder
  ) as rows, (select json_agg(token order by token) from claim_batches) as batches`;

function instant(minutes: number): Date {
  return new Date(MIDNIGHT + minutes * 60_000);
}
