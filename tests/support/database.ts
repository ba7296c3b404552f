/** A database of its own for a test file: a clone of a closed template, with the gateway and SDK clients over it. */
import { createHmac, randomBytes } from 'node:crypto';
import { createClient } from '@insforge/sdk';
import type { InsForgeClient } from '@insforge/sdk';
import pg from 'pg';
import { inject } from 'vitest';
import { createGateway } from '../../bot/gateway/create-gateway.ts';
import type { Gateway } from '../../bot/gateway/create-gateway.ts';
import { quietLog } from './quiet-log.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Superuser's URL of the run's server, database `postgres`. */
    postgresUrl: string;
  }
}

/** Keys of the test gateway; the shapes are InsForge's. */
export const TEST_KEYS = {
  jwtSecret: 'a secret of the tests, long enough for HS256',
  apiKey: 'ik_0123456789abcdef0123456789abcdef',
  anonKey: 'anon_0123456789abcdef0123456789abcdef',
} as const;

/** Where SDK clients believe the gateway is; nothing listens there. */
export const GATEWAY_URL = 'http://gateway.test';

/** Claims as PostgreSQL sees them; a missing role is `authenticated`. */
export interface TestClaims {
  readonly sub: number | string;
  readonly role?: string;
  readonly email?: string;
}

export interface TestDatabase {
  /** URL of the superuser. */
  readonly url: string;
  /** The superuser's connections. */
  readonly admin: pg.Pool;
  readonly gateway: Gateway;
  /** SDK client with the server key. */
  readonly server: InsForgeClient;
  /**
   * Runs `work` in one transaction as that role, and commits. Fails if `current_user` is not the role meant, because a
   * test of row level security that runs as the superuser sees everything and proves nothing.
   */
  as<Result>(
    who: TestClaims | 'anon' | 'project_admin',
    work: (client: pg.PoolClient) => Promise<Result>,
  ): Promise<Result>;
  /** SDK client of a signed-in person. */
  userClient(telegramId: number | string): InsForgeClient;
  /** SDK client with the anonymous key. */
  anonClient(): InsForgeClient;
  /** A signed token; what is given replaces or (with undefined) removes the usual claims. */
  token(claims: Readonly<Record<string, unknown>>): string;
  /** Closes everything and removes the database. */
  drop(): Promise<void>;
}

/** Clones a template of the run's server. */
export async function createTestDatabase(
  options: { readonly template?: 'migrated' | 'bootstrapped' } = {},
): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await withMaintenance(`create database ${name} template ${options.template ?? 'migrated'}`);
  // Rights on the database itself are not cloned with it.
  await withMaintenance(`grant create on database ${name} to project_admin`);
  const url = new URL(inject('postgresUrl'));
  url.pathname = `/${name}`;
  const admin = new pg.Pool({ connectionString: url.href, max: 10 });
  // Tests cut connections on purpose, and dropping the database by force cuts the idle ones.
  admin.on('error', () => undefined);
  admin.on('connect', (connection) => connection.on('error', () => undefined));
  const gateway = createGateway({ connectionString: url.href, log: quietLog, ...TEST_KEYS });
  const client = (accessToken: string): InsForgeClient =>
    createClient({
      baseUrl: GATEWAY_URL,
      accessToken,
      isServerMode: true,
      fetch: gateway.fetch,
      retryCount: 0,
    });
  return {
    url: url.href,
    admin,
    gateway,
    server: client(TEST_KEYS.apiKey),
    as: async (who, work) => await runAs(admin, who, work),
    userClient: (telegramId) => client(signToken({ sub: String(telegramId) })),
    anonClient: () => client(TEST_KEYS.anonKey),
    token: signToken,
    drop: async () => {
      await gateway.close();
      await admin.end();
      await withMaintenance(`drop database ${name} with (force)`);
    },
  };
}

/** Signs claims like the product: HS256, role, `iat` 5 s in the past, 15 minutes to live. */
export function signToken(
  claims: Readonly<Record<string, unknown>>,
  options: { readonly secret?: string; readonly header?: Readonly<Record<string, unknown>> } = {},
): string {
  const now = Math.floor(Date.now() / 1000);
  const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url');
  const header = encode({ alg: 'HS256', typ: 'JWT', ...options.header });
  const payload = encode({ role: 'authenticated', iat: now - 5, exp: now + 900, ...claims });
  const signature = createHmac('sha256', options.secret ?? TEST_KEYS.jwtSecret).update(
    `${header}.${payload}`,
  );
  return `${header}.${payload}.${signature.digest('base64url')}`;
}

async function runAs<Result>(
  pool: pg.Pool,
  who: TestClaims | 'anon' | 'project_admin',
  work: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  const role = typeof who === 'string' ? who : (who.role ?? 'authenticated');
  const claims = typeof who === 'string' ? { role } : { ...who, sub: String(who.sub), role };
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query(
      `select set_config('role', $1, true), set_config('request.jwt.claims', $2, true), set_config('search_path', 'public', true)`,
      [role, JSON.stringify(claims)],
    );
    const { rows } = await client.query<{ current_user: string }>('select current_user');
    if (rows[0]?.current_user !== role)
      throw new Error(`Meant to be ${role}, but am ${String(rows[0]?.current_user)}.`);
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

async function withMaintenance(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('postgresUrl') });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
