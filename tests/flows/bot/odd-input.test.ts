/** Nothing a person types ends in silence or a stack trace, and nothing they store breaks Telegram's limits. */
import type { Update } from '@grammyjs/types';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SandboxPerson } from '../../../bot/sandbox/contract.ts';
import { COMMANDS } from '../../../bot/telegram/features/commands.ts';
import { labels, messageAfter, saidIn, settled } from './people.ts';
import { startBot, type TestBot } from './start-bot.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startBot();
});
afterAll(() => bot.stop());

let nextId = 930_000_000;
/** What a client sends. */
function typed({ id }: SandboxPerson, text: string): Update {
  nextId += 1;
  const command = /^\/\w+/.exec(text)?.[0];
  const entities =
    command === undefined ? [] : [{ type: 'bot_command' as const, offset: 0, length: command.length }];
  return {
    update_id: nextId,
    message: {
      ...{ message_id: nextId, date: 1_790_000_000, text, entities },
      chat: { id, type: 'private', first_name: 'Mara' },
      from: { id, is_bot: false, first_name: 'Mara', language_code: 'en' },
    },
  };
}

/** Telegram lets through well-formed text without the character that ends strings in C. */
const asSent = (text: string): string => text.toWellFormed().replaceAll('\0', ' ');

const odd = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }),
  fc.constantFrom(
    ...[
      ' ',
      '\n\n',
      '\u200b\u200d\ufeff',
      '.',
      '-',
      '0',
      '+',
      '👩‍👩‍👧‍👦',
      '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
      '/',
      '//',
      '/ start',
      '/START',
      '/start@other',
    ],
    ...['\u202eמרא\u202c', 'שלום עולם', 'a\u0301\u0302\u0303', 'x'.repeat(4096), '🔥'.repeat(2048)],
    ...[
      "'; drop table leads; --",
      '<b>&amp;</b>',
      '{ $name }',
      '${1}',
      '%s%n',
      'null',
      'undefined',
      '[]',
      '{"a":1}',
    ],
    ...[
      '99999999999999999999',
      '-1',
      '1e309',
      'in 99999999 years',
      'every 0 days',
      '31 February 25:61',
      'tomorrow '.repeat(400),
    ],
  ),
  fc
    .tuple(fc.constantFrom(...Object.keys(COMMANDS), 'nonsense'), fc.string({ maxLength: 80 }))
    .filter(([name]) => name !== 'delete_me')
    .map(([name, rest]) => `/${name} ${rest}`),
);

test('whatever is typed is answered, in words', async () => {
  const mara = await settled(bot);
  await fc.assert(
    fc.asyncProperty(odd.map(asSent), async (text) => {
      const before = (await saidIn(bot, mara)).length;
      expect(await bot.nudge.handle(typed(mara, text))).toBe('handled');
      const answers = (await saidIn(bot, mara)).slice(before);
      expect(answers.length, JSON.stringify(text).slice(0, 200)).toBeGreaterThan(0);
      for (const answer of answers) {
        expect(answer.text).not.toMatch(/Something went wrong|\w+Error: |\n\s+at \w/);
        expect(answer.text.length).toBeLessThanOrEqual(4096);
      }
    }),
    { numRuns: 120 },
  );
  expect(bot.logged.filter(({ fields }) => fields['event'] === 'bot.update_failed')).toEqual([]);
});

describe('a lead with everything as long as it may be', () => {
  test('is shown, listed, planned, edited and told in reminders without breaking a limit of Telegram’s', async () => {
    const mara = await settled(bot);
    const store = bot.stores.asPerson(mara.id);
    const long = (letter: string): string => `${letter}${'👩‍👩‍👧‍👦 й '.repeat(30)}`.slice(0, 195);
    const contacts = {
      emails: Array.from(
        { length: 30 },
        (_, number) => `${'a'.repeat(60)}${number}@${'b'.repeat(60)}.example`,
      ),
      ...{ phones: [], links: [], handles: [] },
    };
    const lead = {
      ...{ name: long('A'), company: long('B'), title: long('C'), contacts, zone: null, language: null },
      notes: '<&>📎'.repeat(790),
    };
    const step = (number: number) => ({
      ...{ step_id: number, action_type: 'email_outreach' as const, delay_days: number, timing: 'later' },
      description: `${number} ${'д🎯'.repeat(320)}`.slice(0, 990),
      suggested_text: 'Ж🙂 '.repeat(990),
    });
    const plan = {
      ...{ source: 'manual' as const, situation: 'cold' as const, language: 'ru' as const },
      ...{ pace: 'fixed_dates' as const, prompt_version: null },
      steps: Array.from({ length: 10 }, (_, index) => step(index + 1)),
    };
    const made = await store.createLead('long-1', lead, plan);
    if (!made.ok || made.value.plan_id === null) throw new Error(JSON.stringify(made));
    const { lead_id: leadId, plan_id: planId } = made.value;
    await bot.telegram.say(mara, '/leads');
    const list = await bot.telegram.waitForMessage(mara, ({ text }) => text.startsWith('Your leads'));
    const refusals = async (): Promise<unknown[]> =>
      (await bot.telegram.calls()).filter(
        // Buttons that are gone already are taken away once more: Telegram minds, nobody else does.
        ({ status, method }) => status === 400 && method.toLowerCase() !== 'editmessagereplymarkup',
      );
    const tap = async (data: string): Promise<void> => {
      await bot.telegram.tap(mara, list, { data });
      await bot.nudge.idle();
    };
    for (const data of [
      `1:lo:${leadId}`,
      `1:le:${leadId}`,
      `1:lf:${leadId}:notes`,
      `1:lf:${leadId}:emails`,
    ]) {
      await tap(data);
    }
    await bot.telegram.say(mara, '/cancel');
    for (const data of [`1:eb:${planId}`, `1:ep:${planId}`, `1:es:${planId}:1:10`, `1:et:${planId}:1:3`]) {
      await tap(data);
    }
    await bot.telegram.say(mara, '/cancel');
    await tap(`1:a:${planId}`);
    await bot.deliverNext(mara.id);
    const card = await bot.telegram.waitForMessage(mara, (message) => labels(message).includes('Done'));
    expect(card.text.length).toBeLessThanOrEqual(4096);
    await bot.telegram.tap(mara, card, 'Done');
    await messageAfter(bot, mara, card, (message) => !labels(message).includes('Done'));
    for (const command of ['/today', '/reminders', '/plans', '/leads']) await bot.telegram.say(mara, command);
    await bot.telegram.say(mara, '/help');
    await bot.telegram.waitForMessage(mara, ({ text }) => text.startsWith('How this works'));
    await bot.nudge.idle();
    expect(await refusals()).toEqual([]);
    expect(bot.logged.filter(({ fields }) => fields['event'] === 'bot.update_failed')).toEqual([]);
  });
});
