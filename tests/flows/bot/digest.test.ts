/** The morning's summary: to whoever wants one, once a day, at their hour, without a sound, and only with something in it. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SandboxMessage, SandboxPerson } from '../../../bot/sandbox/contract.ts';
import { createSlotGrace } from '../../../bot/domain/reminder/slot-grace.ts';
import { machineClock } from '../../../bot/machine.ts';
import { sendDigests } from '../../../bot/usecases/send-digests.ts';
import { labels, messageAfter, saidIn, settled } from './people.ts';
import { moveClock, startBot, type TestBot } from './start-bot.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startBot();
});
afterAll(() => bot.stop());

const send = () =>
  sendDigests(
    {
      ...{ store: bot.stores.digests, sender: bot.outbox, clock: machineClock, newToken: randomUUID },
      mayStart: createSlotGrace(25),
    },
    new AbortController().signal,
  );

/** Moves product time to that hour of the next local day but `days`. */
async function morning(clock: string, days = 1, zone = 'Europe/Berlin'): Promise<void> {
  const { rows } = await bot.database.admin.query<{ ahead: string }>(
    `select extract(epoch from (((app_now() at time zone $1)::date + $2::int + $3::time) at time zone $1)
       - app_now()) as ahead`,
    [zone, days, clock],
  );
  await moveClock(bot.database, Math.ceil(Number(rows[0]!.ahead)));
}

async function wanting(overrides: Partial<SandboxPerson> = {}, city = 'Berlin'): Promise<SandboxPerson> {
  const person = await settled(bot, overrides, city);
  await bot.database.admin.query(
    `update users set digest_on = true, digest_at = '08:30', last_seen_at = app_now() where telegram_id = $1`,
    [person.id],
  );
  return person;
}

async function reminder(
  person: { id: number },
  title: string,
  at: string,
  status = 'pending',
): Promise<void> {
  await bot.database.admin.query(
    `insert into scheduled_reminders (telegram_id, title, due_at, status, completed_at)
     values ($1, $2, app_now() + $3::interval, $4, case when $4 = 'completed' then app_now() end)`,
    [person.id, title, at, status],
  );
}

const digestsOf = async (person: { id: number }): Promise<SandboxMessage[]> =>
  (await saidIn(bot, person)).filter(({ text }) => /^(Good morning|Доброе утро)/.test(text));

const rowsOf = async (person: { id: number }) => {
  const { rows } = await bot.database.admin.query<{ state: string; is_farewell: boolean }>(
    'select state, is_farewell from digests where telegram_id = $1 order by on_date',
    [person.id],
  );
  return rows;
};

/** Nobody else's mornings disturb the next test. */
async function leave(person: { id: number }): Promise<void> {
  await bot.database.admin.query('update users set digest_on = false where telegram_id = $1', [person.id]);
}

describe('the summary', () => {
  test('tells what is late, what comes today and what was done yesterday, in one silent message', async () => {
    const mara = await wanting();
    await morning('12:00');
    await reminder(mara, 'Send the offer', '-1 hour');
    await reminder(mara, 'Call the bank', '1 minute', 'completed');
    await reminder(mara, 'Water the plants', '22 hours');
    await reminder(mara, 'Much later', '5 days');
    await morning('08:31');
    await send();
    const [digest] = await digestsOf(mara);
    expect(digest?.text).toMatch(/Late\n1\. Send the offer/);
    expect(digest?.text).toMatch(/Today\n2\. Water the plants \(today 10:00\)/);
    expect(digest?.text).toContain('Yesterday: 1 thing done.');
    expect(digest?.text).not.toContain('Much later');
    expect(digest?.silent).toBe(true);

    await bot.telegram.tap(mara, digest!, labels(digest!)[0]!);
    await bot.telegram.waitForMessage(mara, (message) => labels(message).includes('Done'));
    await leave(mara);
  });

  test('two workers at once send one, and a second look the same morning sends none', async () => {
    const mara = await wanting();
    await morning('07:00');
    await reminder(mara, 'Water the plants', '4 hours');
    await morning('08:31', 0);
    await Promise.all([send(), send(), send()]);
    await send();
    expect(await digestsOf(mara)).toHaveLength(1);
    await leave(mara);
  });

  test('whose worker died comes later that morning, saying that it may be the second one; twice is enough', async () => {
    const mara = await wanting();
    await morning('07:00');
    await reminder(mara, 'Water the plants', '4 hours');
    await morning('08:31', 0);
    const leasesEnd = () =>
      bot.database.admin.query(
        `update digests set lease_until = clock_timestamp() - interval '1 second'
         where telegram_id = $1 and state = 'claimed'`,
        [mara.id],
      );
    const dead = randomUUID();
    const [lost] = (await bot.stores.digests.claim(dead, 10)).digests;
    expect(lost).toMatchObject({ telegram_id: mara.id, in_doubt: false });
    await send();
    expect(await digestsOf(mara)).toEqual([]);

    await leasesEnd();
    await send();
    await send();
    const again = (await saidIn(bot, mara)).filter(({ text }) => text.includes('Good morning'));
    expect(again.map(({ text }) => text)).toEqual([
      expect.stringMatching(/^Sent again, the first may have arrived\nGood morning/),
    ]);
    // It was not dead after all, and comes too late.
    await bot.stores.digests.settle(dead, lost!, { outcome: 'released' });
    await send();
    expect(await rowsOf(mara)).toEqual([{ state: 'sent', is_farewell: false }]);

    await morning('08:31');
    for (const _ of ['first', 'second']) {
      expect((await bot.stores.digests.claim(randomUUID(), 10)).digests).toHaveLength(1);
      await leasesEnd();
    }
    await send();
    expect(await rowsOf(mara)).toMatchObject([{ state: 'sent' }, { state: 'in_doubt' }]);
    await leave(mara);
  });

  test('with nothing to say nothing is said', async () => {
    const mara = await wanting();
    await morning('08:31');
    await send();
    expect(await digestsOf(mara)).toEqual([]);
    expect(await rowsOf(mara)).toEqual([{ state: 'empty', is_farewell: false }]);
    await leave(mara);
  });

  test('a day off, a pause and an hour that has not come keep it back; quiet hours put it off to their end', async () => {
    const mara = await wanting();
    await morning('06:00');
    await reminder(mara, 'Water the plants', '6 hours');
    const set = (change: string) =>
      bot.database.admin.query(`update users set ${change} where telegram_id = $1`, [mara.id]);
    await send();
    await morning('08:31', 0);
    await set(
      `working_days = array[1 + extract(isodow from app_now() at time zone 'Europe/Berlin')::int % 7]::smallint[]`,
    );
    await send();
    await set(`working_days = '{1,2,3,4,5,6,7}', paused_until = app_now() + interval '1 day'`);
    await send();
    await set(`paused_until = null, quiet_to = '09:00'`);
    await send();
    expect(await digestsOf(mara)).toEqual([]);
    await morning('09:01', 0);
    await send();
    expect(await digestsOf(mara)).toHaveLength(1);
    await leave(mara);
  });

  test('somebody who is away gets one that says it is the last, then silence, and after a word the next one', async () => {
    const mara = await wanting();
    await morning('07:00', 15);
    await reminder(mara, 'Water the plants', '3 hours');
    await morning('08:31', 0);
    await send();
    await morning('08:31');
    await send();
    const [farewell, ...others] = await digestsOf(mara);
    expect(farewell?.text).toContain('this is the last summary until you write');
    expect(others).toEqual([]);
    await bot.telegram.say(mara, '/today');
    await bot.telegram.waitForMessage(mara, ({ text }) => text.includes('Late'));
    await morning('08:31');
    await send();
    expect(await digestsOf(mara)).toHaveLength(2);
    await leave(mara);
  });
});

test('is switched on in the settings, in Russian too', async () => {
  const irina = await settled(bot, { firstName: 'Ирина', languageCode: 'ru' }, 'Москва');
  await bot.telegram.say(irina, '/settings');
  const settings = await bot.telegram.waitForMessage(irina, (message) =>
    labels(message).includes('Утренняя сводка: включить'),
  );
  await bot.telegram.tap(irina, settings, 'Утренняя сводка: включить');
  await messageAfter(bot, irina, settings, ({ text }) =>
    text.includes('Утренняя сводка: в 8:30, без звука.'),
  );
  await morning('07:00', 1, 'Europe/Moscow');
  await reminder(irina, 'Позвонить в банк', '3 hours');
  await morning('08:31', 0, 'Europe/Moscow');
  await send();
  const [digest] = await digestsOf(irina);
  expect(digest?.text).toMatch(/^Доброе утро\. Вот ваш день\n\nСегодня\n1\. Позвонить в банк/);
});
