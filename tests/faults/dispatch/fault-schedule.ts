/** What goes wrong, when, and when it was over: chosen at random, each with the instant from which recovery counts. */
import { setTimeout as wait } from 'node:timers/promises';
import type { TestTelegram } from '../../support/telegram.ts';
import type { RudeGateway } from './rude-gateway.ts';
import type { CuttingProxy } from './cutting-proxy.ts';
import type { FaultyServer } from './faulty-server.ts';
import type { Workers } from './workers.ts';

export const FAULT_KINDS = [
  'kill',
  'freeze',
  'database_restart',
  'database_crash',
  'cut_connections',
  'telegram_429',
  'telegram_500',
  'telegram_502_html',
  'telegram_hang',
  'telegram_drop_after_accept',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** A kill is what leaves most behind, so it comes most often. */
const WEIGHTS: Readonly<Record<FaultKind, number>> = {
  kill: 8,
  freeze: 1,
  database_restart: 1,
  database_crash: 1,
  cut_connections: 2,
  telegram_429: 2,
  telegram_500: 1,
  telegram_502_html: 1,
  telegram_hang: 1,
  telegram_drop_after_accept: 1,
};
/** Longer than a lease and the sweep that follows it. Milliseconds. */
const FREEZE_MS = 36_000;
/** Calls of the Bot API that one fault hits. */
const CALLS_HIT = 8;
const LONGEST_RETRY_AFTER_SECONDS = 3;
const LONGEST_CUT = 6;

export interface HappenedFault {
  readonly kind: FaultKind;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** From here on nothing hinders the product any more. */
  readonly endedAt: number;
  /** For a kill: the process, whose open attempts are looked up. */
  readonly pid: number | null;
}

export interface FaultScene {
  readonly workers: Workers;
  readonly server: FaultyServer;
  readonly telegram: TestTelegram;
  readonly proxy: CuttingProxy;
  readonly gateway: RudeGateway;
  readonly random: () => number;
  /** Milliseconds between two faults, on average. */
  readonly everyMs: number;
  /** The longest time the database is away, in milliseconds. */
  readonly longestAwayMs: number;
  /** So many, then only the recovery is left. */
  readonly mostFaults: number;
  /** Kinds that this run leaves out. */
  readonly without: readonly FaultKind[];
  /** Told right after a kill, while the dead worker's leases still stand. */
  readonly onKill: (pid: number) => Promise<void>;
  /** Ends what lasts long, because the run is given up. */
  readonly stop: AbortSignal;
}

/** Lets things go wrong until told to stop; resolves when the last fault is over. */
export async function letThingsGoWrong(scene: FaultScene, stop: AbortSignal): Promise<HappenedFault[]> {
  const happened: HappenedFault[] = [];
  const freezes: Promise<void>[] = [];
  // Each kind comes once before chance decides.
  const first = FAULT_KINDS.filter((kind) => !scene.without.includes(kind));
  const isTimeForMore = (): Promise<boolean> =>
    wait(scene.everyMs * (0.4 + scene.random() * 1.2), true, { signal: stop }).catch(() => false);
  for (let nth = 0; nth < scene.mostFaults && (await isTimeForMore()); nth += 1) {
    const kind = first.shift() ?? choose(scene);
    if (kind === 'freeze') {
      // Beside the others: it lasts longer than all of them.
      freezes.push(cause(scene, kind).then((fault) => void happened.push(fault)));
    } else {
      happened.push(await cause(scene, kind));
    }
  }
  await Promise.all(freezes);
  await scene.telegram.fault();
  return happened.toSorted((a, b) => a.at - b.at);
}

function choose({ random, without }: FaultScene): FaultKind {
  const kinds = FAULT_KINDS.filter((kind) => !without.includes(kind));
  const total = kinds.reduce((sum, kind) => sum + WEIGHTS[kind], 0);
  let left = random() * total;
  return kinds.find((kind) => (left -= WEIGHTS[kind]) < 0) ?? 'kill';
}

async function cause(scene: FaultScene, kind: FaultKind): Promise<HappenedFault> {
  const at = Date.now();
  const pid = await happen(scene, kind);
  return { kind, at, endedAt: Date.now(), pid };
}

/** @returns the process that was hit, if one was. */
async function happen(scene: FaultScene, kind: FaultKind): Promise<number | null> {
  const { workers, server, telegram, proxy, gateway, random } = scene;
  switch (kind) {
    case 'kill': {
      const pid = workers.killOne();
      if (pid !== null) await scene.onKill(pid);
      return pid;
    }
    case 'freeze':
      return await workers.freezeOne(FREEZE_MS, scene.stop);
    case 'database_restart':
    case 'database_crash':
      await server.away(kind === 'database_crash', 500 + random() * (scene.longestAwayMs - 500));
      return null;
    case 'cut_connections': {
      const answers = 1 + Math.floor(random() * LONGEST_CUT);
      proxy.cut(answers);
      gateway.cut(answers);
      return null;
    }
    case 'telegram_429':
      await telegram.fault({
        kind: '429',
        method: 'sendMessage',
        times: 1 + Math.floor(random() * 3),
        retryAfter: 1 + Math.floor(random() * LONGEST_RETRY_AFTER_SECONDS),
      });
      return null;
    case 'telegram_500':
      await telegram.fault({ kind: '500', method: 'sendMessage', times: CALLS_HIT });
      return null;
    case 'telegram_502_html':
      await telegram.fault({ kind: '502_html', method: 'sendMessage', times: CALLS_HIT });
      return null;
    case 'telegram_hang':
      await telegram.fault({ kind: 'hang', method: 'sendMessage', times: 2 });
      return null;
    case 'telegram_drop_after_accept':
      await telegram.fault({ kind: 'drop_after_accept', method: 'sendMessage', times: 3 });
      return null;
  }
}
