import { describe, expect, test } from 'vitest';
import { foldedDraft } from '../../../shared/rules/draft-preview.ts';
import { planCard } from '../../../bot/telegram/features/plan/plan-card.ts';
import { reminderButtons } from '../../../bot/telegram/features/reminder/reminder-card.ts';
import { createReminderRenderer } from '../../../bot/telegram/outbox/render-reminder.ts';
import { loadTexts } from '../../../bot/telegram/text/texts.ts';
import { wordsFor } from '../../../bot/telegram/text/words.ts';
import type { Card } from '../../../bot/telegram/context.ts';
import type { ClaimedReminder } from '../../../shared/schemas/reminder.ts';
import { claimed, NOW, planFacts } from './samples.ts';

const texts = loadTexts();
const APP = 'https://nudge.example/';
const renderIn = (app: string | null, ...rows: [ClaimedReminder, ...ClaimedReminder[]]): Card => {
  const { text, keyboard } = createReminderRenderer(texts, app)(rows);
  return { text, keyboard: JSON.parse(keyboard) as Card['keyboard'] };
};
const render = (...rows: [ClaimedReminder, ...ClaimedReminder[]]): Card => renderIn(APP, ...rows);
const labels = (card: Card): string[][] => card.keyboard.map((row) => row.map(({ text }) => text));
const words = (language = 'en', zone = 'Europe/Berlin') => wordsFor(texts, language, zone, NOW);

describe('a reminder card', () => {
  test('names the lead, says what to do, folds the draft, and says nothing of time when it is on time', () => {
    const { text } = render(claimed());
    expect(text.text).toBe(
      'Anna Kowalska · Baltic Freight\nSend Anna the pricing one-pager\nHi Anna, here is the one-pager.',
    );
    expect(text.entities).toEqual([
      { type: 'bold', offset: 0, length: 30 },
      { type: 'expandable_blockquote', offset: 63, length: 31 },
    ]);
  });

  test('offers at most three rows of verbs, and danger for Cancel alone', () => {
    const card = render(claimed());
    expect(labels(card)).toEqual([
      ['Done', 'Snooze ▸'],
      ['Skip', 'Cancel'],
      ['Why now?', 'Open in app'],
    ]);
    const styled = card.keyboard.flat().filter((button) => 'style' in button);
    expect(styled.map(({ text }) => text)).toEqual(['Cancel']);
    expect(card.keyboard.at(-1)?.slice(1)).toEqual([
      { text: 'Open in app', web_app: { url: 'https://nudge.example/?startapp=r12' } },
    ]);
  });

  test('has no way into the app where there is none', () => {
    expect(labels(renderIn(null, claimed())).flat()).not.toContain('Open in app');
  });

  test('carries its own id behind each button, whichever cards went before it', () => {
    const renderer = createReminderRenderer(texts, APP);
    for (const [id, language] of [
      [12, 'en'],
      [999_999_999_999_999, 'ru'],
      [7, 'en'],
      [8, 'ru'],
    ] as const) {
      const written: unknown = JSON.parse(renderer([claimed({ id, language })]).keyboard);
      expect(written).toEqual(reminderButtons({ id }, texts(language), APP));
    }
  });

  test('tells each person the time on their own clock, also in one claim', () => {
    const renderer = createReminderRenderer(texts, APP);
    const late = { wanted_at: '2026-10-12T07:30:00+00:00' };
    const inBerlin = (): string => renderer([claimed(late)]).text.text;
    expect(inBerlin()).toContain('was due Mon 12 Oct, 9:30');
    expect(renderer([claimed({ ...late, zone: 'Asia/Tokyo' })]).text.text).toContain(
      'was due Mon 12 Oct, 16:30',
    );
    expect(renderer([claimed({ ...late, language: 'ru' })]).text.text).toContain('пн 12 окт, 9:30');
    expect(inBerlin()).toContain('was due Mon 12 Oct, 9:30');
    // The next claim's instant counts for its own cards.
    const nextDay = { product_now: '2026-10-15T07:41:00Z' };
    expect(renderer([claimed({ ...late, ...nextDay })]).text.text).toContain('3 days late');
  });

  test('cuts a draft that would not fit, and only such a one', () => {
    const cut = render(claimed({ draft_text: 'a'.repeat(5_000) })).text.text;
    expect(cut).toHaveLength(4096);
    expect(cut.endsWith('…')).toBe(true);
    expect(render(claimed({ draft_text: 'a'.repeat(3_000) })).text.text).toContain('a'.repeat(3_000));
  });

  test('says how late it is and when it was due', () => {
    const card = render(claimed({ wanted_at: '2026-10-12T07:30:00+00:00' }));
    expect(card.text.text).toContain('2 days late, was due Mon 12 Oct, 9:30');
  });

  test('asks better when it comes again, and does not reproach', () => {
    const again = render(claimed({ level: 1, wanted_at: '2026-10-12T07:30:00+00:00' })).text.text;
    expect(again).toContain('Still on? Snooze, skip or rewrite it.');
    expect(again).not.toContain('late');
    expect(render(claimed({ level: 2 })).text.text).toContain('again in a week');
  });

  test('says first of all that the first one may have arrived', () => {
    const { text } = render(claimed({ in_doubt: true })).text;
    expect(text.split('\n')[0]).toBe('Sent again, the first may have arrived');
  });

  test('speaks the person’s language', () => {
    const card = render(claimed({ language: 'ru', wanted_at: '2026-10-14T05:41:00+00:00' }));
    expect(card.text.text).toContain('опоздание 2 часа, срок был сегодня 7:41');
    expect(labels(card)[0]).toEqual(['Готово', 'Отложить ▸']);
  });

  test('of a row that knows no lead and no step is still a card', () => {
    const card = render(
      claimed({ lead_name: null, lead_company: null, description: null, draft_text: null }),
    );
    expect(card.text).toEqual({ text: 'Your reminder', entities: [] });
  });

  test('never exceeds 4,096 characters, however long everything is', () => {
    const card = render(
      claimed({
        lead_name: '🔥'.repeat(200),
        lead_company: 'x'.repeat(200),
        description: 'y'.repeat(1000),
        draft_text: '🔥'.repeat(4000),
        wanted_at: '2026-10-12T07:30:00+00:00',
        in_doubt: true,
      }),
    );
    expect(card.text.text.length).toBeLessThanOrEqual(4096);
    expect(card.text.text).toContain('…');
    expect(card.text.text.isWellFormed()).toBe(true);
    expect(card.text.text).toContain('2 days late');
  });
});

describe('a list of reminders', () => {
  const rows = Array.from({ length: 14 }, (_, index) =>
    claimed({ id: index + 1, lead_name: `Lead ${index + 1}`, wanted_at: '2026-10-13T07:30:00+00:00' }),
  );

  test('names ten with a button each and counts the rest', () => {
    const card = render(rows[0]!, ...rows.slice(1));
    expect(card.text.text).toContain(
      '14 reminders are waiting\n1. Lead 1: Send Anna the pricing one-pager (1 day late)',
    );
    expect(card.text.text).toContain('and 4 more');
    expect(card.keyboard.flat().filter((button) => 'callback_data' in button)).toHaveLength(10);
  });

  test('never exceeds 4,096 characters', () => {
    const long = rows.map((row) => ({ ...row, description: 'z'.repeat(1000) }));
    expect(render(long[0]!, ...long.slice(1)).text.text.length).toBeLessThanOrEqual(4096);
  });
});

describe('a plan’s card', () => {
  test('numbers the steps, each with weekday, date and time on the person’s clock', () => {
    const { text } = planCard(planFacts(), words()).text;
    expect(text).toMatch(
      /^Anna Kowalska · Baltic Freight\nRole: Head of Logistics\nE-mail: anna@balticfreight.example/,
    );
    expect(text).toMatch(/\n1\. Wed 14 Oct, 9:41: /);
    expect(text).toMatch(/\n2\. Thu 15 Oct, 9:30: /);
    expect(text).toMatch(/\n7\. Wed 28 Oct, 9:30: /);
  });

  test('folds all drafts into one, numbered, and offers Accept and Discard', () => {
    const facts = planFacts();
    const card = planCard(facts, words());
    const drafts = facts.steps.filter((step) => step.suggested_text !== null);
    const [fold, ...others] = card.text.entities.filter(({ type }) => type === 'expandable_blockquote');
    expect(others).toEqual([]);
    const folded = card.text.text.slice(fold!.offset, fold!.offset + fold!.length);
    for (const { step_id: number, suggested_text: draft } of drafts) {
      expect(folded).toContain(`${number}. ${foldedDraft(draft!)}`);
    }
    expect(labels(card)).toEqual([
      ['Accept', 'Discard'],
      ['Edit the plan', 'Lead ▸'],
    ]);
  });

  test('says that the times are a guess while the city is unknown', () => {
    const { text } = planCard(planFacts({ zoneIsUnknown: true }), words('en', 'UTC')).text;
    expect(text).toContain('The times are in UTC');
    expect(text).toContain('Wed 14 Oct, 7:41 UTC');
  });

  test('says how much of a long text was left out', () => {
    expect(planCard(planFacts({ notesCut: 4812 }), words()).text.text).toContain('last 4,812 characters');
  });

  test('of ten steps with endless drafts fits into one message with all its dates', () => {
    const [step] = planFacts().steps;
    const steps = Array.from({ length: 10 }, (_, index) => ({
      ...step!,
      step_id: index + 1,
      description: 'd'.repeat(1000),
      suggested_text: index === 0 ? 'Short.' : '🔥 word '.repeat(500),
    }));
    const { text } = planCard(planFacts({ steps, notesCut: 6000 }), words());
    expect(text.text.length).toBeLessThanOrEqual(4096);
    expect(text.text).toMatch(/\n10\. Wed 14 Oct/);
    expect(text.text).toContain('\n1. Short.\n\n2. 🔥 word');
    expect(text.text.isWellFormed()).toBe(true);
  });
});
