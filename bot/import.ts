/**
 * `npm run import`: leads out of a table for one person, or data that `npm run export` wrote.
 *   node bot/import.ts leads.csv --telegram-id N [--dry-run]
 *   node bot/import.ts backup.json [--telegram-id N] [--dry-run]
 * A table's leads that are there already are left out. A backup is brought back for people who have no leads and no
 * reminders; with --telegram-id the one person in it becomes that one. What was sent, asked of a model or could be undone
 * is history of the old place and stays in the file; the answer says how much that is.
 */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { backupSchema, type ExportedData } from '../shared/schemas/export.ts';
import { complain, withStores } from './operate.ts';
import { showProgress } from './progress.ts';
import type { Stores } from './store/create-stores.ts';
import { importLeads, type ImportOutcome } from './usecases/import-leads.ts';
import type { BackupStore } from './usecases/data-ports.ts';

const optionsSchema = z.object({
  'telegram-id': z.coerce.number().int().positive().optional(),
  'dry-run': z.boolean().default(false),
});
interface Options {
  readonly file: string;
  readonly telegramId: number | null;
  readonly dryRun: boolean;
}

const NO_TABLE = {
  empty: 'has no rows below its heading',
  no_heading: 'does not name its columns in the first line (name, company, email, phone, notes, …)',
  broken: 'is no table: a quote in it never ends',
  too_many: 'has more than 1,000 rows; there can be 500 leads',
} as const;

await main().catch(complain);

async function main(): Promise<void> {
  const options = readOptions();
  const text = await readFile(options.file, 'utf8').catch((cause: unknown) => {
    throw new Error(`${options.file} cannot be read.`, { cause });
  });
  await withStores((stores) =>
    /\.json$/i.test(options.file) ? restore(stores, text, options) : importTable(stores, text, options),
  );
}

async function importTable(
  stores: Stores,
  text: string,
  { file, telegramId, dryRun }: Options,
): Promise<void> {
  if (telegramId === null) throw new Error('Say whose leads they are: --telegram-id N');
  const store = stores.asPerson(telegramId);
  const person = await store.self();
  if (person === null) {
    throw new Error(`Nobody here has the Telegram id ${String(telegramId)}: they must have pressed Start.`);
  }
  const actionId = `import-${randomUUID()}`;
  const input = { actionId, text, zone: person.zone, dryRun, onProgress: showProgress };
  say(linesOf(await importLeads(store, input), file, dryRun));
}

/** @throws Error when nothing could be taken out of the file. */
function linesOf(outcome: ImportOutcome, file: string, dryRun: boolean): string[] {
  switch (outcome.kind) {
    case 'no_table':
      throw new Error(`${file} ${NO_TABLE[outcome.reason]}.`);
    case 'nobody':
      throw new Error(`No line of ${file} names a person, a company or an e-mail.`);
    case 'refused':
      throw new Error(outcome.refusal.message);
    case 'imported': {
      const { table, created, alike, overLimit } = outcome;
      const { nameless, repeated, unknown } = table;
      return [
        `${String(created)} leads ${dryRun ? 'would be imported' : 'imported'}.`,
        ...(alike === 0 ? [] : [`${String(alike)} left out: they may be there already.`]),
        ...(repeated === 0 ? [] : [`${String(repeated)} rows left out: they repeat another.`]),
        ...(overLimit === 0 ? [] : [`${String(overLimit)} left out: there can be 500 leads.`]),
        ...(nameless.length === 0 ? [] : [`Lines that name nobody: ${nameless.join(', ')}.`]),
        ...(unknown.length === 0 ? [] : [`Columns that went into the notes: ${unknown.join(', ')}.`]),
      ];
    }
  }
}

async function restore(
  { backup, ...stores }: Stores & { readonly backup: BackupStore },
  text: string,
  { file, telegramId, dryRun }: Options,
): Promise<void> {
  const parsed = backupSchema.safeParse(parseJson(text));
  if (!parsed.success) throw new Error(`${file} is no export of this product, or a damaged one.`);
  const { people } = parsed.data;
  if (telegramId !== null && people.length !== 1) {
    throw new Error(`${file} holds ${String(people.length)} people; --telegram-id goes with one.`);
  }
  const targets = people.map((data) => ({ data, id: telegramId ?? data.person?.telegram_id ?? null }));
  const nobody = targets.findIndex(({ id }) => id === null);
  if (nobody !== -1) throw new Error(`Person ${String(nobody + 1)} of ${file} has no Telegram id.`);
  let done = 0;
  for (const { data, id } of targets) {
    const counts = await bringBack(id ?? 0, data);
    showProgress((done += 1), targets.length);
    say([`${String(id)}: ${counts}.`]);
  }

  async function bringBack(id: number, data: (typeof people)[number]): Promise<string> {
    const { leads, plans, reminders } = data;
    const left = leftInFile(data);
    const all = `${String(leads.length)} leads, ${String(plans.length)} plans and ${String(reminders.length)} reminders`;
    if (dryRun) {
      const held = await stores.asPerson(id).countData();
      return held.leads + held.reminders > 0
        ? 'has data already, nothing would be changed'
        : `would get ${all}${left}`;
    }
    const answer = await backup.restore(id, data);
    if (answer.state === 'not_empty') return 'has data already, nothing was changed';
    const { leads: made, plans: drawn, reminders: set } = answer;
    return `got ${String(made)} leads, ${String(drawn)} plans and ${String(set)} reminders${left}`;
  }
}

/** History of the old place: messages of another chat, answers of a model, what Undo would take back there. */
function leftInFile({ deliveries, digests, runs, actions }: ExportedData): string {
  const kinds = [
    ['sent messages', deliveries.length + digests.length],
    ['requests to a model', runs.length],
    ['notes for Undo', actions.length],
  ] as const;
  const left = kinds.filter(([, count]) => count > 0).map(([kind, count]) => `${String(count)} ${kind}`);
  return left.length === 0 ? '' : `; left in the file: ${left.join(', ')}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function say(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

function readOptions(): Options {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { 'telegram-id': { type: 'string' }, 'dry-run': { type: 'boolean' } },
  });
  const parsed = optionsSchema.safeParse(values);
  const [file, ...others] = positionals;
  const problems = [
    ...(parsed.success
      ? []
      : parsed.error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`)),
    ...(file === undefined || others.length > 0 ? ['Name one file: npm run import -- leads.csv'] : []),
  ];
  if (!parsed.success || file === undefined || problems.length > 0) throw new Error(problems.join('\n'));
  return { file, telegramId: parsed.data['telegram-id'] ?? null, dryRun: parsed.data['dry-run'] };
}
