/** Which foreign key an embedded resource means. */
import { postgrestError } from '../errors.ts';
import type { Catalog, ForeignKey, Table } from './catalog.ts';
import type { Embed } from './query.ts';

export interface Relation {
  readonly table: Table;
  /** One object per row instead of an array. */
  readonly isToOne: boolean;
  /** Pairs of columns that are equal: the outer table's, the embedded table's. */
  readonly columns: readonly (readonly [own: string, other: string])[];
}

interface Candidate extends Relation {
  readonly key: ForeignKey;
}

/**
 * The relation between `origin` and what `embed` names: a table, a constraint, or a foreign key column of `origin`.
 * @throws RefusedRequest PGRST200 when there is none, PGRST201 (300) when several fit and no hint decides.
 */
export function findRelation(catalog: Catalog, origin: string, embed: Embed): Relation {
  const { target, hint } = embed;
  const found = candidates(catalog, origin).filter(
    ({ key, table, columns, isToOne }) =>
      (table.name === target ||
        key.name === target ||
        (isToOne && columns.length === 1 && columns[0]?.[0] === target)) &&
      (hint === null || key.name === hint || (key.fromColumns.length === 1 && key.fromColumns[0] === hint)),
  );
  const [first, ...others] = found;
  if (first === undefined) {
    const pair = `'${origin}' and '${target}'`;
    throw postgrestError(
      400,
      'PGRST200',
      `Could not find a relationship between ${pair} in the schema cache`,
      {
        details:
          `Searched for a foreign key relationship between ${pair}${hint === null ? '' : ` using the hint '${hint}'`} ` +
          `in the schema 'public', but no matches were found. Relations through a third table are not supported here.`,
      },
    );
  }
  if (others.length === 0) return first;
  throw postgrestError(
    300,
    'PGRST201',
    `Could not embed because more than one relationship was found for '${origin}' and '${target}'`,
    {
      details: found.map(({ key, isToOne }) => ({
        cardinality: isToOne ? 'many-to-one' : 'one-to-many',
        embedding: `${origin} with ${target}`,
        relationship: `${key.name} using ${key.from}(${key.fromColumns.join(', ')}) and ${key.to}(${key.toColumns.join(', ')})`,
      })),
      hint: `Try changing '${target}' to one of the following: ${found.map(({ key }) => `'${target}!${key.name}'`).join(', ')}.`,
    },
  );
}

function candidates(catalog: Catalog, origin: string): Candidate[] {
  const pairs = (own: readonly string[], other: readonly string[]): [string, string][] =>
    own.map((name, n) => [name, other[n] ?? '']);
  return catalog.foreignKeys.flatMap((key) => {
    const found: Candidate[] = [];
    const to = catalog.tables.get(key.to);
    const from = catalog.tables.get(key.from);
    if (key.from === origin && to) {
      found.push({ key, table: to, isToOne: true, columns: pairs(key.fromColumns, key.toColumns) });
    }
    if (key.to === origin && from) {
      found.push({ key, table: from, isToOne: key.isUnique, columns: pairs(key.toColumns, key.fromColumns) });
    }
    return found;
  });
}
