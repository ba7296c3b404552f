/**
 * `POST /api/jobs/{id}/…`: what owners and admins may do with a job of their team. The database checks the role, and the
 * action id makes a repeat harmless.
 */
import { createRoute } from '@hono/zod-openapi';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { ApiError } from '../../../shared/contracts/auth.ts';
import {
  executionViewSchema,
  jobActionRequestSchema,
  jobRescheduleRequestSchema,
} from '../../../shared/contracts/team-jobs.ts';
import { jobRowSchema } from '../../../shared/schemas/job.ts';
import type { AdminStore, Refusal } from '../../usecases/ports.ts';
import { rescheduleJob } from '../../usecases/reschedule-job.ts';
import { apiError, errorResponse } from '../answer.ts';
import type { HttpEnv } from '../answer.ts';
import { limitBody } from '../limit-body.ts';
import { personDoor } from '../person-door.ts';
import { executionPathSchema, jobPathSchema, jsonAnswer, noSuchExecution } from './jobs.ts';
import type { JobsParts } from './jobs.ts';

export interface JobActionsParts extends JobsParts {
  /** Product time. */
  readonly store: Pick<AdminStore, 'now'>;
}

const BODY_LIMIT_BYTES = 4 * 1024;

const ERRORS = {
  401: errorResponse('NOT_SIGNED_IN or TOKEN_REFUSED.'),
  403: errorResponse('ROLE_NEEDED: only owners and admins of the team change its jobs.'),
  404: errorResponse('JOB_NOT_FOUND or EXECUTION_NOT_FOUND: none of the person’s teams.'),
  409: errorResponse('JOB_CLOSED, EXECUTION_OPEN, JOB_BUILT_IN or ACTION_ID_REUSED.'),
  413: errorResponse('BODY_TOO_LARGE.'),
  422: errorResponse('REQUEST_INVALID, JOB_INVALID or ZONE_UNKNOWN.'),
};

const ACTIONS = {
  pause: 'No new executions until it is resumed; what runs goes on',
  resume: 'Go on after a pause; what came due meanwhile is not made up for',
  cancel: 'End the job for good and stop what runs',
} as const;

/** Adds the routes. */
export function addJobActions(app: OpenAPIHono<HttpEnv>, parts: JobActionsParts): void {
  const shared = {
    method: 'post' as const,
    tags: ['Jobs'],
    description: 'Sent twice with the same action_id it happens once.',
    security: [{ person: [] as string[] }],
    middleware: [limitBody(BODY_LIMIT_BYTES), personDoor(parts)],
  };
  const actionBody = {
    body: { required: true, content: { 'application/json': { schema: jobActionRequestSchema } } },
  };

  for (const action of ['pause', 'resume', 'cancel'] as const) {
    app.openapi(
      createRoute({
        ...shared,
        path: `/api/jobs/{id}/${action}`,
        summary: ACTIONS[action],
        request: { params: jobPathSchema, ...actionBody },
        responses: { 200: jsonAnswer('The job as it is now.', jobRowSchema), ...ERRORS },
      }),
      async (context) => {
        const jobs = parts.jobsOf(context.get('caller') ?? 0);
        const { id } = context.req.valid('param');
        const answer = await jobs[action](context.req.valid('json').action_id, id);
        return answer.ok ? context.json(answer.value, 200) : context.json(...refused(answer.refusal));
      },
    );
  }

  app.openapi(
    createRoute({
      ...shared,
      path: '/api/jobs/{id}/run',
      summary: 'Run the job now, paused or not',
      request: { params: jobPathSchema, ...actionBody },
      responses: { 200: jsonAnswer('The execution that waits to start.', executionViewSchema), ...ERRORS },
    }),
    async (context) => {
      const jobs = parts.jobsOf(context.get('caller') ?? 0);
      const { id } = context.req.valid('param');
      const answer = await jobs.runNow(context.req.valid('json').action_id, id);
      return answer.ok ? context.json(answer.value, 200) : context.json(...refused(answer.refusal));
    },
  );

  app.openapi(
    createRoute({
      ...shared,
      path: '/api/jobs/{id}/reschedule',
      summary: 'Another cron expression, zone or instant',
      request: {
        params: jobPathSchema,
        body: { required: true, content: { 'application/json': { schema: jobRescheduleRequestSchema } } },
      },
      responses: { 200: jsonAnswer('The job with its next slot.', jobRowSchema), ...ERRORS },
    }),
    async (context) => {
      const jobs = parts.jobsOf(context.get('caller') ?? 0);
      const { action_id: actionId, change } = context.req.valid('json');
      const answer = await rescheduleJob(
        {
          store: { job: (id) => jobs.job(id), move: (id, moved) => jobs.move(actionId, id, moved) },
          productNow: () => parts.store.now(),
        },
        context.req.valid('param').id,
        change,
      );
      return answer.ok ? context.json(answer.value, 200) : context.json(...refused(answer.refusal));
    },
  );

  app.openapi(
    createRoute({
      ...shared,
      path: '/api/jobs/{id}/executions/{execution_id}/retry',
      summary: 'Try an execution again that failed, timed out, was cancelled or left out',
      request: { params: executionPathSchema, ...actionBody },
      responses: { 200: jsonAnswer('The new execution.', executionViewSchema), ...ERRORS },
    }),
    async (context) => {
      const { id, execution_id: executionId } = context.req.valid('param');
      if (!executionId.startsWith(`${id}@`)) return context.json(noSuchExecution(executionId), 404);
      const jobs = parts.jobsOf(context.get('caller') ?? 0);
      const answer = await jobs.retry(context.req.valid('json').action_id, executionId);
      return answer.ok ? context.json(answer.value, 200) : context.json(...refused(answer.refusal));
    },
  );
}

/** Error body and status of a refusal. */
function refused({ code, message }: Refusal): [ApiError, 403 | 404 | 409 | 422] {
  const body = apiError(code, message);
  switch (code) {
    case 'ROLE_NEEDED':
      return [body, 403];
    case 'JOB_NOT_FOUND':
    case 'EXECUTION_NOT_FOUND':
      return [body, 404];
    case 'JOB_INVALID':
    case 'ZONE_UNKNOWN':
      return [body, 422];
    default:
      return [body, 409];
  }
}
