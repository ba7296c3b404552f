/** From the instant a message is due to its request at the sink, while messages fall due evenly over a minute. */
import { setTimeout as wait } from 'node:timers/promises';
import type { ContenderName } from './contender.ts';
import { startCrew } from './crew.ts';
import type { Sink } from './sink.ts';
import type { Stage } from './stage.ts';

/** Each contender's own; all work in the same minute, so that none has a quieter one. */
const PER_SECOND = 50;
const IN_FLIGHT = 32;
/** After the last message is due, for what is still on its way. Milliseconds. */
const REST_MS = 4_000;

export interface Lateness {
  readonly name: ContenderName;
  readonly sent: number;
  readonly due: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

export async function measureLateness(
  stage: Stage,
  sink: Sink,
  names: readonly ContenderName[],
  seconds: number,
): Promise<Lateness[]> {
  sink.reset(0);
  const due = seconds * PER_SECOND;
  const crews = await Promise.all(
    names.map((name) =>
      startCrew(
        {
          name,
          connectionString: stage.connectionString,
          insforge: null,
          sinkUrl: sink.url,
          inFlight: IN_FLIGHT,
          body: 'stored',
        },
        1,
        null,
      ),
    ),
  );
  try {
    for (const crew of crews) crew.watch();
    const startsAt = await stage.fillTogether(names, due, seconds);
    await wait(startsAt - Date.now() + seconds * 1000 + REST_MS);
    const measured = names.map((name) => {
      const late = (sink.lateness.get(name) ?? []).toSorted((a, b) => a - b);
      const at = (share: number): number => late[Math.floor(share * (late.length - 1))] ?? Number.NaN;
      return { name, sent: late.length, due, p50: at(0.5), p99: at(0.99) };
    });
    for (const crew of crews) await crew.stop();
    return measured;
  } catch (error) {
    for (const crew of crews) crew.kill();
    throw error;
  }
}
