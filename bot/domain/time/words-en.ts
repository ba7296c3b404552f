/** How times are said in English. */
import {
  dateFact,
  EDGES,
  mark,
  monthFact,
  part,
  PAST,
  period,
  PERIODS,
  repeat,
  repeatEvery,
  span,
  spanOf,
  TODAY,
  UNIT,
  VAGUE,
  weekday,
} from './facts.ts';
import { lexicon, slot, type Lexicon, type PhraseRow } from './scan.ts';
import { halfClock, hourClock, wordClock, writtenClock } from './words-common.ts';

const ONE_TO_TWELVE = counted('one two three four five six seven eight nine ten eleven twelve');
const NUMBERS = {
  ...ONE_TO_TWELVE,
  ...{ a: 1, an: 1, 'a couple of': 2, 'a couple': 2, 'couple of': 2, fifteen: 15, twenty: 20, thirty: 30 },
  ...{ 'twenty five': 25, 'twenty-five': 25, forty: 40, 'forty five': 45, 'forty-five': 45, fifty: 50 },
  ...{ sixty: 60, ninety: 90 },
};
const ORDINALS = counted(
  `first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth
  sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth
  twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first`,
);
const MONTHS = counted(
  'january/jan february/feb march/mar april/apr may june/jun july/jul august/aug september/sept/sep october/oct ' +
    'november/nov december/dec',
);
const WEEKDAYS = counted(
  'monday/mon tuesday/tues/tue wednesday/weds/wed thursday/thurs/thur/thu friday/fri saturday/sat sunday/sun',
);
const UNITS = {
  ...{ minutes: UNIT.minute, minute: UNIT.minute, mins: UNIT.minute, min: UNIT.minute, m: UNIT.minute },
  ...{ hours: UNIT.hour, hour: UNIT.hour, hrs: UNIT.hour, hr: UNIT.hour, h: UNIT.hour },
  ...{
    days: UNIT.day,
    day: UNIT.day,
    d: UNIT.day,
    weeks: UNIT.week,
    week: UNIT.week,
    wk: UNIT.week,
    w: UNIT.week,
  },
  ...{ fortnights: UNIT.fortnight, fortnight: UNIT.fortnight, months: UNIT.month, month: UNIT.month },
  ...{ quarters: UNIT.quarter, quarter: UNIT.quarter, years: UNIT.year, year: UNIT.year, y: UNIT.year },
};

// "Twenty first" is as good as "twenty-first".
const ordinals = slot(ORDINALS, String.raw`\d{1,2}(?:st|nd|rd|th)`).source.replaceAll('-', '[ -]');
const NUMBER = String.raw`\d{1,4}(?:\.\d)?|\.5`;
const SLOTS = {
  n: slot(NUMBERS, NUMBER),
  num: slot({}, NUMBER),
  int: slot(NUMBERS, String.raw`\d{1,3}`),
  unit: slot(UNITS),
  weekday: slot(WEEKDAYS),
  weekdays: slot(counted('mondays tuesdays wednesdays thursdays fridays saturdays sundays')),
  month: slot(MONTHS),
  hour: slot(ONE_TO_TWELVE, String.raw`2[0-4]|[01]?\d`),
  word: slot(ONE_TO_TWELVE),
  digits: slot({}, String.raw`[0-5]\d`),
  few: slot({ five: 5, ten: 10, twenty: 20, 'twenty five': 25, 'twenty-five': 25 }),
  // "Nine thirty": minutes as they are said behind an hour.
  tail: slot({ ten: 10, fifteen: 15, twenty: 20, thirty: 30, forty: 40, 'forty five': 45, fifty: 50 }),
  ord: { source: ordinals, read: ordinal },
  day: { source: String.raw`${ordinals}|\d{1,2}`, read: ordinal },
  nth: slot({ first: 1, '1st': 1, second: 2, '2nd': 2, third: 3, '3rd': 3, fourth: 4, '4th': 4, last: -1 }),
  year: slot({}, String.raw`20\d\d`),
  edge: slot({ start: 0, beginning: 0, middle: 1, end: 2 }),
  period: slot({ week: 0, month: 1, quarter: 2, year: 3 }),
};

const TIMES: readonly PhraseRow[] = [
  ['(?:at|@|by) ?<hour>', hourClock],
  ["(?:at )?<hour> ?o'?clock", hourClock],
  [String.raw`at <hour>\.<digits>`, writtenClock],
  ['(?:at )?<word> am', (hour) => halfClock(hour, 0, false)],
  ['(?:at )?<word> pm', (hour) => halfClock(hour, 0, true)],
  ['(?:at )?half(?: past)? <hour>', (hour) => wordClock(hour, 30)],
  ['(?:at )?(?:a )?quarter (?:past|after) <hour>', (hour) => wordClock(hour, 15)],
  ['(?:at )?(?:a )?quarter (?:to|before|till|of) <hour>', (hour) => wordClock(hour, -15)],
  ['(?:at )?<few> (?:minutes )?past <hour>', (minutes, hour) => wordClock(hour, minutes)],
  ['(?:at )?<few> (?:minutes )?to <hour>', (minutes, hour) => wordClock(hour, -minutes)],
  ['(?:at )?<int> minutes past <hour>', (minutes, hour) => wordClock(hour, minutes)],
  ['(?:at )?<int> minutes to <hour>', (minutes, hour) => wordClock(hour, -minutes)],
  ['(?:at )?<word>[ -]<tail>', wordClock],
  ['<word>', (value) => ({ is: 'number', value })],
  ['(?:at )?(?:12 )?(?:noon|midday)', () => writtenClock(12, 0)],
  ['(?:at )?(?:12 )?midnight', () => ({ is: 'midnight' })],
  ['(?:in the )?morning|first thing(?: in the morning)?', () => part('morning')],
  ['this morning', () => [TODAY, part('morning')]],
  ['before (?:lunch|noon)', () => part('before_lunch')],
  ['(?:at |around )?lunch ?(?:time)?', () => part('lunch')],
  ['after lunch', () => part('after_lunch')],
  ['(?:in the )?afternoon', () => part('afternoon')],
  ['this afternoon', () => [TODAY, part('afternoon')]],
  ['(?:in the )?evening|after work', () => part('evening')],
  ['this evening', () => [TODAY, part('evening')]],
  ['tonight', () => [TODAY, part('tonight')]],
  ['(?:at |in the )?night', () => part('tonight')],
  [
    '(?:the )?end of (?:the )?(?:working |work |business )?day|eod|close of business|cob',
    () => part('end_of_day'),
  ],
];

const DATES: readonly PhraseRow[] = [
  ['today', () => TODAY],
  ['tomorrow|tomorow|tommorow|tommorrow|tmrw|tmr', () => ({ is: 'day', ahead: 1 })],
  ['(?:the )?day after tomorrow', () => ({ is: 'day', ahead: 2 })],
  ['(?:the )?(?:day before )?yesterday|last (?:night|week|month|year|<weekday>(?! (?:of|in)))', () => PAST],
  ['(?:<n>|a few|several) <unit> ago', () => PAST],
  ['(?:on |the coming |coming |this coming )?<weekday>', (day) => weekday(day, 'coming')],
  ['this <weekday>', (day) => weekday(day, 'this')],
  ['next <weekday>', (day) => weekday(day, 'next')],
  ['<weekday> after next', (day) => weekday(day, 'after_next')],
  ['(?:the )?<day>(?: of)? <month>(?: <year>)?', (day, month, year) => dateFact(year, month, day)],
  ['<month> (?:the )?<day>(?: <year>)?', (month, day, year) => dateFact(year, month, day)],
  ['(?:the )?<ord>', (day) => ({ is: 'month_day', day })],
  ['(?:the )?last day(?= of)', () => ({ is: 'month_day', day: -1 })],
  ['(?:the )?<nth> <weekday>', (nth, day) => ({ is: 'nth_weekday', nth, day })],
  ['(?:in |of )?<month>', (month) => monthFact(month)],
  ['(?:in |of )?<month> <year>', (month, year) => [monthFact(month), { is: 'year', year }]],
  ['(?:the )?<edge> of <month>', (edge, month) => monthFact(month, EDGES[edge])],
  ['early <month>', (month) => monthFact(month, 'start')],
  ['mid[ -]<month>', (month) => monthFact(month, 'middle')],
  ['(?:the )?<edge> of (?:this |the )?<period>', (edge, unit) => periodOf(unit, 0, edge)],
  ['(?:the )?<edge> of (?:the )?next <period>', (edge, unit) => periodOf(unit, 1, edge)],
  ['eow', () => period('week', 0, 'end')],
  ['eom', () => period('month', 0, 'end')],
  ['early next <period>', (unit) => periodOf(unit, 1, 0)],
  ['mid[ -]next <period>', (unit) => periodOf(unit, 1, 1)],
  ['mid[ -]?week', () => period('week', 0, 'middle')],
  ['(?:this|of this|of the) <period>', (unit) => periodOf(unit, 0)],
  ['(?:of )?next <period>', (unit) => periodOf(unit, 1)],
  ['(?:the )?<period> after next', (unit) => periodOf(unit, 2)],
  ['(?:this )?weekend', () => ({ is: 'weekend', ahead: 0 })],
  ['next weekend', () => ({ is: 'weekend', ahead: 1 })],
];

const SPANS: readonly PhraseRow[] = [
  ['(?:in )?<n> <unit>(?: from now| later)?', spanOf],
  ['(?:in )?<num><unit>', spanOf],
  ['(?:in )?<n> <unit> and a half', (n, unit) => spanOf(n + 0.5, unit)],
  ['(?:in )?<n> and a half <unit>', (n, unit) => spanOf(n + 0.5, unit)],
  ['(?:in )?half an hour|(?:in )?(?:a )?half hour', () => span({ minutes: 30 })],
  ['(?:in )?half a year', () => span({ months: 6 })],
  ['(?:in )?(?:a )?quarter of an hour', () => span({ minutes: 15 })],
  ['(?:in )?three quarters of an hour', () => span({ minutes: 45 })],
  ['(?:in )?<num> ?h ?<int>(?: ?m(?:ins?)?)?', (hours, minutes) => span({ minutes: hours * 60 + minutes })],
  [
    '(?:in )?<n> hours? (?:and )?<int>(?: min(?:ute)?s?)?',
    (hours, minutes) => span({ minutes: hours * 60 + minutes }),
  ],
  ['(?:in )?<n> <unit> and <n> <unit>', (n, unit, m, other) => [spanOf(n, unit), spanOf(m, other)]],
  ['(?:in )?<int> (?:business|working|work|week) ?days?(?: from now)?', (n) => span({ workingDays: n })],
  ['(?:the )?next (?:business|working|work) ?day', () => span({ workingDays: 1 })],
  ['<int> days? (?:from|after)', (days) => ({ is: 'shift', days })],
  ['(?:<int> )?weeks? (?:from|after)', (n) => ({ is: 'shift', days: 7 * (Number.isNaN(n) ? 1 : n) })],
  ['(?:in )?(?:a few|several|some) <unit>', () => VAGUE],
  ['soon|later(?: today| this week)?|some ?(?:time|day)|asap|at some point', () => VAGUE],
  ['(?:right )?now|immediately', () => PAST],
];

const REPEATS: readonly PhraseRow[] = [
  ['every ?day|daily|each day', () => repeat('DAILY')],
  [
    '(?:every|each) (?:weekday|(?:working|business|work) ?day)|(?:on )?weekdays',
    () => onWeekdays(1, 2, 3, 4, 5),
  ],
  ['(?:every|each) weekend|(?:on )?weekends', () => onWeekdays(6, 7)],
  ['(?:every|each) <weekday>s?', (day) => onWeekdays(day)],
  ['(?:on )?<weekdays>', (day) => onWeekdays(day)],
  ['every (?:other|second|2nd) <weekday>', (day) => repeat('WEEKLY', { interval: 2, weekdays: [day] })],
  ['every <int> weeks? on <weekday>', (interval, day) => repeat('WEEKLY', { interval, weekdays: [day] })],
  ['(?:every|each) <unit>', (unit) => repeatEvery(1, unit)],
  ['every <int> <unit>', repeatEvery],
  ['every (?:other|second) <unit>', (unit) => repeatEvery(2, unit)],
  ['every <day> <month>', (day, month) => [repeat('YEARLY'), dateFact(Number.NaN, month, day)]],
  ['weekly|once a week', () => repeat('WEEKLY')],
  ['fortnightly', () => repeat('WEEKLY', { interval: 2 })],
  ['monthly|once a month', () => repeat('MONTHLY')],
  ['quarterly|once a quarter', () => repeat('MONTHLY', { interval: 3 })],
  ['yearly|annually|once a year', () => repeat('YEARLY')],
  ['hourly|(?:twice|several times) a day', () => ({ is: 'refusal', reason: 'too_often' })],
  ['biweekly|bimonthly', () => ({ is: 'refusal', reason: 'ambiguous' })],
  ['(?:every|each) morning', () => [repeat('DAILY'), part('morning')]],
  ['(?:every|each) afternoon', () => [repeat('DAILY'), part('afternoon')]],
  ['(?:every|each) (?:evening|night)', () => [repeat('DAILY'), part('evening')]],
  [
    '(?:the )?<nth> <weekday> of (?:every|each) month',
    (nth, day) => repeat('MONTHLY', { nth, weekdays: [day] }),
  ],
  [
    'every <nth> <weekday> of (?:the|every|each) month',
    (nth, day) => repeat('MONTHLY', { nth, weekdays: [day] }),
  ],
  ['every last <weekday>', (day) => repeat('MONTHLY', { nth: -1, weekdays: [day] })],
  ['every (?:first|1st) <weekday>', (day) => repeat('MONTHLY', { nth: 1, weekdays: [day] })],
  ['(?:the )?<ord> of (?:every|each) month', (monthDay) => repeat('MONTHLY', { monthDay })],
  ['every <ord>(?: of the month)?', (monthDay) => repeat('MONTHLY', { monthDay })],
  ['(?:every |the )?last day of (?:every|each) month', () => repeat('MONTHLY', { monthDay: -1 })],
  ['every last day of the month', () => repeat('MONTHLY', { monthDay: -1 })],
  ['(?:for )?<int> times', (times) => ({ is: 'count', times })],
];

const SMALL_WORDS: readonly PhraseRow[] = [
  ['from|between|starting(?: from| on)?|beginning(?: on)?', () => mark('from')],
  ['to|through', () => mark('to')],
  ['until|till', () => mark('until')],
  [String.raw`and|&|\+`, () => mark('and')],
  ['on|at|in|by|the|of|around|about|for|please|remind me|snooze(?: it)?|again', () => []],
];

/** English. */
export const ENGLISH: Lexicon = lexicon(SLOTS, [...TIMES, ...DATES, ...SPANS, ...REPEATS, ...SMALL_WORDS]);

function onWeekdays(...weekdays: number[]) {
  return repeat('WEEKLY', { weekdays });
}

function periodOf(unit: number, ahead: number, edge?: number) {
  return period(PERIODS[unit] ?? 'week', ahead, edge === undefined ? null : EDGES[edge]);
}

function ordinal(text: string): number {
  return ORDINALS[text.replace(' ', '-')] ?? Number.parseInt(text, 10);
}

/** Words in the order of their numbers from 1; spellings of one by slashes. */
function counted(words: string): Record<string, number> {
  return Object.fromEntries(
    words.split(/\s+/).flatMap((spellings, index) => spellings.split('/').map((word) => [word, index + 1])),
  );
}
