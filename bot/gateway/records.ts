/** `/api/database/records/:table`: read, insert, upsert, update, delete. */
import type { Caller } from './credentials.ts';
import { notSupported, postgrestError } from './errors.ts';
import { needEvenKeys, readRows } from './postgrest/body.ts';
import type { CatalogCache } from './postgrest/catalog-cache.ts';
import type { Catalog, Table } from './postgrest/catalog.ts';
import { parseQuery } from './postgrest/parse-query.ts';
import type { ParsedQuery } from './postgrest/parse-query.ts';
import {
  applyRange,
  needJsonBody,
  readAccept,
  readPreferences,
  readProfile,
} from './postgrest/preferences.ts';
import type { Preferences } from './postgrest/preferences.ts';
import { readSql } from './postgrest/read-sql.ts';
import { publicName, quoteName, StatementParts } from './postgrest/statement.ts';
import { columnsOf, deleteSql, insertSql, updateSql } from './postgrest/write-sql.ts';
import type { Returning } from './postgrest/write-sql.ts';
import { emptyResponse, jsonResponse, needOneRow, readAnswer, readResponse } from './respond.ts';
import type { Answer, ResponseHeaders } from './respond.ts';
import type { Sessions } from './sessions.ts';

/** What a request is served with. */
export interface Serving {
  readonly sessions: Sessions;
  readonly catalog: CatalogCache;
}

export interface ApiRequest {
  readonly caller: Caller;
  readonly method: string;
  /** The table's or function's name out of the path. */
  readonly name: string;
  readonly parameters: URLSearchParams;
  readonly headers: Headers;
  /** The body's text; empty for GET, HEAD and DELETE. */
  readonly body: string;
}

/** Serves one request on a table. @throws RefusedRequest or the database's error. */
export async function serveRecords(serving: Serving, request: ApiRequest): Promise<Response> {
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  readProfile(request.headers, isRead);
  const query = parseQuery(request.parameters, () => false);
  const context = {
    request,
    query,
    shape: readAccept(request.headers),
    preferences: readPreferences(request.headers),
  };
  if (isRead) return await read(serving, context);
  if (query.root.limit !== null || query.root.offset > 0) throw notSupported('A limit on a write');
  if (request.method === 'DELETE') return await remove(serving, context);
  needJsonBody(request.headers);
  if (request.method === 'POST') return await insert(serving, context);
  return await update(serving, context);
}

interface Context {
  readonly request: ApiRequest;
  readonly query: ParsedQuery;
  readonly shape: 'array' | 'object';
  readonly preferences: Preferences;
}

async function read({ sessions, catalog }: Serving, context: Context): Promise<Response> {
  const { request, query, shape, preferences } = context;
  applyRange(request.headers, query.root);
  const counted = preferences.countExact;
  const statement = await withTable(catalog, request.name, (found, table) => {
    const parts = new StatementParts();
    const source = { alias: parts.alias(table.name), table };
    const from = `${publicName(table.name)} AS ${quoteName(source.alias)}`;
    const text = readSql(parts, found, { from, source, node: query.root, shape, counted });
    return { text, values: parts.values };
  });
  const answer = readAnswer(await sessions.run(request.caller, statement, { access: 'read' }));
  if (shape === 'object') needOneRow(answer.rows);
  return readResponse(answer, query.root.offset, shape, appliedHeader(preferences));
}

async function insert(serving: Serving, context: Context): Promise<Response> {
  const { request, query, shape, preferences } = context;
  const rows = readRows(request.body);
  const names = query.columns ?? needEvenKeys(rows);
  const headers = appliedHeader(preferences);
  const countOf = (number: number): string => `*/${preferences.countExact ? number : '*'}`;
  if (rows.rowCount === 0) {
    return jsonResponse(201, '[]', 'array', { ...headers, 'content-range': countOf(0) });
  }
  if (names.length === 0 && rows.rowCount > 1) {
    throw postgrestError(400, 'PGRST102', 'Rows without any key can only be inserted one at a time');
  }
  const merge = preferences.resolution === 'merge-duplicates';
  const { answer, table } = await write(serving, context, (parts, catalog, found, returning) => {
    const conflictColumns = query.onConflict ?? found.primaryKey;
    const conflict = preferences.resolution === null ? null : { columns: conflictColumns, merge };
    const { missingDefault } = preferences;
    const columns = columnsOf(found, names);
    return insertSql(
      parts,
      catalog,
      { table: found, body: rows.text, columns, missingDefault, conflict },
      returning,
    );
  });
  const status = merge && answer.total === 0 ? 200 : 201;
  const range = { ...headers, 'content-range': countOf(answer.rows) };
  if (preferences.returning === 'representation')
    return jsonResponse(status, answer.body ?? '[]', shape, range);
  const location = preferences.returning === 'headers-only' ? locationOf(table, answer.body) : {};
  // InsForge turns PostgREST's empty body into an empty list.
  return jsonResponse(status, '[]', 'array', { ...range, ...location });
}

async function update(serving: Serving, context: Context): Promise<Response> {
  const { request, query, preferences } = context;
  const rows = readRows(request.body);
  const names = rows.rowCount === 0 ? [] : (query.columns ?? needEvenKeys(rows));
  if (rows.rowCount > 1 || (rows.rowCount === 1 && request.body.trimStart().startsWith('['))) {
    throw postgrestError(400, 'PGRST102', 'An update takes one JSON object, not a list');
  }
  // Nothing to set changes nothing; no statement could say so.
  const answer =
    names.length === 0
      ? await nothingToSet(serving, context)
      : (
          await write(serving, context, (parts, catalog, table, returning) => {
            const columns = columnsOf(table, names);
            return updateSql(parts, catalog, { table, body: rows.text, columns }, returning);
          })
        ).answer;
  const range = answer.rows === 0 ? '*' : `0-${answer.rows - 1}`;
  return changed(context, answer, `${range}/${preferences.countExact ? answer.rows : '*'}`);
}

async function nothingToSet({ catalog }: Serving, { request, shape }: Context): Promise<Answer> {
  await withTable(catalog, request.name, () => true);
  if (shape === 'object') needOneRow(0);
  return { body: '[]', rows: 0, total: null };
}

async function remove(serving: Serving, context: Context): Promise<Response> {
  const { answer } = await write(serving, context, deleteSql);
  return changed(context, answer, `*/${context.preferences.countExact ? answer.rows : '*'}`);
}

function changed({ shape, preferences }: Context, answer: Answer, range: string): Response {
  const headers = { ...appliedHeader(preferences), 'content-range': range };
  if (preferences.returning !== 'representation') return emptyResponse(headers);
  return jsonResponse(200, answer.body ?? '[]', shape, headers);
}

/** Builds and runs a writing statement; `single()` with another number of rows takes everything back. */
async function write(
  { sessions, catalog }: Serving,
  { request, query, shape, preferences }: Context,
  build: (parts: StatementParts, catalog: Catalog, table: Table, returning: Returning) => string,
): Promise<{ answer: Answer; table: Table }> {
  const isShown = preferences.returning === 'representation';
  const shows = isShown
    ? 'rows'
    : preferences.returning === 'headers-only' && request.method === 'POST'
      ? 'key'
      : 'nothing';
  const returning: Returning = { query, shape: isShown ? shape : 'array', shows };
  const { table, ...statement } = await withTable(catalog, request.name, (found, known) => {
    const parts = new StatementParts();
    return { text: build(parts, found, known, returning), values: parts.values, table: known };
  });
  const row = await sessions.run(request.caller, statement, {
    access: 'write',
    ...(shape === 'object' && { check: (found) => needOneRow(readAnswer(found).rows) }),
  });
  return { answer: readAnswer(row), table };
}

/** Hands the table to `use`; the catalogue is read again when it, a column or a relation is unknown. */
async function withTable<Result>(
  cache: CatalogCache,
  name: string,
  use: (catalog: Catalog, table: Table) => Result,
): Promise<Result> {
  return await cache.use((catalog) => {
    const table = catalog.tables.get(name);
    // PostgREST leaves the unknown table to PostgreSQL; the answer is the same.
    if (table === undefined) throw postgrestError(404, '42P01', `relation "public.${name}" does not exist`);
    return use(catalog, table);
  });
}

function appliedHeader(preferences: Preferences): ResponseHeaders {
  return preferences.applied === null ? {} : { 'preference-applied': preferences.applied };
}

/** `/leads?id=eq.5` for a single new row with a primary key. */
function locationOf(table: Table, body: string | null): ResponseHeaders {
  const rows = JSON.parse(body ?? '[]') as Record<string, unknown>[];
  const [row] = rows;
  if (rows.length !== 1 || row === undefined) return {};
  const filters = table.primaryKey.map(
    (name) => `${encodeURIComponent(name)}=eq.${encodeURIComponent(String(row[name]))}`,
  );
  return { location: `/${encodeURIComponent(table.name)}?${filters.join('&')}` };
}
