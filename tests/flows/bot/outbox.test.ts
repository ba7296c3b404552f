/** Sending what falls due, over HTTP, with every kind of trouble Telegram can make. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { SandboxPerson } from '../../../bot/sandbox/contract.ts';
import {
  createReminderSender,
  SenderFatal,
  type Outbox,
} from '../../../bot/telegram/outbox/create-reminder-sender.ts';
import { loadTexts } from '../../../bot/telegram/text/texts.ts';
import type { ClaimedReminder } from '../../../shared/schemas/reminder.ts';
import { startTelegram, type TestTelegram } from '../../support/telegram.ts';
import { claimed } from '../../unit/telegram/samples.ts';
import { labels } from './people.ts';
import { recorder, type Logged } from './record-log.ts';

/** How long the impatient wait for an answer that never comes. Milliseconds. */
const HANGING_MS = 2_000;
let telegram: TestTelegram;
let outbox: Outbox;
const logged: Logged[] = [];
const running = new AbortController().signal;

beforeAll(async () => {
  telegram = await startTelegram({ rateLimits: false });
  outbox = sender();
});
afterEach(() => telegram.fault());
afterAll(async () => {
  await outbox.close();
  await telegram.stop();
});

function sender(
  settings: { apiRoot?: string; token?: string; miniAppUrl?: string; answerWithinMs?: number } = {},
): Outbox {
  return createReminderSender({
    token: settings.token ?? telegram.token,
    apiRoot: settings.apiRoot ?? telegram.apiRoot,
    connections: 2,
    texts: loadTexts(),
    miniAppUrl: settings.miniAppUrl ?? 'https://nudge.example/',
    random: () => 0.5,
    log: recorder(logged),
    ...(settings.answerWithinMs === undefined ? {} : { answerWithinMs: settings.answerWithinMs }),
  });
}

async function reader(): Promise<SandboxPerson> {
  const person = await telegram.person();
  await telegram.say(person, '/start');
  return person;
}

const send = (row: ClaimedReminder) => outbox.send([row], running);
/** Asked of Telegram itself: events may still be on their way. */
const botMessages = async (person: SandboxPerson) =>
  (await telegram.state()).messages.filter(({ chatId, from }) => chatId === person.id && from === 'bot');

describe('a reminder', () => {
  test('arrives as a card and is settled with its message id', async () => {
    const mara = await reader();
    const outcome = await send(claimed({ telegram_id: mara.id }));
    const card = await telegram.waitForMessage(mara);
    expect(outcome).toEqual({ outcome: 'sent', messageId: card.messageId });
    expect(card.text).toContain('Send Anna the pricing one-pager');
    expect(card.entities.map(({ type }) => type)).toEqual(['bold', 'expandable_blockquote']);
    expect(labels(card)).toEqual(['Done', 'Snooze ▸', 'Skip', 'Cancel', 'Why now?', 'Open in app']);
  });

  test('of a full list arrives as one message', async () => {
    const mara = await reader();
    const rows = [1, 2, 3, 4].map((id) => claimed({ id, telegram_id: mara.id, kind: 'list' }));
    const outcome = await outbox.send([rows[0]!, ...rows.slice(1)], running);
    const list = await telegram.waitForMessage(mara);
    expect(outcome).toEqual({ outcome: 'bundled', messageId: list.messageId });
    expect(list.text).toMatch(/^4 reminders are waiting/);
  });

  test('is not sent any more once the worker stops', async () => {
    const mara = await reader();
    const outcome = await outbox.send([claimed({ telegram_id: mara.id })], AbortSignal.abort());
    expect(outcome).toEqual({ outcome: 'released' });
    expect(await botMessages(mara)).toEqual([]);
  });

  test('whose slot is past when a connection is there is given back, and the next one leaves as ever', async () => {
    const mara = await reader();
    const row = claimed({ telegram_id: mara.id });
    expect(await outbox.send([row], running, () => false)).toEqual({ outcome: 'released' });
    expect(await botMessages(mara)).toEqual([]);
    expect((await outbox.send([row], running, () => true)).outcome).toBe('sent');
    expect(await botMessages(mara)).toHaveLength(1);
  });

  test('that takes the place of an older card takes its buttons away', async () => {
    const mara = await reader();
    const first = await send(claimed({ telegram_id: mara.id }));
    const older = 'messageId' in first ? first.messageId : 0;
    await send(claimed({ telegram_id: mara.id, message_id: older, level: 1 }));
    await telegram.waitForMessage(
      mara,
      ({ messageId, inlineKeyboard }) => messageId === older && inlineKeyboard.length === 0,
    );
  });

  test('is sent although the older card is gone', async () => {
    const mara = await reader();
    const outcome = await send(claimed({ telegram_id: mara.id, message_id: 999_999 }));
    expect(outcome.outcome).toBe('sent');
  });
});

describe('trouble at Telegram', () => {
  test('a flood wait pauses everybody and sends nothing', async () => {
    const mara = await reader();
    await telegram.fault({ kind: '429', method: 'sendMessage', retryAfter: 3 });
    const outcome = await send(claimed({ telegram_id: mara.id }));
    expect(outcome).toMatchObject({ outcome: 'retry', blockMs: 3000, retryInMs: 3500, errorCode: 429 });
    expect(await botMessages(mara)).toEqual([]);
  });

  test.each(['500', '502_html'] as const)('%s is tried again later', async (kind) => {
    const mara = await reader();
    await telegram.fault({ kind, method: 'sendMessage' });
    expect(await send(claimed({ telegram_id: mara.id }))).toMatchObject({ outcome: 'retry' });
  });

  test.each(['drop_after_accept', 'hang'] as const)('%s leaves the send in doubt', async (kind) => {
    const mara = await reader();
    await telegram.fault({ kind, method: 'sendMessage' });
    const impatient = sender({ answerWithinMs: HANGING_MS });
    const outcome = await impatient.send([claimed({ telegram_id: mara.id })], running);
    expect(outcome).toMatchObject({ outcome: 'in_doubt' });
    expect(await botMessages(mara)).toHaveLength(kind === 'hang' ? 0 : 1);
    await impatient.close();
  });

  test('nobody there at all is tried again later: the request never left', async () => {
    const nowhere = sender({ apiRoot: 'http://127.0.0.1:1' });
    const outcome = await nowhere.send([claimed()], running);
    expect(outcome).toMatchObject({ outcome: 'retry', errorCode: null });
    await nowhere.close();
  });

  test('a person who blocked the bot is unreachable', async () => {
    const mara = await reader();
    await telegram.block(mara);
    expect(await send(claimed({ telegram_id: mara.id }))).toMatchObject({
      outcome: 'failed',
      unreachable: true,
    });
  });

  test('a person who never wrote is unreachable until they do', async () => {
    expect(await send(claimed({ telegram_id: 5 }))).toMatchObject({ outcome: 'failed', unreachable: true });
  });

  test('a button Telegram does not take is left out, and that is logged as our bug', async () => {
    const mara = await reader();
    const wrong = sender({ miniAppUrl: 'http://nudge.example/' });
    const outcome = await wrong.send([claimed({ telegram_id: mara.id })], running);
    expect(outcome.outcome).toBe('sent');
    const card = await telegram.waitForMessage(mara);
    expect(labels(card)).toEqual(['Done', 'Snooze ▸', 'Skip', 'Cancel', 'Why now?']);
    expect(logged.at(-1)).toMatchObject({ level: 'error', fields: { event: 'outbox.markup_refused' } });
    await wrong.close();
  });

  test('a refused token stops the dispatcher', async () => {
    const stranger = sender({ token: `${telegram.botId}:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA` });
    await expect(stranger.send([claimed()], running)).rejects.toThrow(SenderFatal);
    await stranger.close();
  });
});

test('the log never holds a token or a text', () => {
  const shown = JSON.stringify(logged);
  expect(shown).not.toContain(telegram.token);
  expect(shown).not.toContain('pricing one-pager');
});
