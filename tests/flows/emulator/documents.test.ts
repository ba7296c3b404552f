/** Files from the bot: sent as grammY sends them, shown in the chat, and given back byte for byte. */
import { Api, InputFile } from 'grammy';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApiFetch } from '../../../bot/telegram/api-fetch.ts';
import { createFileSender } from '../../../bot/telegram/send-file.ts';
import { startTelegram } from '../../support/telegram.ts';
import type { TestTelegram } from '../../support/telegram.ts';
import { startedPerson } from './call.ts';

let telegram: TestTelegram;
let api: Api;
beforeAll(async () => {
  telegram = await startTelegram();
  api = new Api(telegram.token, { apiRoot: telegram.apiRoot, fetch: createApiFetch(fetch) });
});
afterAll(() => telegram.stop());

const FILE = { name: 'nudge-2026-10-14.csv', mediaType: 'text/csv', text: 'lead;шаг\r\nAnna;"a, b"\r\n' };

test('a file arrives whole under its name', async () => {
  const mara = await startedPerson(telegram);
  expect(await createFileSender(api)(mara.id, FILE)).toBe('sent');
  const message = await api.sendDocument(mara.id, new InputFile(Buffer.from(FILE.text), FILE.name), {
    caption: 'Everything',
  });
  expect(message).toMatchObject({
    caption: 'Everything',
    document: { file_name: FILE.name, file_size: Buffer.byteLength(FILE.text) },
  });
  const { file_path: path } = await api.getFile(message.document.file_id);
  const bytes = await fetch(`${telegram.apiRoot}/file/bot${telegram.token}/${path ?? ''}`);
  expect(await bytes.text()).toBe(FILE.text);
});

test('to a person who never pressed Start it is not sent, and that is an outcome', async () => {
  const stranger = await telegram.person({ firstName: 'Stranger' });
  expect(await createFileSender(api)(stranger.id, FILE)).toBe('unreachable');
});

test('nothing and an empty file are refused in Telegram’s words', async () => {
  const mara = await startedPerson(telegram);
  await expect(api.sendDocument(mara.id, 'no-such-id')).rejects.toThrow(/document/);
  await expect(api.sendDocument(mara.id, new InputFile(Buffer.alloc(0), 'empty.csv'))).rejects.toThrow(
    /empty/,
  );
});
