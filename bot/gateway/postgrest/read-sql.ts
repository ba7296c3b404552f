/** Reads: columns, related rows as nested JSON, filters, order, page and count, all put into one JSON text by PostgreSQL. */
import type { Catalog } from './catalog.ts';
import type { Embed, ReadNode, SelectItem } from './query.ts';
import { findRelation } from './relations.ts';
import type { Relation } from './relations.ts';
import { publicName, quoteName } from './statement.ts';
import type { Source, StatementParts } from './statement.ts';

/** A node's pieces; the caller adds FROM and WHERE. */
interface Shown {
  /** The list after SELECT. */
  readonly list: string;
  /** Joins of all embedded resources. */
  readonly joins: string;
  /** Joins of those that decide whether a row counts. */
  readonly innerJoins: string;
}

/**
 * The answer of a read in one row: body, rows in it, total (null unless counted).
 * @param from what follows FROM and carries `source.alias`.
 * @param shape `object` yields the first row alone.
 */
export function readSql(
  parts: StatementParts,
  catalog: Catalog,
  read: { from: string; source: Source; node: ReadNode; shape: 'array' | 'object'; counted: boolean },
): string {
  const { from, source, node } = read;
  const shown = showNode(parts, catalog, source, node);
  const where = parts.where(source, node.where);
  const page =
    `SELECT ${shown.list} FROM ${from}${shown.joins}${where}` +
    parts.orderBy(source, node.order) +
    parts.limit(node.limit, node.offset);
  const total = read.counted ? `(SELECT count(*) FROM ${from}${shown.innerJoins}${where})` : 'null';
  return `SELECT ${aggregate(read.shape)}, count(*), ${total} FROM (${page}) AS page`;
}

/** The same for rows a writing statement returned as `source`, which it names as a CTE. */
export function showReturned(
  parts: StatementParts,
  catalog: Catalog,
  read: { from: string; source: Source; node: ReadNode; shape: 'array' | 'object' },
): string {
  const { list, joins } = showNode(parts, catalog, read.source, read.node);
  const rows = `SELECT ${list} FROM ${read.from}${joins}${parts.orderBy(read.source, read.node.order)}`;
  return `SELECT ${aggregate(read.shape)}, count(*) FROM (${rows}) AS page`;
}

/** Columns of the root that a writing statement must return so that `showReturned` finds them; null means all. */
export function neededColumns(catalog: Catalog, table: string, node: ReadNode): ReadonlySet<string> | null {
  const names = new Set<string>();
  for (const item of node.items) {
    if (item.kind === 'all') return null;
    if (item.kind === 'column') names.add(item.path.column);
    else for (const [own] of findRelation(catalog, table, item).columns) names.add(own);
  }
  for (const { path } of node.order) names.add(path.column);
  return names;
}

// `page.*` and not `page`: a column that happens to be called page would win over the row.
function aggregate(shape: 'array' | 'object'): string {
  return shape === 'object' ? `(json_agg(page.*)->0)::text` : `coalesce(json_agg(page.*)::text, '[]')`;
}

function showNode(parts: StatementParts, catalog: Catalog, source: Source, node: ReadNode): Shown {
  const list: string[] = [];
  const joins: string[] = [];
  const innerJoins: string[] = [];
  for (const item of node.items) {
    if (item.kind !== 'embed') {
      list.push(showColumn(parts, source, item));
      continue;
    }
    const embedded = showEmbed(parts, catalog, source, item);
    joins.push(embedded.join);
    if (item.isInner) innerJoins.push(embedded.join);
    // `leads!inner()` filters and shows nothing.
    if (item.node.items.length > 0) list.push(embedded.column);
  }
  return { list: list.join(', '), joins: joins.join(''), innerJoins: innerJoins.join('') };
}

function showColumn(parts: StatementParts, source: Source, item: Exclude<SelectItem, Embed>): string {
  if (item.kind === 'all') return `${quoteName(source.alias)}.*`;
  const column = parts.column(source, item.path);
  // The last key that is a word names a JSON path, as in PostgREST.
  const key = item.path.steps.findLast((step) => typeof step.key === 'string')?.key;
  const name = item.alias ?? (key === undefined ? item.path.column : String(key));
  const value = item.cast === null ? column : `CAST(${column} AS ${item.cast})`;
  return `${value} AS ${quoteName(name)}`;
}

function showEmbed(
  parts: StatementParts,
  catalog: Catalog,
  outer: Source,
  embed: Embed,
): { join: string; column: string } {
  const relation = findRelation(catalog, outer.table?.name ?? outer.alias, embed);
  const inner: Source = { alias: parts.alias(relation.table.name), table: relation.table };
  const { list, joins } = showNode(parts, catalog, inner, embed.node);
  const rows =
    `SELECT ${list === '' ? '1' : list} FROM ${publicName(relation.table.name)} AS ${quoteName(inner.alias)}${joins}` +
    parts.where(inner, embed.node.where, joinConditions(outer, inner, relation)) +
    parts.orderBy(inner, embed.node.order) +
    parts.limit(embed.node.limit, embed.node.offset);
  const lateral = quoteName(parts.alias(`${inner.alias}_embedded`));
  const name = quoteName(embed.alias ?? embed.target);
  const join = embed.isInner ? ' INNER JOIN LATERAL' : ' LEFT JOIN LATERAL';
  if (relation.isToOne) {
    return {
      join: `${join} (${rows}) AS ${lateral} ON true`,
      column: `row_to_json(${lateral}.*) AS ${name}`,
    };
  }
  const list_ = `SELECT json_agg(each.*) AS "rows" FROM (${rows}) AS each`;
  const on = embed.isInner ? `${lateral}."rows" IS NOT NULL` : 'true';
  return {
    join: `${join} (${list_}) AS ${lateral} ON ${on}`,
    column: `coalesce(${lateral}."rows", '[]') AS ${name}`,
  };
}

function joinConditions(outer: Source, inner: Source, relation: Relation): string[] {
  return relation.columns.map(
    ([own, other]) =>
      `${quoteName(inner.alias)}.${quoteName(other)} = ${quoteName(outer.alias)}.${quoteName(own)}`,
  );
}
