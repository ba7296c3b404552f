/** /leads and /plans: pages, search, the bin, and a lead's status by buttons. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SandboxMessage, SandboxPerson } from '../../../bot/sandbox/contract.ts';
import { labels, messageAfter, rowsOf, settled, started } from './people.ts';
import { startBot, type TestBot } from './start-bot.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startBot();
});
afterAll(() => bot.stop());

/** Leads "Person 01" … of one company, without plans. */
async function withLeads({ id }: { id: number }, count: number): Promise<void> {
  await bot.database.admin.query(
    `insert into leads (telegram_id, name, company, contacts)
     select $1, 'Person ' || lpad(n::text, 2, '0'), 'Firm ' || n, '{"emails": [], "phones": [], "links": [], "handles": []}'
     from generate_series(1, $2::int) n`,
    [id, count],
  );
}

async function answer(person: SandboxPerson, text: string, wanted: RegExp): Promise<SandboxMessage> {
  await bot.telegram.say(person, text);
  return await bot.telegram.waitForMessage(person, (message) => wanted.test(message.text));
}

async function statusOf({ id }: { id: number }) {
  const { rows } = await bot.database.admin.query<Record<string, unknown>>(
    'select status from leads where telegram_id = $1',
    [id],
  );
  return rows;
}

describe('/leads', () => {
  test('with nobody there says what to do', async () => {
    const mara = await settled(bot);
    expect((await answer(mara, '/leads', /^Your leads\n/)).text).toContain('You have no leads yet.');
    expect((await answer(mara, '/plans', /^Running plans\n/)).text).toContain('No plan is running.');
  });

  test('shows who comes next first, eight to a page, and turns in place', async () => {
    const mara = await settled(bot);
    await withLeads(mara, 18);
    await bot.database.admin.query(
      `insert into scheduled_reminders (telegram_id, lead_id, due_at, title)
       select $1, id, now() + interval '20 days', 'Call' from leads where telegram_id = $1 and name = 'Person 17'`,
      [mara.id],
    );
    const first = await answer(mara, '/leads', /^Your leads · page 1 of 3\n/);
    expect(first.text.split('\n')[1]).toMatch(/^1\. Person 17 · Firm 17 \(new, \w+ \d+ \w+/);
    expect(first.text.split('\n')[2]).toBe('2. Person 01 · Firm 1 (new)');
    expect(labels(first)).not.toContain('‹ Earlier');
    await bot.telegram.tap(mara, first, 'Later ›');
    const second = await messageAfter(bot, mara, first, ({ text }) => text.includes('page 2 of 3'));
    await bot.telegram.tap(mara, second, 'Later ›');
    const third = await messageAfter(bot, mara, first, ({ text }) => text.includes('page 3 of 3'));
    expect(labels(third)).not.toContain('Later ›');
    expect(third.text).toContain('Person 18');
    await bot.telegram.tap(mara, third, '2. Person 18');
    await bot.telegram.waitForMessage(mara, ({ text }) => text.startsWith('Person 18 · Firm 18'));
  });

  test('looks for words in names, companies and contacts, also on the pages after the first', async () => {
    const mara = await settled(bot);
    await withLeads(mara, 18);
    const one = await answer(mara, '/leads firm 7', /^Your leads · “firm 7”/);
    expect(labels(one)).toEqual(['1. Person 07', '2. Person 17', 'Open in app']);
    const many = await answer(mara, '/leads person 1', /^Your leads · “person 1” · page 1 of 2/);
    await bot.telegram.tap(mara, many, 'Later ›');
    const rest = await messageAfter(bot, mara, many, ({ text }) => text.includes('page 2 of 2'));
    expect(rest.text).toContain('“person 1”');
    expect((await answer(mara, '/leads nobody: ever', /“nobody ever”/)).text).toContain('Nobody fits this.');
  });

  test('a search longer than a button can carry still answers, in any language', async () => {
    const irina = await settled(bot, { languageCode: 'ru' }, 'Москва');
    await withLeads(irina, 1);
    const card = await answer(irina, `/leads ${'Ы'.repeat(500)}`, /^Ваши лиды · «Ы+»/);
    expect(card.text).toContain('Никто не подходит');
  });

  test('the bin shows for seven days who was deleted, and brings them back', async () => {
    const mara = await settled(bot);
    await withLeads(mara, 3);
    await bot.database.admin.query(
      `update leads set deleted_at = app_now() - case name when 'Person 02' then interval '1 day' else interval '8 days' end
       where telegram_id = $1 and name in ('Person 02', 'Person 03')`,
      [mara.id],
    );
    const list = await answer(mara, '/leads', /^Your leads\n/);
    expect(list.text).not.toContain('Person 02');
    await bot.telegram.tap(mara, list, 'Bin (1)');
    const bin = await messageAfter(bot, mara, list, ({ text }) => text.startsWith('Deleted leads\n'));
    expect(bin.text).toMatch(/^Deleted leads\n1\. Person 02 · Firm 2 \(can come back until .+\)$/);
    await bot.telegram.tap(mara, bin, '1. Person 02');
    const gone = await bot.telegram.waitForMessage(mara, ({ text }) =>
      text.includes('You can bring it back'),
    );
    await bot.telegram.tap(mara, gone, 'Bring it back');
    await messageAfter(bot, mara, gone, ({ text }) => text.startsWith('The lead is back.'));
    await bot.telegram.tap(mara, bin, '◂ All leads');
    await messageAfter(bot, mara, list, ({ text }) => text.includes('2. Person 02'));
  });

  test('never shows somebody else’s leads', async () => {
    const [mara, eve] = [await settled(bot), await settled(bot)];
    await withLeads(mara, 2);
    expect((await answer(eve, '/leads person', /^Your leads · “person”/)).text).toContain(
      'Nobody fits this.',
    );
  });
});

test('/plans shows how far each running plan is', async () => {
  const mara = await settled(bot);
  await started(bot, mara);
  await withLeads(mara, 2);
  await bot.database.admin.query(
    `update scheduled_reminders set status = 'completed' where telegram_id = $1 and step_id = 1`,
    [mara.id],
  );
  const card = await answer(mara, '/plans', /^Running plans\n/);
  expect(card.text).toMatch(/1\. Anna Kowalska · Baltic Freight \(new, 1 of \d steps, .+\)$/);
  expect(card.text).not.toContain('Person 01');
});

describe('a lead’s status', () => {
  /** The statuses under the card of a lead with a running plan. */
  async function statuses(person: SandboxPerson): Promise<SandboxMessage> {
    await started(bot, person);
    const list = await answer(person, '/leads', /^Your leads\n/);
    await bot.telegram.tap(person, list, '1. Anna Kowalska');
    const card = await bot.telegram.waitForMessage(person, (message) => labels(message).includes('Status ▸'));
    await bot.telegram.tap(person, card, 'Status ▸');
    return await messageAfter(bot, person, card, (message) => labels(message).includes('✓ new'));
  }

  test('changes without touching the plan', async () => {
    const mara = await settled(bot);
    const card = await statuses(mara);
    await bot.telegram.tap(mara, card, 'meeting booked');
    const after = await messageAfter(bot, mara, card, ({ text }) =>
      text.startsWith('The status is now: meeting booked.'),
    );
    expect(after.text).not.toContain('ended');
    expect(await statusOf(mara)).toEqual([{ status: 'meeting_booked' }]);
    expect((await rowsOf(bot, mara)).map(({ status }) => status)).not.toContain('cancelled');
  });

  test('won or lost says how many reminders end, and Undo brings them back', async () => {
    const mara = await settled(bot);
    const card = await statuses(mara);
    const before = (await rowsOf(bot, mara)).map(({ status }) => status);
    await bot.telegram.tap(mara, card, 'won');
    const closed = await messageAfter(bot, mara, card, ({ text }) =>
      text.startsWith('The status is now: won.'),
    );
    expect(closed.text).toContain(`${before.length} open reminders ended.`);
    expect(new Set((await rowsOf(bot, mara)).map(({ status }) => status))).toEqual(new Set(['cancelled']));
    await bot.telegram.tap(mara, closed, 'Undo');
    await messageAfter(bot, mara, card, ({ text }) => text.includes('Status: new'));
    expect((await rowsOf(bot, mara)).map(({ status }) => status)).toEqual(before);
  });

  test('that it has already is no change and no action to undo', async () => {
    const mara = await settled(bot);
    const card = await statuses(mara);
    await bot.telegram.tap(mara, card, '✓ new');
    const same = await messageAfter(bot, mara, card, ({ text }) => text.startsWith('It was so already'));
    expect(labels(same)).not.toContain('Undo');
  });

  test('of somebody else’s lead cannot be seen or changed by its number', async () => {
    const [mara, eve] = [await settled(bot), await settled(bot)];
    const theirs = await statuses(mara);
    const own = await statuses(eve);
    const id = theirs.inlineKeyboard[0]![0]!.callback_data!.split(':')[2]!;
    for (const attempt of [`1:lt:${id}`, `1:lk:${id}:closed_lost`]) {
      const toast = await bot.telegram.tap(eve, own, { data: attempt });
      expect(toast.text).toBe("I don't find this lead among yours.");
    }
    expect(await statusOf(mara)).toEqual([{ status: 'new' }]);
  });
});
