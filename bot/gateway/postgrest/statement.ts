/** Builds one SQL statement: names are quoted, values are parameters, nothing of a request is ever spliced in as text. */
import { notSupported, parseError } from '../errors.ts';
import type { Table } from './catalog.ts';
import type { ColumnPath, Condition, Operator, OrderTerm } from './query.ts';

/** An identifier in double quotes. @throws RefusedRequest for a NUL, which would end the statement's text on the wire. */
export function quoteName(name: string): string {
  if (name.includes('\0'))
    throw parseError('name', name.replaceAll('\0', '\\0'), 'names cannot hold a NUL character');
  return `"${name.replaceAll('"', '""')}"`;
}

/** `"public"."name"` */
export function publicName(name: string): string {
  return `"public".${quoteName(name)}`;
}

/** What a column's name refers to while SQL is built: the name in FROM, and the table if the catalogue has it. */
export interface Source {
  readonly alias: string;
  readonly table: Table | null;
}

/** Collects the parameters of one statement and hands out names nobody else in it uses. */
export class StatementParts {
  readonly values: unknown[] = [];
  readonly #aliases = new Set<string>();

  /** A parameter: `$1`. */
  bind(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }

  /** `wanted`, or `wanted_1` and so on when it is taken. */
  alias(wanted: string): string {
    let alias = wanted;
    for (let n = 1; this.#aliases.has(alias); n += 1) alias = `${wanted}_${n}`;
    this.#aliases.add(alias);
    return alias;
  }

  /** `"leads"."data"->'tone'`, steps as parameters. */
  column(source: Source, path: ColumnPath): string {
    const plain = `${quoteName(source.alias)}.${quoteName(path.column)}`;
    if (path.steps.length === 0) return plain;
    // Arrays and composites can be walked as well, once they are JSON.
    const isJson = source.table?.columns.get(path.column)?.isJson ?? true;
    return path.steps.reduce(
      (sql, { key, asText }) =>
        `${sql}${asText ? '->>' : '->'}${this.bind(key)}::${typeof key === 'number' ? 'int' : 'text'}`,
      isJson ? plain : `to_jsonb(${plain})`,
    );
  }

  /** ` WHERE …` or nothing. */
  where(source: Source, conditions: readonly Condition[], more: readonly string[] = []): string {
    const all = [...more, ...conditions.map((condition) => this.#condition(source, condition))];
    return all.length === 0 ? '' : ` WHERE ${all.join(' AND ')}`;
  }

  /** ` ORDER BY …` or nothing. */
  orderBy(source: Source, terms: readonly OrderTerm[]): string {
    if (terms.length === 0) return '';
    const each = terms.map(({ path, descending, nulls }) => {
      const direction = descending ? ' DESC' : '';
      return `${this.column(source, path)}${direction}${nulls === null ? '' : ` NULLS ${nulls.toUpperCase()}`}`;
    });
    return ` ORDER BY ${each.join(', ')}`;
  }

  /** ` LIMIT … OFFSET …` or nothing. */
  limit(limit: number | null, offset: number): string {
    const first = limit === null ? '' : ` LIMIT ${this.bind(limit)}`;
    return offset === 0 ? first : `${first} OFFSET ${this.bind(offset)}`;
  }

  #condition(source: Source, condition: Condition): string {
    const not = condition.negated ? 'NOT ' : '';
    if (condition.kind === 'group') {
      const inner = condition.conditions.map((each) => this.#condition(source, each));
      return `${not}(${inner.join(condition.join === 'and' ? ' AND ' : ' OR ')})`;
    }
    return `${not}${this.#comparison(this.column(source, condition.path), condition.operator, condition.value)}`;
  }

  #comparison(left: string, operator: Operator, value: string | readonly string[]): string {
    if (typeof value !== 'string') return `${left} = ANY (${this.bind(arrayLiteral(value))})`;
    // The parser has let four words through; they are keywords and cannot be parameters.
    if (operator === 'is') return `${left} IS ${value.toUpperCase()}`;
    if (operator === 'in') throw notSupported('A list without parentheses');
    const isPattern = operator === 'like' || operator === 'ilike';
    return `${left} ${SQL_OPERATORS[operator]} ${this.bind(isPattern ? value.replaceAll('*', '%') : value)}`;
  }
}

const SQL_OPERATORS = {
  ...{ eq: '=', neq: '<>', gt: '>', gte: '>=', lt: '<', lte: '<=', like: 'LIKE', ilike: 'ILIKE' },
  ...{ cs: '@>', cd: '<@', ov: '&&' },
} satisfies Record<Exclude<Operator, 'is' | 'in'>, string>;

/** A PostgreSQL array's text; the column decides its type. */
function arrayLiteral(values: readonly string[]): string {
  const quoted = values.map((value) => `"${value.replaceAll(/["\\]/g, '\\$&')}"`);
  return `{${quoted.join(',')}}`;
}
