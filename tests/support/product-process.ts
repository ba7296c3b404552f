/** The product as a process of its own, started as a person would start it. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

export interface Product {
  readonly url: string;
  /** Milliseconds from the command to the printed address. */
  readonly readyAfterMs: number;
  /** Resident memory of the process that serves, in MiB. */
  residentMiB(): number;
  stop(): Promise<void>;
  /** `kill -9` of the process that serves; the embedded PostgreSQL stays behind, as in a real crash. */
  kill(): Promise<void>;
}

/**
 * Runs a command that starts the sandbox and waits for its address.
 * @param command e.g. `npm start`, or Node itself with bot/main.ts.
 * @throws Error with the output when it ends before that.
 */
export async function startProduct(
  command: readonly [string, ...string[]],
  environment: Readonly<Record<string, string>>,
): Promise<Product> {
  const [program, ...parameters] = command;
  const startedAt = performance.now();
  // A group of its own, so that npm, its shell and Node stop together.
  const child = spawn(program, parameters, {
    // Any port that is free when it is taken; the address that is printed names it.
    env: { ...process.env, ...environment, PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const url = await firstAddress(child);
  const readyAfterMs = performance.now() - startedAt;
  return {
    url,
    readyAfterMs,
    residentMiB: () => residentMiB(nodeProcess(child.pid ?? 0)),
    async kill() {
      process.kill(-(child.pid ?? 0), 'SIGKILL');
      await ended;
    },
    async stop() {
      process.kill(-(child.pid ?? 0), 'SIGTERM');
      await ended;
    },
  };
}

async function firstAddress(child: ChildProcess): Promise<string> {
  const output: string[] = [];
  child.stderr?.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  if (child.stdout === null) throw new Error('The child has no output.');
  for await (const line of createInterface(child.stdout)) {
    output.push(line);
    const url = /(http:\/\/\S+)\/sandbox/.exec(line)?.[1];
    if (url !== undefined) return url;
  }
  throw new Error(`The product did not start:\n${output.join('\n')}`);
}

/** The process below `pid` that runs bot/main.ts: npm and its shell stand in between. */
function nodeProcess(pid: number): number {
  const children = readFileSync(`/proc/${String(pid)}/task/${String(pid)}/children`, 'utf8')
    .trim()
    .split(/\s+/);
  const isMain = (id: number): boolean => {
    const [program, script] = readFileSync(`/proc/${String(id)}/cmdline`, 'utf8').split('\0');
    return program?.endsWith('node') === true && script === 'bot/main.ts';
  };
  if (isMain(pid)) return pid;
  for (const child of children.filter(Boolean).map(Number)) {
    const found = nodeProcess(child);
    if (found !== 0) return found;
  }
  return 0;
}

function residentMiB(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1024;
}
