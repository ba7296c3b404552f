/** Inserts, upserts, updates and deletes: one statement each, rows from one JSON parameter, the answer as JSON text. */
import { postgrestError } from '../errors.ts';
import type { Catalog, Column, Table } from './catalog.ts';
import type { ParsedQuery } from './parse-query.ts';
import { neededColumns, showReturned } from './read-sql.ts';
import { publicName, quoteName } from './statement.ts';
import type { Source, StatementParts } from './statement.ts';

/** What the answer shows: the rows as asked, or nothing but their number. */
export interface Returning {
  readonly query: ParsedQuery;
  readonly shape: 'array' | 'object';
  /** `key` returns the primary key only, for a Location header. */
  readonly shows: 'rows' | 'key' | 'nothing';
}

export interface Insert {
  readonly table: Table;
  /** The body's text; one object or an array of them. */
  readonly body: string;
  readonly columns: readonly Column[];
  readonly missingDefault: boolean;
  /** Columns whose conflict is resolved, and how. */
  readonly conflict: { readonly columns: readonly string[]; readonly merge: boolean } | null;
}

/** The columns of a table by name. @throws RefusedRequest PGRST204 for one it does not have. */
export function columnsOf(table: Table, names: readonly string[]): Column[] {
  return names.map((name) => {
    const column = table.columns.get(name);
    if (column !== undefined) return column;
    const message = `Could not find the '${name}' column of '${table.name}' in the schema cache`;
    throw postgrestError(400, 'PGRST204', message);
  });
}

/** Answer: body, number of rows; for merges also how many were new. */
export function insertSql(
  parts: StatementParts,
  catalog: Catalog,
  insert: Insert,
  returning: Returning,
): string {
  const { table, columns, conflict } = insert;
  const alias = parts.alias(table.name);
  const names = columns.map(({ name }) => quoteName(name)).join(', ');
  const values = columns.map(({ name }) => `body.${quoteName(name)}`).join(', ');
  const rows =
    columns.length === 0 ? 'DEFAULT VALUES' : `(${names}) SELECT ${values} FROM ${bodyRows(parts, insert)}`;
  const target = `INSERT INTO ${publicName(table.name)} AS ${quoteName(alias)} ${rows}`;
  if (conflict === null || conflict.columns.length === 0) {
    return answer(parts, catalog, target, { alias, table }, returning, null);
  }
  const updates = columns.map(({ name }) => `${quoteName(name)} = EXCLUDED.${quoteName(name)}`);
  const action = conflict.merge && updates.length > 0 ? `DO UPDATE SET ${updates.join(', ')}` : 'DO NOTHING';
  const onConflict = `${target} ON CONFLICT (${conflict.columns.map(quoteName).join(', ')}) ${action}`;
  return answer(parts, catalog, onConflict, { alias, table }, returning, conflict.merge ? 'is_new' : null);
}

/** Answer: body, number of rows. `columns` must not be empty. */
export function updateSql(
  parts: StatementParts,
  catalog: Catalog,
  update: { table: Table; body: string; columns: readonly Column[] },
  returning: Returning,
): string {
  const { table, columns } = update;
  const source = { alias: parts.alias(table.name), table };
  const body = quoteName(parts.alias('body'));
  const assignments = columns.map(({ name }) => `${quoteName(name)} = ${body}.${quoteName(name)}`);
  const values = `json_to_record(${parts.bind(update.body)}::json) AS ${body}(${definitions(columns)})`;
  const statement =
    `UPDATE ${publicName(table.name)} AS ${quoteName(source.alias)} SET ${assignments.join(', ')} ` +
    `FROM ${values}${parts.where(source, returning.query.root.where)}`;
  return answer(parts, catalog, statement, source, returning, null);
}

/** Answer: body, number of rows. */
export function deleteSql(
  parts: StatementParts,
  catalog: Catalog,
  table: Table,
  returning: Returning,
): string {
  const source = { alias: parts.alias(table.name), table };
  const statement =
    `DELETE FROM ${publicName(table.name)} AS ${quoteName(source.alias)}` +
    parts.where(source, returning.query.root.where);
  return answer(parts, catalog, statement, source, returning, null);
}

/** Rows of the body with the columns' types; missing keys become null, or the default where that was preferred. */
function bodyRows(parts: StatementParts, { body, columns, missingDefault }: Insert): string {
  const given = parts.bind(body);
  const typed = definitions(columns);
  if (!missingDefault) {
    return `json_to_recordset(CASE json_typeof(${given}::json) WHEN 'array' THEN ${given}::json ELSE json_build_array(${given}::json) END) AS body(${typed})`;
  }
  const defaults = columns.flatMap((column) =>
    column.default === null ? [] : [`${literal(column.name)}, ${column.default}`],
  );
  return (
    `jsonb_array_elements(CASE jsonb_typeof(${given}::jsonb) WHEN 'array' THEN ${given}::jsonb ELSE jsonb_build_array(${given}::jsonb) END) AS each(item), ` +
    `LATERAL jsonb_to_record(jsonb_build_object(${defaults.join(', ')}) || each.item) AS body(${typed})`
  );
}

function definitions(columns: readonly Column[]): string {
  return columns.map(({ name, type }) => `${quoteName(name)} ${type}`).join(', ');
}

/**
 * Runs the statement as a CTE and shows what it returned. `RETURNING 1` needs no right to read, so a caller who may
 * write a column he cannot read succeeds as long as he does not ask for it.
 */
function answer(
  parts: StatementParts,
  catalog: Catalog,
  statement: string,
  source: Source & { table: Table },
  returning: Returning,
  isNew: 'is_new' | null,
): string {
  const { table } = source;
  const quoted = quoteName(source.alias);
  const { root } = returning.query;
  const asked =
    returning.shows === 'rows' ? neededColumns(catalog, table.name, root) : new Set(table.primaryKey);
  const names = returning.shows === 'nothing' ? [] : [...(asked ?? table.columns.keys())];
  const list = names.map((name) => `${quoted}.${quoteName(name)}`);
  // A row that an upsert inserted has never been locked or updated: its xmax is 0.
  const marker = isNew === null ? null : quoteName(freeColumn(table, isNew));
  if (marker !== null) list.push(`(${quoted}.xmax = 0) AS ${marker}`);
  const returned = `WITH returned AS (${statement} RETURNING ${list.length === 0 ? '1' : list.join(', ')})`;
  const newRows = marker === null ? 'null' : `(SELECT count(*) FROM returned WHERE ${marker})`;
  if (returning.shows === 'nothing' || names.length === 0) {
    return `${returned} SELECT null, count(*), ${newRows} FROM returned`;
  }
  // The marker stays out of what `*` shows.
  const from = `(SELECT ${names.map(quoteName).join(', ')} FROM returned) AS ${quoted}`;
  const node = returning.shows === 'rows' ? root : { ...root, items: [{ kind: 'all' as const }], order: [] };
  const shown = showReturned(parts, catalog, { from, source, node, shape: returning.shape });
  return `${returned} SELECT shown.*, ${newRows} FROM (${shown}) AS shown`;
}

function freeColumn(table: Table, wanted: string): string {
  return table.columns.has(wanted) ? freeColumn(table, `${wanted}_`) : wanted;
}

/** A text literal for a name out of the catalogue. */
function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
