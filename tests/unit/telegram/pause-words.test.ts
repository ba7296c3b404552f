/** Which messages ask for a pause of everything, and which only look like it. */
import { describe, expect, test } from 'vitest';
import { readPauseWish } from '../../../bot/telegram/features/settings/pause-words.ts';

describe('a message that asks for a pause', () => {
  test.each([
    ['vacation until next friday', 'next friday'],
    ['Vacation till 5 December!', '5 December'],
    ['pause everything until monday', 'monday'],
    ['Pause all reminders until Monday 9:00', 'Monday 9:00'],
    ['stop reminders for two weeks', 'in two weeks'],
    ['I am away till friday', 'friday'],
    ['I’m on vacation until 1 December.', '1 December'],
    ["I'll be out of office for 3 days", 'in 3 days'],
    ['пауза до пятницы', 'пятницы'],
    ['Отпуск до 5 декабря', '5 декабря'],
    ['я в отпуске до понедельника', 'понедельника'],
    ['поставь всё на паузу на неделю', 'через неделю'],
    ['меня не будет до среды', 'среды'],
  ])('“%s” names its end', (text, until) => {
    expect(readPauseWish(text)).toEqual({ until });
  });

  test.each(['pause', 'Pause everything', 'vacation mode', 'I am on holiday', 'пауза', 'я в отпуске'])(
    '“%s” leaves its end open',
    (text) => {
      expect(readPauseWish(text)).toEqual({ until: null });
    },
  );
});

test.each([
  'Vacation Homes Ltd, John Smith, john@vacation.example',
  'pause Anna until friday',
  'Anna is on vacation until friday',
  'stop by Anna at the fair',
  'Holiday Inn, Maria Lopez',
  'Анна в отпуске до пятницы',
  'Отпуск Трэвел, Ирина',
  'Pauseworks until recently led by Tim',
])('“%s” is about somebody else', (text) => {
  expect(readPauseWish(text)).toBeNull();
});
