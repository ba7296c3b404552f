import { GrammyError, HttpError } from 'grammy';

/**
 * What of an error may go into the log. grammY's errors carry the whole request, so the words of the message with it,
 * and a transport error may carry the address with the token in it: only names and codes are kept of both.
 */
export function loggable(error: unknown): unknown {
  if (error instanceof GrammyError) {
    const { method, error_code: code, description } = error;
    return { type: 'GrammyError', method, code, description };
  }
  if (error instanceof HttpError) {
    const cause = error.error instanceof Error ? error.error.name : typeof error.error;
    return { type: 'HttpError', message: error.message, cause };
  }
  return error;
}
