/**
 * The only reader of the environment. Everything is checked at once: all wrong values are named, one line each,
 * and the process ends with exit code 1 before it touches anything.
 */
import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);
const url = z.url({ protocol: /^https?$/ }).transform((value) => value.replace(/\/+$/, ''));
const secret = z.string().min(32, 'needs at least 32 characters');

/** Every variable, its rule and its default. README and .env.example name each of these; a test holds them to it. */
export const configSchema = z.object({
  BOT_TOKEN: z
    .string()
    .regex(/^\d+:[\w-]{30,}$/, 'is no bot token; @BotFather gives one like 123456:ABC-DEF…')
    .optional(),
  SANDBOX: z.enum(['0', '1']).optional(),
  TELEGRAM_API_ROOT: url.default('https://api.telegram.org'),
  TELEGRAM_WEBHOOK_URL: z.url({ protocol: /^https?$/ }).optional(),
  TELEGRAM_WEBHOOK_SECRET: z
    .string()
    .regex(/^[\w-]{1,256}$/, 'may hold A-Z a-z 0-9 _ - only')
    .optional(),
  TELEGRAM_RATE_PER_SECOND: z.coerce.number().int().min(1).max(100_000).default(25),
  TELEGRAM_CHAT_GAP_MS: z.coerce.number().int().min(0).max(60_000).default(1000),
  INSFORGE_URL: url.optional(),
  INSFORGE_API_KEY: z.string().min(1).optional(),
  INSFORGE_ANON_KEY: z.string().min(1).optional(),
  INSFORGE_JWT_SECRET: secret.optional(),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must begin with postgres://')
    .optional(),
  DATA_DIR: z.string().min(1).default('.data'),
  JWT_SECRET: secret.optional(),
  OPENAI_API_KEY: z.string().min(1).optional(),
  OPENAI_BASE_URL: url.optional(),
  OPENAI_MODEL: z.string().min(1).default('gpt-4.1-mini'),
  OPENAI_TRANSCRIPTION_MODEL: z.string().min(1).default('whisper-1'),
  HOST: z.string().min(1).optional(),
  PORT: port.default(3000),
  PUBLIC_URL: url.optional(),
  OWNER_TELEGRAM_ID: z.coerce.number().int().positive().optional(),
  EVENTS_SECRET: z.string().min(16, 'needs at least 16 characters').optional(),
  WORKER_CONCURRENCY: z.coerce.number().int().min(1).max(1000).default(32),
  WORKER_BATCH: z.coerce.number().int().min(1).max(10_000).default(500),
  JOB_ENGINE: z.enum(['postgres', 'pg-boss'], 'must be postgres or pg-boss').default('postgres'),
  METRICS_PORT: port.optional(),
  READY_OLDEST_DUE_MINUTES: z.coerce.number().positive().max(10_000).default(15),
  OTEL_EXPORTER_OTLP_ENDPOINT: url.optional(),
  OTEL_SERVICE_NAME: z.string().min(1).default('nudge'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).optional(),
});

type Values = z.infer<typeof configSchema>;

/** Where the rows live. */
export type DatabaseChoice =
  | { readonly kind: 'insforge'; readonly url: string; readonly apiKey: string; readonly jwtSecret: string }
  | { readonly kind: 'postgres'; readonly connectionString: string; readonly jwtSecret: string }
  | { readonly kind: 'embedded'; readonly dataDir: string; readonly jwtSecret: string | null };

/** Who plays Telegram. */
export type TelegramChoice =
  | { readonly kind: 'sandbox' }
  | {
      readonly kind: 'real';
      readonly token: string;
      readonly apiRoot: string;
      readonly webhook: { readonly url: string; readonly secret: string } | null;
    };

/** Where the language model is. */
export interface ModelChoice {
  readonly baseUrl: string;
  readonly apiKey: string | null;
  readonly model: string;
  /** The one that listens to voice messages. */
  readonly transcriptionModel: string;
}

export interface Config {
  readonly database: DatabaseChoice;
  readonly telegram: TelegramChoice;
  /** Null = template plans and rules only. */
  readonly model: ModelChoice | null;
  readonly http: { readonly host: string; readonly port: number; readonly publicUrl: string | null };
  readonly dispatch: {
    readonly ratePerSecond: number;
    readonly chatGapMs: number;
    readonly concurrency: number;
    readonly batchSize: number;
  };
  /** What carries executions of jobs to workers. */
  readonly jobEngine: Values['JOB_ENGINE'];
  readonly watching: {
    /** A dispatcher of its own serves its metrics here; null = nowhere. */
    readonly metricsPort: number | null;
    /** A dispatcher further behind than this is not ready. */
    readonly readyOldestDueMs: number;
    /** Base address of a collector of traces (OTLP over HTTP); null = no traces. */
    readonly tracesEndpoint: string | null;
    /** What this product is called among other services in the traces. */
    readonly serviceName: string;
  };
  readonly ownerTelegramId: number | null;
  readonly eventsSecret: string | null;
  readonly logLevel: NonNullable<Values['LOG_LEVEL']>;
}

export type Role = 'all' | 'bot' | 'worker' | 'migrate';
export const ROLES: readonly Role[] = ['all', 'bot', 'worker', 'migrate'];

export type ConfigAnswer =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly string[] };

/**
 * Reads and checks the settings. Empty values count as absent, as `.env` files leave them.
 * @param role a migration needs no bot token.
 * @param environment the process's own, unless a test says otherwise.
 * @param environment the process's own, unless a test says otherwise.
 */
export function readConfig(
  role: Role,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): ConfigAnswer {
  const given = Object.fromEntries(
    Object.entries(environment).filter(
      ([name, value]) => name in configSchema.shape && value !== '' && value !== undefined,
    ),
  );
  const parsed = configSchema.safeParse(given);
  if (!parsed.success) {
    return { ok: false, problems: parsed.error.issues.map((issue) => describe(issue, given)) };
  }
  const problems = contradictions(parsed.data, role);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, config: assemble(parsed.data) };
}

/** Values that would be secrets are never repeated. */
const SECRETS = /TOKEN|SECRET|KEY|DATABASE_URL/;

function describe(issue: z.core.$ZodIssue, given: Readonly<Record<string, unknown>>): string {
  const name = String(issue.path[0]);
  const value = SECRETS.test(name) ? 'its value' : JSON.stringify(given[name]);
  return `${name}: ${value} is not right: ${issue.message}`;
}

function isSandbox(values: Values): boolean {
  if (values.SANDBOX !== undefined) return values.SANDBOX === '1';
  return (
    values.BOT_TOKEN === undefined && values.DATABASE_URL === undefined && values.INSFORGE_URL === undefined
  );
}

function contradictions(values: Values, role: Role): string[] {
  const problems: string[] = [];
  const needs = (isWrong: boolean, sentence: string): void => {
    if (isWrong) problems.push(sentence);
  };
  const sandbox = isSandbox(values);
  needs(
    !sandbox && role !== 'migrate' && values.BOT_TOKEN === undefined,
    'BOT_TOKEN: is missing. Get one from @BotFather, or set SANDBOX=1 to try everything without an account',
  );
  needs(sandbox && values.BOT_TOKEN !== undefined, 'SANDBOX: is 1 and BOT_TOKEN is set; use one of them');
  needs(
    sandbox && values.INSFORGE_URL !== undefined,
    'SANDBOX: moves the clock, which InsForge must not do; unset INSFORGE_URL or SANDBOX',
  );
  needs(
    values.INSFORGE_URL !== undefined && values.DATABASE_URL !== undefined,
    'DATABASE_URL: and INSFORGE_URL are both set; use one of them',
  );
  if (values.INSFORGE_URL !== undefined) {
    needs(values.INSFORGE_API_KEY === undefined, 'INSFORGE_API_KEY: is missing, INSFORGE_URL needs it');
    needs(
      values.INSFORGE_JWT_SECRET === undefined,
      'INSFORGE_JWT_SECRET: is missing, INSFORGE_URL needs it (npx @insforge/cli secrets get JWT_SECRET)',
    );
  }
  needs(
    values.DATABASE_URL !== undefined && values.JWT_SECRET === undefined,
    'JWT_SECRET: is missing, DATABASE_URL needs it: any 32 random characters or more',
  );
  needs(
    values.JOB_ENGINE === 'pg-boss' && values.DATABASE_URL === undefined,
    'JOB_ENGINE: is pg-boss, which keeps its queue in a PostgreSQL of yours; set DATABASE_URL, or unset JOB_ENGINE',
  );
  needs(
    values.TELEGRAM_WEBHOOK_URL !== undefined && values.TELEGRAM_WEBHOOK_SECRET === undefined,
    'TELEGRAM_WEBHOOK_SECRET: is missing, TELEGRAM_WEBHOOK_URL needs it: without it anybody could post updates',
  );
  return problems;
}

function assemble(values: Values): Config {
  const sandbox = isSandbox(values);
  return {
    database: chooseDatabase(values),
    telegram:
      sandbox || values.BOT_TOKEN === undefined
        ? { kind: 'sandbox' }
        : {
            kind: 'real',
            token: values.BOT_TOKEN,
            apiRoot: values.TELEGRAM_API_ROOT,
            webhook:
              values.TELEGRAM_WEBHOOK_URL === undefined || values.TELEGRAM_WEBHOOK_SECRET === undefined
                ? null
                : { url: values.TELEGRAM_WEBHOOK_URL, secret: values.TELEGRAM_WEBHOOK_SECRET },
          },
    model: chooseModel(values),
    // The sandbox signs in whoever opens its page, so it is for this machine alone unless asked otherwise.
    http: {
      host: values.HOST ?? (sandbox ? '127.0.0.1' : '0.0.0.0'),
      port: values.PORT,
      publicUrl: values.PUBLIC_URL ?? null,
    },
    dispatch: {
      ratePerSecond: values.TELEGRAM_RATE_PER_SECOND,
      chatGapMs: values.TELEGRAM_CHAT_GAP_MS,
      concurrency: values.WORKER_CONCURRENCY,
      batchSize: values.WORKER_BATCH,
    },
    jobEngine: values.JOB_ENGINE,
    watching: {
      metricsPort: values.METRICS_PORT ?? null,
      readyOldestDueMs: values.READY_OLDEST_DUE_MINUTES * 60_000,
      tracesEndpoint: values.OTEL_EXPORTER_OTLP_ENDPOINT ?? null,
      serviceName: values.OTEL_SERVICE_NAME,
    },
    ownerTelegramId: values.OWNER_TELEGRAM_ID ?? null,
    eventsSecret: values.EVENTS_SECRET ?? null,
    // The sandbox talks to a person at a terminal: one address, no JSON.
    logLevel: values.LOG_LEVEL ?? (sandbox ? 'warn' : 'info'),
  };
}

/** A key alone means OpenAI; an address alone is enough for servers without keys, such as Ollama. */
function chooseModel(values: Values): ModelChoice | null {
  const { OPENAI_API_KEY, OPENAI_BASE_URL, OPENAI_MODEL: model } = values;
  if (OPENAI_API_KEY === undefined && OPENAI_BASE_URL === undefined) return null;
  const baseUrl = OPENAI_BASE_URL ?? 'https://api.openai.com/v1';
  const transcriptionModel = values.OPENAI_TRANSCRIPTION_MODEL;
  return { baseUrl, apiKey: OPENAI_API_KEY ?? null, model, transcriptionModel };
}

function chooseDatabase(values: Values): DatabaseChoice {
  const { INSFORGE_URL, INSFORGE_API_KEY, INSFORGE_JWT_SECRET, DATABASE_URL, JWT_SECRET, DATA_DIR } = values;
  if (INSFORGE_URL !== undefined && INSFORGE_API_KEY !== undefined && INSFORGE_JWT_SECRET !== undefined) {
    return { kind: 'insforge', url: INSFORGE_URL, apiKey: INSFORGE_API_KEY, jwtSecret: INSFORGE_JWT_SECRET };
  }
  if (DATABASE_URL !== undefined && JWT_SECRET !== undefined) {
    return { kind: 'postgres', connectionString: DATABASE_URL, jwtSecret: JWT_SECRET };
  }
  return { kind: 'embedded', dataDir: DATA_DIR, jwtSecret: JWT_SECRET ?? null };
}
