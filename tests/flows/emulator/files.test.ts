/** Files people send: named to the bot, given out by getFile, and fetched from an address that holds the token. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTelegram, type TestTelegram } from '../../support/telegram.ts';
import { call, nextUpdate, result, startedPerson } from './call.ts';

let telegram: TestTelegram;
beforeAll(async () => {
  telegram = await startTelegram();
});
afterAll(() => telegram.stop());

const MEGABYTE = 1024 * 1024;

/** A document as the bot is told of it. */
async function sent(bytes: Buffer, name = 'anna.vcf') {
  const mara = await startedPerson(telegram);
  await telegram.send(mara, {
    document: { base64: bytes.toString('base64'), file_name: name, mime_type: 'text/vcard' },
  });
  for (;;) {
    const { document } = await nextUpdate(telegram, 'message');
    if (document !== undefined) return document;
  }
}

const download = (path: string, token = telegram.token): Promise<Response> =>
  fetch(`${telegram.apiRoot}/file/bot${token}/${path}`);

test('a file is named with its size and comes back byte for byte', async () => {
  const bytes = Buffer.from([0, 255, 10, 13, 66, 69]);
  const document = await sent(bytes);
  expect(document).toMatchObject({ file_name: 'anna.vcf', mime_type: 'text/vcard', file_size: 6 });
  const file = await result(telegram, 'getFile', { file_id: document.file_id });
  expect(file).toEqual({
    file_id: document.file_id,
    file_unique_id: document.file_unique_id,
    file_size: 6,
    file_path: expect.stringMatching(/^documents\/file_\d+\.vcf$/) as string,
  });
  const response = await download(file.file_path!);
  expect(response.status).toBe(200);
  expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes);
});

test('another token, or a path nobody was given, gets 404 and no byte', async () => {
  const document = await sent(Buffer.from('BEGIN:VCARD'));
  const { file_path: path } = await result(telegram, 'getFile', { file_id: document.file_id });
  for (const response of [
    await download(path!, `${telegram.token}x`),
    await download(path!, '1:AAA'),
    await download('documents/file_999.vcf'),
  ]) {
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({ ok: false, error_code: 404, description: 'Not Found' });
  }
});

test('an id nobody was given is refused in Telegram’s words', async () => {
  for (const file_id of ['nonsense', 'BQACAgIAAxkBAAI999']) {
    expect(await call(telegram, 'getFile', { file_id })).toMatchObject({
      status: 400,
      description: 'Bad Request: invalid file_id',
    });
  }
});

test('20 MB are given out, a byte more is not', async () => {
  const most = await sent(Buffer.alloc(20 * MEGABYTE));
  expect(await call(telegram, 'getFile', { file_id: most.file_id })).toMatchObject({ ok: true });
  const more = await sent(Buffer.alloc(20 * MEGABYTE + 1));
  expect(more.file_size).toBe(20 * MEGABYTE + 1);
  expect(await call(telegram, 'getFile', { file_id: more.file_id })).toMatchObject({
    status: 400,
    description: 'Bad Request: file is too big',
  });
});
