/**
 * `npm run test:faults -- --rows 20000 --seed 7`: the dispatcher under every fault (dispatch/run.ts), with a printed seed.
 * The quick version of it is part of `npm test`.
 */
import { parseArgs } from 'node:util';
import { brokenPromises } from './dispatch/promises.ts';
import { runUnderFaults } from './dispatch/run.ts';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '20000' },
    workers: { type: 'string', default: '4' },
    rate: { type: 'string', default: '25' },
    seed: { type: 'string', default: String(Date.now() % 100_000) },
    /** Seconds between two faults, on average. */
    'fault-every': { type: 'string', default: '8' },
  },
});
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const rate = Number(values.rate);
const rows = Number(values.rows);
say(`seed ${values.seed}: ${values.workers} workers, ${values.rows} rows, ${values.rate} messages a second`);
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => stop.abort(`${signal}: the run was given up`));
}
const report = await runUnderFaults(
  {
    rows,
    workers: Number(values.workers),
    rate,
    seed: Number(values.seed),
    faultEveryMs: Number(values['fault-every']) * 1000,
    mostFaults: Infinity,
    longestAwayMs: 8_000,
    tapsPerSecond: 2,
    without: [],
    isHurried: false,
    limitMs: (rows / rate) * 3_000 + 15 * 60_000,
  },
  say,
  stop.signal,
).catch((error: unknown) => {
  if (!stop.signal.aborted) throw error;
  say(String(stop.signal.reason));
  return null;
});
if (report !== null) say(JSON.stringify(report, null, 2));
const broken = report === null ? [] : brokenPromises(report, rate, false);
for (const sentence of broken) say(`BROKEN: ${sentence}`);
if (report !== null && broken.length === 0) say('Every promise held.');
process.exitCode = report !== null && broken.length === 0 ? 0 : 1;
