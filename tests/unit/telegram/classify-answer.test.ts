import { describe, expect, test } from 'vitest';
import { classifyAnswer, type Verdict } from '../../../bot/telegram/outbox/classify-answer.ts';
import type { Reply } from '../../../bot/telegram/outbox/post-json.ts';

const backoff = { retries: 0, random: () => 0.5 };
const classify = (reply: Reply, retries = 0): Verdict => classifyAnswer(reply, { ...backoff, retries });

function refusal(code: number, description: string, parameters?: object): Reply {
  const body = JSON.stringify({ ok: false, error_code: code, description, parameters });
  return { kind: 'answered', status: code, body };
}

/** The outcome that is written back, as the dispatcher sees it. */
function outcome(reply: Reply, retries = 0): object {
  const verdict = classify(reply, retries);
  return verdict.kind === 'settled' ? verdict.outcome : verdict;
}

describe('what an answer of Telegram means for a reminder', () => {
  test('a message id: sent', () => {
    const body = JSON.stringify({ ok: true, result: { message_id: 77, date: 1 } });
    expect(classify({ kind: 'answered', status: 200, body })).toEqual({ kind: 'sent', messageId: 77 });
  });

  test('a message id is found wherever it stands, and only in a success', () => {
    const other = JSON.stringify({ result: { date: 1, message_id: 78 }, ok: true });
    expect(classify({ kind: 'answered', status: 200, body: other })).toEqual({ kind: 'sent', messageId: 78 });
    const refused = JSON.stringify({
      ok: false,
      error_code: 403,
      description: '{"ok":true,"result":{"message_id":5}}',
    });
    expect(outcome({ kind: 'answered', status: 403, body: refused })).toMatchObject({ outcome: 'failed' });
    expect(
      outcome({ kind: 'answered', status: 200, body: '{"ok":true,"result":{"message_id":7' }),
    ).toMatchObject({ outcome: 'in_doubt' });
  });

  test('a flood wait: everybody pauses for as long as Telegram says, and the row comes again', () => {
    const reply = refusal(429, 'Too Many Requests: retry after 7', { retry_after: 7 });
    expect(outcome(reply)).toMatchObject({
      outcome: 'retry',
      blockMs: 7000,
      retryInMs: 7500,
      errorCode: 429,
    });
  });

  test('a flood wait without a number still pauses everybody', () => {
    expect(outcome(refusal(429, 'Too Many Requests'))).toMatchObject({ outcome: 'retry', blockMs: 5000 });
  });

  test.each([500, 502, 504])('Telegram’s own trouble (%d): again, without a pause for others', (code) => {
    expect(outcome(refusal(code, 'Internal Server Error'))).toEqual({
      outcome: 'retry',
      retryInMs: 750,
      error: `${code} Internal Server Error`,
      errorCode: code,
    });
  });

  test('an error page in HTML: again', () => {
    const page: Reply = { kind: 'answered', status: 502, body: '<html><h1>502 Bad Gateway</h1></html>' };
    expect(outcome(page)).toMatchObject({ outcome: 'retry', errorCode: 502 });
  });

  test('an unreadable success: it may have arrived', () => {
    expect(outcome({ kind: 'answered', status: 200, body: '{"ok":tr' })).toMatchObject({
      outcome: 'in_doubt',
    });
  });

  test('a connection that was never made: again', () => {
    const lost: Reply = { kind: 'lost', left: false, error: 'ECONNREFUSED' };
    expect(outcome(lost)).toMatchObject({ outcome: 'retry', errorCode: null });
  });

  test('silence after the request left: it may have arrived', () => {
    const lost: Reply = { kind: 'lost', left: true, error: 'UND_ERR_HEADERS_TIMEOUT' };
    expect(outcome(lost)).toMatchObject({ outcome: 'in_doubt', retryInMs: 750 });
  });

  test.each([
    'Forbidden: bot was blocked by the user',
    'Forbidden: user is deactivated',
    "Forbidden: bot can't initiate conversation with a user",
  ])('%s: refused for good, the person is unreachable', (description) => {
    expect(outcome(refusal(403, description))).toMatchObject({ outcome: 'failed', unreachable: true });
  });

  test('an unknown chat: refused for good, until the person writes', () => {
    expect(outcome(refusal(400, 'Bad Request: chat not found'))).toMatchObject({
      outcome: 'failed',
      unreachable: true,
    });
  });

  test.each([
    "Bad Request: can't parse entities: Can't find end tag",
    'Bad Request: entity beginning at UTF-16 offset 12 ends after the end of the text',
    'Bad Request: BUTTON_URL_INVALID',
    'Bad Request: inline keyboard button Web App URL "http://a.example" is invalid: Only HTTPS links are allowed',
  ])('%s: once more, bare', (description) => {
    expect(classify(refusal(400, description)).kind).toBe('send_plain');
  });

  test('any other refusal: for good, and no fault of the person', () => {
    expect(outcome(refusal(400, 'Bad Request: message text is empty'))).toMatchObject({
      outcome: 'failed',
      errorCode: 400,
      unreachable: false,
    });
  });

  test('a chat that moved: once more, there', () => {
    const reply = refusal(400, 'Bad Request: group chat was upgraded', { migrate_to_chat_id: -1001 });
    expect(classify(reply)).toEqual({ kind: 'send_to', chatId: -1001 });
  });

  test.each([401, 404])('a token Telegram does not know (%d): nothing can be sent', (code) => {
    expect(classify(refusal(code, 'Unauthorized')).kind).toBe('token_refused');
  });
});

test('each failure waits twice as long, up to five minutes, and not all at the same moment', () => {
  const delayOf = (retries: number, random: number): number => {
    const verdict = classifyAnswer(refusal(500, ''), { retries, random: () => random });
    if (verdict.kind !== 'settled' || verdict.outcome.outcome !== 'retry') throw new Error('no retry');
    return verdict.outcome.retryInMs;
  };
  expect([0, 1, 2, 3].map((retries) => delayOf(retries, 1))).toEqual([1000, 2000, 4000, 8000]);
  expect([delayOf(3, 0), delayOf(40, 1), delayOf(1000, 0)]).toEqual([4000, 300_000, 150_000]);
});
