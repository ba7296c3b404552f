/** Whatever a person sends ends in one clear sentence, and nothing is lost. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createWebhook } from '../../../bot/telegram/webhook.ts';
import { labels, LEAD, messageAfter, proposed, reminded, rowsOf, saidIn, settled } from './people.ts';
import { startBot, type TestBot } from './start-bot.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startBot();
});
afterAll(() => bot.stop());

async function leadsOf(person: { id: number }) {
  const { rows } = await bot.database.admin.query<{ name: string; notes: string | null }>(
    'select name, notes from leads where telegram_id = $1',
    [person.id],
  );
  return rows;
}

async function answerTo(text: string, city = 'Berlin', languageCode = 'en'): Promise<string> {
  const person = await settled(bot, { languageCode }, city);
  const last = bot.telegram.messages(person).at(-1)!.messageId;
  await bot.telegram.say(person, text);
  const answer = await bot.telegram.waitForMessage(person, ({ messageId }) => messageId > last);
  expect(await leadsOf(person)).toEqual([]);
  return answer.text;
}

describe('a text that is no lead is not stored, and answered', () => {
  test.each([
    ['emoji alone', '🔥🔥🔥', "I can't read a lead out of this. Write a name and a company, in words."],
    ['a greeting', 'hello', 'Hello. Tell me about a lead, and I write a plan.'],
    ['a question', 'what can you do?', 'I only take leads and reminders so far. /help shows what I can do.'],
    ['a command we do not know', '/frobnicate', "I don't know this command. /help shows those I do."],
    [
      'nobody',
      'remind me tomorrow',
      'I found nobody in this. Write a name with a company, an e-mail or a phone number.',
    ],
  ])('%s', async (_, text, sentence) => {
    expect(await answerTo(text)).toBe(sentence);
  });

  test('in the person’s language', async () => {
    expect(await answerTo('🔥🔥🔥', 'Берлин', 'ru')).toBe(
      'Не вижу здесь лида. Напишите словами имя и компанию.',
    );
  });
});

describe('a lead', () => {
  test('written from right to left is read and planned', async () => {
    const dana = await settled(bot);
    const plan = await proposed(bot, dana, 'דנה לוי, נורת׳גייט, dana@northgate.example');
    expect(plan.text.split('\n')[0]).toBe('דנה לוי · נורת׳גייט');
    expect(await leadsOf(dana)).toMatchObject([{ name: 'דנה לוי' }]);
  });

  test('of 10,000 characters is stored, and the person is told what did not fit', async () => {
    const mara = await settled(bot);
    const text = `${LEAD}\n${'We talked about lanes. '.repeat(500)}`.slice(0, 10_000);
    // Telegram's own clients cut at 4,096; other senders do not have to.
    const handling = await bot.nudge.handle({
      update_id: 800_000_001,
      message: {
        message_id: 1,
        date: 1,
        chat: { id: mara.id, type: 'private', first_name: 'Mara' },
        from: { id: mara.id, is_bot: false, first_name: 'Mara' },
        text,
      },
    });
    expect(handling).toBe('handled');
    const card = await bot.telegram.waitForMessage(mara, (message) => labels(message).includes('Accept'));
    expect(card.text).toMatch(/Your text was long: its last [\d,]+ characters did not fit/);
    const [lead] = await leadsOf(mara);
    expect(lead!.notes!.length).toBeGreaterThan(3900);
  });

  test('full of markup is shown as it was written', async () => {
    const mara = await settled(bot);
    const plan = await proposed(bot, mara, 'Name: Anna <b>Kowalska</b> & Co\nCompany: *Baltic* _Freight_');
    expect(plan.text.split('\n')[0]).toMatch(/Anna <b>Kowalska<\/b> & Co/);
  });
});

describe('a place', () => {
  test.each([
    ['that does not exist', 'Mars/Phobos', /^I don't know the place “Mars\/Phobos”\./],
    ['with an impossible offset', 'UTC+25', /^There is no place with the offset “UTC\+25”\./],
    ['with several clocks', 'IST', /^“IST” means several clocks\. Type the city: Delhi, Tel Aviv, Dublin\./],
  ])('%s is asked back', async (_, place, sentence) => {
    const mara = await bot.telegram.person();
    await bot.telegram.say(mara, `/zone ${place}`);
    expect((await bot.telegram.waitForMessage(mara)).text).toMatch(sentence);
  });

  test('typed as the answer to the question is not taken for a lead', async () => {
    const mara = await bot.telegram.person();
    await bot.telegram.say(mara, '/start');
    const hello = await bot.telegram.waitForMessage(mara);
    await bot.telegram.say(mara, 'Atlantis');
    const answer = await bot.telegram.waitForMessage(mara, ({ messageId }) => messageId > hello.messageId);
    expect(answer.text).toContain('“Atlantis”');
  });

  test('named by /zone later moves the steps that are still to come, and says how many', async () => {
    const mara = await settled(bot);
    const plan = await proposed(bot, mara);
    await bot.telegram.tap(mara, plan, 'Accept');
    await messageAfter(bot, mara, plan, ({ text }) => text.includes('Plan started'));
    await bot.telegram.say(mara, '/zone New York');
    const set = await bot.telegram.waitForMessage(mara, ({ text }) => text.startsWith('New York it is'));
    expect(set.text).toMatch(/\d planned steps moved to your new hours\./);
    const last = (await rowsOf(bot, mara)).at(-1)!;
    expect(last.wanted_at.toLocaleTimeString('en-GB', { timeZone: 'America/New_York' })).toBe('09:30:00');
  });
});

describe('what is not text', () => {
  test('a sticker is answered with what can be read', async () => {
    const mara = await settled(bot);
    await bot.telegram.send(mara, { sticker: { file_id: 'CAAC', type: 'regular' } });
    await bot.telegram.waitForMessage(mara, ({ text }) => text.startsWith("I can't read this kind"));
  });
});

describe('while the database is away', () => {
  test('a lead is answered with one sentence at once and planned as soon as it is back', async () => {
    const mara = await settled(bot);
    bot.trouble.databaseIsAway = true;
    await bot.telegram.say(mara, LEAD);
    await bot.telegram.waitForMessage(mara, ({ text }) => text.startsWith("I can't reach my storage"));
    bot.trouble.databaseIsAway = false;
    await bot.telegram.waitForMessage(mara, (message) => labels(message).includes('Accept'));
    const told = (await saidIn(bot, mara)).filter(({ text }) => text.startsWith("I can't reach"));
    expect(told).toHaveLength(1);
    expect(await leadsOf(mara)).toHaveLength(1);
  });

  test('a tap is answered and done as soon as it is back', async () => {
    const irina = await settled(bot, { languageCode: 'ru' }, 'Берлин');
    const card = await reminded(bot, irina);
    bot.trouble.databaseIsAway = true;
    const toast = await bot.telegram.tap(irina, card, 'Готово');
    expect(toast).toMatchObject({
      text: 'Сейчас не могу добраться до хранилища. Сделаю это, как только смогу.',
      showAlert: true,
    });
    bot.trouble.databaseIsAway = false;
    await messageAfter(bot, irina, card, ({ text }) => text.includes('Готово.'));
    expect((await rowsOf(bot, irina))[0]).toMatchObject({ status: 'completed' });
  });
});

test('an answer that did not get through to Telegram is given again', async () => {
  const mara = await settled(bot);
  await bot.telegram.fault({ kind: '500', method: 'sendMessage', chatId: mara.id });
  const plan = await proposed(bot, mara);
  expect(labels(plan)).toEqual(['Accept', 'Discard', 'Edit the plan', 'Lead ▸']);
  expect(await leadsOf(mara)).toHaveLength(1);
});

test('a short flood wait is waited out', async () => {
  const mara = await settled(bot);
  await bot.telegram.fault({ kind: '429', method: 'sendMessage', chatId: mara.id, retryAfter: 1 });
  await bot.telegram.say(mara, '/help');
  await bot.telegram.waitForMessage(mara, ({ text }) => text.startsWith('How this works'));
});

describe('a pushed update', () => {
  const push = async (body: string): Promise<number> => {
    const handle = createWebhook(bot.nudge);
    return (await handle(new Request('http://nudge.test/', { method: 'POST', body }))).status;
  };

  test('that is none is refused', async () => {
    expect(await push('not json')).toBe(400);
    expect(await push('{"message":{}}')).toBe(400);
  });

  test('of an unknown kind is taken and dropped', async () => {
    expect(await push('{"update_id":700000001,"poll":{"id":"1"}}')).toBe(200);
  });

  test('is sent again by Telegram while the database is away', async () => {
    bot.trouble.databaseIsAway = true;
    expect(await push('{"update_id":700000002}')).toBe(503);
    bot.trouble.databaseIsAway = false;
    expect(await push('{"update_id":700000002}')).toBe(200);
    expect(await push('{"update_id":700000002}')).toBe(200);
  });
});
