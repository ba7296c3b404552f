/**
 * PostgreSQL refuses to run as root. When Node does, the server runs as the system user `postgres`,
 * which must be able to enter every folder above its files: a clone below /root is the usual case where it cannot.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Log } from '../log.ts';

const run = promisify(execFile);
const ACCOUNT_NAME = 'postgres';

/** The system user the server runs as; spread into the options of `spawn` and `execFile`. */
export interface ServerAccount {
  readonly uid: number;
  readonly gid: number;
}

/**
 * The account the server must run as: undefined (our own) unless Node runs as root.
 * @throws Error when Node is root and a user `postgres` neither exists nor can be made.
 */
export async function serverAccount(log: Log): Promise<ServerAccount | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const existing = await lookUp();
  if (existing !== undefined) return existing;
  log.info({ event: 'embedded.account_created', account: ACCOUNT_NAME }, 'creating the system user postgres');
  await createAccount();
  const created = await lookUp();
  if (created === undefined)
    throw new Error(`The system user "${ACCOUNT_NAME}" was created but cannot be found.`);
  return created;
}

/** True when `account` can enter `folder` and write there; our own account always can (errors name the file later). */
export async function canUse(account: ServerAccount | undefined, folder: string): Promise<boolean> {
  if (account === undefined) return true;
  // Asking the kernel through a shell counts what mode bits do not show: ACLs, mounts, groups.
  return run('/bin/sh', ['-c', 'cd -- "$1" && test -w .', 'sh', folder], { ...account, cwd: '/' }).then(
    () => true,
    () => false,
  );
}

async function lookUp(): Promise<ServerAccount | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', ACCOUNT_NAME]), run('id', ['-g', ACCOUNT_NAME])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

async function createAccount(): Promise<void> {
  try {
    await run('useradd', ['--system', '--user-group', '--shell', '/usr/sbin/nologin', ACCOUNT_NAME]);
  } catch {
    // Alpine has adduser instead of useradd.
    await run('adduser', ['-S', '-D', '-H', ACCOUNT_NAME]).catch((cause: unknown) => {
      throw new Error(
        `PostgreSQL does not run as root and the system user "${ACCOUNT_NAME}" could not be created. ` +
          `Create it (useradd --system ${ACCOUNT_NAME}) or start as an ordinary user.`,
        { cause },
      );
    });
  }
}
