/**
 * `POST /api/events`: something happened to a lead elsewhere (a reply, a download) that makes its next step due early.
 * Called by another program that signs with EVENTS_SECRET, or with a person's own token. What was sent decides which
 * of the two is checked; a bad one is refused and never tried as the other.
 */
import { createHmac } from 'node:crypto';
import { createRoute } from '@hono/zod-openapi';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { createMiddleware } from 'hono/factory';
import { engagementEventSchema, eventAnswerSchema } from '../../../shared/contracts/events.ts';
import type { AdminStore } from '../../usecases/ports.ts';
import { apiError, errorResponse, formError, refuse } from '../answer.ts';
import type { HttpEnv } from '../answer.ts';
import { limitBody } from '../limit-body.ts';
import { personDoor } from '../person-door.ts';
import type { PersonDoorParts } from '../person-door.ts';
import { bearerOf, sameSecret } from '../secrets.ts';

export interface EventsParts extends PersonDoorParts {
  /** Key of the signature; null = signed events are not accepted. */
  readonly eventsSecret: string | null;
  readonly store: Pick<AdminStore, 'triggerNextStep'>;
}

const BODY_LIMIT_BYTES = 16 * 1024;
const SIGNATURE_HEADER = 'X-Nudge-Signature';

/** Adds the route. */
export function addEvents(app: OpenAPIHono<HttpEnv>, parts: EventsParts): void {
  const asPerson = personDoor(parts);
  const authenticate = createMiddleware<HttpEnv>(async (context, next) => {
    const signature = context.req.header(SIGNATURE_HEADER);
    if (signature === undefined) {
      if (bearerOf(context.req.header('authorization')) !== null) return asPerson(context, next);
      return refuse(context, 401, 'NOT_SIGNED_IN', `Send ${SIGNATURE_HEADER} or a person's token.`);
    }
    if (parts.eventsSecret === null) {
      return refuse(
        context,
        401,
        'SIGNATURE_REFUSED',
        'Signed events are off: set EVENTS_SECRET on this server.',
      );
    }
    // Over the bytes as sent: parsing first and signing the parsed form would accept another body.
    const expected = createHmac('sha256', parts.eventsSecret)
      .update(await context.req.text())
      .digest('hex');
    if (!sameSecret(signature.toLowerCase(), `sha256=${expected}`)) {
      const message = `${SIGNATURE_HEADER} must be "sha256=" and the hex HMAC-SHA256 of the body.`;
      return refuse(context, 401, 'SIGNATURE_REFUSED', message);
    }
    context.set('caller', null);
    return next();
  });

  const eventsRoute = createRoute({
    method: 'post',
    path: '/api/events',
    tags: ['Events'],
    summary: 'Something happened to a lead',
    description: `Authorised by \`${SIGNATURE_HEADER}: sha256=<hex>\`, the HMAC-SHA256 of the body with EVENTS_SECRET, or by a person's token. Sent twice with the same idempotency_key it changes nothing.`,
    security: [{ signature: [] }, { person: [] }],
    middleware: [limitBody(BODY_LIMIT_BYTES), authenticate] as const,
    request: { body: { required: true, content: { 'application/json': { schema: engagementEventSchema } } } },
    responses: {
      200: {
        description: 'The step that is ready now, or null when the lead has no unsent step.',
        content: { 'application/json': { schema: eventAnswerSchema } },
      },
      401: errorResponse('NOT_SIGNED_IN, SIGNATURE_REFUSED or TOKEN_REFUSED.'),
      403: errorResponse('NOT_YOUR_ID: a person named somebody else.'),
      404: errorResponse('LEAD_NOT_FOUND: no such lead, or another person’s.'),
      409: errorResponse('A refusal of the database in words.'),
      413: errorResponse('BODY_TOO_LARGE.'),
      422: errorResponse('EVENT_TYPE_UNKNOWN, TELEGRAM_ID_MISSING or REQUEST_INVALID.'),
    },
  });

  app.openapi(
    eventsRoute,
    async (context) => {
      const event = context.req.valid('json');
      const caller = context.get('caller') ?? null;
      const telegramId = caller ?? event.telegram_id;
      if (telegramId === undefined) {
        const message = 'A signed event must say whose lead it is: add telegram_id.';
        return context.json(apiError('TELEGRAM_ID_MISSING', message), 422);
      }
      if (event.telegram_id !== undefined && event.telegram_id !== telegramId) {
        const message = 'With a person’s token, telegram_id is their own or left out.';
        return context.json(apiError('NOT_YOUR_ID', message), 403);
      }
      const { idempotency_key: key, lead_id: leadId, trigger } = event;
      const answer = await parts.store.triggerNextStep(key, telegramId, leadId, trigger);
      if (answer.ok) return context.json(answer.value, 200);
      const body = apiError(answer.refusal.code, answer.refusal.message);
      return answer.refusal.code === 'LEAD_NOT_FOUND' ? context.json(body, 404) : context.json(body, 409);
    },
    (result, context) => {
      if (result.success) return undefined;
      if (result.error.issues.some((issue) => issue.path[0] === 'type')) {
        const message = `"type" must be "${engagementEventSchema.shape.type.value}".`;
        return context.json(apiError('EVENT_TYPE_UNKNOWN', message), 422);
      }
      return context.json(formError(result.error), 422);
    },
  );
}
