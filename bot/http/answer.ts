/** The shapes every JSON route shares: the error body, its OpenAPI description, the check of a request's form. */
import type { Context, Env } from 'hono';
import type { RequestIdVariables } from 'hono/request-id';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { BaseLogger } from 'pino';
import type { ZodError } from 'zod';
import { apiErrorSchema } from '../../shared/contracts/auth.ts';
import type { ApiError } from '../../shared/contracts/auth.ts';

/** What these routes need of a logger; pino's own fit. */
export type Log = Pick<BaseLogger, 'info' | 'warn' | 'error'>;

export interface HttpEnv extends Env {
  Variables: RequestIdVariables & {
    /** `POST /api/events`: the person whose token came; null = a signed program, which may name anybody. */
    caller?: number | null;
  };
}

/** `{error: {code, message}}`: the code for programs, the message for whoever reads their logs. */
export function apiError(code: string, message: string): ApiError {
  return { error: { code, message } };
}

/** Answers with an error body outside a described route (middleware, the boundary, 404). */
export function refuse(
  context: Context,
  status: ContentfulStatusCode,
  code: string,
  message: string,
): Response {
  return context.json(apiError(code, message), status);
}

/** A response of an OpenAPI route whose body is the error shape. */
export function errorResponse(description: string) {
  return { description, content: { 'application/json': { schema: apiErrorSchema } } };
}

/**
 * The error body for a request of the wrong form (422), naming every field that is wrong. Only names and what is
 * expected are repeated, never the values: they may be launch data.
 */
export function formError(error: ZodError): ApiError {
  const problems = error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`);
  return apiError('REQUEST_INVALID', `The request is not understood. ${problems.join('; ')}`);
}
