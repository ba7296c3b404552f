import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readPidFile } from '../../../bot/gateway/embedded/cluster.ts';
import {
  EmbeddedServerInUse,
  joinEmbeddedServer,
  startEmbeddedServer,
} from '../../../bot/gateway/embedded-server.ts';
import type { EmbeddedServer } from '../../../bot/gateway/embedded-server.ts';
import { quietLog } from '../../support/quiet-log.ts';

const OWNER = fileURLToPath(new URL('../../support/embedded-owner.ts', import.meta.url));

/** A data folder with a stopped server; copying it is much quicker than `initdb`, which syncs a thousand files. */
let prepared: string;
let root: string;
let dataDir: string;
let running: EmbeddedServer[];
let owners: ChildProcess[];

beforeAll(async () => {
  prepared = mkdtempSync(join(tmpdir(), 'nudge-embedded-'));
  chmodSync(prepared, 0o755);
  const server = await startEmbeddedServer({ dataDir: prepared, log: quietLog, isThrowaway: true });
  await query(server.connectionString, 'create table kept as select 42 as answer');
  await server.stop();
});

afterAll(() => {
  rmSync(prepared, { recursive: true });
});

/** Makes `dataDir` the folder of a server that ran before and holds the table `kept`. */
function usePrepared(): void {
  execFileSync('cp', ['-a', prepared, dataDir]);
  const path = join(dataDir, 'server.json');
  const record = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  writeFileSync(path, JSON.stringify({ ...record, cluster: join(dataDir, 'postgres') }));
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'nudge-embedded-'));
  chmodSync(root, 0o755);
  dataDir = join(root, 'data');
  running = [];
  owners = [];
});

afterEach(async () => {
  for (const owner of owners) owner.kill('SIGKILL');
  for (const server of running) await server.stop();
  const left = await readPidFile(join(dataDir, 'postgres'));
  if (left) process.kill(left.pid, 'SIGQUIT');
  rmSync(root, { recursive: true, force: true });
});

async function start(): Promise<EmbeddedServer> {
  const server = await startEmbeddedServer({ dataDir, log: quietLog, isThrowaway: true });
  running.push(server);
  return server;
}

/** Starts another process as the owner and waits until its server is ready. */
async function startOwner(): Promise<{ owner: ChildProcess; connectionString: string; adopted: boolean }> {
  const owner = spawn(process.execPath, [OWNER, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  owners.push(owner);
  const lines = createInterface({ input: owner.stdout });
  const [line] = (await once(lines, 'line')) as [string];
  return { owner, ...(JSON.parse(line) as { connectionString: string; adopted: boolean }) };
}

async function killHard(owner: ChildProcess): Promise<void> {
  const gone = once(owner, 'exit');
  owner.kill('SIGKILL');
  await gone;
}

async function query(connectionString: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

const postmaster = async (): Promise<number | undefined> =>
  (await readPidFile(join(dataDir, 'postgres')))?.pid;

describe('a server', () => {
  test('is a PostgreSQL 15 that is durable, sorts by C.UTF-8 and listens to this machine only', async () => {
    usePrepared();
    const server = await startEmbeddedServer({ dataDir, log: quietLog });
    running.push(server);
    expect(server.adopted).toBe(false);
    const [facts] = await query(
      server.connectionString,
      `select current_setting('server_version_num')::int / 10000 as major, current_setting('fsync') as fsync,
        current_setting('synchronous_commit') as commit, current_setting('listen_addresses') as listen,
        current_setting('unix_socket_directories') as sockets, current_setting('data_directory') as folder,
        current_database() as database, (select datcollate from pg_database where datname = current_database()) as collation`,
    );
    const collation = process.platform === 'linux' ? 'C.UTF-8' : 'C';
    const durable = { fsync: 'on', commit: 'on' };
    const local = { listen: '127.0.0.1', sockets: '' };
    expect(facts).toEqual({
      major: 15,
      ...durable,
      ...local,
      folder: server.dataDirectory,
      database: 'nudge',
      collation,
    });
  });

  test('keeps its password to itself and nothing of our environment in the server', async () => {
    usePrepared();
    const server = await start();
    expect(statSync(join(dataDir, 'server.json')).mode & 0o777).toBe(0o600);
    const { password } = new URL(server.connectionString);
    expect(password).toMatch(/^[0-9a-f]{48}$/);
    await expect(query(server.connectionString.replace(password, 'postgres'), 'select 1')).rejects.toThrow(
      'password',
    );
    const environment = `/proc/${String(await postmaster())}/environ`;
    if (existsSync(environment)) expect(readFileSync(environment, 'utf8')).not.toContain('VITEST');
  });

  test('begins anew after a first start that was killed half-way', async () => {
    mkdirSync(join(dataDir, 'postgres.new'), { recursive: true });
    writeFileSync(join(dataDir, 'postgres.new', 'PG_VERSION'), '15');
    expect(await query((await start()).connectionString, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('that does not come up says why and leaves the folder free', async () => {
    usePrepared();
    const settings = ['shared_buffers=nonsense'];
    await expect(startEmbeddedServer({ dataDir, log: quietLog, settings })).rejects.toThrow(
      /did not start.*\n.*shared_buffers/s,
    );
    await start();
  });
});

describe('stop and start', () => {
  beforeEach(usePrepared);

  test('keep the data, and stopping twice is one stop', async () => {
    const first = await start();
    await Promise.all([first.stop(), first.stop()]);
    expect(await postmaster()).toBeUndefined();
    expect(await query((await start()).connectionString, 'select answer from kept')).toEqual([
      { answer: 42 },
    ]);
  });

  test('with a lost record keep the data under a new password', async () => {
    const first = await start();
    await first.stop();
    rmSync(join(dataDir, 'server.json'));
    const second = await start();
    expect(new URL(second.connectionString).password).not.toBe(new URL(first.connectionString).password);
    expect(await query(second.connectionString, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  test('with a damaged record say which file to delete', async () => {
    writeFileSync(join(dataDir, 'server.json'), '{');
    await expect(start()).rejects.toThrow(/server\.json is damaged\. Delete it/);
  });

  test('take another port when the last one is taken meanwhile', async () => {
    const first = await start();
    const { port } = new URL(first.connectionString);
    await first.stop();
    const thief = createServer();
    thief.listen(Number(port), '127.0.0.1');
    // Somebody else having it is as good.
    await once(thief, 'listening').catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    });
    const second = await start();
    thief.close();
    expect(new URL(second.connectionString).port).not.toBe(port);
    expect(await query(second.connectionString, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect((await joinEmbeddedServer(dataDir))?.connectionString).toBe(second.connectionString);
  });
});

describe('one owner a folder', () => {
  beforeEach(usePrepared);

  test('a second start is refused with the owner and its port, in another process as in this one', async () => {
    const { owner, connectionString } = await startOwner();
    const port = Number(new URL(connectionString).port);
    const refusal = await start().catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(EmbeddedServerInUse);
    expect(refusal).toMatchObject({ pid: owner.pid, port });
    expect((refusal as Error).message).toContain(`(process ${String(owner.pid)}, database on port ${port})`);
    const gone = once(owner, 'exit');
    owner.kill('SIGTERM');
    await gone;
    await start();
    await expect(start()).rejects.toBeInstanceOf(EmbeddedServerInUse);
  });

  test('of two starts at once exactly one wins', async () => {
    const results = await Promise.allSettled([start(), start(), start()]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('others join the running server, and nothing when none runs', async () => {
    expect(await joinEmbeddedServer(join(root, 'never used'))).toBeNull();
    expect(await joinEmbeddedServer(dataDir)).toBeNull();
    const server = await start();
    const joined = await joinEmbeddedServer(dataDir);
    expect(joined).toEqual({
      connectionString: server.connectionString,
      dataDirectory: server.dataDirectory,
    });
    await server.stop();
    expect(await joinEmbeddedServer(dataDir)).toBeNull();
  });

  test("somebody else's database behind the port is left alone", async () => {
    const server = await start();
    const { port, password } = new URL(server.connectionString);
    const other = join(root, 'other');
    mkdirSync(join(other, 'postgres'), { recursive: true });
    const startedAt = new Date(0).toISOString();
    const record = { pid: 1, startedAt, port: Number(port), password, cluster: join(other, 'postgres') };
    writeFileSync(join(other, 'server.json'), JSON.stringify(record));
    writeFileSync(join(other, 'postgres', 'postmaster.pid'), `${process.pid}\n\n\n${port}\n`);
    await expect(joinEmbeddedServer(other)).rejects.toThrow(/is served by another database .* left alone/);
  });
});

describe('after kill -9', () => {
  beforeEach(usePrepared);

  test('of the owner the next start adopts the living server, and its stop stops it', async () => {
    const { owner, connectionString } = await startOwner();
    const before = await postmaster();
    await killHard(owner);
    expect(await query(connectionString, 'select answer from kept')).toEqual([{ answer: 42 }]);
    const next = await start();
    expect([next.adopted, next.connectionString, await postmaster()]).toEqual([
      true,
      connectionString,
      before,
    ]);
    await next.stop();
    expect(await postmaster()).toBeUndefined();
    expect((await start()).adopted).toBe(false);
  });

  test('of the owner and the server everything committed is there after the next start', async () => {
    const { owner, connectionString } = await startOwner();
    await query(connectionString, 'insert into kept values (43)');
    await killHard(owner);
    process.kill((await postmaster()) ?? 0, 'SIGKILL');
    const next = await start();
    expect(next.adopted).toBe(false);
    expect(await query(next.connectionString, 'select answer from kept')).toEqual([
      { answer: 42 },
      { answer: 43 },
    ]);
  });

  test('of the owner, while its server is on its way down, the next start waits and starts anew', async () => {
    const { owner } = await startOwner();
    await killHard(owner);
    process.kill((await postmaster()) ?? 0, 'SIGINT');
    expect(await query((await start()).connectionString, 'select answer from kept')).toEqual([
      { answer: 42 },
    ]);
  });
});
