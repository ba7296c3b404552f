/** What a piece of work costs this process. */
import pg from 'pg';
import type { Report } from './contender.ts';

/** Sees every statement from here on: to be called before anything connects. */
export function createMeter(): (work: () => Promise<void>) => Promise<Report> {
  const statements = countStatements();
  return async (work) => {
    const before = { at: performance.now(), cpu: process.cpuUsage(), statements: statements() };
    await work();
    const milliseconds = performance.now() - before.at;
    const { user, system } = process.cpuUsage(before.cpu);
    return {
      milliseconds,
      cpuSeconds: (user + system) / 1_000_000,
      statements: statements() - before.statements,
      peakMiB: process.resourceUsage().maxRSS / 1024,
    };
  };
}

/** Everybody here speaks to PostgreSQL through `pg`: each query of each connection is seen. */
function countStatements(): () => number {
  let count = 0;
  const inherited = Object.getOwnPropertyDescriptor(pg.Client.prototype, 'query')?.value as (
    this: pg.Client,
    ...given: unknown[]
  ) => unknown;
  Object.defineProperty(pg.Client.prototype, 'query', {
    value(this: pg.Client, ...given: unknown[]): unknown {
      count += 1;
      return inherited.apply(this, given);
    },
  });
  return () => count;
}
