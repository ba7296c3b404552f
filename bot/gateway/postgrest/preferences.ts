/** What the headers ask for: `Prefer`, `Accept`, `Range`, profiles. */
import { notSupported, parseError, postgrestError } from '../errors.ts';
import { needPublicSchema } from './parse-query.ts';
import type { ReadNode } from './query.ts';

export interface Preferences {
  readonly returning: 'minimal' | 'representation' | 'headers-only';
  readonly resolution: 'merge-duplicates' | 'ignore-duplicates' | null;
  readonly countExact: boolean;
  /** Keys missing from a row of the body take the column's default instead of null. */
  readonly missingDefault: boolean;
  /** The value of `Preference-Applied`, or null when nothing was asked. */
  readonly applied: string | null;
}

/**
 * Reads `Prefer`. Unknown preferences are ignored, as HTTP wants, but those PostgREST would honour are refused.
 * @throws RefusedRequest 501 for estimated counts, rollbacks, time zones and the like.
 */
export function readPreferences(headers: Headers): Preferences {
  const asked = (headers.get('prefer') ?? '').split(',').map((part) => part.trim());
  const honoured: string[] = [];
  const choose = <Value extends string>(name: string, values: readonly Value[]): Value | null => {
    const value = asked.find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1);
    if (value === undefined) return null;
    const known = values.find((candidate) => candidate === value);
    if (known === undefined) throw notSupported(`The preference "${name}=${value}"`);
    honoured.push(`${name}=${value}`);
    return known;
  };
  const resolution = choose('resolution', ['merge-duplicates', 'ignore-duplicates']);
  const missing = choose('missing', ['default', 'null']);
  const returning = choose('return', ['minimal', 'representation', 'headers-only']) ?? 'minimal';
  const countExact = choose('count', ['exact']) !== null;
  choose('handling', ['lenient', 'strict']);
  choose('tx', ['commit']);
  for (const name of ['timezone', 'max-affected', 'params']) choose(name, []);
  const applied = honoured.length === 0 ? null : honoured.join(', ');
  return { resolution, missingDefault: missing === 'default', returning, countExact, applied };
}

/** Whether the answer is an array or the one object of `single()`. @throws RefusedRequest 406 or 501. */
export function readAccept(headers: Headers): 'array' | 'object' {
  const types = (headers.get('accept') ?? '*/*').split(',').map((type) => type.trim().toLowerCase());
  for (const type of types) {
    if (
      /^(?:\*\/\*|application\/(?:\*|json|vnd\.pgrst\.array(?:\+json)?))(?:;(?!.*nulls=stripped)|$)/.test(
        type,
      )
    )
      return 'array';
    if (/^application\/vnd\.pgrst\.object(?:\+json)?(?:;(?!.*nulls=stripped)|$)/.test(type)) return 'object';
  }
  const unsupported = types.find((type) =>
    /^(?:text\/csv|application\/(?:geo\+json|openapi\+json|vnd\.pgrst\.))/.test(type),
  );
  if (unsupported !== undefined) throw notSupported(`An answer as "${unsupported}"`);
  throw postgrestError(406, 'PGRST107', `None of these media types are available: ${types.join(', ')}`);
}

/** Refuses a body that is not JSON; DELETE comes with the type and no body, which nobody reads. */
export function needJsonBody(headers: Headers): void {
  const type = headers.get('content-type');
  if (type === null || /^application\/(?:json|vnd\.pgrst\.object\+json)\b/i.test(type)) return;
  if (/^(?:text\/csv|application\/x-www-form-urlencoded)\b/i.test(type))
    throw notSupported(`A body of type "${type}"`);
  throw postgrestError(415, 'PGRST102', `Content-Type not acceptable: ${type}`);
}

/** Refuses any schema but `public`. */
export function readProfile(headers: Headers, isRead: boolean): void {
  needPublicSchema(headers.get(isRead ? 'accept-profile' : 'content-profile') ?? 'public');
}

/** Narrows a read by its `Range` header (items from zero, both ends included); with limit and offset both hold. */
export function applyRange(headers: Headers, root: ReadNode): void {
  const text = headers.get('range');
  if (text === null) return;
  const range = /^(?:items=)?(\d+)-(\d*)$/.exec(text);
  if (range === null) throw parseError('Range header', text, 'expected first-last');
  const first = Math.max(root.offset, Number(range[1]));
  const ends = [
    range[2] === '' ? Infinity : Number(range[2]),
    root.limit === null ? Infinity : root.offset + root.limit - 1,
  ];
  const last = Math.min(...ends);
  if (last < first) {
    const details =
      'The lower boundary must be lower than or equal to the upper boundary in the Range header.';
    throw postgrestError(416, 'PGRST103', 'Requested range not satisfiable', { details });
  }
  root.offset = first;
  root.limit = last === Infinity ? null : last - first + 1;
}
