/** The client of the `openai` package, and what its errors mean. */
import type { OpenAI } from 'openai';
import { reportOf } from './read-answer.ts';
import type { Report } from './read-failure.ts';

/** Where the model is. */
export interface ModelEndpoint {
  readonly baseUrl: string;
  /** Null for servers that ask for none, as Ollama does. */
  readonly apiKey: string | null;
  readonly model: string;
}

/** The package wants a key even where the server does not. */
const NO_KEY = 'none';

/** The package is loaded with the first question: without a model nobody pays its start time and memory. */
export async function connect({ baseUrl, apiKey }: ModelEndpoint): Promise<OpenAI> {
  const { OpenAI: Client } = await import('openai');
  return new Client({
    baseURL: baseUrl,
    apiKey: apiKey ?? NO_KEY,
    // Each of these would otherwise be read from the environment, which has one reader.
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    logLevel: 'off',
    maxRetries: 0,
  });
}

/** Headers of a request: servers without keys get none at all. */
export function headersFor({ apiKey }: ModelEndpoint): { headers?: { Authorization: null } } {
  return apiKey === null ? { headers: { Authorization: null } } : {};
}

/** What an endpoint said instead of an answer; null = no connection, or one that broke. */
export async function reportOfError(error: unknown): Promise<Report | null> {
  const { APIError, APIConnectionError } = await import('openai');
  if (!(error instanceof APIError) || error instanceof APIConnectionError) return null;
  const { status, headers } = error as { status?: number; headers?: Headers };
  return reportOf(error.error ?? error.message, status ?? null, headers ?? null);
}
