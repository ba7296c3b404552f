/** /start behind a link: it opens what is the person's own, and says nothing about what is somebody else's. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SandboxPerson } from '../../../bot/sandbox/contract.ts';
import { labels, messageAfter, proposed, reminded, rowsOf, settled } from './people.ts';
import { startBot, type TestBot } from './start-bot.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startBot();
});
afterAll(() => bot.stop());

/** The answer to a link, which is the first message after it. */
async function opened(person: SandboxPerson, payload: string) {
  const { messageId } = await bot.telegram.say(person, `/start ${payload}`);
  return bot.telegram.waitForMessage(person, (message) => message.messageId > messageId);
}

async function idsOf({ id }: { id: number }) {
  const { rows } = await bot.database.admin.query<{ lead: string; plan: string }>(
    `select lead.id as lead, plan.id as plan from leads as lead join engagement_plans as plan on plan.lead_id = lead.id
     where lead.telegram_id = $1`,
    [id],
  );
  return rows[0]!;
}

describe('a link to something of one’s own', () => {
  test('opens the reminder, with its buttons while it is open', async () => {
    const mara = await settled(bot);
    const card = await reminded(bot, mara);
    const id = (await rowsOf(bot, mara))[0]!.id;
    const again = await opened(mara, `r${id}`);
    expect(labels(again)).toEqual(labels(card));
    await bot.telegram.tap(mara, again, 'Done');
    await messageAfter(bot, mara, again, ({ text }) => text.includes('Done.'));
    const closed = await opened(mara, `r${id}`);
    expect([closed.text.includes('Already done.'), closed.inlineKeyboard]).toEqual([true, []]);
  });

  test('opens the lead, also from the bin', async () => {
    const mara = await settled(bot);
    await proposed(bot, mara);
    const { lead } = await idsOf(mara);
    expect(labels(await opened(mara, `l${lead}`))).toContain('Status ▸');
    await bot.stores.asPerson(mara.id).deleteLead('gone', Number(lead));
    expect(labels(await opened(mara, `l${lead}`))).toEqual(['Bring it back']);
  });

  test('opens the plan or one step of it, as a draft and when it runs', async () => {
    const mara = await settled(bot);
    const card = await proposed(bot, mara);
    const { plan } = await idsOf(mara);
    expect(labels(await opened(mara, `p${plan}`))).toContain('Accept');
    await bot.telegram.tap(mara, card, 'Accept');
    await messageAfter(bot, mara, card, (message) => labels(message).includes('Undo'));
    expect(labels(await opened(mara, `p${plan}`))).toContain('Re-plan');
    expect((await opened(mara, `p${plan}_2`)).text).toContain('Step 2 of ');
    expect(labels(await opened(mara, `p${plan}_99`))).toContain('Re-plan');
  });
});

test.each([
  ['today', /Nothing is planned/],
  ['leads', /^Your leads/],
  ['settings', /^Settings/],
  ['new', /^Who is it\?/],
  ['calendar', /^That is in the app\./],
  ['insights', /^That is in the app\./],
])('the link “%s” opens that place', async (payload, wanted) => {
  const mara = await settled(bot);
  expect((await opened(mara, payload)).text).toMatch(wanted);
});

describe('a link to something of somebody else', () => {
  test.each([
    { languageCode: 'en', city: 'Berlin', nothing: /^That link leads to nothing of yours\./ },
    { languageCode: 'ru', city: 'Берлин', nothing: /^По этой ссылке нет ничего вашего\./ },
  ])('is answered in $languageCode like one to nothing at all', async ({ languageCode, city, nothing }) => {
    const [mara, kim] = [await settled(bot), await settled(bot, { languageCode }, city)];
    await reminded(bot, mara);
    const { lead, plan } = await idsOf(mara);
    const reminder = (await rowsOf(bot, mara))[0]!.id;
    const missing = (await opened(kim, 'l999999')).text;
    expect(missing).toMatch(nothing);
    for (const payload of [`l${lead}`, `p${plan}`, `p${plan}_1`, `r${reminder}`]) {
      expect((await opened(kim, payload)).text).toBe(missing);
    }
    expect(missing).not.toContain('Kowalska Baltic');
  });

  test('still welcomes whoever is new here, and asks where they are', async () => {
    const mara = await settled(bot);
    await proposed(bot, mara);
    const { lead } = await idsOf(mara);
    const stranger = await bot.telegram.person();
    const welcome = await opened(stranger, `l${lead}`);
    expect(welcome.text).toMatch(/^That link leads to nothing of yours\..*\n\nHello, Mara/s);
    expect(welcome.text).toContain('Where are you?');
    expect(welcome.inlineKeyboard.length).toBeGreaterThan(0);
  });
});

test.each([
  ...['utm_spring', 'r', 'r0', 'r-1', 'l7x', 'p9_', 'r9999999999999999999', '__proto__', 'constructor'],
  ...["l1'; drop table leads; --", '<b>x</b>', '../../etc/passwd', '%00', 'l１', 'x'.repeat(4000)],
])('what no link looks like is a plain beginning: %j', async (payload) => {
  const mara = await settled(bot);
  expect((await opened(mara, payload)).text).toMatch(/^Hello, Mara\. I'm Nudge\.\n/);
});
