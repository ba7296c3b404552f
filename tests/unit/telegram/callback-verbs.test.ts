/** The table of verbs: a code means one thing, and the largest arguments still fit into a button. */
import { expect, test } from 'vitest';
import { z } from 'zod';
import {
  CALLBACK_LIMIT_BYTES,
  CALLBACK_VERBS,
  decodeCallback,
  encodeCallback,
  type CallbackAction,
} from '../../../bot/telegram/callback-data.ts';
import { searchWords } from '../../../bot/telegram/features/leads/leads-card.ts';

const ID = 999_999_999_999_999;
const LARGEST: Readonly<Record<string, unknown>> = {
  ...{ id: ID, leadId: ID, lead: ID },
  // Far beyond any plan: it has ten steps at most.
  ...{ page: 9_999, version: 999_999, number: 999_999, step: 99, to: 99 },
  ...{ index: 99, channel: 99, day: 7, exact: true, on: true, actionId: `u${ID}` },
  ...{ clock: '2359', from: '2359', zone: 'America/Argentina/ComodRivadavia' },
  until: Temporal.Instant.from('2999-12-31T23:59Z'),
  print: 'ffffffff',
  ...{ reminder: ID, startsOn: '2031-12-31' },
  rule: 'FREQ=WEEKLY;INTERVAL=99;BYDAY=MO,TU,WE,TH,FR,SA,SU;UNTIL=20311231',
  ...{ code: 'f'.repeat(16), at: Temporal.Instant.from('2999-12-31T23:59:59.999Z') },
  words: searchWords('ж'.repeat(200)),
};
/** `to` and `days` are a place in one verb and a clock or a list of days in another. */
const LARGEST_OF: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  setQuiet: { to: '2359' },
  setDays: { days: '1234567' },
  stepShift: { days: -365 },
};

function largest(verb: string, name: string, schema: unknown): unknown {
  if (schema instanceof z.ZodEnum)
    return schema.options.map(String).toSorted((a, b) => b.length - a.length)[0];
  return LARGEST_OF[verb]?.[name] ?? LARGEST[name];
}

test('no two verbs share a code: an old button would do another thing', () => {
  const codes = Object.values(CALLBACK_VERBS).map(([code]) => code);
  expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
});

test.each(Object.entries(CALLBACK_VERBS))(
  '%s fits with the largest arguments, and is read back',
  (verb, [, shape]) => {
    const values = Object.entries(shape).map(
      ([name, schema]) => [name, largest(verb, name, schema)] as const,
    );
    const action = { verb, ...Object.fromEntries(values) } as CallbackAction;
    const data = encodeCallback(action);
    expect(Buffer.byteLength(data)).toBeLessThanOrEqual(CALLBACK_LIMIT_BYTES);
    expect(decodeCallback(data)).toEqual(action);
  },
);
