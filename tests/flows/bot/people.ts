/** People of the flows, as far along as a test wants them. */
import type { SandboxMessage, SandboxPerson } from '../../../bot/sandbox/contract.ts';
import type { TestBot } from './start-bot.ts';

export const LEAD =
  'Anna Kowalska, Baltic Freight, anna@balticfreight.example. Met in Hamburg, wants prices.';

/** Labels of the buttons under a message. */
export const labels = (message: SandboxMessage): string[] =>
  message.inlineKeyboard.flat().map(({ text }) => text);

/** Somebody whose zone is known. */
export async function settled(
  bot: TestBot,
  overrides: Partial<SandboxPerson> = {},
  city = 'Berlin',
): Promise<SandboxPerson> {
  const person = await bot.telegram.person(overrides);
  await bot.telegram.say(person, '/start');
  await bot.telegram.waitForMessage(person);
  await bot.telegram.say(person, city);
  await bot.telegram.waitForMessage(person, ({ inlineKeyboard }) => inlineKeyboard.length === 0);
  return person;
}

/** The plan's card for a lead this person writes about. */
export async function proposed(bot: TestBot, person: SandboxPerson, lead = LEAD): Promise<SandboxMessage> {
  await bot.telegram.say(person, lead);
  return await bot.telegram.waitForMessage(person, ({ text }) => /^\d\. /m.test(text));
}

/** A running plan; gives the plan's card after Accept. */
export async function started(bot: TestBot, person: SandboxPerson): Promise<SandboxMessage> {
  const plan = await proposed(bot, person);
  const [accept] = plan.inlineKeyboard[0]!;
  await bot.telegram.tap(person, plan, accept!.text);
  return await messageAfter(bot, person, plan, (card) => !labels(card).includes(accept!.text));
}

/** The person's first reminder, delivered. */
export async function reminded(bot: TestBot, person: SandboxPerson): Promise<SandboxMessage> {
  await started(bot, person);
  await bot.deliverNext(person.id);
  return await bot.telegram.waitForMessage(person, ({ inlineKeyboard }) =>
    inlineKeyboard.flat().some(({ callback_data: data }) => data?.startsWith('1:d:') === true),
  );
}

/** The same message once it looks as wanted. */
export async function messageAfter(
  bot: TestBot,
  person: { id: number },
  message: { messageId: number },
  wanted: (message: SandboxMessage) => boolean,
): Promise<SandboxMessage> {
  return await bot.telegram.waitForMessage(
    person,
    (candidate) => candidate.messageId === message.messageId && wanted(candidate),
  );
}

/** The person's reminders as stored, in the order of their steps. */
export async function rowsOf(bot: TestBot, person: { id: number }) {
  const { rows } = await bot.database.admin.query<{
    id: string;
    step_id: number;
    status: string;
    wanted_at: Date;
    due_at: Date;
    snooze_count: number;
    message_id: string | null;
  }>('select * from scheduled_reminders where telegram_id = $1 order by plan_id, step_id', [person.id]);
  return rows;
}

/** What the bot has said in a chat, asked of Telegram itself: events may still be on their way. */
export async function saidIn(bot: TestBot, chat: { id: number }): Promise<SandboxMessage[]> {
  const { messages } = await bot.telegram.state();
  return messages.filter(({ chatId, from }) => chatId === chat.id && from === 'bot');
}
