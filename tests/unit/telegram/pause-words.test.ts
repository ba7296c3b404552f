/** Which messages ask for a pause of everything, and which only look like it. */
import { describe, expect, test } from 'vitest';
import { backOn, readPauseWish } from '../../../bot/domain/time/pause-wish.ts';

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
    ['on holiday until Monday', 'Monday'],
    ['I’m on a holiday until monday', 'monday'],
  ])('“%s” names its end', (text, until) => {
    expect(readPauseWish(text)).toEqual({ until });
  });

  test.each([
    ['I’m away next week', 'next week'],
    ["I'm off tomorrow.", 'tomorrow'],
    ['I am out on Friday', 'on Friday'],
    ['on vacation all next month', 'next month'],
    ['Next week I’m on holiday', 'next week'],
    ['pause everything this week', 'this week'],
    ['меня не будет на следующей неделе', 'на следующей неделе'],
    ['На следующей неделе меня не будет', 'на следующей неделе'],
    ['я на следующей неделе в отпуске', 'на следующей неделе'],
    ['меня нет завтра', 'завтра'],
    ['в отпуске в следующем месяце!', 'в следующем месяце'],
  ])('“%s” names the days themselves', (text, away) => {
    const wish = readPauseWish(text);
    expect(wish).not.toBeNull();
    expect(JSON.stringify(wish).toLowerCase()).toBe(JSON.stringify({ away, through: null }).toLowerCase());
  });

  test.each([
    ['I’m away from Monday to Friday', 'Monday', 'Friday'],
    ['vacation from 1 December until 10 December', '1 December', '10 December'],
    ['я в отпуске с 1 декабря по 10 декабря', '1 декабря', '10 декабря'],
  ])('“%s” names the first day and the last', (text, away, through) => {
    expect(readPauseWish(text)).toEqual({ away, through });
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
  'Next week Anna is away',
  'Friday Holiday GmbH, Otto Lang',
  'call Anna next week',
  'Анна на следующей неделе в отпуске',
])('“%s” is about somebody else', (text) => {
  expect(readPauseWish(text)).toBeNull();
});

test('work is taken up again on the first working day after the last day away', () => {
  const back = (last: string, workingDays: number[]) =>
    backOn(Temporal.PlainDate.from(last), workingDays).toString();
  expect(back('2026-11-27', [1, 2, 3, 4, 5])).toBe('2026-11-30');
  expect(back('2026-11-24', [1, 2, 3, 4, 5])).toBe('2026-11-25');
  expect(back('2026-11-27', [6])).toBe('2026-11-28');
});
