/** The HTTP entrance of a process that serves nothing else: a dispatcher that wants to be watched. */
import { OpenAPIHono } from '@hono/zod-openapi';
import type { HttpEnv } from './answer.ts';
import { addHealth } from './routes/health.ts';
import type { HealthParts } from './routes/health.ts';

/** `/healthz`, `/readyz` and `/metrics`; give its `fetch` to `listen`. */
export function createHealthServer(parts: HealthParts): OpenAPIHono<HttpEnv> {
  const app = new OpenAPIHono<HttpEnv>();
  addHealth(app, parts);
  return app;
}
