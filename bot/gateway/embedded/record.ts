/**
 * Two files in the data folder say who owns the embedded server:
 * - `owner.lock` is held by the kernel for as long as the owner lives, so a `kill -9` frees it and no pid is guessed;
 * - `server.json` (mode 600) keeps what others need to know: owner's pid and start time, port, password, cluster.
 */
import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';

const recordSchema = z.object({
  /** Process id of the owner that wrote this; it may be dead. */
  pid: z.number().int(),
  /** Start of that process, ISO 8601. */
  startedAt: z.iso.datetime(),
  /** Port of the server, last known. */
  port: z.number().int().nullable(),
  /** Password of the role `postgres`, made at random for this folder. */
  password: z.string().min(1),
  /** The cluster's folder (PostgreSQL's `data_directory`). */
  cluster: z.string().min(1),
});
export type ServerRecord = z.infer<typeof recordSchema>;

/** A held data folder. */
export interface FolderHold {
  release(): void;
}

/**
 * Takes the folder for this process, or answers null when a living process (this one included) has it.
 * SQLite is used for its portable file lock only; the file stays empty.
 */
export function holdFolder(folder: string): FolderHold | null {
  const lock = new DatabaseSync(join(folder, 'owner.lock'));
  try {
    lock.exec('begin exclusive');
  } catch (error) {
    lock.close();
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY) return null;
    throw new Error(`The folder ${folder} cannot be locked.`, { cause: error });
  }
  return {
    release: () => {
      lock.close();
    },
  };
}
const SQLITE_BUSY = 5;

/** The folder's record, or null when there is none. @throws Error when it is damaged. */
export async function readRecord(folder: string): Promise<ServerRecord | null> {
  const path = join(folder, 'server.json');
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  try {
    return recordSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new Error(
      `${path} is damaged. Delete it and start again: the data is kept and gets a new password.`,
      { cause },
    );
  }
}

/** Writes the record whole or not at all, readable by its owner only. */
export async function writeRecord(folder: string, record: ServerRecord): Promise<void> {
  const path = join(folder, 'server.json');
  const fresh = await open(`${path}.new`, 'w', 0o600);
  try {
    await fresh.chmod(0o600);
    await fresh.writeFile(`${JSON.stringify(record, null, 2)}\n`);
    await fresh.sync();
  } finally {
    await fresh.close();
  }
  await rename(`${path}.new`, path);
}
