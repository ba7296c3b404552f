/** The built mini-app at `/`, with headers that let Telegram frame it and nobody else do anything with it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import { createRoute } from '@hono/zod-openapi';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { compress } from 'hono/compress';
import { createMiddleware } from 'hono/factory';
import { aboutSchema } from '../../../shared/contracts/about.ts';
import { refuse } from '../answer.ts';
import type { HttpEnv } from '../answer.ts';

export interface MiniAppParts {
  /** Folder of the built mini-app. */
  readonly folder: string;
  /** Where the mini-app's SDK points; its origin may be called from the page. */
  readonly databaseUrl: () => string;
  /** Origins that may frame the mini-app beside Telegram's own; the sandbox's. */
  readonly frameAncestors: readonly string[];
  /** The chat with the bot, for visitors who came without Telegram; null = not connected. */
  readonly botUrl: () => string | null;
}

const TELEGRAM_WEB = 'https://web.telegram.org';
/**
 * Telegram's script puts an empty <style> element into the head when it is framed. This is the hash of nothing: that
 * element passes, any inline style with something in it does not.
 */
const EMPTY_STYLE = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";
/** The page names the assets of the newest build. */
const ASK_AGAIN = 'no-cache';
/** Names below /assets carry a hash of their content. */
const FOR_EVER = 'public, max-age=31536000, immutable';

const aboutRoute = createRoute({
  method: 'get',
  path: '/api/about',
  tags: ['Session'],
  summary: 'Where the bot is reached',
  responses: {
    200: { description: 'Public facts.', content: { 'application/json': { schema: aboutSchema } } },
  },
});

/** Adds `/api/about`, the mini-app's page and its assets. */
export function addMiniApp(app: OpenAPIHono<HttpEnv>, parts: MiniAppParts): void {
  app.openapi(aboutRoute, (context) => context.json({ bot_url: parts.botUrl() }, 200));

  const headers = (cacheControl: string) =>
    createMiddleware<HttpEnv>(async (context, next) => {
      context.header('Content-Security-Policy', contentSecurityPolicy(parts));
      context.header('X-Content-Type-Options', 'nosniff');
      context.header('Referrer-Policy', 'no-referrer');
      context.header('Permissions-Policy', 'camera=(), microphone=(), geolocation=(), payment=()');
      await next();
      // An asset that is missing now may exist after the next deployment.
      context.header('Cache-Control', context.res.ok ? cacheControl : 'no-store');
    });
  if (!existsSync(join(parts.folder, 'index.html'))) {
    app.get('/', headers(ASK_AGAIN), (context) =>
      refuse(
        context,
        503,
        'MINI_APP_NOT_BUILT',
        'The mini-app is not built yet. Stop the server and run "npm start".',
      ),
    );
    return;
  }
  const files = serveStatic({ root: parts.folder });
  app.get('/', headers(ASK_AGAIN), compress(), files);
  app.get('/assets/*', headers(FOR_EVER), compress(), files);
}

function contentSecurityPolicy({ databaseUrl, frameAncestors }: MiniAppParts): string {
  const database = new URL(databaseUrl()).origin;
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' ${EMPTY_STYLE}`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self' ${database}`,
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${[TELEGRAM_WEB, ...frameAncestors].join(' ')}`,
  ].join('; ');
}
