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

const base64 = Buffer.from('some bytes').toString('base64');
const KINDS = [
  { kind: 'voice', folder: 'voice', told: { duration: 3, mime_type: 'audio/ogg' } },
  { kind: 'audio', folder: 'music', told: { duration: 3, mime_type: 'audio/mpeg' } },
  { kind: 'video', folder: 'videos', told: { width: 1280, height: 720, mime_type: 'video/mp4' } },
  { kind: 'video_note', folder: 'video_notes', told: { length: 384 } },
  { kind: 'animation', folder: 'animations', told: { mime_type: 'video/mp4' } },
  { kind: 'sticker', folder: 'stickers', told: { type: 'regular', is_animated: false, is_video: false } },
] as const;

test.each(KINDS)(
  'a $kind comes with what Telegram always tells of it, and its bytes',
  async ({ kind, folder, told }) => {
    const mara = await startedPerson(telegram);
    await telegram.send(mara, { [kind]: { base64 } });
    for (;;) {
      const file = (await nextUpdate(telegram, 'message'))[kind];
      if (file === undefined) continue;
      expect(file).toMatchObject({ ...told, file_size: 10 });
      const { file_path: path } = await result(telegram, 'getFile', { file_id: file.file_id });
      expect(path).toMatch(new RegExp(String.raw`^${folder}/file_\d+\.\w+$`));
      expect(await (await download(path!)).text()).toBe('some bytes');
      return;
    }
  },
);

test('a photo comes in sizes, and only in the biggest one is anything to be seen', async () => {
  const mara = await startedPerson(telegram);
  await telegram.send(mara, { photo: { base64, width: 800, height: 600 }, caption: 'Anna’s card /lead' });
  const message = await nextUpdate(telegram, 'message').then((first) =>
    first.photo === undefined ? nextUpdate(telegram, 'message') : first,
  );
  expect(message).toMatchObject({
    caption: 'Anna’s card /lead',
    caption_entities: [{ type: 'bot_command', offset: 12, length: 5 }],
  });
  const sizes = message.photo ?? [];
  expect(sizes).toMatchObject([{ width: 90 }, { width: 800, height: 600, file_size: 10 }]);
  const bytes = await Promise.all(
    sizes.map(async ({ file_id }) => {
      const { file_path: path } = await result(telegram, 'getFile', { file_id });
      return Buffer.from(await (await download(path!)).arrayBuffer());
    }),
  );
  expect(bytes[0]?.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
  expect(bytes[1]?.toString()).toBe('some bytes');
});

test('new words under a picture are an edited caption; the picture stays', async () => {
  const mara = await startedPerson(telegram);
  const sentPhoto = await telegram.send(mara, { photo: { base64 }, caption: 'Ana' });
  await telegram.edit(mara, sentPhoto, 'Anna');
  const edited = await nextUpdate(telegram, 'edited_message');
  expect(edited).toMatchObject({ caption: 'Anna', photo: [{ width: 90 }, { width: 1280 }] });
  expect(edited.text).toBeUndefined();
});

test('a caption of 1,025 characters a person’s client does not send', async () => {
  const mara = await startedPerson(telegram);
  const photo = { base64 };
  await expect(telegram.send(mara, { photo, caption: 'x'.repeat(1025) })).rejects.toThrow(
    'caption is too long',
  );
  expect(await telegram.send(mara, { photo, caption: 'x'.repeat(1024) })).toMatchObject({ from: 'person' });
});

test('of a message a person deletes the bot is told nothing; it is gone for the bot too', async () => {
  const mara = await startedPerson(telegram);
  const card = await result(telegram, 'sendMessage', { chat_id: mara.id, text: 'card' });
  await telegram.remove(mara, { messageId: card.message_id });
  expect(
    await call(telegram, 'editMessageText', { chat_id: mara.id, message_id: card.message_id, text: 'new' }),
  ).toMatchObject({ status: 400, description: 'Bad Request: message to edit not found' });
  await telegram.say(mara, 'still here');
  const updates = await result(telegram, 'getUpdates');
  const hers = updates.filter(({ message }) => message?.chat.id === mara.id);
  expect(hers.map(({ message }) => message?.text)).toEqual(['/start', 'still here']);
  expect(updates.filter(({ message }) => message === undefined)).toEqual([]);
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
