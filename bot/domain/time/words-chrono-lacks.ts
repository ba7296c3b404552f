/**
 * German and Spanish that chrono drops or misreads, as it was measured: parts of the day beside a date, "pasado mañana"
 * (read as tomorrow), "halb zehn", one and a half, weeks as periods, and every recurrence.
 */
import { dateFact, mark, part, period, repeat, span, weekday } from './facts.ts';
import { lexicon, slot, type Lexicon, type PhraseRow } from './scan.ts';
import { hourClock, wordClock, writtenClock } from './words-common.ts';

const GERMAN_SLOTS = {
  weekday: slot({ montag: 1, dienstag: 2, mittwoch: 3, donnerstag: 4, freitag: 5, samstag: 6, sonntag: 7 }),
  weekdays: slot({
    montags: 1,
    dienstags: 2,
    mittwochs: 3,
    donnerstags: 4,
    freitags: 5,
    samstags: 6,
    sonntags: 7,
  }),
  hour: slot(
    {
      ...{
        eins: 1,
        ein: 1,
        zwei: 2,
        drei: 3,
        vier: 4,
        fünf: 5,
        sechs: 6,
        sieben: 7,
        acht: 8,
        neun: 9,
        zehn: 10,
      },
      ...{ elf: 11, zwölf: 12 },
    },
    String.raw`2[0-4]|[01]?\d`,
  ),
  mm: slot({}, String.raw`[0-5]\d`),
  n: slot({ ein: 1, eine: 1, einer: 1, einem: 1, zwei: 2, drei: 3, vier: 4 }, String.raw`\d{1,2}`),
  month: slot({
    ...{ januar: 1, jan: 1, februar: 2, feb: 2, märz: 3, april: 4, mai: 5, juni: 6, juli: 7, august: 8 },
    ...{ september: 9, sept: 9, oktober: 10, okt: 10, november: 11, nov: 11, dezember: 12, dez: 12 },
  }),
  year: slot({}, String.raw`20\d\d`),
};

const GERMAN_ROWS: readonly PhraseRow[] = [
  ['(?:um )?halb <hour>', (hour) => wordClock(hour, -30)],
  ['(?:um )?viertel nach <hour>', (hour) => wordClock(hour, 15)],
  ['(?:um )?viertel vor <hour>', (hour) => wordClock(hour, -15)],
  ['(?:um )?<hour> uhr', hourClock],
  ['(?:um )?<hour> uhr <mm>', writtenClock],
  ['(?:um )?<hour>[.]<mm> uhr', writtenClock],
  [
    '(?:von|zwischen) <hour> (?:bis|und) <hour>(?: uhr)?',
    (from, to) => [mark('from'), hourClock(from), mark('to'), hourClock(to)],
  ],
  ['(?:am |den )?<n> <month>(?: <year>)?', (day, month, year) => dateFact(year, month, day)],
  [String.raw`(?:am |den )?<n>\.<n>`, (day, month) => dateFact(Number.NaN, month, day)],
  ['<weekday>(?:abend|abends)', (day) => [weekday(day, 'coming'), part('evening')]],
  ['<weekday>(?:nachmittag|nachmittags)', (day) => [weekday(day, 'coming'), part('afternoon')]],
  ['<weekday>(?:morgen|früh|vormittag)', (day) => [weekday(day, 'coming'), part('morning')]],
  ['früh|morgens|am (?:morgen|vormittag)|vormittags?', () => part('morning')],
  ['(?:zu |am )?mittags?', () => part('lunch')],
  ['(?:am )?nachmittags?', () => part('afternoon')],
  ['(?:am )?abends?', () => part('evening')],
  ['(?:in der )?nachts?', () => part('night')],
  ['(?:am )?wochenende', () => ({ is: 'weekend', ahead: 0 })],
  ['nächste woche', () => period('week', 1)],
  ['nächsten monat', () => period('month', 1)],
  ['(?:am |bis )?ende der woche', () => period('week', 0, 'end')],
  ['(?:am |bis )?ende des monats|monatsende', () => period('month', 0, 'end')],
  ['in (?:anderthalb|eineinhalb) stunden', () => span({ minutes: 90 })],
  ['in einer halben stunde', () => span({ minutes: 30 })],
  ['in <n> stunden? (?:und )?<mm> minuten', (hours, minutes) => span({ minutes: 60 * hours + minutes })],
  ['in <n> stunden?', (hours) => span({ minutes: 60 * hours })],
  ['in <n> minuten?', (minutes) => span({ minutes })],
  ['in <n> tag(?:en)?', (days) => span({ days })],
  ['in <n> wochen?', (weeks) => span({ weeks })],
  ['in <n> monat(?:en)?', (months) => span({ months })],
  ['in <n> (?:werktagen|arbeitstagen)', (n) => span({ workingDays: n })],
  ['jede[nrs]? tag|täglich', () => repeat('DAILY')],
  ['jede[nrs]? (?:werktag|arbeitstag)|werktags', () => repeat('WEEKLY', { weekdays: [1, 2, 3, 4, 5] })],
  ['jede[nrs]? <weekday>', (day) => repeat('WEEKLY', { weekdays: [day] })],
  ['<weekdays>', (day) => repeat('WEEKLY', { weekdays: [day] })],
  ['jede woche|wöchentlich', () => repeat('WEEKLY')],
  ['alle <n> wochen', (interval) => repeat('WEEKLY', { interval })],
  ['jeden monat|monatlich', () => repeat('MONTHLY')],
  // "Nächsten Freitag" is this week's to some and the next one's to others: the coming one, which the echo names.
  ['(?:am )?(?:nächsten|kommenden) <weekday>', (day) => weekday(day, 'coming')],
  ['jede[nrs]?|alle|jeweils', () => ({ is: 'refusal', reason: 'partial' })],
];

const SPANISH_SLOTS = {
  weekday: slot({
    ...{
      lunes: 1,
      martes: 2,
      miércoles: 3,
      miercoles: 3,
      jueves: 4,
      viernes: 5,
      sábado: 6,
      sabado: 6,
      domingo: 7,
    },
  }),
  weekdays: slot({
    ...{ lunes: 1, martes: 2, miércoles: 3, miercoles: 3, jueves: 4, viernes: 5, sábados: 6, domingos: 7 },
  }),
  hour: slot(
    {
      ...{
        una: 1,
        dos: 2,
        tres: 3,
        cuatro: 4,
        cinco: 5,
        seis: 6,
        siete: 7,
        ocho: 8,
        nueve: 9,
        diez: 10,
        once: 11,
      },
      doce: 12,
    },
    String.raw`2[0-4]|[01]?\d`,
  ),
  n: slot({ un: 1, una: 1, dos: 2, tres: 3, cuatro: 4 }, String.raw`\d{1,2}`),
};

const SPANISH_ROWS: readonly PhraseRow[] = [
  ['pasado mañana', () => ({ is: 'day', ahead: 2 })],
  ['(?:a las? )?<hour> y media', (hour) => wordClock(hour, 30)],
  ['(?:a las? )?<hour> y cuarto', (hour) => wordClock(hour, 15)],
  ['(?:a las? )?<hour> menos cuarto', (hour) => wordClock(hour, -15)],
  ['a las? <hour>(?! ?[ap]m)', hourClock],
  [
    '(?:de|entre) (?:las )?<hour> (?:a|y) (?:las )?<hour>',
    (from, to) => [mark('from'), hourClock(from), mark('to'), hourClock(to)],
  ],
  [
    '(?:de|entre) (?:las )?<hour> (?:a|y) (?:las )?<hour>',
    (from, to) => [mark('from'), hourClock(from), mark('to'), hourClock(to)],
  ],
  ['(?:por|de|en) la mañana|temprano', () => part('morning')],
  ['al? ?mediodía|al? ?mediodia', () => writtenClock(12, 0)],
  ['después de comer|despues de comer', () => part('after_lunch')],
  ['(?:por|de|en) la tarde', () => part('afternoon')],
  ['esta tarde', () => [{ is: 'day', ahead: 0 }, part('afternoon')]],
  ['esta noche', () => [{ is: 'day', ahead: 0 }, part('tonight')]],
  ['(?:por|de|en) la noche', () => part('tonight')],
  ['(?:el |este )?fin de semana', () => ({ is: 'weekend', ahead: 0 })],
  ['(?:la )?(?:próxima|proxima) semana|(?:la )?semana que viene', () => period('week', 1)],
  ['(?:el )?(?:próximo|proximo) mes|(?:el )?mes que viene', () => period('month', 1)],
  ['(?:a )?(?:fin|final) de mes', () => period('month', 0, 'end')],
  ['(?:en|dentro de) (?:una )?hora y media', () => span({ minutes: 90 })],
  ['(?:en|dentro de) media hora', () => span({ minutes: 30 })],
  ['(?:en|dentro de) <n> horas?', (hours) => span({ minutes: 60 * hours })],
  ['(?:en|dentro de) <n> minutos?', (minutes) => span({ minutes })],
  ['(?:en|dentro de) <n> d[ií]as?', (days) => span({ days })],
  ['(?:en|dentro de) <n> semanas?', (weeks) => span({ weeks })],
  ['(?:en|dentro de) <n> mes(?:es)?', (months) => span({ months })],
  ['(?:en|dentro de) <n> días (?:laborables|hábiles)', (n) => span({ workingDays: n })],
  ['(?:todos los días|cada día|diariamente)', () => repeat('DAILY')],
  ['(?:cada|todos los) <weekdays>', (day) => repeat('WEEKLY', { weekdays: [day] })],
  ['cada semana|semanalmente', () => repeat('WEEKLY')],
  ['cada <n> semanas', (interval) => repeat('WEEKLY', { interval })],
  ['cada mes|mensualmente', () => repeat('MONTHLY')],
  [
    '(?:el )?(?:próximo|proximo) <weekday>|<weekday> que viene',
    (first, second) => weekday(Number.isNaN(first) ? second : first, 'coming'),
  ],
  ['cada|todos|todas', () => ({ is: 'refusal', reason: 'partial' })],
];

export const GERMAN_EXTRAS: Lexicon = lexicon(GERMAN_SLOTS, GERMAN_ROWS);
export const SPANISH_EXTRAS: Lexicon = lexicon(SPANISH_SLOTS, SPANISH_ROWS);
