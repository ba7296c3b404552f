/**
 * One project per folder of tests/. Files of `database`, `flows` and `browser` share one embedded PostgreSQL, started by the
 * global setup; each of their files clones its own database from a closed template.
 */
import { defineConfig } from 'vitest/config';

const STRICT_CONSOLE = './tests/support/strict-console.ts';
const POSTGRES = './tests/support/postgres-global-setup.ts';

/** Time limits in milliseconds: generous, because two workers share two cores with a database and a browser. */
const QUICK = 30_000;
const SLOW = 60_000;
const BROWSER = 120_000;
const HOOK = 120_000;
/** How long `expect.poll` looks again; a rule that holds is seen at once, so only a broken one waits this long. */
const POLL = { interval: 50, timeout: 25_000 };

function project(name: string, options: { timeout: number; postgres: boolean }) {
  return {
    extends: true as const,
    test: {
      name,
      include: [`tests/${name}/**/*.test.{ts,tsx}`],
      testTimeout: options.timeout,
      hookTimeout: HOOK,
      ...(options.postgres ? { globalSetup: [POSTGRES] } : {}),
    },
  };
}

export default defineConfig({
  test: {
    allowOnly: false,
    retry: 0,
    expect: { poll: POLL },
    maxWorkers: 2,
    setupFiles: [STRICT_CONSOLE],
    exclude: ['**/node_modules/**'],
    projects: [
      project('rules', { timeout: SLOW, postgres: false }),
      project('unit', { timeout: QUICK, postgres: false }),
      project('database', { timeout: SLOW, postgres: true }),
      project('flows', { timeout: SLOW, postgres: true }),
      project('browser', { timeout: BROWSER, postgres: true }),
    ],
  },
});
