/** Contenders as processes: started once, given one round after the other. */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { reportSchema } from './contender.ts';
import type { Order, Report, Setup } from './contender.ts';

const PROGRAM = fileURLToPath(new URL('contender-main.ts', import.meta.url));

export interface Crew {
  /** All deliver side by side; resolves with each one's report. */
  deliver(count: number, sample: string): Promise<Report[]>;
  watch(): void;
  stop(): Promise<void>;
  /** Ends the processes at once, for when something went wrong. */
  kill(): void;
}

/**
 * Starts processes of one contender.
 * @param profileFolder where each leaves a processor profile; null = none.
 */
export async function startCrew(
  setup: Setup,
  processes: number,
  profileFolder: string | null,
): Promise<Crew> {
  const flags = profileFolder === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`];
  const children = Array.from({ length: processes }, () =>
    fork(PROGRAM, [JSON.stringify(setup)], { execArgv: [...process.execArgv, ...flags] }),
  );
  await Promise.all(children.map((child) => nextMessage(child)));
  const order = (child: ChildProcess, given: Order): boolean => child.send(given);
  return {
    deliver: (count, sample) =>
      Promise.all(
        children.map(async (child) => {
          const answer = nextMessage(child);
          order(child, { order: 'deliver', count, sample });
          return reportSchema.parse(await answer);
        }),
      ),
    watch() {
      for (const child of children) order(child, { order: 'watch' });
    },
    async stop() {
      const exits = children.map((child) => once(child, 'exit'));
      for (const child of children) order(child, { order: 'stop' });
      await Promise.all(exits);
    },
    kill() {
      for (const child of children) child.kill('SIGKILL');
    },
  };
}

/** The child's next message. @throws Error when it ends instead. */
export async function nextMessage(child: ChildProcess): Promise<unknown> {
  const over = new AbortController();
  const ended = once(child, 'exit', { signal: over.signal }).then(([code]) => {
    throw new Error(`A contender ended with ${String(code)}.`);
  });
  ended.catch(() => undefined);
  try {
    const [message] = (await Promise.race([once(child, 'message', { signal: over.signal }), ended])) as [
      unknown,
    ];
    return message;
  } finally {
    over.abort();
  }
}
