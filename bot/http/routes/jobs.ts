/**
 * `GET /api/jobs…`: the jobs of a person's teams, their history and their numbers. Row-level security decides what there
 * is: another platform's job is as absent as one that never was.
 */
import { createRoute, z } from '@hono/zod-openapi';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { jobHealthSchema, jobMetricsSchema, jobStatsSchema } from '../../../shared/contracts/jobs.ts';
import {
  executionDetailSchema,
  historyAnswerSchema,
  historyQuerySchema,
  jobListAnswerSchema,
  jobListQuerySchema,
  platformQuerySchema,
} from '../../../shared/contracts/team-jobs.ts';
import { jobRowSchema } from '../../../shared/schemas/job.ts';
import { judgeHealth } from '../../domain/job/judge-health.ts';
import type { PersonJobs } from '../../usecases/team-ports.ts';
import { apiError, errorResponse } from '../answer.ts';
import type { HttpEnv } from '../answer.ts';
import { personDoor } from '../person-door.ts';
import type { PersonDoorParts } from '../person-door.ts';

export interface JobsParts extends PersonDoorParts {
  /** The jobs of one person's teams. */
  readonly jobsOf: (telegramId: number) => PersonJobs;
}

/** Which job, in the path. */
export const jobPathSchema = z.object({ id: z.string().min(1).max(100) });
/** Which execution of it; ids are `<job id>@<slot or key>`. */
export const executionPathSchema = jobPathSchema.extend({ execution_id: z.string().min(1).max(400) });

/** The same for a job that is not there and for one of a team that is not the caller's. */
export const noSuchJob = (id: string) => apiError('JOB_NOT_FOUND', `There is no job ${id} of your teams.`);
/** As `noSuchJob`. */
export const noSuchExecution = (id: string) =>
  apiError('EXECUTION_NOT_FOUND', `There is no execution ${id} of your teams.`);
const noSuchPlatform = (id: string) =>
  apiError('PLATFORM_NOT_FOUND', `You are not a member of the platform ${id}.`);

const ERRORS = {
  401: errorResponse('NOT_SIGNED_IN or TOKEN_REFUSED.'),
  404: errorResponse('JOB_NOT_FOUND, EXECUTION_NOT_FOUND or PLATFORM_NOT_FOUND: none of the person’s teams.'),
  422: errorResponse('REQUEST_INVALID.'),
};

/** Adds the routes. */
export function addJobs(app: OpenAPIHono<HttpEnv>, parts: JobsParts): void {
  const shared = {
    method: 'get' as const,
    tags: ['Jobs'],
    security: [{ person: [] as string[] }],
    middleware: [personDoor(parts)],
  };
  const jobsOf = (caller: number | null | undefined): PersonJobs => parts.jobsOf(caller ?? 0);

  app.openapi(
    createRoute({
      ...shared,
      path: '/api/jobs',
      summary: 'The jobs of the person’s teams',
      request: { query: jobListQuerySchema },
      responses: { 200: jsonAnswer('By name.', jobListAnswerSchema), 401: ERRORS[401], 422: ERRORS[422] },
    }),
    async (context) => {
      const jobs = await jobsOf(context.get('caller')).jobs(present(context.req.valid('query')));
      return context.json({ jobs: [...jobs] }, 200);
    },
  );

  app.openapi(
    createRoute({
      ...shared,
      path: '/api/jobs/metrics',
      summary: 'How many jobs a platform has, and what became of them within the hour',
      request: { query: platformQuerySchema },
      responses: { 200: jsonAnswer('The counts.', jobMetricsSchema), ...ERRORS },
    }),
    async (context) => {
      const { platform_id: platformId } = context.req.valid('query');
      const metrics = await jobsOf(context.get('caller')).metrics(platformId);
      return metrics === null ? context.json(noSuchPlatform(platformId), 404) : context.json(metrics, 200);
    },
  );

  app.openapi(
    createRoute({
      ...shared,
      path: '/api/jobs/health',
      summary: 'Do workers and loops live, and is nothing late',
      request: { query: platformQuerySchema },
      responses: { 200: jsonAnswer('The facts, and problems in sentences.', jobHealthSchema), ...ERRORS },
    }),
    async (context) => {
      const { platform_id: platformId } = context.req.valid('query');
      const facts = await jobsOf(context.get('caller')).health(platformId);
      return facts === null
        ? context.json(noSuchPlatform(platformId), 404)
        : context.json(judgeHealth(facts), 200);
    },
  );

  app.openapi(
    createRoute({
      ...shared,
      path: '/api/jobs/{id}',
      summary: 'One job',
      request: { params: jobPathSchema },
      responses: { 200: jsonAnswer('The job.', jobRowSchema), ...ERRORS },
    }),
    async (context) => {
      const { id } = context.req.valid('param');
      const job = await jobsOf(context.get('caller')).job(id);
      return job === null ? context.json(noSuchJob(id), 404) : context.json(job, 200);
    },
  );

  app.openapi(
    createRoute({
      ...shared,
      path: '/api/jobs/{id}/stats',
      summary: 'Success rate, durations and last error of a job',
      request: { params: jobPathSchema },
      responses: { 200: jsonAnswer('Over the executions that are kept.', jobStatsSchema), ...ERRORS },
    }),
    async (context) => {
      const { id } = context.req.valid('param');
      const stats = await jobsOf(context.get('caller')).stats(id);
      return stats === null ? context.json(noSuchJob(id), 404) : context.json(stats, 200);
    },
  );

  app.openapi(
    createRoute({
      ...shared,
      path: '/api/jobs/{id}/executions',
      summary: 'The history of a job',
      request: { params: jobPathSchema, query: historyQuerySchema },
      responses: { 200: jsonAnswer('Newest slot first.', historyAnswerSchema), ...ERRORS },
    }),
    async (context) => {
      const { id } = context.req.valid('param');
      const jobs = jobsOf(context.get('caller'));
      const [job, executions] = await Promise.all([
        jobs.job(id),
        jobs.history(id, present(context.req.valid('query'))),
      ]);
      if (job === null) return context.json(noSuchJob(id), 404);
      return context.json({ executions: [...executions] }, 200);
    },
  );

  app.openapi(
    createRoute({
      ...shared,
      path: '/api/jobs/{id}/executions/{execution_id}',
      summary: 'One execution with its log',
      request: { params: executionPathSchema },
      responses: { 200: jsonAnswer('The last 500 lines, oldest first.', executionDetailSchema), ...ERRORS },
    }),
    async (context) => {
      const { id, execution_id: executionId } = context.req.valid('param');
      const execution = await jobsOf(context.get('caller')).execution(executionId);
      if (execution?.job_id !== id) return context.json(noSuchExecution(executionId), 404);
      return context.json(execution, 200);
    },
  );
}

/** A described answer of this schema. */
export function jsonAnswer<T extends z.ZodType>(description: string, schema: T) {
  return { description, content: { 'application/json': { schema } } };
}

type Present<T> = { [Key in keyof T]: Exclude<T[Key], undefined> };

/** Without what was not asked: an absent filter is no filter. */
function present<T extends object>(query: T): Present<T> {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined)) as Present<T>;
}
