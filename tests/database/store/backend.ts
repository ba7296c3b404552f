/**
 * The database the stores' conformance suite runs against. By default the embedded PostgreSQL behind our own gateway; with
 * `INSFORGE_URL`, `INSFORGE_API_KEY` and `INSFORGE_JWT_SECRET` set it is that InsForge project, over the network:
 *
 *     INSFORGE_URL=… INSFORGE_API_KEY=… INSFORGE_JWT_SECRET=… npx vitest run --project database tests/database/store
 *
 * Use a project that has our migrations and nobody's real reminders: the suite claims whatever is due there. It makes people
 * with Telegram ids of its own and speaks through the SDK alone.
 */
import { randomInt, randomUUID } from 'node:crypto';
import { mintPersonToken } from '../../../bot/http/tokens.ts';
import { createClients } from '../../../bot/store/clients.ts';
import type { Clients } from '../../../bot/store/clients.ts';
import { createStores } from '../../../bot/store/create-stores.ts';
import type { Stores } from '../../../bot/store/create-stores.ts';
import type { NewLead } from '../../../shared/schemas/lead.ts';
import type { NewPlan } from '../../../shared/schemas/plan.ts';
import { createTestDatabase, GATEWAY_URL, TEST_KEYS } from '../../support/database.ts';

export interface Backend {
  readonly stores: Stores;
  /** The SDK underneath, for what no store offers. */
  readonly clients: Clients;
  close(): Promise<void>;
}

/** Opens the project the environment names, or a database of the test's own. */
export async function openBackend(): Promise<Backend> {
  const { INSFORGE_URL: url, INSFORGE_API_KEY: apiKey, INSFORGE_JWT_SECRET: secret } = process.env;
  if (url !== undefined && apiKey !== undefined && secret !== undefined) {
    return { ...connect({ url, apiKey, secret, fetch }), close: () => Promise.resolve() };
  }
  const database = await createTestDatabase();
  const embedded = {
    url: GATEWAY_URL,
    apiKey: TEST_KEYS.apiKey,
    secret: TEST_KEYS.jwtSecret,
    fetch: database.gateway.fetch,
  };
  return { ...connect(embedded), close: () => database.drop() };
}

interface Address {
  readonly url: string;
  readonly apiKey: string;
  readonly secret: string;
  readonly fetch: typeof fetch;
}

function connect({ secret, ...address }: Address): Pick<Backend, 'stores' | 'clients'> {
  const settings = {
    ...address,
    mintToken: (telegramId: number) =>
      mintPersonToken(telegramId, { secret, nowSeconds: Math.floor(Date.now() / 1000) }),
    machineNow: () => Date.now(),
    worker: `conformance-${randomUUID()}`,
    soleReader: true,
  };
  return { stores: createStores(settings), clients: createClients(settings) };
}

/** A Telegram id nobody has: real ones are far smaller, and the product takes up to sixteen digits. */
export function someone(): number {
  return randomInt(1_000_000_000_000, 200_000_000_000_000);
}

export const newAction = (): string => `conformance-${randomUUID()}`;

export const LEAD: NewLead = {
  name: 'Anna Kowalska',
  company: 'Baltic Freight',
  title: null,
  contacts: { emails: ['anna@example.com'], phones: [], links: [], handles: [] },
  notes: 'met at the fair',
  zone: 'Europe/Warsaw',
  language: 'pl',
};

/** Three steps, the first today. */
export const PLAN: NewPlan = {
  source: 'manual',
  situation: null,
  language: 'en',
  pace: 'fixed_dates',
  prompt_version: null,
  steps: [
    {
      step_id: 1,
      action_type: 'call',
      description: 'Ring her',
      suggested_text: null,
      timing: 'today',
      delay_days: 0,
    },
    {
      step_id: 2,
      action_type: 'email_outreach',
      description: 'Write',
      suggested_text: 'Hi',
      timing: '',
      delay_days: 2,
    },
    {
      step_id: 3,
      action_type: 'other',
      description: 'Ask again',
      suggested_text: null,
      timing: '',
      delay_days: 5,
    },
  ],
};

/** So many hours from now, by the machine's clock. */
export const inHours = (hours: number): Temporal.Instant =>
  Temporal.Now.instant()
    .round('millisecond')
    .add({ minutes: Math.round(hours * 60) });

/** Dates for `PLAN`, the first in an hour. */
export const schedule = (firstInHours = 1) =>
  PLAN.steps.map(({ step_id: stepId, delay_days: days }) => ({
    step_id: stepId,
    wanted_at: inHours(firstInHours + days * 24).toString(),
  }));
