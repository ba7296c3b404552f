/**
 * `POST /api/leads/import`: leads out of a table, for the mini-app. Asked to look only, it says what would become of
 * every row and stores nothing.
 */
import { createRoute } from '@hono/zod-openapi';
import type { OpenAPIHono } from '@hono/zod-openapi';
import {
  importTableAnswerSchema,
  importTableRequestSchema,
  TABLE_LIMIT_BYTES,
} from '../../../shared/contracts/import.ts';
import type { ImportTableAnswer } from '../../../shared/contracts/import.ts';
import { decodeText } from '../../domain/import/decode-text.ts';
import { importLeads } from '../../usecases/import-leads.ts';
import type { ImportOutcome } from '../../usecases/import-leads.ts';
import type { PersonStore } from '../../usecases/ports.ts';
import { apiError, errorResponse } from '../answer.ts';
import type { HttpEnv } from '../answer.ts';
import { limitBody } from '../limit-body.ts';
import { personDoor } from '../person-door.ts';
import type { PersonDoorParts } from '../person-door.ts';

export interface LeadTableParts extends PersonDoorParts {
  /** The database as one person sees it. */
  readonly personStore: (telegramId: number) => Pick<PersonStore, 'self' | 'importLeads'>;
}

/** The largest file as base64, and what stands around it. */
const BODY_LIMIT_BYTES = (TABLE_LIMIT_BYTES * 4) / 3 + 1024;

/** Adds the route. */
export function addLeadTable(app: OpenAPIHono<HttpEnv>, parts: LeadTableParts): void {
  const importRoute = createRoute({
    method: 'post',
    path: '/api/leads/import',
    tags: ['Leads'],
    summary: 'Leads out of a table',
    description: 'With `dry_run` nothing is stored. Sent twice with the same action_id it stores once.',
    security: [{ person: [] }],
    // The door comes first: nobody but a person may send this much.
    middleware: [personDoor(parts), limitBody(BODY_LIMIT_BYTES)] as const,
    request: {
      body: { required: true, content: { 'application/json': { schema: importTableRequestSchema } } },
    },
    responses: {
      200: {
        description: 'What became of the rows, or why it is no table.',
        content: { 'application/json': { schema: importTableAnswerSchema } },
      },
      401: errorResponse('NOT_SIGNED_IN or TOKEN_REFUSED.'),
      409: errorResponse('A refusal of the database in words; NOT_A_PERSON.'),
      413: errorResponse('BODY_TOO_LARGE.'),
      422: errorResponse('REQUEST_INVALID.'),
    },
  });

  app.openapi(importRoute, async (context) => {
    const { action_id: actionId, file, dry_run: dryRun } = context.req.valid('json');
    const store = parts.personStore(context.get('caller') ?? 0);
    const person = await store.self();
    if (person === null) {
      return context.json(apiError('NOT_A_PERSON', 'Open the bot first; then there is a list to fill.'), 409);
    }
    const text = decodeText(Buffer.from(file, 'base64'), person.language);
    const outcome = await importLeads(store, { actionId, text, zone: person.zone, dryRun });
    if (outcome.kind === 'refused') {
      return context.json(apiError(outcome.refusal.code, outcome.refusal.message), 409);
    }
    return context.json(answerOf(outcome), 200);
  });
}

function answerOf(outcome: Exclude<ImportOutcome, { kind: 'refused' }>): ImportTableAnswer {
  switch (outcome.kind) {
    case 'no_table':
      return { kind: 'no_table', reason: outcome.reason };
    case 'nobody':
      return { kind: 'nobody' };
    case 'imported': {
      const { table, created, alike, overLimit } = outcome;
      const { nameless, repeated, unknown } = table;
      return {
        ...{ kind: 'read', created, alike, repeated, over_limit: overLimit },
        nameless: [...nameless],
        unknown: [...unknown],
      };
    }
  }
}
