import { describe, expect, test } from 'vitest';
import { fromAnswers, saysMoreThanName } from '../../../bot/domain/lead/from-answers.ts';
import { NOTES_LIMIT } from '../../../shared/schemas/lead.ts';

const english = { language: 'en' };

describe('a lead from the answers to a form', () => {
  test('is who was named, whoever else the context names; the context stays whole in the notes', () => {
    const context = 'Met through Jonas Weber at Alpine Rail. anna@balticfreight.example, +49 151 23456789';
    const { lead, understood } = fromAnswers({ name: 'Anna', company: 'Baltic Freight', context }, english);
    expect(lead).toMatchObject({ name: 'Anna', company: 'Baltic Freight', notes: context });
    expect(lead.contacts).toMatchObject({
      emails: ['anna@balticfreight.example'],
      phones: ['+4915123456789'],
    });
    expect(understood.guessed).not.toContain('name');
    expect(understood.guessed).not.toContain('company');
  });

  test('without a company takes it from an address as a guess', () => {
    const context = 'anna@balticfreight.example';
    const { lead, understood } = fromAnswers({ name: 'Anna', company: null, context }, english);
    expect(lead.company).not.toBeNull();
    expect(understood.guessed).toContain('company');
  });

  test('with nothing but a name has nothing but a name', () => {
    const { lead, text, understood } = fromAnswers({ name: 'Anna', company: null, context: '' }, english);
    expect(lead).toMatchObject({ name: 'Anna', company: null, title: null, notes: null, zone: null });
    expect([text, understood.fields]).toEqual(['Anna', ['name']]);
  });

  test('says how much of a long context did not fit', () => {
    const context = 'x'.repeat(NOTES_LIMIT + 7);
    const { lead, understood } = fromAnswers({ name: 'Anna', company: 'B', context }, english);
    expect([lead.notes?.length, understood.notesCut]).toEqual([NOTES_LIMIT, 7]);
  });
});

test.each([
  ['Anna Kowalska', false],
  ['Анна Ковальская', false],
  ['Anna', false],
  ['Anna Kowalska, Baltic Freight, anna@balticfreight.example', true],
  ['Anna, +49 151 23456789', true],
])('“%s” says more than a name: %s', (text, more) => {
  expect(saysMoreThanName(text, english)).toBe(more);
});
