/** The page's calls to its own server (`contract.ts`). Every answer is checked before anything is drawn from it. */
import { z } from 'zod';
import {
  miniAppAddressSchema,
  sandboxRowsSchema,
  sandboxStateSchema,
  tapAnswerSchema,
  type openMiniAppSchema,
  type PlannedFault,
  type SandboxAttachment,
  type SandboxFault,
  type SandboxRows,
  type SandboxState,
} from '../../contract.ts';

// The page's content security policy forbids making functions from text, which zod would try first.
z.config({ jitless: true });

const problemSchema = z.object({ error: z.object({ message: z.string() }) });

/** The server refused, or could not be reached. The message is fit to be shown. */
export class ApiProblem extends Error {
  override name = 'ApiProblem';
}

async function call(method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(`/sandbox/api/${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
  } catch (cause) {
    throw new ApiProblem('The sandbox does not answer. Is npm start still running?', { cause });
  }
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok) return answer;
  const problem = problemSchema.safeParse(answer);
  throw new ApiProblem(
    problem.success ? problem.data.error.message : `The sandbox answered ${response.status}. Try again.`,
  );
}

export async function fetchState(): Promise<SandboxState> {
  return sandboxStateSchema.parse(await call('GET', 'state'));
}

export async function fetchRows(personId: number): Promise<SandboxRows> {
  return sandboxRowsSchema.parse(await call('GET', `rows?person=${personId}`));
}

export async function sendText(personId: number, text: string, replyToMessageId?: number): Promise<void> {
  await call('POST', 'messages', {
    personId,
    text,
    ...(replyToMessageId === undefined ? {} : { replyToMessageId }),
  });
}

/** @returns what the bot wants shown after the tap, if anything */
export async function tap(
  personId: number,
  messageId: number,
  data: string,
): Promise<z.infer<typeof tapAnswerSchema>> {
  return tapAnswerSchema.parse(await call('POST', 'taps', { personId, messageId, data }));
}

export async function sendLocation(personId: number, latitude: number, longitude: number): Promise<void> {
  await call('POST', 'locations', { personId, latitude, longitude });
}

export async function sendContent(personId: number, content: SandboxAttachment): Promise<void> {
  await call('POST', 'contents', { personId, content });
}

/** The address of the chat's record, plain text. */
export const transcriptAddress = (personId: number): string => `/sandbox/api/transcript?person=${personId}`;

export async function setBlocked(personId: number, blocked: boolean): Promise<void> {
  await call('POST', 'blocks', { personId, blocked });
}

export async function setFaults(faults: SandboxFault[]): Promise<void> {
  await call('PUT', 'faults', { faults });
}

/** @param plannedFaults the whole time line, counted from now */
export async function planFaults(plannedFaults: PlannedFault[]): Promise<void> {
  await call('PUT', 'planned-faults', { plannedFaults });
}

export async function moveClock(move: { bySeconds: number } | { to: string }): Promise<void> {
  await call('POST', 'clock', move);
}

/** @returns the mini-app's address with freshly signed launch data */
export async function miniAppAddress(request: z.infer<typeof openMiniAppSchema>): Promise<string> {
  return miniAppAddressSchema.parse(await call('POST', 'mini-app', request)).url;
}

export async function reset(): Promise<void> {
  await call('POST', 'reset');
}
