/** What a table holds, and what became of it. */
import type { ImportOutcome } from '../../../usecases/import-leads.ts';
import { encodeCallback } from '../../callback-data.ts';
import type { Card } from '../../context.ts';
import { refusalSentence } from '../../error-sentences.ts';
import { bold, clip, oneLine, richText, type Lines } from '../../text/rich-text.ts';
import type { Words } from '../../text/words.ts';

/** Lines and columns are named up to here; a broken file may have hundreds. */
const SHOWN = 10;
const NAME_LIMIT = 60;

const NO_TABLE = {
  empty: 'import-no-table-empty',
  no_heading: 'import-no-table-no_heading',
  broken: 'import-no-table-broken',
  too_many: 'import-no-table-too_many',
} as const;

/** The question before anything is stored. */
export function previewCard(
  outcome: ImportOutcome,
  file: { readonly updateId: number; readonly name: string },
  words: Words,
): Card {
  const { say } = words;
  const problem = problemOf(outcome, words);
  if (problem !== null || outcome.kind !== 'imported') return plain(problem ?? '');
  const { created } = outcome;
  const lines: Lines = [
    [bold(clip(oneLine(file.name), NAME_LIMIT))],
    [say('import-new', { count: created })],
    ...leftOut(outcome, words),
    [say('import-nothing-yet')],
  ];
  const leave = { text: say('button-import-leave'), callback_data: encodeCallback({ verb: 'importLeave' }) };
  const data = encodeCallback({ verb: 'importTable', id: file.updateId });
  const go = { text: say('button-import', { count: created }), callback_data: data };
  return { text: richText(lines), keyboard: [created === 0 ? [leave] : [go, leave]] };
}

export function doneCard(outcome: ImportOutcome, words: Words): Card {
  const problem = problemOf(outcome, words);
  if (problem !== null || outcome.kind !== 'imported') return plain(problem ?? '');
  const done = words.say('import-done', { count: outcome.created });
  return {
    text: richText([[done], ...leftOut(outcome, words), [words.say('import-next')]]),
    keyboard: [],
  };
}

type Imported = ImportOutcome & { readonly kind: 'imported' };

function leftOut({ table, alike, overLimit }: Imported, { say }: Words): Lines {
  const { nameless, repeated, unknown } = table;
  return [
    alike === 0 ? null : [say('import-alike', { count: alike })],
    repeated === 0 ? null : [say('import-repeated', { count: repeated })],
    overLimit === 0 ? null : [say('import-over-limit', { count: overLimit })],
    nameless.length === 0 ? null : [say('import-nameless', { lines: listed(nameless.map(String)) })],
    unknown.length === 0 ? null : [say('import-unknown-columns', { columns: listed(unknown) })],
  ];
}

function problemOf(outcome: ImportOutcome, { say }: Words): string | null {
  switch (outcome.kind) {
    case 'imported':
      return null;
    case 'nobody':
      return say('import-nobody');
    case 'no_table':
      return say(NO_TABLE[outcome.reason]);
    case 'refused':
      return refusalSentence(say, outcome.refusal.code);
  }
}

function listed(items: readonly string[]): string {
  const shown = items.slice(0, SHOWN).map((item) => clip(oneLine(item), NAME_LIMIT));
  return [...shown, ...(items.length > SHOWN ? ['…'] : [])].join(', ');
}

function plain(sentence: string): Card {
  return { text: richText([[sentence]]), keyboard: [] };
}
