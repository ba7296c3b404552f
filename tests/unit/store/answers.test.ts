/** Three libraries fail in three shapes; everything above the store sees one. */
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readAnswer, readValue, StoreError } from '../../../bot/store/answers.ts';

const fail = (error: unknown, status: number) => ({ data: null, error, status });
const read = (error: unknown, status: number) => readAnswer('do_it', fail(error, status), z.unknown());

/** The error a failed call throws. */
function thrown(error: unknown, status: number): StoreError {
  try {
    read(error, status);
  } catch (caught) {
    if (caught instanceof StoreError) return caught;
  }
  throw new Error('No StoreError was thrown.');
}

describe('PostgREST’s shape', () => {
  const refusal = (hint: string, details: string | null) => ({
    code: 'P0001',
    message: 'Reminder 7 is already completed.',
    details,
    hint,
  });

  test('a refusal in words is a value, with its code and what it carries', () => {
    expect(read(refusal('REMINDER_CLOSED', '{"id": 7, "status": "completed"}'), 400)).toEqual({
      ok: false,
      refusal: {
        code: 'REMINDER_CLOSED',
        message: 'Reminder 7 is already completed.',
        detail: { id: 7, status: 'completed' },
      },
    });
  });

  test.each([null, 'Key (id)=(7) is taken.'])('a refusal whose detail is %j carries nothing', (details) => {
    expect(read(refusal('REMINDER_CLOSED', details), 400)).toMatchObject({ refusal: { detail: {} } });
  });

  test('a hint nobody knows is no refusal', () => {
    expect(thrown(refusal('Perhaps you meant another column.', null), 400)).toMatchObject({
      kind: 'bug',
      code: 'P0001',
    });
  });

  test.each([
    ['a deadlock', '40P01', 500, 'conflict'],
    ['a lost serialisation', '40001', 500, 'conflict'],
    ['a lock that was not free', '55P03', 500, 'conflict'],
    ['a foreign table', '42501', 403, 'denied'],
    ['an expired token', 'PGRST301', 401, 'denied'],
    ['a server that shuts down', '57P01', 503, 'away'],
    ['a duplicate', '23505', 409, 'bug'],
    ['an unknown function', 'PGRST202', 404, 'bug'],
  ])('%s is told by its code: %s', (_, code, status, kind) => {
    const error = thrown({ code, message: 'as the database said', details: null, hint: null }, status);
    expect(error).toMatchObject({ kind, code, status });
    expect(error.message).toBe(`do_it failed (${status} ${code}): as the database said`);
  });
});

describe('the gateway’s shape', () => {
  test.each([
    [401, 'AUTH_UNAUTHORIZED', 'denied'],
    [403, 'FORBIDDEN', 'denied'],
    [429, 'TOO_MANY_REQUESTS', 'away'],
    [500, 'INTERNAL_ERROR', 'away'],
    [501, 'NOT_IMPLEMENTED', 'bug'],
    [400, 'INVALID_INPUT', 'bug'],
  ])('%i %s is "%s"', (statusCode, error, kind) => {
    expect(thrown({ error, message: 'no', statusCode }, statusCode)).toMatchObject({
      kind,
      code: error,
      status: statusCode,
    });
  });

  test('its status counts where the call itself had none', () => {
    expect(thrown({ error: 'AUTH_UNAUTHORIZED', message: 'no', statusCode: 401 }, 0)).toMatchObject({
      kind: 'denied',
      status: 401,
    });
  });
});

describe('the transport’s shape', () => {
  test('no answer at all is a database that is away', () => {
    const error = thrown({ message: 'TypeError: fetch failed', details: '', hint: '', code: '' }, 0);
    expect(error).toMatchObject({ kind: 'away', code: '', status: 0 });
    expect(error.message).toBe('do_it failed (0): TypeError: fetch failed');
  });

  test('an error of no known shape is still told', () => {
    expect(thrown({}, 0).message).toBe('do_it failed (0): no message');
  });
});

describe('an answer', () => {
  const schema = z.object({ id: z.number() });

  test('of the right shape is the value', () => {
    expect(readAnswer('do_it', { data: { id: 7 }, error: null, status: 200 }, schema)).toEqual({
      ok: true,
      value: { id: 7 },
    });
  });

  test('of another shape is a bug that says where', () => {
    expect(() => readValue('do_it', { data: { id: 'seven' }, error: null, status: 200 }, schema)).toThrow(
      /do_it failed \(200\): the answer has another shape \(id: /,
    );
  });

  test('that refuses where nothing can be refused is a bug', () => {
    const refused = { code: 'P0001', message: 'No.', details: null, hint: 'LEAD_CLOSED' };
    expect(() => readValue('do_it', fail(refused, 400), schema)).toThrow(
      expect.objectContaining({ name: 'StoreError', kind: 'bug', code: 'LEAD_CLOSED' }),
    );
  });
});
