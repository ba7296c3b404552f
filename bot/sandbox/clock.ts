/** The sandbox's product clock in this process: the database's offset, kept here so that asking costs nothing. */
import type { SandboxState } from './contract.ts';
import type { ClockMove, DatabaseClock, SandboxDatabase } from './database.ts';

export interface SandboxClock {
  /** Product time now; the emulated Telegram stamps its messages with it. */
  now(): Temporal.Instant;
  /** Asks the database again: offset, next due reminder, and whether anything was written since. */
  refresh(): Promise<{ clock: SandboxState['clock']; changed: boolean }>;
  /** Forward only; a refusal is a sentence fit to be shown. */
  move(move: ClockMove): Promise<{ ok: true; clock: SandboxState['clock'] } | { ok: false; reason: string }>;
}

/** @param machineNow the machine's clock, a parameter so that tests can hold it still */
export async function createSandboxClock(
  database: SandboxDatabase,
  machineNow: () => Temporal.Instant = () => Temporal.Now.instant(),
): Promise<SandboxClock> {
  let last = await database.clock();
  let moves = 0;

  const now = () => machineNow().add({ seconds: last.offsetSeconds });

  function take(clock: DatabaseClock): SandboxState['clock'] {
    last = clock;
    return {
      now: now().toString({ fractionalSecondDigits: 3 }),
      offsetSeconds: clock.offsetSeconds,
      nextDueAt: clock.nextDueAt?.toString({ fractionalSecondDigits: 3, roundingMode: 'ceil' }) ?? null,
    };
  }

  return {
    now,
    async refresh() {
      const before = moves;
      const { mark } = last;
      const answer = await database.clock();
      // Asked before a move and answered after it: the old time would come back until the next look.
      if (moves !== before) return { clock: take(last), changed: false };
      const clock = take(answer);
      return { clock, changed: last.mark !== mark };
    },
    async move(move) {
      const answer = await database.moveClock(move);
      if (!answer.ok) return answer;
      moves += 1;
      return { ok: true, clock: take(answer.clock) };
    },
  };
}
