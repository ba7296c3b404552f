/**
 * Leads and plans for the mini-app, which knows neither the rules that read a text nor the templates nor the model. What
 * is stored is stored as the person whose token it is.
 */
import { createRoute, z } from '@hono/zod-openapi';
import type { OpenAPIHono } from '@hono/zod-openapi';
import {
  addLeadRequestSchema,
  planLeadRequestSchema,
  planMadeAnswerSchema,
  readLeadAnswerSchema,
  readLeadRequestSchema,
} from '../../../shared/contracts/add-lead.ts';
import type { PlanMadeAnswer } from '../../../shared/contracts/add-lead.ts';
import { wordLanguage } from '../../../shared/rules/words.ts';
import type { UserRow } from '../../../shared/schemas/user.ts';
import { extractLead } from '../../domain/lead/extract-lead.ts';
import { planLead } from '../../usecases/plan-lead.ts';
import type { PlannerDesk } from '../../usecases/planning-ports.ts';
import type { AdminStore, PersonStore, Refusal } from '../../usecases/ports.ts';
import { storeLead } from '../../usecases/store-lead.ts';
import { apiError, errorResponse } from '../answer.ts';
import type { HttpEnv } from '../answer.ts';
import { limitBody } from '../limit-body.ts';
import { personDoor } from '../person-door.ts';
import type { PersonDoorParts } from '../person-door.ts';

export interface LeadsParts extends PersonDoorParts {
  /** Product time. */
  readonly store: Pick<AdminStore, 'now'>;
  /** The database as one person sees it. */
  readonly personStore: (telegramId: number) => PersonStore;
  readonly planner: Pick<PlannerDesk, 'isConfigured' | 'of' | 'wake'>;
}

/** Room for the longest text that is read, in any alphabet. */
const BODY_LIMIT_BYTES = 128 * 1024;

const ERRORS = {
  401: errorResponse('NOT_SIGNED_IN or TOKEN_REFUSED.'),
  404: errorResponse('LEAD_NOT_FOUND: no such lead, or another person’s.'),
  409: errorResponse(
    'A refusal of the database in words; NOT_A_PERSON: this id has not opened the product yet.',
  ),
  413: errorResponse('BODY_TOO_LARGE.'),
  422: errorResponse('REQUEST_INVALID.'),
};

/** Adds the routes. */
export function addLeads(app: OpenAPIHono<HttpEnv>, parts: LeadsParts): void {
  const shared = {
    method: 'post' as const,
    tags: ['Leads'],
    security: [{ person: [] as string[] }],
    middleware: [limitBody(BODY_LIMIT_BYTES), personDoor(parts)],
  };

  app.openapi(
    createRoute({
      ...shared,
      path: '/api/leads/read',
      summary: 'Read a text about leads',
      description: 'By rules alone; stores nothing. Nobody found is an answer, too.',
      request: { body: jsonBody(readLeadRequestSchema) },
      responses: { 200: jsonAnswer('Everybody who was found.', readLeadAnswerSchema), ...ERRORS },
    }),
    async (context) => {
      const { text } = context.req.valid('json');
      const person = await self(parts, context.get('caller'));
      if (person === null) return context.json(NOT_A_PERSON, 409);
      const read = extractLead(text, { language: wordLanguage(person.language) });
      const found = read.kind === 'no_lead' ? [] : read.kind === 'lead' ? [read] : read.leads;
      const leads = found.map(({ lead, text: own, understood }) => ({
        lead,
        text: own,
        guessed: [...understood.guessed],
      }));
      return context.json({ leads }, 200);
    },
  );

  app.openapi(
    createRoute({
      ...shared,
      path: '/api/leads',
      summary: 'Store a lead and have its plan made',
      description: 'Sent twice with the same action_id it stores once.',
      request: { body: jsonBody(addLeadRequestSchema) },
      responses: { 200: jsonAnswer('The plan, or the run that writes it.', planMadeAnswerSchema), ...ERRORS },
    }),
    async (context) => {
      const { action_id: actionId, lead, text } = context.req.valid('json');
      const caller = context.get('caller') ?? 0;
      const [person, now] = await Promise.all([self(parts, caller), parts.store.now()]);
      if (person === null) return context.json(NOT_A_PERSON, 409);
      const store = parts.personStore(caller);
      const about = text.trim() === '' ? (lead.notes ?? '') : text;
      const outcome = await storeLead((plan) => store.createLead(actionId, lead, plan), {
        ...{ actionId, lead, text: about, guessed: [], notesCut: 0, person, now },
        writer: parts.planner.isConfigured ? parts.planner.of(caller) : null,
      });
      if (outcome.kind === 'refused') return context.json(refusalBody(outcome.refusal), 409);
      if (outcome.kind === 'planned') return context.json(made(outcome.leadId, outcome.planId, null), 200);
      parts.planner.wake();
      // The lead is stored; a plan that may not be written now is asked for on its page.
      return context.json(made(outcome.leadId, null, outcome.run.ok ? outcome.run.value.runId : null), 200);
    },
  );

  app.openapi(
    createRoute({
      ...shared,
      path: '/api/leads/{id}/plan',
      summary: 'Have a plan made for a lead that is there',
      description:
        'Beside a running plan it is a draft with what is new; nothing changes before it is accepted.',
      request: {
        params: z.object({ id: z.coerce.number().int().positive() }),
        body: jsonBody(planLeadRequestSchema),
      },
      responses: {
        200: jsonAnswer('The draft, or the run that writes it.', planMadeAnswerSchema),
        ...ERRORS,
      },
    }),
    async (context) => {
      const { action_id: actionId, news } = context.req.valid('json');
      const caller = context.get('caller') ?? 0;
      const [person, now] = await Promise.all([self(parts, caller), parts.store.now()]);
      if (person === null) return context.json(NOT_A_PERSON, 409);
      const answer = await planLead(parts.personStore(caller), {
        ...{ actionId, news, person, now, leadId: context.req.valid('param').id },
        writer: parts.planner.isConfigured ? parts.planner.of(caller) : null,
      });
      if (!answer.ok) {
        const body = refusalBody(answer.refusal);
        return answer.refusal.code === 'LEAD_NOT_FOUND' ? context.json(body, 404) : context.json(body, 409);
      }
      const { leadId, planId, runId } = answer.value;
      if (runId !== null) parts.planner.wake();
      return context.json(made(leadId, planId, runId), 200);
    },
  );
}

const NOT_A_PERSON = apiError('NOT_A_PERSON', 'Open the bot first; then there is somebody to add leads for.');

function self({ personStore }: LeadsParts, caller: number | null | undefined): Promise<UserRow | null> {
  return personStore(caller ?? 0).self();
}

function refusalBody({ code, message }: Refusal) {
  return apiError(code, message);
}

function made(leadId: number, planId: number | null, runId: number | null): PlanMadeAnswer {
  return { lead_id: leadId, plan_id: planId, run_id: runId };
}

function jsonBody<Schema extends z.ZodType>(schema: Schema) {
  return { required: true, content: { 'application/json': { schema } } };
}

function jsonAnswer<Schema extends z.ZodType>(description: string, schema: Schema) {
  return { description, content: { 'application/json': { schema } } };
}
