/** The whole query string: reserved words, arguments of a function called by GET, and filters for the rest. */
import { parseError, postgrestError } from '../errors.ts';
import { parseFilter, parseGroup } from './parse-filters.ts';
import { jsonSteps, parseOrder, parseSelect } from './parse-select.ts';
import type { ReadNode } from './query.ts';
import { Scanner } from './scanner.ts';

export interface ParsedQuery {
  /** What to show of the root and which of its rows. */
  readonly root: ReadNode;
  /** `columns=`: which keys of a body count. */
  readonly columns: readonly string[] | null;
  readonly onConflict: readonly string[] | null;
  /** Query parameters that are arguments of the called function; a name may repeat (variadic). */
  readonly arguments: readonly (readonly [name: string, value: string])[];
}

/**
 * Reads a query string. Repeated keys are all kept and mean AND, which PostgREST does and InsForge's proxy loses.
 * @param isArgument tells a function's argument from a filter on its result.
 * @throws RefusedRequest PGRST100 for what cannot be read, PGRST108 for a filter on something not embedded.
 */
export function parseQuery(parameters: URLSearchParams, isArgument: (name: string) => boolean): ParsedQuery {
  const root = parseSelect(parameters.get('select') ?? '*');
  let columns: readonly string[] | null = null;
  let onConflict: readonly string[] | null = null;
  const arguments_: (readonly [string, string])[] = [];
  for (const [key, value] of parameters) {
    if (isArgument(key)) arguments_.push([key, value]);
    else if (key === 'columns') columns = parseNames(key, value);
    else if (key === 'on_conflict') onConflict = parseNames(key, value);
    else if (key === 'schema') needPublicSchema(value);
    else if (key !== 'select') applyParameter(root, key, value);
  }
  return { root, columns, onConflict, arguments: arguments_ };
}

/** Only `public` is served; both InsForge's parameter and PostgREST's headers can ask for another. */
export function needPublicSchema(name: string): void {
  if (name === 'public') return;
  throw postgrestError(406, 'PGRST106', 'The schema must be one of the following: public');
}

/** True when the root or anything inside it is narrowed, ordered or cut, or shows less than everything. */
export function isPlain(query: ParsedQuery): boolean {
  const { items, where, order, limit, offset } = query.root;
  return (
    items.length === 1 &&
    items[0]?.kind === 'all' &&
    where.length + order.length === 0 &&
    limit === null &&
    offset === 0
  );
}

/** `status=eq.done`, `lead.name=like.A*`, `lead.order=name`, `not.or=(…)`: a path to a node, then what to do there. */
function applyParameter(root: ReadNode, key: string, value: string): void {
  const scanner = new Scanner('query parameter', key);
  const names = [scanner.name()];
  while (scanner.take('.')) names.push(scanner.name());
  const steps = jsonSteps(scanner);
  scanner.needEnd();
  const last = names.pop() ?? '';
  if (steps.length === 0 && (last === 'and' || last === 'or')) {
    const negated = names.at(-1) === 'not';
    if (negated) names.pop();
    nodeAt(root, names).where.push(parseGroup(last, negated, value));
    return;
  }
  const node = nodeAt(root, names);
  if (steps.length === 0 && last === 'order') node.order = parseOrder(value);
  else if (steps.length === 0 && last === 'limit') node.limit = wholeNumber(key, value);
  else if (steps.length === 0 && last === 'offset') node.offset = wholeNumber(key, value);
  else node.where.push(parseFilter({ column: last, steps }, value));
}

function nodeAt(root: ReadNode, names: readonly string[]): ReadNode {
  let node = root;
  for (const name of names) {
    const found = node.items.find((item) => item.kind === 'embed' && (item.alias ?? item.target) === name);
    if (found?.kind !== 'embed') {
      throw postgrestError(400, 'PGRST108', `'${name}' is not an embedded resource in this request`, {
        hint: `Verify that '${name}' is included in the 'select' query parameter.`,
      });
    }
    node = found.node;
  }
  return node;
}

function parseNames(key: string, value: string): string[] {
  const scanner = new Scanner(key, value);
  const names: string[] = [];
  do names.push(scanner.name());
  while (scanner.take(','));
  scanner.needEnd();
  return [...new Set(names)];
}

function wholeNumber(key: string, value: string): number {
  const number = Number(value);
  if (!/^\d+$/.test(value) || !Number.isSafeInteger(number))
    throw parseError(key, value, 'expected a whole number');
  return number;
}
