/**
 * `npm run seed`: fills a database with a believable team and twelve weeks of its history, for trying things out.
 *   node bot/seed.ts [--telegram-id N] [--language en|ru] [--seed N] [--dry-run]
 * Without --telegram-id the people of the sandbox get theirs; with it, that person alone.
 */
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { languageSchema } from '../shared/schemas/user.ts';
import { readConfig } from './config.ts';
import type { Config } from './config.ts';
import { MEMBER_CONTACTS, OWNER_CONTACTS, RUSSIAN_CONTACTS } from './domain/demo/contacts.ts';
import type { DemoPerson } from './domain/demo/demo-types.ts';
import { createLog } from './logging.ts';
import { openDatabase } from './open-database.ts';
import { SANDBOX_PEOPLE } from './sandbox/people.ts';
import { markAsSandbox } from './start-sandbox.ts';
import { createAdminStore } from './store/admin-store.ts';
import { createServerClient } from './store/clients.ts';
import { createDemoStore } from './store/demo-store.ts';
import { fillDemo } from './usecases/fill-demo.ts';

const optionsSchema = z.object({
  'telegram-id': z.coerce.number().int().positive().optional(),
  language: languageSchema.default('en'),
  seed: z.coerce.number().int().default(1),
  'dry-run': z.boolean().default(false),
});
type Options = z.infer<typeof optionsSchema>;

await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

async function main(): Promise<void> {
  const options = readOptions();
  const answer = readConfig('migrate');
  if (!answer.ok) throw new Error(answer.problems.join('\n'));
  await seed(answer.config, options);
}

async function seed(config: Config, options: Options): Promise<void> {
  const database = await openDatabase(config.database, 'migrate', createLog('warn'));
  try {
    const server = createServerClient(database).database;
    const admin = createAdminStore(server);
    const people = peopleOf(options);
    // Made-up people in a real database would be written to by the real bot.
    if (options['telegram-id'] === undefined && config.telegram.kind === 'real') {
      throw new Error(
        'This is a real bot’s database. Say whose leads to make: npm run seed -- --telegram-id N',
      );
    }
    if (config.telegram.kind === 'sandbox') await markAsSandbox(database, admin);
    const filled = await fillDemo(
      { admin, demo: createDemoStore(server) },
      { people, seed: options.seed, dryRun: options['dry-run'] },
    );
    for (const { person, had, leads, reminders } of filled) {
      const what =
        had > 0
          ? `has ${String(had)} leads already, nothing added`
          : `${options['dry-run'] ? 'would get' : 'got'} ${String(leads)} leads and ${String(reminders)} reminders`;
      process.stdout.write(`${person.firstName ?? 'Person'} (${String(person.telegramId)}) ${what}.\n`);
    }
  } finally {
    await database.close();
  }
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      'telegram-id': { type: 'string' },
      language: { type: 'string' },
      seed: { type: 'string' },
      'dry-run': { type: 'boolean' },
    },
  });
  const parsed = optionsSchema.safeParse(values);
  if (parsed.success) return parsed.data;
  throw new Error(
    parsed.error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`).join('\n'),
  );
}

function peopleOf(options: Options): DemoPerson[] {
  const id = options['telegram-id'];
  if (id !== undefined) {
    const contacts = options.language === 'ru' ? RUSSIAN_CONTACTS : OWNER_CONTACTS;
    const { language } = options;
    return [{ telegramId: id, firstName: null, username: null, language, zone: 'Europe/Berlin', contacts }];
  }
  const demo = [
    { contacts: OWNER_CONTACTS, zone: 'Europe/Berlin', language: 'en' },
    { contacts: MEMBER_CONTACTS, zone: 'Europe/London', language: 'en' },
    { contacts: RUSSIAN_CONTACTS, zone: 'Europe/Moscow', language: 'ru' },
  ] as const;
  return SANDBOX_PEOPLE.flatMap(({ id: telegramId, firstName, username }, index) => {
    const own = demo[index];
    return own === undefined ? [] : [{ ...own, telegramId, firstName, username: username ?? null }];
  });
}
