import { expect, test } from 'vitest';
import { leadInText } from '../../../bot/domain/lead/lead-in-text.ts';

const LEADS = [
  { name: 'Anna Kowalska' },
  { name: 'Jonas Weber' },
  { name: 'Jonas Lind' },
  { name: 'Анна Смирнова' },
  { name: 'Пётр Орлов' },
  { name: 'Li Na' },
];
const found = (text: string) => leadInText(text, LEADS)?.name ?? null;

test('a first name that only one lead has is that lead', () => {
  expect(found('call Anna about the offer')).toBe('Anna Kowalska');
  expect(found('write to weber')).toBe('Jonas Weber');
});

test('two people of one name: the family name decides, and without it nobody is guessed', () => {
  expect(found('call Jonas')).toBeNull();
  expect(found('call Jonas Lind')).toBe('Jonas Lind');
});

test('Russian names in any case', () => {
  expect(found('позвонить Анне')).toBe('Анна Смирнова');
  expect(found('встреча с Петром Орловым')).toBe('Пётр Орлов');
});

test('no name, a piece of a word, or a word too short to be a name: nobody', () => {
  expect(found('water the plants')).toBeNull();
  expect(found('book the annanas')).toBeNull();
  expect(found('list of things, na')).toBeNull();
});
