/** The quick version of `npm run test:faults`: fewer rows, and a dead worker's lease ends at once. */
import { expect, test } from 'vitest';
import { brokenPromises } from '../../faults/dispatch/promises.ts';
import { runUnderFaults } from '../../faults/dispatch/run.ts';

const RATE = 20;

test('killed workers, wrong clocks, cut connections, a database that restarts and a Telegram that fails lose no row and send none twice in silence', async ({
  signal,
}) => {
  const report = await runUnderFaults(
    {
      rows: 240,
      workers: 3,
      rate: RATE,
      seed: 20_261_121,
      faultEveryMs: 1_200,
      // Each kind once, and some by chance: a slow machine must get through, too.
      mostFaults: 13,
      longestAwayMs: 1_500,
      tapsPerSecond: 3,
      // Longer than a lease: the long version has it.
      without: ['freeze'],
      isHurried: true,
      limitMs: 240_000,
    },
    () => undefined,
    signal,
  );
  expect(brokenPromises(report, RATE, true), JSON.stringify(report)).toEqual([]);
  expect(report.kills, 'the run did kill workers').toBeGreaterThan(0);
  expect(report.acts, 'people did act').toBeGreaterThan(0);
  expect(report.postsReplayed, 'POSTs did arrive twice').toBeGreaterThan(0);
}, 300_000);
