/** `due_at=gte.2026-01-01`, `status=not.in.(done,"a,b")`, `or=(level.gt.1,and(exact.is.true,title.like.a*))`. */
import { notSupported } from '../errors.ts';
import { columnPath } from './parse-select.ts';
import type { ColumnPath, Condition, Operator } from './query.ts';
import { Scanner } from './scanner.ts';

const OPERATORS = new Set<string>([
  'eq',
  'neq',
  'gt',
  'gte',
  'lt',
  'lte',
  'like',
  'ilike',
  'is',
  'in',
  'cs',
  'cd',
  'ov',
]);
/** Known to PostgREST and not to this gateway; any other word is a mistake of the caller. */
const UNSUPPORTED = new Set([
  'fts',
  'plfts',
  'phfts',
  'wfts',
  'match',
  'imatch',
  'sl',
  'sr',
  'nxr',
  'nxl',
  'adj',
  'isdistinct',
]);

/** Deeper than any person asks, shallower than what exhausts a stack. */
const GROUP_DEPTH_LIMIT = 32;

/** The condition `path=value` of a query string. */
export function parseFilter(path: ColumnPath, value: string): Condition {
  const scanner = new Scanner('filter', value);
  const condition = comparison(scanner, path, () => scanner.rest());
  scanner.needEnd();
  return condition;
}

/** The value of `and=` or `or=` (and of their negations). */
export function parseGroup(join: 'and' | 'or', negated: boolean, value: string): Condition {
  const scanner = new Scanner('logic tree', value);
  const group = groupOf(scanner, join, negated);
  scanner.needEnd();
  return group;
}

function groupOf(scanner: Scanner, join: 'and' | 'or', negated: boolean, depth = 1): Condition {
  if (depth > GROUP_DEPTH_LIMIT) scanner.fail(`groups nest at most ${GROUP_DEPTH_LIMIT} deep`);
  scanner.need('(');
  const conditions: Condition[] = [];
  do conditions.push(groupMember(scanner, depth));
  while (scanner.take(','));
  scanner.need(')');
  return { kind: 'group', join, negated, conditions };
}

function groupMember(scanner: Scanner, depth: number): Condition {
  scanner.match(/ +/y);
  const opening = scanner.match(/(?:not\.)?(?:and|or)(?=\()/y);
  if (opening !== null) {
    return groupOf(scanner, opening.endsWith('and') ? 'and' : 'or', opening.startsWith('not.'), depth + 1);
  }
  const path = columnPath(scanner);
  scanner.need('.');
  return comparison(scanner, path, () => valueInGroup(scanner));
}

function comparison(scanner: Scanner, path: ColumnPath, readValue: () => string): Condition {
  const negated = scanner.take('not.');
  const operator = scanner.match(/[a-z]+/y) ?? scanner.fail('expected an operator (eq, gt, ...)');
  if (UNSUPPORTED.has(operator)) throw notSupported(`The operator "${operator}"`);
  if (!isOperator(operator)) scanner.fail(`unknown operator "${operator}"`);
  if (scanner.startsWith('(any)') || scanner.startsWith('(all)'))
    throw notSupported('The modifier (any) or (all)');
  scanner.need('.');
  const value = operator === 'in' ? listValue(scanner) : readValue();
  if (operator === 'is' && !/^(?:null|true|false|unknown)$/i.test(String(value))) {
    scanner.fail('expected null, true, false or unknown after "is."');
  }
  return { kind: 'compare', path, negated, operator, value };
}

/** `(a,"b,c")`; `()` and `("")` are the empty list, as in PostgREST. */
function listValue(scanner: Scanner): string[] {
  scanner.need('(');
  const values: string[] = [];
  do values.push(quotedUpTo(scanner, /(?=[,)])/y) ?? scanner.match(/[^,)]*/y) ?? '');
  while (scanner.take(','));
  scanner.need(')');
  return values.length === 1 && values[0] === '' ? [] : values;
}

/** A value that ends at the next `,` or `)`, unless it is quoted or an array or object in braces. */
function valueInGroup(scanner: Scanner): string {
  return (
    quotedUpTo(scanner, /(?=[,)])/y) ?? scanner.match(/\{[^{}]*\}(?=[,)])/y) ?? scanner.match(/[^,)]*/y) ?? ''
  );
}

/** A quoted text if what follows it is `end`; `"a"b` is an ordinary text that happens to begin with a quote. */
function quotedUpTo(scanner: Scanner, end: RegExp): string | null {
  const quoted = scanner.match(new RegExp(`"(?:[^"\\\\]|\\\\[^])*"${end.source}`, 'y'));
  return quoted === null ? null : quoted.slice(1, -1).replaceAll(/\\([^])/g, '$1');
}

function isOperator(word: string): word is Operator {
  return OPERATORS.has(word);
}
