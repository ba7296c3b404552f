/** Voice messages, pictures and text files are read like words somebody typed, by the models of a scripted endpoint. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SandboxMessage, SandboxPerson } from '../../../bot/sandbox/contract.ts';
import type { MessageContent } from '../../../bot/sandbox/telegram/types.ts';
import { createLanguageModel } from '../../../bot/model/create-language-model.ts';
import { createPictureModel } from '../../../bot/model/read-picture.ts';
import { createSpeechModel } from '../../../bot/model/transcribe.ts';
import {
  failing,
  heard,
  htmlPage,
  refusing,
  startModelServer,
  streamed,
  streamedJson,
  type ModelServer,
} from '../../support/model-server.ts';
import { labels, LEAD, messageAfter, reminded, rowsOf, saidIn, settled } from './people.ts';
import { startBot, type TestBot } from './start-bot.ts';

let model: ModelServer;
let bot: TestBot;
let deaf: TestBot;
beforeAll(async () => {
  model = await startModelServer();
  const endpoint = { baseUrl: model.url, apiKey: 'sk-1', model: 'scripted-1' };
  const senses = {
    speech: createSpeechModel({ ...endpoint, model: 'listener-1' }),
    pictures: createPictureModel(createLanguageModel(endpoint)!),
  };
  [bot, deaf] = await Promise.all([startBot(undefined, { senses }), startBot()]);
});
afterAll(async () => {
  await Promise.all([bot.stop(), deaf.stop()]);
  await model.close();
});

const SOUND = Buffer.from('OggS the sound of a voice');
const PICTURE = Buffer.from('\xff\xd8\xff the light of a card', 'latin1');
const voice = (more: object = {}): MessageContent => ({
  voice: { base64: SOUND.toString('base64'), ...more },
});
const photo = (more: MessageContent = {}): MessageContent => ({
  photo: { base64: PICTURE.toString('base64') },
  ...more,
});
const file = (file_name: string, mime_type: string, bytes: Buffer | string): MessageContent => ({
  document: { file_name, mime_type, base64: Buffer.from(bytes).toString('base64') },
});

/** Sends it and gives the first answer that satisfies; default: any. */
async function answerTo(
  place: TestBot,
  person: SandboxPerson,
  content: MessageContent,
  wanted: (message: SandboxMessage) => boolean = () => true,
): Promise<SandboxMessage> {
  const last = place.telegram.messages(person).at(-1)!.messageId;
  await place.telegram.send(person, content);
  return place.telegram.waitForMessage(
    person,
    (message) => message.messageId > last && message.from === 'bot' && wanted(message),
  );
}

async function leadsOf(place: TestBot, person: { id: number }) {
  const { rows } = await place.database.admin.query<{ name: string; company: string; notes: string }>(
    'select name, company, notes from leads where telegram_id = $1 order by id',
    [person.id],
  );
  return rows;
}

const isPlan = (message: SandboxMessage): boolean => /^\d\. /m.test(message.text);

describe('a voice message', () => {
  test('is transcribed, said back, and read like a text about a lead', async () => {
    const mara = await settled(bot);
    const before = model.requests.length;
    model.script(heard(` ${LEAD} `));
    const plan = await answerTo(bot, mara, voice(), isPlan);
    expect(plan.text).toMatch(/^Anna Kowalska · Baltic Freight\n/);
    const echo = (await saidIn(bot, mara)).find(({ text }) => text.startsWith('I heard:\n'))!;
    expect(echo.text).toBe(`I heard:\n${LEAD}`);
    expect(await leadsOf(bot, mara)).toMatchObject([{ name: 'Anna Kowalska' }]);
    const { path, form, authorization } = model.requests[before]!;
    expect(path).toBe('/v1/audio/transcriptions');
    expect(authorization).toBe('Bearer sk-1');
    expect(form!.get('model')).toBe('listener-1');
    const sound = form!.get('file') as File;
    expect(sound.name).toBe('voice.ogg');
    expect(Buffer.from(await sound.arrayBuffer())).toEqual(SOUND);
  });

  test('in Russian is answered in Russian', async () => {
    const irina = await settled(bot, { languageCode: 'ru' }, 'Берлин');
    model.script(heard('Анна Ковальская, Балтик Фрахт, anna@baltic.example, просит цены'));
    await answerTo(bot, irina, voice(), isPlan);
    expect((await saidIn(bot, irina)).some(({ text }) => text.startsWith('Я услышал:\nАнна'))).toBe(true);
  });

  test('answers the question that is open', async () => {
    const mara = await settled(bot);
    await bot.telegram.say(mara, '/remind');
    await bot.telegram.waitForMessage(mara, ({ text }) => text.startsWith('What should I remind you of'));
    model.script(heard('call Jonas tomorrow at 9'));
    const card = await answerTo(bot, mara, voice(), (message) => labels(message).includes('Remind me'));
    expect(card.text).toContain('call Jonas');
  });

  test('as a reply to a reminder is done what it says', async () => {
    const mara = await settled(bot);
    const card = await reminded(bot, mara);
    model.script(heard('Done.'));
    await bot.telegram.send(mara, voice(), undefined, card);
    await bot.telegram.waitForMessage(mara, ({ text }) => text.includes('Done.') && text.includes('Next:'));
    expect((await rowsOf(bot, mara))[0]).toMatchObject({ status: 'completed' });
  });

  test('does not delete everything, whatever was understood', async () => {
    const mara = await settled(bot);
    model.script(heard(LEAD));
    await answerTo(bot, mara, voice(), isPlan);
    await bot.telegram.say(mara, '/delete_me');
    await bot.telegram.waitForMessage(mara, ({ text }) => text.includes('type the word DELETE'));
    const asked = model.requests.length;
    const answer = await answerTo(bot, mara, voice());
    expect(answer.text).toMatch(/^I'm waiting for text/);
    expect(model.requests).toHaveLength(asked);
    expect(await leadsOf(bot, mara)).toHaveLength(1);
    await bot.telegram.say(mara, '/cancel');
  });

  test.each([
    ['without a word in it', heard('  '), 'I heard no words in this.'],
    [
      'at an endpoint without transcription',
      failing('openai', 404, 'Not found'),
      'The transcription could not take',
    ],
    ['at an endpoint that is down', htmlPage(502), 'The transcription gives no answer right now.'],
    [
      'at an endpoint that is busy',
      failing('openai', 429, 'Slow down'),
      'The transcription gives no answer right now.',
    ],
    [
      'at an endpoint that answers something else',
      {
        kind: 'raw',
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: '{"words":1}',
      } as const,
      'The transcription could not take',
    ],
  ])('%s is answered with what to do', async (_, scripted, sentence) => {
    const mara = await settled(bot);
    model.script(scripted);
    const answer = await answerTo(bot, mara, voice());
    expect(answer.text.startsWith(sentence), answer.text).toBe(true);
    expect(await leadsOf(bot, mara)).toEqual([]);
  });

  test('that is too long or too large is not even fetched', async () => {
    const mara = await settled(bot);
    const asked = model.requests.length;
    expect((await answerTo(bot, mara, voice({ duration: 601 }))).text).toMatch(
      /^That is longer than 10 minutes/,
    );
    const huge = {
      voice: { file_id: 'AwAC', file_unique_id: 'a', duration: 60, file_size: 21 * 1024 * 1024 },
    };
    expect((await answerTo(bot, mara, huge)).text).toMatch(/^This file is larger than 20 MB/);
    expect(model.requests).toHaveLength(asked);
  });

  test('given to us again after a broken answer is transcribed once', async () => {
    const mara = await settled(bot);
    const asked = model.requests.length;
    model.script(heard(LEAD));
    await bot.telegram.fault({ kind: '500', method: 'sendMessage', chatId: mara.id, times: 1 });
    await answerTo(bot, mara, voice(), isPlan);
    await bot.telegram.fault();
    expect(await leadsOf(bot, mara)).toHaveLength(1);
    expect(model.requests.length - asked).toBe(1);
  });

  test('and round videos and music without ears get a clear answer', async () => {
    const mara = await settled(deaf);
    for (const kind of ['voice', 'audio', 'video_note']) {
      const answer = await answerTo(deaf, mara, { [kind]: { base64: SOUND.toString('base64') } });
      expect(answer.text, kind).toMatch(/^I can't listen to voice messages here/);
    }
    const irina = await settled(deaf, { languageCode: 'ru' }, 'Берлин');
    expect((await answerTo(deaf, irina, voice())).text).toMatch(/^Голосовые я здесь не слышу/);
  });
});

describe('a picture', () => {
  const CARD =
    'Anna Kowalska\nHead of Logistics\nBaltic Freight\nanna@balticfreight.example\n+49 151 23456789';

  test('of a business card is copied, said back, and becomes a lead with nothing that is not on it', async () => {
    const mara = await settled(bot);
    const before = model.requests.length;
    model.script(streamedJson({ text: CARD }));
    await answerTo(bot, mara, photo({ caption: 'Met in Hamburg' }), isPlan);
    expect((await saidIn(bot, mara)).map(({ text }) => text)).toContain(`I read in the picture:\n${CARD}`);
    const [lead] = await leadsOf(bot, mara);
    expect(lead).toMatchObject({ name: 'Anna Kowalska', company: 'Baltic Freight' });
    expect(lead!.notes).toContain('Met in Hamburg');
    const [, asked] = model.requests[before]!.body.messages as unknown as { content: unknown }[];
    expect(asked!.content).toEqual([
      { type: 'text', text: '{"picture":"attached"}' },
      { type: 'image_url', image_url: { url: `data:image/jpeg;base64,${PICTURE.toString('base64')}` } },
    ]);
  });

  test('sent as a file is looked at too', async () => {
    const mara = await settled(bot);
    model.script(streamedJson({ text: CARD }));
    await answerTo(bot, mara, file('card.png', 'image/png', PICTURE), isPlan);
    expect(await leadsOf(bot, mara)).toHaveLength(1);
  });

  test.each([
    ['of a sunset', streamedJson({ text: null }), 'I find no person and no company in this picture.'],
    [
      'at a model without eyes',
      failing('openai', 400, 'image input'),
      'The language model could not read this picture.',
    ],
    ['at a model that will not', refusing('No.'), 'The language model could not read this picture.'],
    [
      'at a model that chatters',
      streamed('A nice picture'),
      'The language model could not read this picture.',
    ],
    ['at a model that is down', htmlPage(503), 'The language model gives no answer about this picture'],
  ])('%s is answered with what to do', async (_, scripted, sentence) => {
    const mara = await settled(bot);
    model.script(scripted);
    const answer = await answerTo(bot, mara, photo());
    expect(answer.text.startsWith(sentence), answer.text).toBe(true);
    expect(await leadsOf(bot, mara)).toEqual([]);
  });

  test('with a caption that tells of a lead is worked on even where nobody sees', async () => {
    const mara = await settled(deaf);
    await answerTo(deaf, mara, photo({ caption: LEAD }), isPlan);
    expect(await leadsOf(deaf, mara)).toMatchObject([{ name: 'Anna Kowalska' }]);
  });

  test('of an album without eyes is answered once for all of them', async () => {
    const mara = await settled(deaf);
    const before = (await saidIn(deaf, mara)).length;
    for (let part = 0; part < 3; part += 1) {
      await deaf.telegram.send(mara, photo({ media_group_id: 'album-1' }));
    }
    await answerTo(deaf, mara, photo({ media_group_id: 'album-2' }));
    await answerTo(deaf, mara, { text: '/help' });
    const said = (await saidIn(deaf, mara)).slice(before).map(({ text }) => text.split(/[:\n]/)[0]);
    expect(said.filter((text) => text!.startsWith("I can't read pictures here"))).toHaveLength(2);
  });
});

describe('a text file', () => {
  test('is read like a pasted text, in the letters of old programs too', async () => {
    const mara = await settled(deaf);
    await answerTo(deaf, mara, file('anna.txt', 'text/plain', LEAD), isPlan);
    expect(await leadsOf(deaf, mara)).toMatchObject([{ name: 'Anna Kowalska' }]);
    const irina = await settled(deaf, { languageCode: 'ru' }, 'Берлин');
    // "Анна Ким, Балтика, anna@baltika.example" in windows-1251.
    const name = Buffer.from('c0ededa020cae8ec2c20c1e0ebf2e8eae02c20', 'hex');
    name[3] = 0xe0;
    const old = Buffer.concat([name, Buffer.from('anna@baltika.example')]);
    await answerTo(deaf, irina, file('anna.txt', 'text/plain', old), isPlan);
    expect(await leadsOf(deaf, irina)).toMatchObject([{ name: 'Анна Ким' }]);
  });

  test.each([
    ['that is empty', file('a.txt', 'text/plain', ' \n'), 'There are no words in this file'],
    ['that is none', file('a.txt', 'text/plain', 'a\0b'), 'There are no words in this file'],
    ['that is a book', file('a.txt', 'text/plain', 'x'.repeat(65 * 1024)), 'This text is larger than 64 kB.'],
  ])('%s is answered', async (_, content, sentence) => {
    const mara = await settled(deaf);
    expect((await answerTo(deaf, mara, content)).text.startsWith(sentence)).toBe(true);
  });
});

describe('what holds no words', () => {
  test.each([
    ['a sticker', { sticker: { base64: 'AAAA' } }, "I can't read this kind of message"],
    ['an animation', { animation: { base64: 'AAAA' } }, "I can't read this kind of message"],
    ['dice', { dice: { emoji: '🎲', value: 4 } }, "I can't read this kind of message"],
    ['a video', { video: { base64: 'AAAA' } }, "I can't watch videos."],
    ['a poll', { poll: { id: '1', question: 'When?', options: [] } }, "I can't do anything with polls"],
    [
      'a file of another kind',
      file('deck.pdf', 'application/pdf', '%PDF'),
      "I can't read this kind of file.",
    ],
    ['something of the future', { hologram: { id: 1 } }, "I can't read this kind of message."],
  ])('such as %s is answered, in both languages', async (_, content, sentence) => {
    const mara = await settled(deaf);
    expect((await answerTo(deaf, mara, content)).text.startsWith(sentence)).toBe(true);
    const irina = await settled(deaf, { languageCode: 'ru' }, 'Берлин');
    expect((await answerTo(deaf, irina, content)).text).toMatch(/^[А-Я][а-яё ,]+/);
  });

  test('but is Telegram’s own note about the chat gets none', async () => {
    const mara = await settled(deaf);
    await deaf.telegram.send(mara, { pinned_message: { message_id: 1, date: 0, chat: { id: mara.id } } });
    const answer = await answerTo(deaf, mara, { text: '/help' });
    expect(answer.text).toMatch(/^How this works/);
  });
});

test('a recording with ears that fail does not keep a later text from being heard', async () => {
  const mara = await settled(bot);
  model.script(htmlPage(500));
  await answerTo(bot, mara, voice());
  const plan = await answerTo(bot, mara, { text: LEAD }, isPlan);
  await bot.telegram.tap(mara, plan, 'Discard');
  await messageAfter(bot, mara, plan, ({ text }) => text.includes('Plan discarded'));
});
