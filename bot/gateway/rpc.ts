/** `/api/database/rpc/:fn`: calls a function by the names of its arguments. */
import { notSupported } from './errors.ts';
import { readArguments } from './postgrest/body.ts';
import { callSql, chooseFunction, functionNotFound } from './postgrest/call-sql.ts';
import type { CallArguments } from './postgrest/call-sql.ts';
import type { CalledFunction, Catalog } from './postgrest/catalog.ts';
import { isPlain, parseQuery } from './postgrest/parse-query.ts';
import type { ParsedQuery } from './postgrest/parse-query.ts';
import {
  applyRange,
  needJsonBody,
  readAccept,
  readPreferences,
  readProfile,
} from './postgrest/preferences.ts';
import { StatementParts } from './postgrest/statement.ts';
import type { ApiRequest, Serving } from './records.ts';
import { emptyResponse, jsonResponse, needOneRow, readAnswer, readResponse } from './respond.ts';
import type { Statement } from './sessions.ts';

interface PreparedCall {
  readonly called: CalledFunction;
  readonly query: ParsedQuery;
  readonly statement: Statement;
}

/** Serves one call; GET and HEAD run READ ONLY. @throws RefusedRequest or the database's error. */
export async function serveRpc({ sessions, catalog }: Serving, request: ApiRequest): Promise<Response> {
  const isRead = request.method !== 'POST';
  if (isRead && request.method !== 'GET' && request.method !== 'HEAD') {
    throw notSupported(`The method ${request.method} on a function`);
  }
  readProfile(request.headers, isRead);
  const preferences = readPreferences(request.headers);
  const shape = readAccept(request.headers);
  if (!isRead) needJsonBody(request.headers);
  const posted = isRead ? null : readArguments(request.body);
  const counted = preferences.countExact;
  const { called, query, statement } = await catalog.use((found) => {
    const prepared = prepare(found, request, posted);
    if (isRead) applyRange(request.headers, prepared.query.root);
    const parts = new StatementParts();
    const text = callSql(parts, found, prepared.called, prepared.given, prepared.query, { shape, counted });
    // Plain calls are the hot ones and few; filtered ones differ too much to be worth keeping.
    const isHot = posted !== null && isPlain(prepared.query) && !counted;
    const name = isHot ? statementName(request.name, posted.names, shape) : null;
    return { ...prepared, statement: { text, values: parts.values, ...(name !== null && { name }) } };
  });
  const single = shape === 'object' && called.returnsSet;
  const row = await sessions.run(request.caller, statement, {
    access: isRead ? 'read' : 'write',
    ...(single && { check: (found) => needOneRow(readAnswer(found).rows) }),
  });
  const answer = readAnswer(row);
  const headers = preferences.applied === null ? {} : { 'preference-applied': preferences.applied };
  if (called.returns === 'void') return emptyResponse(headers);
  if (called.returns === 'row' && called.returnsSet)
    return readResponse(answer, query.root.offset, shape, headers);
  // InsForge answers null where a function returned an empty text.
  const body = answer.body === null || answer.body === '""' ? 'null' : answer.body;
  return jsonResponse(200, body, shape, {
    ...headers,
    'content-range': `0-${Math.max(answer.rows, 1) - 1}/*`,
  });
}

function prepare(
  catalog: Catalog,
  request: ApiRequest,
  posted: { text: string; names: readonly string[] } | null,
): Omit<PreparedCall, 'statement'> & { given: CallArguments } {
  const overloads = catalog.functions.get(request.name) ?? [];
  // By GET a parameter of any overload is an argument; whatever else stands in the query filters the result.
  const known = new Set(overloads.flatMap(({ parameters }) => parameters.map(({ name }) => name)));
  const query = parseQuery(request.parameters, (name) => posted === null && known.has(name));
  const given: CallArguments =
    posted === null
      ? { kind: 'query', names: [...new Set(query.arguments.map(([name]) => name))], values: query.arguments }
      : { kind: 'json', ...posted };
  const called = chooseFunction(catalog, request.name, given.names);
  if (called === null) throw functionNotFound(request.name, given.names);
  return { called, query, given };
}

/** PostgreSQL keeps 63 bytes of a name, so a longer one would meet its neighbour. */
function statementName(name: string, names: readonly string[], shape: string): string | null {
  const full = `rpc ${name}(${names.toSorted().join(',')})${shape === 'object' ? ' one' : ''}`;
  return full.length <= 63 && /^[ -~]*$/.test(full) ? full : null;
}
