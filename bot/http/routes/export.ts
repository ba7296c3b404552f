/**
 * `POST /api/export`: everything a person has, as a file. It goes into their chat, which works in every client of
 * Telegram's; asked for an octet stream it is handed out here, for browsers. Who asks is told by the token alone, so there
 * is no address that holds somebody's data.
 */
import { createRoute } from '@hono/zod-openapi';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { exportAnswerSchema, exportRequestSchema } from '../../../shared/contracts/export.ts';
import { exportData } from '../../usecases/export-data.ts';
import type { AdminStore, FileSender, PersonStore } from '../../usecases/ports.ts';
import { apiError, errorResponse } from '../answer.ts';
import type { HttpEnv } from '../answer.ts';
import { limitBody } from '../limit-body.ts';
import { personDoor } from '../person-door.ts';
import type { PersonDoorParts } from '../person-door.ts';

export interface ExportParts extends PersonDoorParts {
  readonly store: Pick<AdminStore, 'now'>;
  readonly personStore: (telegramId: number) => Pick<PersonStore, 'allData'>;
  readonly sendFile: FileSender;
}

const BODY_LIMIT_BYTES = 1024;

/** Adds the route. */
export function addExport(app: OpenAPIHono<HttpEnv>, parts: ExportParts): void {
  const exportRoute = createRoute({
    method: 'post',
    path: '/api/export',
    tags: ['Person'],
    summary: 'All data of the person as a file',
    description:
      'Sent into the person’s chat with the bot; with `Accept: application/octet-stream` it is the answer itself.',
    security: [{ person: [] }],
    middleware: [limitBody(BODY_LIMIT_BYTES), personDoor(parts)] as const,
    request: { body: { required: true, content: { 'application/json': { schema: exportRequestSchema } } } },
    responses: {
      200: {
        description: 'The file is in the chat, or it is the answer.',
        content: {
          'application/json': { schema: exportAnswerSchema },
          'application/octet-stream': { schema: { type: 'string', format: 'binary' } },
        },
      },
      401: errorResponse('NOT_SIGNED_IN or TOKEN_REFUSED.'),
      409: errorResponse('CHAT_UNREACHABLE: the bot may not write to this person.'),
      413: errorResponse('BODY_TOO_LARGE.'),
      422: errorResponse('REQUEST_INVALID.'),
    },
  });

  app.openapi(exportRoute, async (context) => {
    const caller = context.get('caller') ?? 0;
    const { format } = context.req.valid('json');
    const file = await exportData(parts.personStore(caller), format, await parts.store.now());
    if (context.req.header('accept')?.includes('application/octet-stream') === true) {
      return context.body(file.text, 200, {
        'content-type': file.mediaType,
        'content-disposition': `attachment; filename="${file.name}"`,
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      });
    }
    if ((await parts.sendFile(caller, file)) === 'unreachable') {
      return context.json(apiError('CHAT_UNREACHABLE', 'Press Start in the bot’s chat first.'), 409);
    }
    return context.json({ sent: true as const }, 200);
  });
}
