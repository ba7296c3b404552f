/**
 * `npm run test:kills -- --kills 50 --seed 7`: the whole play of kill-product.ts, with a printed seed. The quick
 * version of it is part of `npm test`.
 */
import { parseArgs } from 'node:util';
import { killProduct } from './kill-product.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '50' },
    seed: { type: 'string', default: String(Date.now() % 100_000) },
  },
});
process.stdout.write(`seed ${values.seed}, ${values.kills} kills\n`);
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => stop.abort(new Error(`${signal}: the run was given up.`)));
}
const report = await killProduct(Number(values.kills), Number(values.seed), stop.signal);
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
const isWhole =
  report.leadsAnswered === report.leadsSent &&
  report.leadsStored === report.leadsSent &&
  report.leadsStoredAgain === 0 &&
  report.plansStored === report.plansAcknowledged &&
  report.remindersShown === report.remindersDue;
process.stdout.write(isWhole ? 'Nothing was lost.\n' : 'SOMETHING WAS LOST.\n');
process.exitCode = isWhole ? 0 : 1;
