/** An open question in trouble: restarts, kills, another version, the database or Telegram away, calls that hang. */
import type { Update } from 'grammy/types';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SandboxPerson } from '../../../bot/sandbox/contract.ts';
import { createBot, type NudgeBot } from '../../../bot/telegram/create-bot.ts';
import { labels, LEAD, saidIn, settled } from './people.ts';
import { recorder, type Logged } from './record-log.ts';
import { startBot, type TestBot } from './start-bot.ts';

let bot: TestBot;
const logged: Logged[] = [];
beforeAll(async () => {
  bot = await startBot();
});
afterAll(() => bot.stop());

/** Another process over the same database: it remembers nothing. */
function newProcess(workLimitMs = 60_000): NudgeBot {
  return createBot({ ...bot.parts, log: recorder(logged), workLimitMs });
}

async function asked(): Promise<SandboxPerson> {
  const person = await settled(bot);
  await bot.telegram.say(person, '/zone');
  await bot.telegram.waitForMessage(person, (message) => labels(message).includes('Leave it'));
  await bot.nudge.idle();
  return person;
}

let nextUpdateId = 900_000_000;
/** An update as Telegram would send it, handed over by the test itself. */
function texted({ id }: SandboxPerson, text: string): Update {
  return {
    update_id: nextUpdateId++,
    message: {
      message_id: 900_000,
      date: 1,
      chat: { id, type: 'private', first_name: 'Mara' },
      from: { id, is_bot: false, first_name: 'Mara' },
      text,
    },
  };
}

async function facts({ id }: SandboxPerson): Promise<{ zone: string; leads: number }> {
  const { rows } = await bot.database.admin.query<{ zone: string; leads: number }>(
    `select zone, (select count(*)::int from leads where leads.telegram_id = users.telegram_id) as leads
     from users where telegram_id = $1`,
    [id],
  );
  return rows[0]!;
}

const answers = async (person: SandboxPerson): Promise<number> =>
  (await saidIn(bot, person)).filter(({ text }) => text.startsWith('Tokyo it is')).length;

test('another process takes the answer', async () => {
  const person = await asked();
  expect(await newProcess().handle(texted(person, 'Tokyo'))).toBe('handled');
  expect(await facts(person)).toEqual({ zone: 'Asia/Tokyo', leads: 0 });
});

test('an answer given to us again after a kill is answered again and never becomes a lead', async () => {
  const person = await asked();
  const answer = texted(person, 'Tokyo');
  await newProcess().handle(answer);
  // Killed after the work and before the update was noted as done: to the next process it is new.
  await bot.database.admin.query('update processed_updates set done_at = null where update_id = $1', [
    answer.update_id,
  ]);
  expect(await newProcess().handle(answer)).toBe('handled');
  expect(await facts(person)).toEqual({ zone: 'Asia/Tokyo', leads: 0 });
  expect(await answers(person)).toBe(2);
  // Any other text is an ordinary one.
  await newProcess().handle(texted(person, LEAD));
  expect((await facts(person)).leads).toBe(1);
});

test.each([
  ['of another version', `jsonb_set(state, '{state,version,1}', '99')`],
  ['in no shape we know', `'{"state": {"anything": 1}}'`],
  ['of a form that is gone', `replace(state::text, '\\"zone\\"', '\\"gone\\"')::jsonb`],
])('a question %s is asked to be started again, once, and its answer is no lead', async (_what, state) => {
  const person = await asked();
  const { rowCount } = await bot.database.admin.query(
    `update conversation_state set state = ${state} where key = $1`,
    [String(person.id)],
  );
  expect(rowCount).toBe(1);
  await newProcess().handle(texted(person, LEAD));
  const last = (await saidIn(bot, person)).at(-1);
  expect(last?.text).toContain("let's start again");
  expect((await facts(person)).leads).toBe(0);
  await newProcess().handle(texted(person, LEAD));
  expect((await facts(person)).leads).toBe(1);
});

test('while the database is away the question stays, and the same answer counts later', async () => {
  const person = await asked();
  const answer = texted(person, 'Tokyo');
  const process = newProcess();
  bot.trouble.databaseIsAway = true;
  expect(await process.handle(answer)).toBe('later');
  bot.trouble.databaseIsAway = false;
  expect(await process.handle(answer)).toBe('handled');
  expect(await facts(person)).toEqual({ zone: 'Asia/Tokyo', leads: 0 });
});

test('an answer whose echo does not get through is taken again, and the question is open until then', async () => {
  const person = await asked();
  const answer = texted(person, 'Tokyo');
  const process = newProcess();
  await bot.telegram.fault({ kind: '502_html', method: 'sendMessage', chatId: person.id });
  expect(await process.handle(answer)).toBe('later');
  expect(await process.handle(answer)).toBe('handled');
  expect(await answers(person)).toBe(1);
});

test('a flood wait is waited for once, and not again at later updates', async () => {
  const person = await asked();
  const process = newProcess();
  await bot.telegram.fault({ kind: '429', method: 'sendMessage', chatId: person.id, retryAfter: 5 });
  const taken = async (words: string): Promise<number> => {
    const before = performance.now();
    await process.handle(texted(person, words));
    return performance.now() - before;
  };
  const waited = await taken('Atlantis');
  expect(waited).toBeGreaterThan(4900);
  // Whatever the machine is busy with, it is busy with it both times; the wait is five seconds more.
  expect(await taken('Tokyo')).toBeLessThan(waited);
  expect(await answers(person)).toBe(1);
});

test('a call that hangs holds up its chat only for a while, and the question is still open', async () => {
  const person = await asked();
  const process = newProcess(3_000);
  await bot.telegram.fault({ kind: 'hang', method: 'sendMessage', chatId: person.id });
  await process.handle(texted(person, 'Atlantis'));
  expect(logged.some(({ fields }) => String(fields['err']).includes('given up after 3000 ms'))).toBe(true);
  await process.handle(texted(person, 'Tokyo'));
  expect(await facts(person)).toEqual({ zone: 'Asia/Tokyo', leads: 0 });
});

test('neither the log nor what is kept holds a token, and the log no words', async () => {
  const person = await asked();
  await newProcess().handle(texted(person, 'Tokyo is where I am'));
  const { rows } = await bot.database.admin.query<{ kept: string }>(
    'select state::text as kept from conversation_state',
  );
  expect(rows.length).toBeGreaterThan(0);
  for (const { kept } of rows) expect(kept).not.toContain(bot.telegram.token);
  expect(JSON.stringify([...logged, ...bot.logged])).not.toMatch(/Tokyo|Atlantis/);
});
