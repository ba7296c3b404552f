import { expect, test } from 'vitest';
import { killProduct } from '../faults/kill-product.ts';

/** The long version is `npm run test:kills`. */
const KILLS = 4;
const SEED = 20_261_014;

test('killed in the middle of everything, the product loses no lead, no accepted plan and no due reminder', async ({
  signal,
}) => {
  const report = await killProduct(KILLS, SEED, signal);
  expect(report.leadsAnswered, 'every lead gets its card').toBe(report.leadsSent);
  expect(report.leadsStored, 'every lead is stored').toBe(report.leadsSent);
  expect(report.leadsStoredAgain, 'no lead is stored twice').toBe(0);
  expect(report.plansStored, 'a plan that was called started is there').toBe(report.plansAcknowledged);
  expect(report.remindersShown, 'every due reminder arrives').toBe(report.remindersDue);
  expect(report.remindersDue, 'the play did accept plans').toBeGreaterThan(0);
}, 600_000);
