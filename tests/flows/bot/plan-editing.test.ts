/** A plan is changed in chat, before and after it began: every change says what moved and can be taken back. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SandboxMessage, SandboxPerson } from '../../../bot/sandbox/contract.ts';
import { labels, messageAfter, proposed, rowsOf, settled, started } from './people.ts';
import { startBot, type TestBot } from './start-bot.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startBot();
});
afterAll(() => bot.stop());

/** Taps the button and gives the same message once it looks different. */
async function tapped(person: SandboxPerson, card: SandboxMessage, label: string): Promise<SandboxMessage> {
  await bot.telegram.tap(person, card, label);
  return messageAfter(
    bot,
    person,
    card,
    (now) => now.text !== card.text || labels(now).join() !== labels(card).join(),
  );
}

/** Answers the open question; gives the bot's next message that has `wanted` in it. */
async function answered(person: SandboxPerson, text: string, wanted: RegExp): Promise<SandboxMessage> {
  await bot.telegram.say(person, text);
  return bot.telegram.waitForMessage(person, (message) => wanted.test(message.text));
}

/** The question a tap leads to. */
async function asked(
  person: SandboxPerson,
  card: SandboxMessage,
  label: string,
  wanted: RegExp,
): Promise<SandboxMessage> {
  await bot.telegram.tap(person, card, label);
  return bot.telegram.waitForMessage(person, (message) => wanted.test(message.text));
}

const stepsOf = async (person: SandboxPerson) =>
  (
    await bot.database.admin.query<{
      description: string;
      suggested_text: string | null;
      delay_days: number;
      action_type: string;
    }>(
      `select step.description, step.suggested_text, step.delay_days, step.action_type
       from outreach_steps as step join engagement_plans as plan on plan.id = step.plan_id
       where step.telegram_id = $1 and plan.status in ('draft', 'active') order by plan.id, step.step_id`,
      [person.id],
    )
  ).rows;

async function editingDraft(): Promise<[SandboxPerson, SandboxMessage]> {
  const person = await settled(bot);
  return [person, await tapped(person, await proposed(bot, person), 'Edit the plan')];
}

async function editingRunning(): Promise<[SandboxPerson, SandboxMessage]> {
  const person = await settled(bot);
  return [person, await tapped(person, await started(bot, person), 'Edit the plan')];
}

describe('a proposed plan', () => {
  test('shows its steps with a button each, and goes back to its proposal', async () => {
    const [person, list] = await editingDraft();
    const steps = await stepsOf(person);
    expect(list.text.match(/^\d+\. /gm)).toHaveLength(steps.length);
    expect(labels(list).filter((label) => /^\d+$/.test(label))).toEqual(
      steps.map((_, index) => String(index + 1)),
    );
    expect(labels(await tapped(person, list, '◂ Back'))).toContain('Accept');
  });

  test('gets other words for a step, typed, and Undo takes them back', async () => {
    const [person, list] = await editingDraft();
    const before = await stepsOf(person);
    const step = await tapped(person, list, '2');
    expect(step.text).toContain('Step 2 of');
    await asked(person, step, 'Words', /Send what step 2 should say/);
    const changed = await answered(person, 'Ring her assistant first', /^.*\nChanged\./);
    expect(changed.text).toContain('Ring her assistant first');
    expect((await stepsOf(person))[1]!.description).toBe('Ring her assistant first');
    const undone = await tapped(person, changed, 'Undo');
    expect(undone.text).toContain('Taken back');
    expect(await stepsOf(person)).toEqual(before);
  });

  test('says which steps moved when one is put off', async () => {
    const [person, list] = await editingDraft();
    const before = await stepsOf(person);
    const changed = await tapped(person, await tapped(person, list, '2'), '+ 1 day');
    expect(changed.text).toMatch(/The date is changed\.\nStep 2 is now on \w{3} \d/);
    expect((await stepsOf(person))[1]!.delay_days).toBe(before[1]!.delay_days + 1);
  });

  test('loses a step, gets another, changes a channel and its order', async () => {
    const [person, list] = await editingDraft();
    const before = await stepsOf(person);
    const more = await tapped(person, await tapped(person, list, '2'), 'More ▸');
    const fewer = await tapped(person, more, 'Remove');
    expect((await stepsOf(person)).map(({ description }) => description)).toEqual(
      before.filter((_, index) => index !== 1).map(({ description }) => description),
    );
    await asked(person, fewer, 'Add a step', /Send the new step behind step/);
    const longer = await answered(person, 'Thank her\nDear Anna, thank you.', /\nAdded\./);
    expect((await stepsOf(person)).at(-1)).toMatchObject({
      description: 'Thank her',
      suggested_text: 'Dear Anna, thank you.',
    });
    const menu = await tapped(person, await tapped(person, longer, '1'), 'More ▸');
    const called = await tapped(person, await tapped(person, menu, 'Channel'), 'Introduction');
    expect((await stepsOf(person))[0]!.action_type).toBe('mutual_intro');
    const [first] = await stepsOf(person);
    await tapped(person, await tapped(person, called, '1'), '↓ Later');
    expect((await stepsOf(person))[1]!.description).toBe(first!.description);
  });

  test('keeps the question open while the answer does not do', async () => {
    const [person, list] = await editingDraft();
    await asked(person, await tapped(person, list, '1'), 'Words', /Send what step 1/);
    await answered(person, 'x'.repeat(1001), /can't be stored like that/);
    await answered(person, 'Shorter', /\nChanged\./);
    expect((await stepsOf(person))[0]!.description).toBe('Shorter');
  });

  test('an old card changes nothing: the plan is another one by now', async () => {
    const [person, list] = await editingDraft();
    const old = await tapped(person, list, '2');
    const { rows } = await bot.database.admin.query<{ id: number }>(
      'select id::int from engagement_plans where telegram_id = $1',
      [person.id],
    );
    const elsewhere = await bot.stores
      .asPerson(person.id)
      .editPlan('elsewhere', rows[0]!.id, { kind: 'remove', step: 1 }, 1);
    expect(elsewhere.ok).toBe(true);
    const before = await stepsOf(person);
    const shown = await tapped(person, old, '− 1 day');
    expect(await stepsOf(person)).toEqual(before);
    expect(shown.text.match(/^\d+\. /gm)).toHaveLength(before.length);
  });

  test('of somebody else is not found', async () => {
    const [, list] = await editingDraft();
    const stranger = await settled(bot);
    const own = await proposed(bot, stranger);
    const [edit] = list.inlineKeyboard.flat();
    const answer = await bot.telegram.tap(stranger, own, { data: edit!.callback_data! });
    expect(JSON.stringify(answer)).toMatch(/don't find this plan/);
  });
});

describe('a running plan', () => {
  test('moves a reminder to a typed time, read out before it is stored', async () => {
    const [person, list] = await editingRunning();
    await asked(person, await tapped(person, list, '3'), 'Date…', /When should step 3 come/);
    const echo = await answered(person, 'in 20 days at 14:00', /Step 3: .*14:00.*Right\?/s);
    const before = await rowsOf(bot, person);
    const ways = await tapped(person, echo, 'Set it');
    expect(ways.text).toContain('past the next step');
    const changed = await tapped(person, ways, labels(ways)[0]!);
    expect(changed.text).toContain('Moved to ');
    const rows = await rowsOf(bot, person);
    expect(rows[2]!.wanted_at.getTime()).toBeGreaterThan(before[2]!.wanted_at.getTime());
    const wanted = rows.map(({ wanted_at }) => wanted_at.getTime());
    expect(wanted).toEqual(wanted.toSorted((a, b) => a - b));
  });

  test('asks again for what is no time', async () => {
    const [person, list] = await editingRunning();
    await asked(person, await tapped(person, list, '2'), 'Date…', /When should step 2 come/);
    await answered(person, 'when she is back', /can't read a time/);
    await answered(person, 'in 10 days at 11:00', /Right\?/);
  });

  test('changes its pace after saying what that means, and goes back', async () => {
    const [person, list] = await editingRunning();
    const menu = await tapped(person, list, 'Pace');
    expect(menu.text).toContain('One after the other, a step comes only when');
    const waiting = await tapped(person, menu, 'One after the other');
    const open = async () => (await rowsOf(bot, person)).filter(({ status }) => status === 'pending').length;
    const steps = await stepsOf(person);
    expect([await open(), waiting.text.includes('after the step before it')]).toEqual([1, true]);
    await tapped(person, await tapped(person, waiting, 'Pace'), 'Give every step a date');
    expect(await open()).toBe(steps.length);
  });

  test('goes back to an earlier version, shown beside the present one', async () => {
    const [person, list] = await editingRunning();
    const before = await stepsOf(person);
    const shorter = await tapped(
      person,
      await tapped(person, await tapped(person, list, '3'), 'More ▸'),
      'Remove',
    );
    const versions = await tapped(person, shorter, 'Versions');
    expect(versions.text).toContain('1. As it was made');
    const version = await tapped(person, versions, '1');
    expect(version.text).toContain(`+ ${before[2]!.description}`);
    const back = await tapped(person, version, 'Go back to this');
    expect(back.text).toContain('Back to the earlier version.');
    expect(await stepsOf(person)).toEqual(before);
  });
});

describe('a new plan in the middle', () => {
  test('is shown beside the old one, touches nothing until it is accepted, and repeats nothing', async () => {
    const [person, list] = await editingRunning();
    const [first] = await stepsOf(person);
    const rows = await rowsOf(bot, person);
    await bot.stores.asPerson(person.id).completeReminder('done-first', Number(rows[0]!.id));
    await asked(person, list, 'Re-plan', /What is new\?/);
    const diff = await answered(person, 'I sent her our proposal yesterday.', /beside the old one/);
    expect(diff.text).toContain(`✓ ${first!.description.slice(0, 40)}`);
    expect(diff.text).toMatch(/^\+ \w{3} \d/m);
    const open = async () => (await rowsOf(bot, person)).filter(({ status }) => status === 'pending').length;
    expect(await open()).toBe(rows.length - 1);
    const accepted = await tapped(person, diff, 'Accept the new plan');
    expect(accepted.text).toContain('Plan started');
    const now = await stepsOf(person);
    expect(now.map(({ description }) => description)).not.toContain(first!.description);
    expect(await open()).toBe(now.length);
  });

  test('is put aside with one tap: the old one goes on', async () => {
    const [person, list] = await editingRunning();
    const before = await rowsOf(bot, person);
    await asked(person, list, 'Re-plan', /What is new\?/);
    const diff = await answered(person, 'We had a call, she liked it.', /beside the old one/);
    const kept = await tapped(person, diff, 'Keep the old one');
    expect(kept.text).toContain('The old plan goes on.');
    expect(await rowsOf(bot, person)).toEqual(before);
  });
});
