import { describe, expect, test } from 'vitest';
import { readConfig } from '../../../bot/config.ts';
import type { Config, Role } from '../../../bot/config.ts';

const TOKEN = `123456:${'A'.repeat(35)}`;
const SECRET = 's'.repeat(32);

function accepted(settings: Record<string, string>, role: Role = 'all'): Config {
  const answer = readConfig(role, settings);
  if (!answer.ok) throw new Error(answer.problems.join('\n'));
  return answer.config;
}

function problems(settings: Record<string, string>, role: Role = 'all'): readonly string[] {
  const answer = readConfig(role, settings);
  return answer.ok ? [] : answer.problems;
}

describe('what starts', () => {
  test('nothing set: the sandbox on the embedded database, for this machine alone, with little noise', () => {
    const config = accepted({});
    expect(config.telegram.kind).toBe('sandbox');
    expect(config.database).toEqual({ kind: 'embedded', dataDir: '.data', jwtSecret: null });
    expect(config.http.host).toBe('127.0.0.1');
    expect(config.logLevel).toBe('warn');
  });

  test('a bot token alone: the real bot on the embedded database', () => {
    const config = accepted({ BOT_TOKEN: TOKEN });
    expect(config.telegram).toEqual({
      kind: 'real',
      token: TOKEN,
      apiRoot: 'https://api.telegram.org',
      webhook: null,
    });
    expect(config.database.kind).toBe('embedded');
    expect(config.http.host).toBe('0.0.0.0');
  });

  test('DATABASE_URL or INSFORGE_URL choose where the rows live', () => {
    const postgres = { BOT_TOKEN: TOKEN, DATABASE_URL: 'postgres://u@h/d', JWT_SECRET: SECRET };
    expect(accepted(postgres).database.kind).toBe('postgres');
    const insforge = {
      BOT_TOKEN: TOKEN,
      INSFORGE_URL: 'https://p.insforge.app/',
      INSFORGE_API_KEY: 'ik_1',
      INSFORGE_JWT_SECRET: SECRET,
    };
    expect(accepted(insforge).database).toEqual({
      kind: 'insforge',
      url: 'https://p.insforge.app',
      apiKey: 'ik_1',
      jwtSecret: SECRET,
    });
  });

  test('workers claim for themselves unless pg-boss is asked for', () => {
    expect(accepted({}).jobEngine).toBe('postgres');
    const postgres = { BOT_TOKEN: TOKEN, DATABASE_URL: 'postgres://u@h/d', JWT_SECRET: SECRET };
    expect(accepted({ ...postgres, JOB_ENGINE: 'pg-boss' }).jobEngine).toBe('pg-boss');
  });

  test.each([
    ['the sandbox', {}],
    ['the embedded database', { BOT_TOKEN: TOKEN }],
    [
      'InsForge',
      {
        BOT_TOKEN: TOKEN,
        INSFORGE_URL: 'https://p.insforge.app',
        INSFORGE_API_KEY: 'ik_1',
        INSFORGE_JWT_SECRET: SECRET,
      },
    ],
  ])('pg-boss is refused on %s: it needs a PostgreSQL of the operator’s', (_where, settings) => {
    expect(problems({ ...settings, JOB_ENGINE: 'pg-boss' })).toEqual([
      'JOB_ENGINE: is pg-boss, which keeps its queue in a PostgreSQL of yours; set DATABASE_URL, or unset JOB_ENGINE',
    ]);
  });

  test('an engine nobody knows is refused with those that are known', () => {
    expect(problems({ JOB_ENGINE: 'bullmq' })).toEqual([
      'JOB_ENGINE: "bullmq" is not right: must be postgres or pg-boss',
    ]);
  });

  test('no language model unless a key or an address is set; each is enough alone', () => {
    expect(accepted({}).model).toBeNull();
    expect(accepted({ OPENAI_MODEL: 'gpt-4.1' }).model).toBeNull();
    expect(accepted({ OPENAI_API_KEY: 'sk-1' }).model).toEqual({
      baseUrl: 'https://api.openai.com/v1',
      apiKey: 'sk-1',
      model: 'gpt-4.1-mini',
      transcriptionModel: 'whisper-1',
    });
    expect(
      accepted({ OPENAI_BASE_URL: 'http://127.0.0.1:11434/v1/', OPENAI_MODEL: 'llama3.2' }).model,
    ).toEqual({
      baseUrl: 'http://127.0.0.1:11434/v1',
      apiKey: null,
      model: 'llama3.2',
      transcriptionModel: 'whisper-1',
    });
  });

  test('an empty value counts as absent, as .env files leave it', () => {
    expect(accepted({ BOT_TOKEN: '', PORT: '' })).toEqual(accepted({}));
  });

  test('migrations need no bot token', () => {
    const settings = { DATABASE_URL: 'postgres://u@h/d', JWT_SECRET: SECRET };
    expect(problems(settings, 'migrate')).toEqual([]);
    expect(problems(settings)).toEqual([expect.stringMatching(/^BOT_TOKEN: is missing/)]);
  });
});

describe('what is refused', () => {
  test('all wrong values are named at once, one line each', () => {
    const lines = problems({ PORT: 'http', WORKER_BATCH: '0', LOG_LEVEL: 'loud', DATABASE_URL: 'mysql://x' });
    expect(lines.map((line) => line.split(':')[0]).sort()).toEqual([
      'DATABASE_URL',
      'LOG_LEVEL',
      'PORT',
      'WORKER_BATCH',
    ]);
    expect(lines.every((line) => !line.includes('\n'))).toBe(true);
  });

  test('a wrong secret is named but never repeated', () => {
    const [line] = problems({ BOT_TOKEN: 'my-token-is-private' });
    expect(line).toMatch(/^BOT_TOKEN: its value is not right/);
    expect(line).not.toContain('private');
  });

  test.each([
    ['two databases', { INSFORGE_URL: 'https://a.b', DATABASE_URL: 'postgres://u@h/d' }, 'DATABASE_URL'],
    ['InsForge without its keys', { INSFORGE_URL: 'https://a.b' }, 'INSFORGE_API_KEY'],
    ['PostgreSQL without a secret for sessions', { DATABASE_URL: 'postgres://u@h/d' }, 'JWT_SECRET'],
    ['a webhook anybody could post to', { TELEGRAM_WEBHOOK_URL: 'https://a.b/c' }, 'TELEGRAM_WEBHOOK_SECRET'],
    ['a sandbox with a real token', { SANDBOX: '1' }, 'SANDBOX'],
  ])('%s', (_name, settings: Record<string, string>, variable) => {
    const lines = problems({ BOT_TOKEN: TOKEN, ...settings });
    expect(lines.map((line) => line.split(':')[0])).toContain(variable);
  });

  test('a sandbox on InsForge, whose clock nobody may move', () => {
    const settings = {
      SANDBOX: '1',
      INSFORGE_URL: 'https://a.b',
      INSFORGE_API_KEY: 'ik_1',
      INSFORGE_JWT_SECRET: SECRET,
    };
    expect(problems(settings)).toEqual([expect.stringMatching(/^SANDBOX: moves the clock/)]);
  });
});
