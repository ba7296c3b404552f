/**
 * `npm run bench`: the product's figures, each beside the bar it is held against. Nothing here passes or fails; machines
 * are noisy. Ratios compare with a baseline of the same minute.
 *
 * `npm run bench -- dispatch` runs one part, or several; `--quick` a short version of "dispatch" and "jobs"; `--profile <folder>`
 * leaves processor profiles of its contenders there.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { measureAnswers } from './bot-answers.ts';
import { benchClaimCost, benchDispatch } from './dispatch/run.ts';
import { benchJobs } from './jobs/run.ts';
import { measureTemplatePlans } from './planning.ts';
import { measureMiniApp } from './mini-app.ts';
import { startProduct } from '../support/product-process.ts';
import { figure, heading, median, ms } from './report.ts';

const STARTS = 3;
const IDLE_MS = 60_000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false }, profile: { type: 'string' } },
});
const PARTS: Readonly<Record<string, () => Promise<void>>> = {
  start: benchStart,
  running: benchRunning,
  'mini-app': benchMiniApp,
  planning: async () => benchPlanning(),
  jobs: () => benchJobs({ isQuick: values.quick }),
  dispatch: () => benchDispatch({ isQuick: values.quick, profile: values.profile ?? null }),
  'claim-cost': () => benchClaimCost(values.quick),
};
const unknown = positionals.filter((name) => !(name in PARTS));
if (unknown.length > 0) {
  throw new Error(`There is no part ${unknown.join(', ')}; there are ${Object.keys(PARTS).join(', ')}.`);
}
for (const [name, bench] of Object.entries(PARTS)) {
  if (positionals.length === 0 || positionals.includes(name)) await bench();
}

async function benchStart(): Promise<void> {
  heading('npm start, installed, on an existing data folder');
  await withDataFolder(async (environment) => {
    const took: number[] = [];
    for (let round = 0; round <= STARTS; round += 1) {
      const product = await startProduct(['npm', 'start'], environment);
      // The first start makes the database and is told apart.
      if (round === 0) figure('the very first', ms(product.readyAfterMs));
      else took.push(product.readyAfterMs);
      await product.stop();
    }
    figure(`ready after, median of ${String(STARTS)}`, ms(median(took)), '≤ 4000 ms');
  });
}

async function benchRunning(): Promise<void> {
  heading('the sandbox, running');
  await withDataFolder(async (environment) => {
    const product = await startProduct(['npm', 'start'], environment);
    try {
      await wait(IDLE_MS);
      figure(
        'resident memory of Node after 60 s idle',
        `${product.residentMiB().toFixed(0)} MiB`,
        '≤ 250 MiB',
      );
      const { answers, bare } = await measureAnswers(product.url);
      const answer = median(answers);
      figure(`answer to an update, median of ${String(answers.length)}`, ms(answer), '≤ 50 ms');
      figure('ratio to a bare HTTP round trip', `${(answer / median(bare)).toFixed(1)} ×`);
    } finally {
      await product.stop();
    }
  });
}

async function benchMiniApp(): Promise<void> {
  heading('the mini-app in Chromium, processor slowed down 4 times');
  await withDataFolder(async (environment) => {
    const product = await startProduct(['npm', 'start'], environment);
    try {
      const { interactive, taps, scroll } = await measureMiniApp(product.url, environment.DATA_DIR);
      figure(
        `first reminder to tap after, median of ${String(interactive.length)}`,
        ms(median(interactive)),
        '≤ 1000 ms',
      );
      figure(`tap to visible change, median of ${String(taps.length)}`, ms(median(taps)), '≤ 100 ms');
      figure('  the slowest of them', ms(Math.max(...taps)), '≤ 100 ms');
      figure(`scrolled through: ${scroll.listed}`, `${String(scroll.inDocument)} rows drawn`);
      figure(`frames over 50 ms, of ${String(scroll.frames)}`, String(scroll.longFrames));
      figure('the longest frame', ms(scroll.longest));
    } finally {
      await product.stop();
    }
  });
}

function benchPlanning(): void {
  heading('a template plan');
  const { first, later } = measureTemplatePlans();
  figure('the very first', ms(first), '≤ 20 ms');
  figure(
    `median of ${later.length.toLocaleString('en')}`,
    `${(median(later) * 1000).toFixed(0)} µs`,
    '≤ 20 ms',
  );
  figure('slowest of them', ms(Math.max(...later)), '≤ 20 ms');
}

async function withDataFolder(work: (environment: { DATA_DIR: string }) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'nudge-bench-'));
  // As root, PostgreSQL runs as another user, who must be able to enter.
  chmodSync(folder, 0o755);
  try {
    await work({ DATA_DIR: folder });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
