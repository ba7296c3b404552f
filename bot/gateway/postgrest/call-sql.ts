/** Which function a call means, and the statement that calls it. */
import { postgrestError } from '../errors.ts';
import type { CalledFunction, Catalog, Parameter } from './catalog.ts';
import { isPlain } from './parse-query.ts';
import type { ParsedQuery } from './parse-query.ts';
import { readSql } from './read-sql.ts';
import { publicName, quoteName } from './statement.ts';
import type { Source, StatementParts } from './statement.ts';

/** Arguments as one JSON object (POST), or as the texts of a query string (GET). */
export type CallArguments =
  | { readonly kind: 'json'; readonly names: readonly string[]; readonly text: string }
  | {
      readonly kind: 'query';
      readonly names: readonly string[];
      readonly values: readonly (readonly [string, string])[];
    };

/**
 * The one overload whose parameters take exactly these names, or null.
 * @throws RefusedRequest PGRST203 (300) when several do.
 */
export function chooseFunction(
  catalog: Catalog,
  name: string,
  names: readonly string[],
): CalledFunction | null {
  const fitting = (catalog.functions.get(name) ?? []).filter(({ parameters }) => {
    const known = new Set(parameters.map((parameter) => parameter.name));
    return (
      names.every((given) => given !== '' && known.has(given)) &&
      parameters.every((parameter) => !parameter.isRequired || names.includes(parameter.name))
    );
  });
  if (fitting.length < 2) return fitting[0] ?? null;
  const signatures = fitting.map(
    ({ parameters }) => `public.${name}(${parameters.map(describe).join(', ')})`,
  );
  const message = `Could not choose the best candidate function between: ${signatures.join(', ')}`;
  const hint =
    'Try renaming the parameters or the function itself in the database so function overloading can be resolved';
  throw postgrestError(300, 'PGRST203', message, { hint });
}

/** PGRST202 (404): no function takes these arguments. */
export function functionNotFound(name: string, names: readonly string[]): Error {
  const sorted = names.toSorted();
  const call =
    sorted.length === 0 ? `public.${name} without parameters` : `public.${name}(${sorted.join(', ')})`;
  const searched =
    sorted.length === 0
      ? `the function public.${name} without parameters`
      : `the function public.${name} with parameter${sorted.length > 1 ? 's' : ''} ${sorted.join(', ')}`;
  return postgrestError(404, 'PGRST202', `Could not find the function ${call} in the schema cache`, {
    details: `Searched for ${searched}, but no matches were found in the schema cache.`,
  });
}

/** Answer: body, rows in it, total. The body of a scalar is its JSON and of `void` null. */
export function callSql(
  parts: StatementParts,
  catalog: Catalog,
  called: CalledFunction,
  given: CallArguments,
  query: ParsedQuery,
  read: { shape: 'array' | 'object'; counted: boolean },
): string {
  const { call, from } = callExpression(parts, called, given);
  if (called.returns !== 'row') {
    if (!isPlain(query)) {
      throw postgrestError(
        400,
        'PGRST100',
        `The function "${called.name}" returns plain values: they have no columns to filter or order by`,
      );
    }
    // Rows of a set are numbered by nothing but their order of arrival, which json_agg keeps.
    if (called.returnsSet) {
      const rows = `SELECT json_agg(result.value)::text, count(*) FROM ${from}${from && ', LATERAL '}${call} AS result(value)`;
      return `SELECT coalesce(all_rows.json_agg, '[]'), all_rows.count, all_rows.count FROM (${rows}) AS all_rows`;
    }
    // json passes through as it is: the hot answers are large, and making JSON of JSON would copy them.
    const value =
      called.returns === 'void' || called.returnsJson ? `${call}::text` : `to_json(${call})::text`;
    return `SELECT ${value}, 1, 1${from && ` FROM ${from}`}`;
  }
  const table = called.returnsTable === null ? null : (catalog.tables.get(called.returnsTable) ?? null);
  const source: Source = { alias: parts.alias(table?.name ?? called.name), table };
  const rows = `${from}${from && ', LATERAL '}${call} AS ${quoteName(source.alias)}`;
  const shape = called.returnsSet ? read.shape : 'object';
  return readSql(parts, catalog, { from: rows, source, node: query.root, shape, counted: read.counted });
}

function callExpression(
  parts: StatementParts,
  called: CalledFunction,
  given: CallArguments,
): { call: string; from: string } {
  const used = called.parameters.filter(({ name }) => given.names.includes(name));
  const argument = (parameter: Parameter, value: string): string =>
    `${parameter.isVariadic ? 'VARIADIC ' : ''}${quoteName(parameter.name)} := ${value}`;
  const name = publicName(called.name);
  if (used.length === 0) return { call: `${name}()`, from: '' };
  if (given.kind === 'json') {
    const input = quoteName(parts.alias('arguments'));
    const definitions = used.map((parameter) => `${quoteName(parameter.name)} ${parameter.type}`).join(', ');
    const list = used
      .map((parameter) => argument(parameter, `${input}.${quoteName(parameter.name)}`))
      .join(', ');
    return {
      call: `${name}(${list})`,
      from: `json_to_record(${parts.bind(given.text)}::json) AS ${input}(${definitions})`,
    };
  }
  const list = used.map((parameter) => {
    const values = given.values.filter(([key]) => key === parameter.name).map(([, value]) => value);
    const repeated = parameter.isVariadic && !(values.length === 1 && values[0]?.startsWith('{') === true);
    return argument(parameter, `${parts.bind(repeated ? values : values.at(-1))}::${parameter.type}`);
  });
  return { call: `${name}(${list.join(', ')})`, from: '' };
}

function describe(parameter: Parameter): string {
  return `${parameter.name} => ${parameter.type}`;
}
