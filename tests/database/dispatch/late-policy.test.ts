/** After an outage nobody is flooded: late cards say so, piles become one list a person, a crowd's lists are spread. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { minutesAfter, NOON, openDispatcher } from './dispatcher.ts';
import type { Dispatcher } from './dispatcher.ts';

let dispatcher: Dispatcher;
beforeAll(async () => {
  dispatcher = await openDispatcher();
});
afterAll(() => dispatcher.drop());
beforeEach(() => dispatcher.reset());

const HOUR = 60;

test('up to two hours late, each reminder is a card of its own', async () => {
  await dispatcher.reminders([{ dueIn: -2 * HOUR }, { dueIn: -90 }, { dueIn: 0 }]);
  const { rows } = await dispatcher.claim();
  expect(rows.map(({ kind }) => kind)).toEqual(['card', 'card', 'card']);
  expect(new Set(rows.map(({ position }) => position)).size).toBe(3);
  // what the card's "late by" is worked out from
  expect(rows[0]).toMatchObject({
    wanted_at: minutesAfter(NOON, -2 * HOUR),
    product_now: minutesAfter(NOON, 0),
  });
});

test('older than two hours, several of one person are one list', async () => {
  const ids = await dispatcher.reminders([{ dueIn: -2 * HOUR - 1 }, { dueIn: -5 * HOUR }]);
  const { rows } = await dispatcher.claim();
  expect(rows.map(({ id, kind, position }) => ({ id, kind, position }))).toEqual([
    { id: ids[0], kind: 'list', position: 1 },
    { id: ids[1], kind: 'list', position: 1 },
  ]);
});

test('a single old one is a card: a list of one says less', async () => {
  await dispatcher.reminder({ dueIn: -9 * HOUR });
  expect((await dispatcher.claim()).rows).toMatchObject([{ kind: 'card' }]);
});

test('what was on time and merely waited for the morning is not "late" by due_at, but counts by when it was wanted', async () => {
  await dispatcher.reminders([
    { dueIn: 0, wantedIn: -10 * HOUR, dueReason: 'window' },
    { dueIn: 0, wantedIn: -9 * HOUR, dueReason: 'parked' },
  ]);
  expect((await dispatcher.claim()).rows.map(({ kind }) => kind)).toEqual(['list', 'list']);
});

test('an old wish that was snoozed or escalated until now is on time', async () => {
  await dispatcher.reminders([
    {
      dueIn: 0,
      wantedIn: -10 * HOUR,
      status: 'sent',
      level: 1,
      lastRemindedIn: -4 * HOUR,
      dueReason: 'escalation',
    },
    { dueIn: 0, wantedIn: -200 * HOUR, status: 'sent', dueReason: 'snooze', lastRemindedIn: -168 * HOUR },
  ]);
  expect((await dispatcher.claim()).rows.map(({ kind }) => kind)).toEqual(['card', 'card']);
});

test('three due at once are three cards, four are one list with an attempt for each row', async () => {
  await dispatcher.reminders([1, 2, 3].map(() => ({ telegramId: 100 })));
  const four = await dispatcher.reminders([1, 2, 3, 4].map(() => ({ telegramId: 200 })));
  const { rows, token } = await dispatcher.claim();
  expect(rows.filter(({ telegram_id: id }) => id === 100).map(({ kind }) => kind)).toEqual([
    'card',
    'card',
    'card',
  ]);
  const list = rows.filter(({ telegram_id: id }) => id === 200);
  expect(list.map(({ kind }) => kind)).toEqual(['list', 'list', 'list', 'list']);
  expect(new Set(list.map(({ position }) => position)).size).toBe(1);
  expect(new Set(list.map(({ slot_in_ms: slot }) => slot)).size).toBe(1);
  await dispatcher.settle(
    token,
    four.map((id) => ({ id, outcome: 'bundled', message_id: 77 })),
  );
  const attempts = await dispatcher.json('select * from delivery_attempts where message_id = 77');
  expect(attempts).toHaveLength(4);
});

test('a list takes one slot, so the others’ turns follow close behind', async () => {
  await dispatcher.limiter({ rate: 10, chatGapMs: 0 });
  await dispatcher.reminders([1, 2, 3, 4, 5].map(() => ({ telegramId: 100, dueIn: -5 })));
  await dispatcher.reminder({ telegramId: 200, dueIn: -1 });
  const { rows } = await dispatcher.claim();
  expect(rows.map(({ position }) => position)).toEqual([1, 1, 1, 1, 1, 2]);
});

test('five hundred rows of one person do not delay another’s one', async () => {
  await dispatcher.limiter({ rate: 25, chatGapMs: 1000 });
  await dispatcher.reminders(Array.from({ length: 500 }, () => ({ telegramId: 100, dueIn: -60 })));
  const other = await dispatcher.reminder({ telegramId: 200, dueIn: 0 });
  const first = await dispatcher.claim();
  expect(first.ids).toHaveLength(500);
  expect(new Set(first.rows.map(({ position }) => position))).toEqual(new Set([1]));
  await dispatcher.settle(
    first.token,
    first.ids.map((id) => ({ id, outcome: 'bundled', message_id: 1 })),
  );
  expect((await dispatcher.claim()).rows).toMatchObject([{ id: other, kind: 'card' }]);
});

describe('a crowd', () => {
  /** People 100, 101, … with two rows each, all three hours late. */
  const crowd = (people: number) =>
    dispatcher.reminders(
      Array.from({ length: people * 2 }, (_, nth) => ({ telegramId: 100 + (nth >> 1), dueIn: -3 * HOUR })),
    );

  test('of late lists is spread over thirty minutes, each person’s rows together', async () => {
    await crowd(200);
    expect((await dispatcher.claim()).ids).toEqual([]);
    expect(await dispatcher.leftDue()).toEqual([]);
    const rows = await dispatcher.json<{ at: string; rows: number; people: number }>(
      `select min(due_at) as at, count(*) as rows, count(distinct due_at) as people, telegram_id
       from scheduled_reminders group by telegram_id`,
    );
    const minutes = rows.map(({ at }) => Temporal.Instant.from(at).since(NOON).total('minutes'));
    expect(rows.every((row) => row.rows === 2 && row.people === 1)).toBe(true);
    expect(Math.min(...minutes)).toBeGreaterThan(0);
    expect(Math.max(...minutes)).toBeLessThanOrEqual(30);
    // Spread, not bunched: every five minutes get their share.
    const sixths = [0, 1, 2, 3, 4, 5].map(
      (sixth) => minutes.filter((minute) => minute > sixth * 5 && minute <= sixth * 5 + 5).length,
    );
    expect(Math.min(...sixths)).toBeGreaterThan(10);
  });

  test('comes out as lists when its minute has come, and is not spread once more', async () => {
    await crowd(50);
    await dispatcher.claim();
    await dispatcher.freeze(minutesAfter(NOON, 31));
    const { rows } = await dispatcher.claim();
    expect(rows).toHaveLength(100);
    expect(new Set(rows.map(({ kind }) => kind))).toEqual(new Set(['list']));
    expect(new Set(rows.map(({ position }) => position)).size).toBe(50);
  });

  test('that is no crowd goes at once', async () => {
    await crowd(10);
    expect((await dispatcher.claim()).ids).toHaveLength(20);
  });
});

describe('the order inside one window', () => {
  test('first notices go before re-nags', async () => {
    const [nag, first] = await dispatcher.reminders([
      { telegramId: 100, dueIn: -30, status: 'sent', level: 1, lastRemindedIn: -300 },
      { telegramId: 200, dueIn: -1 },
    ]);
    expect((await dispatcher.claim()).ids).toEqual([first, nag]);
  });

  test('people take turns: a second card comes after everybody’s first', async () => {
    const [a1, a2, b1, c1] = await dispatcher.reminders([
      { telegramId: 100, dueIn: -9 },
      { telegramId: 100, dueIn: -8 },
      { telegramId: 200, dueIn: -2 },
      { telegramId: 300, dueIn: -1 },
    ]);
    expect((await dispatcher.claim()).ids).toEqual([a1, b1, c1, a2]);
  });

  test('is decided among twice as many rows as are asked for', async () => {
    const nags = await dispatcher.reminders(
      Array.from({ length: 5 }, (_, nth) => ({
        telegramId: 100 + nth,
        dueIn: -30,
        status: 'sent',
        level: 1,
        lastRemindedIn: -300,
      })),
    );
    const firsts = await dispatcher.reminders(
      Array.from({ length: 5 }, (_, nth) => ({ telegramId: 200 + nth, dueIn: -1 })),
    );
    expect((await dispatcher.claim({ limit: 5 })).ids).toEqual(firsts);
    expect((await dispatcher.claim({ limit: 5 })).ids.toSorted()).toEqual(nags.toSorted());
  });
});
