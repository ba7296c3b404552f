/**
 * `npm run export`: one person's data as a file, or everybody's as a backup that `npm run import` brings back.
 *   node bot/export.ts --telegram-id N [--format json|csv|ics] [--out FILE]
 *   node bot/export.ts --all [--out FILE]
 * Without --out the file goes to standard output.
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { exportFormatSchema } from '../shared/contracts/export.ts';
import { complain, withStores } from './operate.ts';
import { showProgress } from './progress.ts';
import { exportData } from './usecases/export-data.ts';

const optionsSchema = z
  .object({
    'telegram-id': z.coerce.number().int().positive().optional(),
    all: z.boolean().default(false),
    format: exportFormatSchema.default('json'),
    out: z.string().min(1).optional(),
  })
  .refine(({ all, 'telegram-id': id }) => all !== (id !== undefined), {
    message: 'Say whose data: --telegram-id N, or --all for a backup of everybody.',
    path: ['telegram-id'],
  })
  .refine(({ all, format }) => !all || format === 'json', {
    message: 'A backup of everybody is JSON.',
    path: ['format'],
  });
type Options = z.infer<typeof optionsSchema>;

/** A backup holds what people wrote: nobody else on this machine may read it. */
const OWN_FILE = { mode: 0o600 } as const;

await main().catch(complain);

async function main(): Promise<void> {
  const options = readOptions();
  await withStores(async ({ admin, backup, ...stores }) => {
    const id = options['telegram-id'];
    const now = await admin.now();
    if (id !== undefined) {
      const store = stores.asPerson(id);
      if ((await store.self()) === null) throw new Error(`Nobody here has the Telegram id ${String(id)}.`);
      await handOut((await exportData(store, options.format, now)).text, options);
      return;
    }
    const ids = await backup.people();
    const people: unknown[] = [];
    for (const personId of ids) {
      people.push(await stores.asPerson(personId).allData());
      showProgress(people.length, ids.length);
    }
    await handOut(JSON.stringify({ exported_at: now.toString(), people }), options);
    process.stderr.write(`${String(people.length)} people exported.\n`);
  });
}

async function handOut(text: string, { out }: Options): Promise<void> {
  if (out !== undefined) return writeFile(out, text, OWN_FILE);
  await new Promise<void>((resolve, reject) => {
    process.stdout.write(text, (error) => {
      if (error == null) resolve();
      else reject(error);
    });
  });
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      'telegram-id': { type: 'string' },
      all: { type: 'boolean' },
      format: { type: 'string' },
      out: { type: 'string' },
    },
  });
  const parsed = optionsSchema.safeParse(values);
  if (parsed.success) return parsed.data;
  throw new Error(
    parsed.error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`).join('\n'),
  );
}
