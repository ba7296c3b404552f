/**
 * One project per folder of tests/. Files of `database`, `flows` and `browser` share one embedded PostgreSQL, started by the
 * global setup; each of their files clones its own database from a closed template.
 *
 * A worker goes from file to file of a project without starting anew: nothing is mocked, so a module that is loaded once is
 * as good for the next file. Node itself loads the files, as it does in the product.
 */
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { PATIENCE_MS } from './tests/support/patience.ts';

const STRICT_CONSOLE = './tests/support/strict-console.ts';
const POSTGRES = './tests/support/postgres-global-setup.ts';
const COMPILED = join(import.meta.dirname, 'node_modules/.cache/node-compile');

/** Time limits in milliseconds: generous, because three workers share two cores with a database and a browser. */
const QUICK = 30_000;
/** Some tests start the product several times over, which takes a busy machine half a minute each. */
const SLOW = 300_000;
const HOOK = 300_000;
const POLL = { interval: 50, timeout: PATIENCE_MS };

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
    // More than there are cores: much of a test's time is waiting for an answer.
    maxWorkers: 3,
    isolate: false,
    experimental: { viteModuleRunner: false },
    // The programs that tests start: what one compiled the next one need not.
    env: { NODE_COMPILE_CACHE: COMPILED },
    setupFiles: [STRICT_CONSOLE],
    exclude: ['**/node_modules/**'],
    projects: [
      project('rules', { timeout: SLOW, postgres: false }),
      project('unit', { timeout: QUICK, postgres: false }),
      project('database', { timeout: SLOW, postgres: true }),
      project('flows', { timeout: SLOW, postgres: true }),
      project('browser', { timeout: SLOW, postgres: true }),
    ],
  },
});
