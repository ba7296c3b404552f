/**
 * The two ways into the database.
 *
 * Users: a pool of neutral sessions; role and claims are set inside each request's own transaction and end with it.
 * The server key: a small pool whose sessions are `project_admin` from connect, so that one statement needs one round trip.
 * Nothing but `Caller.kind === 'server'` chooses the second pool, and only the API key makes such a caller.
 */
import pg from 'pg';
import type { Caller } from './credentials.ts';
import type { Log } from './log.ts';
import { loadCatalog } from './postgrest/catalog.ts';
import type { Catalog } from './postgrest/catalog.ts';

/** InsForge's proxy gives up after 10 s; here the statement ends with the answer. */
const USER_STATEMENT_TIMEOUT_MS = 10_000;
const CONNECT_TIMEOUT_MS = 10_000;
const USER_SESSIONS = 10;
const SERVER_SESSIONS = 4;

export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
  /** Given to statements that come again and again: PostgreSQL then parses and plans them once a session. */
  readonly name?: string;
}

/** One row of text values. */
export type Row = readonly (string | null)[];

export interface RunOptions {
  /** `read` runs in a READ ONLY transaction, `write` in an ordinary one. */
  readonly access: 'read' | 'write';
  /** Looks at the answer before the commit; what it throws rolls everything back. Costs the server key its short way. */
  readonly check?: (row: Row) => void;
}

export class Sessions {
  readonly #users: pg.Pool;
  readonly #server: pg.Pool;

  constructor(connectionString: string, log: Log) {
    const common = { connectionString, connectionTimeoutMillis: CONNECT_TIMEOUT_MS, keepAlive: true };
    this.#users = new pg.Pool({ ...common, max: USER_SESSIONS, application_name: 'nudge users' });
    this.#server = new pg.Pool({
      ...common,
      max: SERVER_SESSIONS,
      // The claim loop asks every few seconds; its sessions and their prepared statements are worth keeping.
      idleTimeoutMillis: 0,
      application_name: 'nudge server',
      verify: (client, done) => {
        client.query(ENTER_SERVER).then(() => done(), done);
      },
    });
    for (const pool of [this.#users, this.#server]) {
      // Without handlers the loss of a connection, idle or at work, would end the process.
      pool.on('connect', (client) => client.on('error', () => undefined));
      pool.on('error', (error) =>
        log.warn({ event: 'gateway.connection_lost', reason: error.message }, 'idle connection lost'),
      );
    }
  }

  /** Runs one statement as the caller and returns its first row. */
  async run(caller: Caller, statement: Statement, options: RunOptions): Promise<Row> {
    if (caller.kind === 'user') {
      return await this.#inTransaction(this.#users, statement, options, async (client) => {
        await client.query({ name: 'enter user', text: ENTER_USER, values: [caller.role, caller.claims] });
      });
    }
    if (options.access === 'write' && options.check === undefined) return await ask(this.#server, statement);
    return await this.#inTransaction(this.#server, statement, options, async () => undefined);
  }

  /** Reads the catalogue with the connecting role's own eyes. */
  async loadCatalog(): Promise<Catalog> {
    const client = await this.#users.connect();
    try {
      return await loadCatalog(client);
    } finally {
      client.release();
    }
  }

  /** Answers whether the database does. */
  async ping(): Promise<boolean> {
    return await this.#users.query('select 1').then(
      () => true,
      () => false,
    );
  }

  async close(): Promise<void> {
    await Promise.all([this.#users.end(), this.#server.end()]);
  }

  async #inTransaction(
    pool: pg.Pool,
    statement: Statement,
    { access, check }: RunOptions,
    enter: (client: pg.PoolClient) => Promise<void>,
  ): Promise<Row> {
    const client = await pool.connect();
    let isBroken = true;
    try {
      await client.query(access === 'read' ? 'begin read only' : 'begin');
      try {
        await enter(client);
        const row = await ask(client, statement);
        check?.(row);
        await client.query('commit');
        isBroken = false;
        return row;
      } catch (error) {
        await client.query('rollback').then(
          () => (isBroken = false),
          // The first error says why; a failing rollback only means that the connection is gone.
          () => undefined,
        );
        throw error;
      }
    } finally {
      client.release(isBroken);
    }
  }
}

const ENTER_USER = `select set_config('role', $1, true), set_config('request.jwt.claims', $2, true),
  set_config('search_path', 'public', true), set_config('statement_timeout', '${USER_STATEMENT_TIMEOUT_MS}', true)`;
const ENTER_SERVER = `set role project_admin; set search_path = public; set statement_timeout = 0;
  select set_config('request.jwt.claims', '{"role":"project_admin"}', false)`;

/** Values stay the text PostgreSQL sent: the driver would lose digits of numbers and time stamps. */
const AS_TEXT = { getTypeParser: () => (value: string) => value };

async function ask(target: pg.Pool | pg.PoolClient, statement: Statement): Promise<Row> {
  const { text, name } = statement;
  const { rows } = await target.query<(string | null)[]>({
    ...{ text, values: [...statement.values], rowMode: 'array', types: AS_TEXT },
    ...(name !== undefined && { name }),
  });
  return rows[0] ?? [];
}
