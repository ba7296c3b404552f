import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { serverAccount } from '../../../bot/gateway/embedded/account.ts';
import { reachableBinaries } from '../../../bot/gateway/embedded/binaries.ts';
import { startEmbeddedServer } from '../../../bot/gateway/embedded-server.ts';
import { quietLog } from '../../support/quiet-log.ts';

const isRoot = process.getuid?.() === 0;

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'nudge-embedded-'));
  chmodSync(root, 0o755);
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

async function query(connectionString: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

describe('as root, where the user postgres cannot go', () => {
  test('the data is kept in the system state folder, which is said; anybody else keeps it beside the record', async () => {
    const closed = join(root, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    const said: unknown[] = [];
    const folder = join(closed, 'data');
    const log = { ...quietLog, warn: (facts: unknown) => said.push(facts) };
    const first = await startEmbeddedServer({ dataDir: folder, log, isThrowaway: true });
    const elsewhere = dirname(first.dataDirectory);
    try {
      const moved = { event: 'embedded.data_elsewhere', data_dir: folder, database_folder: elsewhere };
      expect(said).toEqual(isRoot ? [moved] : []);
      expect(elsewhere).toMatch(isRoot ? /^\/var\/lib\/nudge\/[0-9a-f]{12}$/ : folder);
      await query(first.connectionString, 'create table kept as select 42 as answer');
      await first.stop();
      const second = await startEmbeddedServer({ dataDir: folder, log, isThrowaway: true });
      expect(second.dataDirectory).toBe(first.dataDirectory);
      expect(await query(second.connectionString, 'select answer from kept')).toEqual([{ answer: 42 }]);
      await second.stop();
    } finally {
      rmSync(elsewhere, { recursive: true, force: true });
    }
  });

  test('the server is copied once to the temp root, which is said; anybody else runs it where it is', async () => {
    const account = await serverAccount(quietLog);
    const installed = await reachableBinaries(undefined, quietLog);
    const closed = join(root, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    const folder = join(closed, 'native');
    cpSync(dirname(dirname(installed.postgres)), folder, { recursive: true, verbatimSymlinks: true });
    const version = `test-${String(process.pid)}`;
    const copy = join(tmpdir(), `nudge-postgres-${version}`);
    const said: unknown[] = [];
    const log = { ...quietLog, info: (facts: unknown) => said.push(facts) };
    try {
      const found = await reachableBinaries(account, log, { folder, version });
      expect(found.postgres).toBe(join(isRoot ? copy : folder, 'bin', 'postgres'));
      await reachableBinaries(account, log, { folder, version });
      expect(said).toEqual(isRoot ? [{ event: 'embedded.server_copied', from: folder, to: copy }] : []);
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  });
});
