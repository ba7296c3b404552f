import { describe, expect, test } from 'vitest';
import { readText, without } from '../../../tma/src/features/new-reminder/read-words.ts';

describe('the matter of a reminder', () => {
  test.each([
    ['Call Anna tomorrow 9', 'tomorrow 9', 'Call Anna'],
    ['tomorrow 9 call Anna', 'tomorrow 9', 'Call Anna'],
    [
      'remind me to call Anna on Friday at 3 about the invoice',
      'Friday at 3',
      'Call Anna on about the invoice',
    ],
    ['Remind me tomorrow to send the offer', 'tomorrow', 'Send the offer'],
    ['call Anna at 9:00', '9:00', 'Call Anna'],
    ['напомни мне завтра в 9 позвонить Анне', 'завтра в 9', 'Позвонить Анне'],
    ['Позвонить Анне в пятницу вечером', 'в пятницу вечером', 'Позвонить Анне'],
    ['Call Anna, TOMORROW 9.', 'tomorrow 9', 'Call Anna'],
    ['Nothing of that', 'tomorrow', 'Nothing of that'],
  ])('"%s" without "%s" is "%s"', (text, part, title) => {
    expect(without(text, part)).toBe(title);
  });
});

const signal = new AbortController().signal;
const moment = {
  at: '2026-10-15T07:00:00Z',
  local: '2026-10-15T09:00',
  weekday: 4,
  in_quiet_hours: false,
  on_day_off: false,
};
const instant = {
  kind: 'instant',
  zone: 'Europe/Berlin',
  source: 'rules',
  moment,
  exact: true,
  said: { date: true, time: true },
};
const refused = (reason: string, understood: string | null) => ({
  kind: 'refused',
  reason,
  understood,
  hint: 'tomorrow 9',
});

/** A server that answers one text after the other, and what it was asked. */
function server(...answers: readonly (readonly [number, unknown])[]) {
  const asked: unknown[] = [];
  const request: typeof fetch = async (_input, init) => {
    asked.push((JSON.parse(init?.body as string) as { text: string }).text);
    const [status, body] = answers[asked.length - 1] ?? [500, {}];
    return Promise.resolve(Response.json(body, { status }));
  };
  return { request, asked };
}

describe('a text with a time in it', () => {
  test('is asked about again with the part that was understood', async () => {
    const { request, asked } = server([200, refused('partial', 'tomorrow 9')], [200, instant]);
    expect(await readText(request, ' Call Anna tomorrow 9 ', signal)).toEqual({
      kind: 'done',
      value: { title: 'Call Anna', time: instant },
    });
    expect(asked).toEqual(['Call Anna tomorrow 9', 'tomorrow 9']);
  });

  test('leaves small words to what they belong to', async () => {
    const { request, asked } = server([200, refused('partial', 'on friday at 3 about the')], [200, instant]);
    expect(await readText(request, 'call Anna on Friday at 3 about the invoice', signal)).toMatchObject({
      value: { title: 'Call Anna about the invoice' },
    });
    expect(asked[1]).toBe('on friday at 3');
  });

  test('that is nothing but a time has no matter yet', async () => {
    const { request } = server([200, instant]);
    expect(await readText(request, 'tomorrow 9', signal)).toMatchObject({ value: { title: '' } });
  });

  test('without any time keeps all its words', async () => {
    const { request, asked } = server([200, refused('not_understood', null)]);
    expect(await readText(request, 'Call Anna', signal)).toMatchObject({ value: { title: 'Call Anna' } });
    expect(asked).toHaveLength(1);
  });

  test('too long for the server is asked about by its beginning and kept whole', async () => {
    const { request, asked } = server([200, refused('not_understood', null)]);
    const text = 'Word '.repeat(100).trim();
    expect(await readText(request, text, signal)).toMatchObject({ value: { title: text } });
    expect(String(asked[0]).length).toBe(200);
  });

  test('is not guessed at when the server is in trouble', async () => {
    const { request } = server([200, refused('partial', 'tomorrow')], [500, {}]);
    expect(await readText(request, 'Call tomorrow', signal)).toEqual({ kind: 'failed', status: 500 });
  });
});
