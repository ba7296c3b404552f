/** `select=id,when:due_at::text,data->>tone,lead:leads!lead_id!inner(name)` and `order=…`. */
import { notSupported, postgrestError } from '../errors.ts';
import type { ColumnPath, JsonStep, OrderTerm, ReadNode, SelectItem } from './query.ts';
import { Scanner } from './scanner.ts';

/** Type names only: words, blanks and `[]`, nothing that could end a cast. */
const CAST = /[a-z_][a-z0-9_]*(?: [a-z][a-z0-9_]*)*(?:\[\])?/iy;
const AGGREGATES = /\.(?:avg|count|max|min|sum)\(\)/y;

/** Each level is a join more. */
const EMBED_DEPTH_LIMIT = 8;

/** @returns the root node; parameters of the query fill in the rest. */
export function parseSelect(text: string): ReadNode {
  const scanner = new Scanner('select parameter', text);
  const items = selectItems(scanner);
  scanner.needEnd();
  if (items.length === 0) scanner.fail('expected a column, * or an embedded resource');
  return nodeOf(items);
}

/** `order=due_at.desc.nullslast,id` */
export function parseOrder(text: string): OrderTerm[] {
  const scanner = new Scanner('order', text);
  const terms: OrderTerm[] = [];
  do {
    const path = columnPath(scanner);
    if (scanner.startsWith('(')) throw notSupported('Ordering by a column of an embedded resource');
    const descending = scanner.take('.desc');
    if (!descending) scanner.take('.asc');
    const nulls = scanner.take('.nullsfirst') ? 'first' : scanner.take('.nullslast') ? 'last' : null;
    terms.push({ path, descending, nulls });
  } while (scanner.take(','));
  scanner.needEnd();
  return terms;
}

/** A column with its arrows. */
export function columnPath(scanner: Scanner): ColumnPath {
  const column = scanner.name();
  return { column, steps: jsonSteps(scanner) };
}

/** The arrows after a column. */
export function jsonSteps(scanner: Scanner): JsonStep[] {
  const steps: JsonStep[] = [];
  while (scanner.startsWith('->')) {
    const asText = scanner.take('->>') || !scanner.take('->');
    const index = scanner.match(/-?\d+(?![\p{L}\p{N}_$ ])/uy);
    steps.push({ key: index === null ? scanner.name() : Number(index), asText });
  }
  return steps;
}

function nodeOf(items: readonly SelectItem[]): ReadNode {
  return { items, where: [], order: [], limit: null, offset: 0 };
}

function selectItems(scanner: Scanner, depth = 0): SelectItem[] {
  if (depth > EMBED_DEPTH_LIMIT) scanner.fail(`embedded resources nest at most ${EMBED_DEPTH_LIMIT} deep`);
  const items: SelectItem[] = [];
  if (scanner.isAtEnd || scanner.startsWith(')')) return items;
  do items.push(selectItem(scanner, depth));
  while (scanner.take(','));
  return items;
}

function selectItem(scanner: Scanner, depth: number): SelectItem {
  if (scanner.take('...')) throw notSupported('Spreading an embedded resource');
  if (scanner.take('*')) return { kind: 'all' };
  let column = scanner.name();
  let alias: string | null = null;
  // `alias:column`, but `column::cast` is a cast.
  if (!scanner.startsWith('::') && scanner.take(':')) {
    alias = column;
    column = scanner.name();
  }
  if (scanner.match(AGGREGATES) !== null || (column === 'count' && scanner.startsWith('()'))) {
    throw postgrestError(400, 'PGRST123', 'Use of aggregate functions is not allowed');
  }
  if (scanner.startsWith('(') || scanner.startsWith('!')) return embed(scanner, column, alias, depth);
  const path = { column, steps: jsonSteps(scanner) };
  let cast: string | null = null;
  if (scanner.take('::')) cast = scanner.match(CAST) ?? scanner.fail('expected a type');
  return { kind: 'column', path, alias, cast };
}

function embed(scanner: Scanner, target: string, alias: string | null, depth: number): SelectItem {
  let hint: string | null = null;
  let isInner = false;
  while (scanner.take('!')) {
    const word = scanner.name();
    if (word === 'inner') isInner = true;
    else if (word !== 'left') hint = word;
  }
  scanner.need('(');
  const items = selectItems(scanner, depth + 1);
  scanner.need(')');
  return { kind: 'embed', target, alias, hint, isInner, node: nodeOf(items) };
}
