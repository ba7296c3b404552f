/** Is the process alive, is it ready for work, and what does it count. */
import { createRoute, z } from '@hono/zod-openapi';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Registry } from 'prom-client';
import type { HttpEnv } from '../answer.ts';

export interface ReadinessCheck {
  readonly name: string;
  /** Null = ready; else the reason in one sentence. May throw: the error's message is the reason then. */
  readonly check: () => Promise<string | null>;
}

export interface HealthParts {
  readonly readiness: readonly ReadinessCheck[];
  readonly metrics: Pick<Registry, 'metrics' | 'contentType'>;
}

/** A check that hangs counts as not ready; probes usually give up after a few seconds themselves. */
const CHECK_TIMEOUT_MS = 3_000;

const readinessSchema = z.object({
  status: z.enum(['ready', 'not_ready']),
  checks: z.array(
    z.object({
      name: z.string(),
      ready: z.boolean(),
      reason: z.string().nullable(),
    }),
  ),
});

const healthRoute = createRoute({
  method: 'get',
  path: '/healthz',
  tags: ['Operation'],
  summary: 'The process is alive',
  responses: {
    200: {
      description: 'It answers.',
      content: { 'application/json': { schema: z.object({ status: z.literal('ok') }) } },
    },
  },
});

const readinessRoute = createRoute({
  method: 'get',
  path: '/readyz',
  tags: ['Operation'],
  summary: 'The process can do its work, or why not',
  responses: {
    200: { description: 'Ready.', content: { 'application/json': { schema: readinessSchema } } },
    503: {
      description: 'Not ready, with reasons.',
      content: { 'application/json': { schema: readinessSchema } },
    },
  },
});

/** Adds `/healthz`, `/readyz` and `/metrics`. */
export function addHealth(app: OpenAPIHono<HttpEnv>, { readiness, metrics }: HealthParts): void {
  app.openapi(healthRoute, (context) => context.json({ status: 'ok' as const }, 200));

  app.openapi(readinessRoute, async (context) => {
    const checks = await Promise.all(
      readiness.map(async ({ name, check }) => {
        const reason = await reasonOf(check);
        return { name, ready: reason === null, reason };
      }),
    );
    return checks.every((check) => check.ready)
      ? context.json({ status: 'ready' as const, checks }, 200)
      : context.json({ status: 'not_ready' as const, checks }, 503);
  });

  app.get('/metrics', async (context) =>
    context.body(await metrics.metrics(), 200, { 'Content-Type': metrics.contentType }),
  );
}

async function reasonOf(check: ReadinessCheck['check']): Promise<string | null> {
  const late = Promise.withResolvers<string>();
  const timer = setTimeout(() => {
    late.resolve(`No answer within ${CHECK_TIMEOUT_MS / 1000} seconds.`);
  }, CHECK_TIMEOUT_MS);
  try {
    return await Promise.race([check(), late.promise]);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    clearTimeout(timer);
  }
}
