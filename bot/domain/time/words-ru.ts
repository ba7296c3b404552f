/** How times are said in Russian. Words are matched by their stems, "ё" is written "е" by then. */
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
  VAGUE,
  weekday,
} from './facts.ts';
import { lexicon, stems, type Lexicon, type PhraseRow, type Slot } from './scan.ts';
import {
  ONE_TO_TWELVE,
  COUNTS,
  OF_HOUR,
  ORDINALS,
  WEEKDAYS,
  PLURAL_WEEKDAYS,
  MONTHS,
  UNITS,
  NTH,
} from './stems-ru.ts';
import { hourClock, wordClock, writtenClock } from './words-common.ts';

const digits = (source: string): Slot => ({ source, read: Number });
const HALF = { first: 'перв(?:ая|ую|ой)', second: 'втор(?:ая|ую|ой)' };
const NUMBER = String.raw`\d{1,4}(?:\.\d)?|\.5`;
const SLOTS = {
  n: stems(COUNTS, NUMBER),
  num: digits(NUMBER),
  int: stems(COUNTS, String.raw`\d{1,3}`),
  unit: stems(UNITS),
  weekday: stems(WEEKDAYS),
  plural: stems(PLURAL_WEEKDAYS),
  month: stems(MONTHS),
  hour: stems(ONE_TO_TWELVE, String.raw`2[0-4]|[01]?\d`),
  word: stems(ONE_TO_TWELVE),
  of: stems(OF_HOUR, String.raw`1[0-2]|0?[1-9]`),
  mm: digits(String.raw`[0-5]\d`),
  tail: stems([...COUNTS.filter(([, value]) => value >= 10 && value < 60), ['ноль пять', 5]]),
  less: stems([
    ['пяти|пять', 5],
    ['десяти|десять', 10],
    ['двадцати|двадцать', 20],
    ['четверти', 15],
  ]),
  day: { source: ordinalSource(), read: ordinal },
  named: { source: ordinalSource().replace(String.raw`\d{1,2}|`, ''), read: ordinal },
  nth: stems(NTH),
  year: digits(String.raw`20\d\d`),
  period: stems([
    ['недел[юиье]|неделя', 0],
    ['месяц(?:а|е|у)?', 1],
    ['квартал(?:а|е|у)?', 2],
    ['год(?:а|у)?', 3],
  ]),
  edge: stems([
    ['начал(?:о|е|у|а)', 0],
    ['середин(?:а|е|у|ы)', 1],
    ['кон(?:ец|це|цу|ца)', 2],
  ]),
};

const THIS = String.raw`эт(?:от|а|у|о|ой|ого|ом)`;
const NEXT = String.raw`(?:следующ|будущ)\p{L}{2,3}|след`;

const TIMES: readonly PhraseRow[] = [
  // "На 2 часа" puts off for two hours, "на 2" and "на 2 часа дня" to two o'clock.
  ['(?:в|к|около) <hour>(?: ?ч| час(?:а|ов)?)?', hourClock],
  [String.raw`(?:в|к) \d{2,3} ?(?:ч|час(?:а|ов)?)`, () => ({ is: 'refusal', reason: 'no_such_time' })],
  ['на <hour>', hourClock],
  ['(?:на )?<hour> ?(?:час(?:а|ов)?|ч)(?= (?:утра|дня|вечера|ночи))', hourClock],
  [String.raw`(?:(?:в|к|на) |(?<=(?:с|до) ))<hour>[.-]<mm>`, writtenClock],
  ['(?:в|к) <hour> ?(?:ч|час(?:а|ов)?) <mm>(?: ?м| ?мин(?:ут)?)?', writtenClock],
  ['(?:в |к )?<hour> <mm>(?= (?:утра|дня|вечера|ночи))', writtenClock],
  ['(?:в|к) час', () => hourClock(1)],
  ['час(?= (?:дня|ночи))', () => hourClock(1)],
  ['(?:в |к )?(?:пол|половин(?:а|е|у|ой)) ?<of>', (hour) => wordClock(hour, -30)],
  ['(?:в )?четверть <of>', (hour) => wordClock(hour, -45)],
  ['без <less>(?: минут)? <word>', (minutes, hour) => wordClock(hour, -minutes)],
  ['без <less>(?: минут)? час', (minutes) => wordClock(1, -minutes)],
  ['(?:в )?<word> <tail>', wordClock],
  ['<word>', (value) => ({ is: 'number', value })],
  ['(?:в |к )?(?:полдень|полудню)', () => writtenClock(12, 0)],
  ['(?:в |к )?(?:полночь|полуночи)', () => ({ is: 'midnight' })],
  ['утр(?:ом|а|у|о|ечком)|с утр(?:а|еца)|(?:с )?самого утра|на утро|поутру', () => part('morning')],
  ['до обеда', () => part('before_lunch')],
  [`(?:в )?${HALF.first} половин(?:е|у|а) дня`, () => part('before_lunch')],
  ['в обед|к обеду|на обед|обед(?:ом)?', () => part('lunch')],
  ['после обеда|после полудня', () => part('after_lunch')],
  [`(?:во )?${HALF.second} половин(?:е|у|а) дня`, () => part('afternoon')],
  ['днем|дня', () => part('afternoon')],
  ['вечер(?:ом|а|у|ок|ком)?|(?:под|на|ближе к|к) вечер(?:у|ок)?|после работы', () => part('evening')],
  ['ноч(?:ью|и|ь)|на ночь', () => part('night')],
  ['сегодня ночью', () => part('night')],
  ['(?:в |к )?кон(?:ец|це|цу|ца) (?:рабочего )?дня', () => part('end_of_day')],
];

const DATES: readonly PhraseRow[] = [
  ['(?:на )?сегодня(?:шний день)?|седня', () => TODAY],
  ['(?:на )?завтра(?:шний день)?|завтро', () => ({ is: 'day', ahead: 1 })],
  ['(?:на )?после ?завтра', () => ({ is: 'day', ahead: 2 })],
  ['(?:на )?после ?после ?завтра', () => ({ is: 'day', ahead: 3 })],
  ['вчера|позавчера', () => PAST],
  [String.raw`(?:в |во |на )?прошл\p{L}{2,3} (?:<weekday>|<period>)`, () => PAST],
  ['(?:<n> |несколько )?<unit> назад', () => PAST],
  ['(?:в |во |на |к |ко )?(?:ближайш\\p{L}{2,3} )?<weekday>', (day) => weekday(day, 'coming')],
  [`(?:в |во |на |к |ко )?${THIS} <weekday>`, (day) => weekday(day, 'this')],
  [`(?:в |во |на |к |ко )?(?:${NEXT}) <weekday>`, (day) => weekday(day, 'next')],
  [
    '(?:на |к )?<day> <month>(?: <year>(?: ?г(?:од|ода)?)?)?',
    (day, month, year) => dateFact(year, month, day),
  ],
  ['(?:на |к )?<day>(?:-го)? числ(?:а|о|у)', (day) => ({ is: 'month_day', day })],
  [String.raw`(?:на |к )?<day>-?го`, (day) => ({ is: 'month_day', day })],
  ['<named>', (day) => ({ is: 'month_day', day })],
  ['(?:в |во )?<nth> <weekday>', (nth, day) => ({ is: 'nth_weekday', nth, day })],
  ['(?:в )?последний день(?= месяца)', () => ({ is: 'month_day', day: -1 })],
  ['(?:в |на )?<month>', (month) => monthFact(month)],
  ['(?:в |на )?<month> <year>(?: ?г(?:од|ода)?)?', (month, year) => [monthFact(month), { is: 'year', year }]],
  ['(?:в |к )?<edge> <month>', (edge, month) => monthFact(month, EDGES[edge])],
  [`(?:в |к )?<edge> (?:${THIS} )?<period>`, (edge, unit) => periodOf(unit, 0, edge)],
  [`(?:в |к )?<edge> (?:${NEXT}) <period>`, (edge, unit) => periodOf(unit, 1, edge)],
  [`(?:на |в )?${THIS} <period>`, (unit) => periodOf(unit, 0)],
  ['месяца', () => period('month', 0)],
  [`(?:на |в )?(?:${NEXT}) <period>`, (unit) => periodOf(unit, 1)],
  [`(?:на |в )?(?:${THIS} )?выходн(?:ые|ых|ым)`, () => ({ is: 'weekend', ahead: 0 })],
  [`(?:на |в )?(?:${NEXT}) выходн(?:ые|ых)`, () => ({ is: 'weekend', ahead: 1 })],
];

const SPANS: readonly PhraseRow[] = [
  ['(?:через |на |спустя )?<n> <unit>', spanOf],
  ['(?:через |на |спустя )?<num><unit>', spanOf],
  ['(?:через|на|спустя) <unit>', (unit) => spanOf(1, unit)],
  ['<unit>', (unit) => spanOf(1, unit)],
  ['(?:через |на )?пол ?часа|(?:через |на )?полчас(?:ик)?', () => span({ minutes: 30 })],
  ['(?:через |на )?пол ?дня', () => VAGUE],
  ['(?:через )?четверть часа', () => span({ minutes: 15 })],
  ['(?:через |на )?пол ?года', () => span({ months: 6 })],
  ['(?:через |на )?<n> с половиной <unit>', (n, unit) => spanOf(n + 0.5, unit)],
  [
    '(?:через |на )?(?:<n> |<num>)(?:час(?:а|ов)?|ч) (?:и )?<int> ?(?:мин(?:ут[аы]?)?|м)',
    (h, short, m) => span({ minutes: (Number.isNaN(h) ? short : h) * 60 + m }),
  ],
  ['(?:через )час (?:и )?<int>(?: ?мин(?:ут[аы]?)?)?', (minutes) => span({ minutes: 60 + minutes })],
  ['(?:через )час с половиной', () => span({ minutes: 90 })],
  ['(?:через |на )?<int> (?:рабоч|будн)\\p{L}{2,3} (?:день|дня|дней)', (n) => span({ workingDays: n })],
  ['(?:через |на )?(?:рабочий день|следующий рабочий день)', () => span({ workingDays: 1 })],
  ['(?:через )?несколько <unit>', () => VAGUE],
  ['скоро|потом|позже|попозже|когда-нибудь|как-нибудь|на днях|вскоре', () => VAGUE],
  ['сейчас|прямо сейчас|немедленно|сразу', () => PAST],
];

const EVERY = String.raw`кажд(?:ый|ую|ое|ая|ые|ого)`;
const REPEATS: readonly PhraseRow[] = [
  [`${EVERY} день|ежедневно|каждые сутки`, () => repeat('DAILY')],
  [
    `${EVERY} (?:рабочий|будний) день|по будн(?:ям|им дням)|по рабочим дням|в будни`,
    () => onWeekdays(1, 2, 3, 4, 5),
  ],
  [`${EVERY} выходные|по выходным`, () => onWeekdays(6, 7)],
  [`(?:в |во )?${EVERY} <weekday>`, (day) => onWeekdays(day)],
  ['(?:по )?<plural>', (day) => onWeekdays(day)],
  ['через неделю по <plural>', (day) => repeat('WEEKLY', { interval: 2, weekdays: [day] })],
  [`(?:${EVERY} )?через <weekday>`, () => ({ is: 'refusal', reason: 'ambiguous' })],
  [`${EVERY} <unit>`, (unit) => repeatEvery(1, unit)],
  [`${EVERY} <int> <unit>`, repeatEvery],
  ['раз в <int> <unit>', repeatEvery],
  ['раз в <unit>', (unit) => repeatEvery(1, unit)],
  [`${EVERY} втор(?:ой|ую|ое) <unit>|через день каждый`, (unit) => repeatEvery(2, unit)],
  [`${EVERY} втор(?:ой|ую|ое) <weekday>`, () => ({ is: 'refusal', reason: 'ambiguous' })],
  [`${EVERY} <day> <month>`, (day, month) => [repeat('YEARLY'), dateFact(Number.NaN, month, day)]],
  ['еженедельно', () => repeat('WEEKLY')],
  ['ежемесячно', () => repeat('MONTHLY')],
  ['ежеквартально', () => repeat('MONTHLY', { interval: 3 })],
  ['ежегодно', () => repeat('YEARLY')],
  ['ежечасно|ежеминутно|(?:несколько|<int>) раза? в день', () => ({ is: 'refusal', reason: 'too_often' })],
  [`${EVERY} утро|по утрам`, () => [repeat('DAILY'), part('morning')]],
  [`${EVERY} вечер|по вечерам`, () => [repeat('DAILY'), part('evening')]],
  [`(?:в |во )?${EVERY} <nth> <weekday>(?: месяца)?`, (nth, day) => nthOfMonth(nth, day)],
  [`(?:в |во )?<nth> <weekday> ${EVERY} месяца`, (nth, day) => nthOfMonth(nth, day)],
  [`${EVERY} <day>(?:-го)? числ(?:о|а)(?: месяца)?`, (monthDay) => repeat('MONTHLY', { monthDay })],
  [`<day>(?:-го)?(?: числа)? ${EVERY} месяца`, (monthDay) => repeat('MONTHLY', { monthDay })],
  [`(?:в )?(?:${EVERY} )?последний день ${EVERY} месяца`, () => repeat('MONTHLY', { monthDay: -1 })],
  [`${EVERY} последний день месяца`, () => repeat('MONTHLY', { monthDay: -1 })],
  ['<int> раза?', (times) => ({ is: 'count', times })],
];

const SMALL_WORDS: readonly PhraseRow[] = [
  ['с|со|между|от|начиная с', () => mark('from')],
  ['по', () => mark('to')],
  ['до', () => mark('until')],
  ['и|да', () => mark('and')],
  [
    'в|во|на|к|ко|около|примерно|где-то|ближе|числа|напомни(?:ть)?(?: мне)?|пожалуйста|давай|отложи|перенеси|а|ну',
    () => [],
  ],
];

/** Russian. */
export const RUSSIAN: Lexicon = lexicon(SLOTS, [...TIMES, ...DATES, ...SPANS, ...REPEATS, ...SMALL_WORDS]);

function onWeekdays(...weekdays: number[]) {
  return repeat('WEEKLY', { weekdays });
}

function nthOfMonth(nth: number, day: number) {
  return repeat('MONTHLY', { nth, weekdays: [day] });
}

function periodOf(unit: number, ahead: number, edge?: number) {
  return period(PERIODS[unit] ?? 'week', ahead, edge === undefined ? null : EDGES[edge]);
}

function ordinalSource(): string {
  return [String.raw`\d{1,2}(?:-?(?:го|ого|е|ое))?`, ...ORDINALS.map(([word]) => word)].join('|');
}

function ordinal(text: string): number {
  return ORDINALS.find(([word]) => word === text)?.[1] ?? Number.parseInt(text, 10);
}
