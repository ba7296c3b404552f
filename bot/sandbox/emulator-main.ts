/**
 * The emulated Telegram as a process of its own, for tests: `node bot/sandbox/emulator-main.ts --port 0`. Prints one line of JSON
 * with its address and stops when its standard input closes, so that it never outlives the test run that started it.
 */
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { serve, type HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { createControlRoutes } from './telegram/control-routes.ts';
import { createEmulator } from './telegram/emulator.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    /** A file, so that a killed emulator comes back with everything; default: memory. */
    storage: { type: 'string', default: ':memory:' },
    token: { type: 'string', default: '4242:EMULATED-token_of_the_test_run' },
    'no-rate-limits': { type: 'boolean', default: false },
  },
});

/** Milliseconds the clocks run ahead of the machine's. */
let productAhead = 0;
let machineAhead = 0;
/** Milliseconds since 1970 at which the machine's clock was stopped, or null while it runs. */
let frozenAt: number | null = null;

const emulator = createEmulator({
  token: values.token,
  clock: { now: () => Temporal.Instant.fromEpochMilliseconds(Date.now() + productAhead) },
  machineNow: () => (frozenAt ?? Date.now()) + machineAhead,
  storage: values.storage,
  people: [],
  rateLimits: !values['no-rate-limits'],
  allowInsecureLocal: true,
});

const app = new Hono<{ Bindings: HttpBindings }>();
app.route(
  '/',
  createControlRoutes(emulator, {
    moveProduct(seconds) {
      productAhead += seconds * 1000;
    },
    freezeMachine() {
      frozenAt ??= Date.now();
    },
    moveMachine(seconds) {
      machineAhead += seconds * 1000;
    },
  }),
);
app.all('/*', (context) =>
  emulator.fetch(context.req.raw, { drop: () => context.env.incoming.socket.destroy() }),
);

/** Milliseconds. Longer than any test: one that stalls on a busy machine must not write into a connection just closed. */
const KEEP_ALIVE_MS = 600_000;

const server = serve(
  {
    fetch: app.fetch,
    hostname: '127.0.0.1',
    port: Number(values.port),
    serverOptions: { keepAliveTimeout: KEEP_ALIVE_MS },
  },
  (address: AddressInfo) => {
    const ready = {
      url: `http://127.0.0.1:${address.port}`,
      token: values.token,
      initDataPublicKey: emulator.initDataPublicKey,
    };
    process.stdout.write(`${JSON.stringify(ready)}\n`);
  },
);

function stop(): void {
  emulator.close();
  server.close();
  process.exit(0);
}
process.on('SIGTERM', stop);
process.stdin.on('end', stop).resume();
