import { describe, expect, test } from 'vitest';
import type { PlanFacts } from '../../../../bot/domain/plan/facts/evidence.ts';
import { keepToFacts } from '../../../../bot/domain/plan/invented-facts.ts';
import { templatePlan } from '../../../../bot/domain/plan/template-plan.ts';
import type { NewLead } from '../../../../shared/schemas/lead.ts';
import { situationSchema, type PlanStep } from '../../../../shared/schemas/plan.ts';
import { languageSchema } from '../../../../shared/schemas/user.ts';
import { ANNA, COLD, invention } from './scene.ts';

function step(suggested_text: string | null, fields: Partial<PlanStep> = {}): PlanStep {
  const description = 'Write to Anna';
  return {
    step_id: 1,
    action_type: 'email_outreach',
    description,
    suggested_text,
    timing: 'now',
    delay_days: 0,
    ...fields,
  };
}

function draftOf(text: string, facts: PlanFacts = COLD, drafts = 'en'): string | null | undefined {
  return keepToFacts([step(text)], facts, { descriptions: 'en', drafts }).steps[0]?.suggested_text;
}

describe('what is taken out', () => {
  test('only the invented sentence goes; greeting, paragraphs and the question stay', () => {
    const draft =
      'Hi Anna,\n\nI saw your post about green logistics. I would like to learn how you plan trips.\n\nWould a short call suit you?';
    const { steps, removed, unusable } = keepToFacts([step(draft)], COLD, {
      descriptions: 'en',
      drafts: 'en',
    });
    expect(steps[0]?.suggested_text).toBe(
      'Hi Anna,\n\nI would like to learn how you plan trips.\n\nWould a short call suit you?',
    );
    expect({ removed, unusable }).toEqual({ removed: 1, unusable: [] });
  });

  test('a draft that says nothing without its inventions is left for the caller to ask again', () => {
    const draft = 'Hi Anna,\n\nGreat meeting you at SaaStr!';
    const { steps, removed, unusable } = keepToFacts([step(draft)], COLD, {
      descriptions: 'en',
      drafts: 'en',
    });
    expect(steps[0]?.suggested_text).toBe(draft);
    expect(removed).toBe(0);
    expect(unusable).toEqual([{ step_id: 1, field: 'draft', inventions: ['claim'] }]);
  });

  test('a description that rests on an invention is unusable', () => {
    const { unusable } = keepToFacts([step(null, { description: 'Ask Peter Novak for help' })], COLD, {
      descriptions: 'en',
      drafts: 'en',
    });
    expect(unusable).toEqual([{ step_id: 1, field: 'description', inventions: ['name'] }]);
  });

  test.each([
    ['Hi Bob,\n\nWould a short call next week suit you?', 'Hi,\n\nWould a short call next week suit you?'],
    [
      'Dear Mr. Brown,\n\nWould a short call next week suit you?',
      'Hello,\n\nWould a short call next week suit you?',
    ],
    ['Олег, здравствуйте!\n\nУдобно ли вам созвониться?', 'Здравствуйте!\n\nУдобно ли вам созвониться?'],
    ['Здравствуйте, Олег!\n\nУдобно ли вам созвониться?', 'Здравствуйте!\n\nУдобно ли вам созвониться?'],
  ])('a stranger is not greeted: %j', (draft, expected) => {
    expect(draftOf(draft)).toBe(expected);
  });

  test.each([
    [
      'Would a short call next week suit you?\n\nBest regards,\nJohn Smith\nAcme',
      'Would a short call next week suit you?\n\nBest regards,',
    ],
    [
      'Would a short call next week suit you?\n\nBest, John',
      'Would a short call next week suit you?\n\nBest',
    ],
    ['Would a short call next week suit you?\n— John', 'Would a short call next week suit you?'],
    [
      'Удобно ли вам созвониться на днях?\n\nС уважением,\n[Ваше имя]',
      'Удобно ли вам созвониться на днях?\n\nС уважением,',
    ],
  ])('nobody unknown signs: %j', (draft, expected) => {
    expect(draftOf(draft)).toBe(expected);
  });

  test('gaps for the lead are filled, other gaps go with their sentence', () => {
    expect(draftOf('Hi [First Name], how does {{company}} plan its trips? I am from [My Company].')).toBe(
      'Hi Anna, how does Baltic Freight plan its trips?',
    );
    expect(
      draftOf('Hi <name>, would a short call next week suit you?', {
        ...COLD,
        lead: { ...ANNA, name: 'anna@x.eu' },
      }),
    ).not.toMatch(/[<>]/);
  });
});

describe('what was told may be said', () => {
  const met: PlanFacts = {
    ...COLD,
    told: ['Met Anna at SaaStr, Bob Miller introduced us. She liked our pricing deck.'],
  };
  test.each([
    'It was great meeting you at SaaStr.',
    'Bob Miller told me you would be the right person.',
    'I’ve attached the pricing deck.',
  ])('%s', (sentence) => {
    expect(invention(sentence)).not.toBeNull();
    expect(invention(sentence, { facts: met })).toBeNull();
  });

  test('an earlier step of the plan may be spoken of, and only then', () => {
    const call = 'Thank you for the call yesterday.';
    expect(invention(call)).toBe('claim');
    expect(invention(call, { earlier: { message: true, talk: true } })).toBeNull();
    const message = 'I am following up on my message.';
    expect(invention(message)).toBe('claim');
    expect(invention(message, { earlier: { message: true, talk: false } })).toBeNull();
  });

  test.each([
    ['Позвоните Павлу', 'Павел Козлов'],
    ['Напишите Петру Ильичу', 'Пётр Ильич Смирнов'],
    ['Спросите у Марии', 'Мария Орлова'],
    ['Напишите Анне Ковальской', 'Anna Kowalska'],
    ['Позвоните Михаилу', 'Mikhail Sokolov'],
    ['Договоритесь с Олегом', 'Олег'],
    ['Уточните у Евы', 'Eva Novak'],
    ['Write to Sergey', 'Сергей Иванов'],
  ])('a name in another case or script is the same name: %s, %s', (sentence, name) => {
    const facts: PlanFacts = { ...COLD, lead: { ...ANNA, name } };
    expect(invention(sentence, { facts, language: 'ru', field: 'description' })).toBeNull();
  });

  test('a number written in another way is the same number', () => {
    const facts: PlanFacts = { ...COLD, told: ['Budget 12 000 EUR, call +49 151 2345678'] };
    expect(invention('With your 12,000 euros in mind, which option fits?', { facts })).toBeNull();
    expect(invention('I will call you on 0049 (151) 234-56-79.', { facts })).toBe('figure');
    expect(invention('I will call you on 0049 (151) 234-56-78.', { facts })).toBeNull();
  });

  test('German nouns are no names', () => {
    expect(
      invention('Hätten Sie nächste Woche Zeit für ein kurzes Gespräch?', { language: 'de' }),
    ).toBeNull();
    expect(invention('Mehr auf www.beispiel.de.', { language: 'de' })).toBe('address');
  });
});

describe('the templates', () => {
  const bare: NewLead = {
    ...ANNA,
    company: null,
    contacts: { emails: [], phones: [], links: [], handles: [] },
  };
  const russian: NewLead = { ...ANNA, name: 'Иванов Иван Петрович', company: 'ООО «Ромашка»' };
  const cases = situationSchema.options.flatMap((situation) =>
    languageSchema.options.flatMap((language) =>
      [ANNA, bare, russian].map((lead) => ({ situation, language, lead })),
    ),
  );
  test.each(cases)(
    '$situation in $language for $lead.name claim nothing that was not told',
    ({ situation, language, lead }) => {
      const steps = templatePlan(lead, situation, language);
      const checked = keepToFacts(
        steps,
        { lead, situation, told: [] },
        { descriptions: language, drafts: language },
      );
      expect(checked).toEqual({ steps, removed: 0, unusable: [] });
    },
  );
});
