/** What a worker tells those who watch it: metrics, readiness, traces. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMetrics } from '../../../bot/metrics.ts';
import { createTestDatabase } from '../../support/database.ts';
import type { TestDatabase } from '../../support/database.ts';
import { ROOT } from '../../support/repository.ts';
import { startTelegram } from '../../support/telegram.ts';
import type { TestTelegram } from '../../support/telegram.ts';
import { startWorkerProcess } from '../../support/worker-process.ts';
import type { WorkerProcess } from '../../support/worker-process.ts';
import { recorder } from '../bot/record-log.ts';
import { reader, remind } from './worker.ts';

interface Span {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly attributes: readonly { readonly key: string; readonly value: Record<string, unknown> }[];
}

let database: TestDatabase;
let telegram: TestTelegram;
let collector: Server;
let worker: WorkerProcess;
const spans: Span[] = [];
let exported = '';

beforeAll(async () => {
  [database, telegram] = await Promise.all([createTestDatabase(), startTelegram({ rateLimits: false })]);
  collector = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      exported += body;
      const { resourceSpans } = JSON.parse(body) as {
        resourceSpans: { scopeSpans: { spans: Span[] }[] }[];
      };
      spans.push(...resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)));
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  }).listen(0, '127.0.0.1');
  await once(collector, 'listening');
  const address = collector.address();
  if (address === null || typeof address === 'string') throw new Error('The collector has no port.');
  worker = await startWorkerProcess(database, telegram, {
    METRICS_PORT: '0',
    READY_OLDEST_DUE_MINUTES: '1',
    // Above Telegram's rate no slot is given back because this machine is busy: counts stay what the tests make them.
    TELEGRAM_RATE_PER_SECOND: '100',
    OTEL_SERVICE_NAME: 'nudge under test',
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${address.port}`,
  });
});
afterAll(async () => {
  await worker.stop();
  collector.close();
  await telegram.stop();
  await database.drop();
});

const ask = (path: string): Promise<Response> => fetch(`${worker.url ?? ''}${path}`);

/** Values of the exposition by name and labels. */
async function scrape(): Promise<Map<string, number>> {
  const lines = (await (await ask('/metrics')).text()).split('\n').filter((line) => !line.startsWith('#'));
  return new Map(
    lines.flatMap((line) => {
      const [, name, value] = /^(\S+) (\S+)$/.exec(line) ?? [];
      return name === undefined ? [] : [[name, Number(value)]];
    }),
  );
}
const metric = async (name: string): Promise<number | undefined> => (await scrape()).get(name);

describe('a worker that is asked to be watched', () => {
  test('counts what became of each send, and why', async () => {
    const mara = await reader(telegram);
    await telegram.fault(
      { kind: '500', method: 'sendMessage', times: 1 },
      { kind: '429', method: 'sendMessage', times: 1, retryAfter: 1 },
      { kind: 'drop_after_accept', method: 'sendMessage', times: 1 },
    );
    await remind(database, mara.id, 'Ring Anna Kowalska');
    await expect.poll(() => metric('nudge_deliveries_total{outcome="sent",reason=""}')).toBe(1);
    const seen = await scrape();
    expect(seen.get('nudge_deliveries_total{outcome="retry",reason="500"}')).toBe(1);
    expect(seen.get('nudge_deliveries_total{outcome="retry",reason="429"}')).toBe(1);
    expect(seen.get('nudge_deliveries_total{outcome="in_doubt",reason="no_answer"}')).toBe(1);
    expect(seen.get('nudge_flood_waits_total')).toBe(1);
    // A slot that a busy machine missed is given back and claimed again.
    const released = seen.get('nudge_deliveries_total{outcome="released",reason=""}') ?? 0;
    expect(seen.get('nudge_claimed_total')).toBe(4 + released);
    expect(seen.get('nudge_lateness_seconds_count')).toBe(1);
    expect(seen.get('nudge_limiter_wait_seconds_count')).toBe(4 + released);
    expect(seen.get('nudge_claims_total{found="rows"}')).toBe(4 + released);
    expect(seen.get('nudge_database_up')).toBe(1);
  });

  test('counts the leases of dead workers that it ended', async () => {
    const mara = await reader(telegram);
    await remind(database, mara.id, 'Ring Anna');
    await database.admin.query(
      `select claim_due_reminders('dead', '00000000-0000-4000-8000-000000000001', 500, 30)`,
    );
    // The living worker may have been quicker: only what the dead one holds can be swept.
    const { rows } = await database.admin.query<{ held: number }>(
      `update claim_batches as batch set lease_until = clock_timestamp() where worker = 'dead'
       returning (select count(*)::int from open_attempts where token = batch.token) as held`,
    );
    await expect
      .poll(async () => (await metric('nudge_leases_expired_total{how="swept"}')) ?? 0)
      .toBe(rows[0]?.held ?? 0);
  });

  test('is not ready while something is due for longer than the limit, and says for how long', async () => {
    // What the tests before left to be sent again is not what this one is about.
    await expect.poll(() => metric('nudge_due')).toBe(0);
    await database.admin.query(
      `update dispatch_limiter set block_until = clock_timestamp() + interval '1 hour'`,
    );
    const mara = await reader(telegram);
    const id = await remind(database, mara.id, 'Stuck');
    await database.admin.query(
      `update scheduled_reminders set due_at = app_now() - interval '5 minutes', due_rev = due_rev + 1 where id = $1`,
      [id],
    );
    const response = await ask('/readyz');
    expect(response.status).toBe(503);
    expect(await response.text()).toMatch(/waits for 5 minutes/);
    const seen = await scrape();
    expect(seen.get('nudge_due')).toBe(1);
    expect(seen.get('nudge_oldest_due_seconds')).toBeGreaterThanOrEqual(300);
    expect(seen.get('nudge_limiter_blocked_seconds')).toBeGreaterThan(3000);
    await database.admin.query(`update dispatch_limiter set block_until = 'epoch'`);
    await telegram.waitForMessage(mara, ({ text }) => text.includes('Stuck'));
    await expect.poll(async () => (await ask('/readyz')).status).toBe(200);
    expect((await ask('/healthz')).status).toBe(200);
  });

  test('tells a collector each batch as one trace: claim, then its sends and what was written back', async () => {
    await expect.poll(() => spans.filter(({ name }) => name === 'dispatch.settle').length).toBeGreaterThan(3);
    const claims = new Map(
      spans.filter(({ name }) => name === 'dispatch.claim').map((span) => [span.spanId, span]),
    );
    for (const name of ['dispatch.send', 'dispatch.settle']) {
      const parts = spans.filter((span) => span.name === name);
      expect(parts.length).toBeGreaterThan(3);
      for (const part of parts) expect(claims.get(part.parentSpanId ?? '')?.traceId).toBe(part.traceId);
    }
    const outcomes = spans.flatMap(({ attributes }) =>
      attributes.filter(({ key }) => key === 'nudge.outcome').map(({ value }) => value['stringValue']),
    );
    expect(new Set(outcomes.filter((outcome) => outcome !== 'released'))).toEqual(
      new Set(['retry', 'in_doubt', 'sent']),
    );
    expect(exported).toContain('{"key":"service.name","value":{"stringValue":"nudge under test"}}');
    expect(exported).not.toContain('Kowalska');
    expect(exported).not.toContain(telegram.token);
  });
});

test('a database that does not answer is a figure, not a failed scrape', async () => {
  const { registry } = createMetrics(() => Promise.reject(new Error('away')), recorder([]));
  const text = await registry.metrics();
  expect(text).toContain('nudge_database_up 0');
  expect(text).toContain('nudge_due Nan');
});

test('the Grafana dashboard asks for nothing that the product does not count', async () => {
  const dashboard = readFileSync(join(ROOT, 'docs/grafana-dashboard.json'), 'utf8');
  const { panels } = JSON.parse(dashboard) as {
    panels: { title: string; targets: { expr: string }[] }[];
  };
  const { registry } = createMetrics(
    () =>
      Promise.resolve({ due: 0, oldest_due_ms: 0, claimed: 0, leases_over: 0, blocked_ms: 0, poll_cost: 4 }),
    recorder([]),
  );
  const known = registry.getMetricsAsArray().map(({ name }) => name);
  const asked = panels.flatMap(({ targets }) =>
    targets.flatMap(({ expr }) => [...expr.matchAll(/nudge_[a-z_]+/g)].map(([name]) => name)),
  );
  expect(asked.length).toBeGreaterThan(10);
  for (const name of asked) expect(known).toContain(name.replace(/_(bucket|count|sum)$/, ''));
  // Each figure of dispatch is on it; those of the process itself are left to Grafana's own boards.
  const own = known.filter((name) => !/^nudge_(process|nodejs)_/.test(name));
  for (const name of own) expect(asked.join(' ')).toContain(name);
});
