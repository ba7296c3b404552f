/**
 * Every command and every kind of button there is, in both languages: each is answered, in the person's language, in
 * words. The kinds come from the product's own tables, so a new one without a case fails here.
 */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { SandboxPerson } from '../../../bot/sandbox/contract.ts';
import { CALLBACK_VERBS, encodeCallback, type CallbackAction } from '../../../bot/telegram/callback-data.ts';
import { COMMANDS } from '../../../bot/telegram/features/commands.ts';
import { proposed, saidIn, settled } from './people.ts';
import { startBot, type TestBot } from './start-bot.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startBot();
});
afterAll(() => bot.stop());

type Language = 'en' | 'ru';
type Verb = CallbackAction['verb'];
type Kind = 'reminder' | 'lead' | 'plan' | 'draft' | 'tray' | 'update' | 'run' | 'recurring';

/** What the `id` of each kind of button is one of; null = it has none. */
const IDS: Readonly<Record<Verb, Kind | null>> = {
  ...{ done: 'reminder', skip: 'reminder', cancel: 'reminder', snoozeMenu: 'reminder', back: 'reminder' },
  ...{ snooze: 'reminder', snoozeOther: 'reminder', snoozeAgain: 'reminder', why: 'reminder' },
  ...{ cardBack: 'reminder', rebase: 'reminder', open: 'reminder', undo: 'reminder', keepNote: 'lead' },
  ...{ accept: 'draft', discard: 'draft', undoPlan: 'plan', zone: null },
  ...{ remindSave: 'update', remindAlone: null, remindWhen: 'update', reminders: null },
  ...{
    leadOpen: 'lead',
    leadBack: 'lead',
    leadPlan: 'lead',
    leadFields: 'lead',
    leadField: 'lead',
    leadNote: 'lead',
  },
  ...{ leadDelete: 'lead', leadDeleteNow: 'lead', leadRestore: 'lead', undoLead: 'lead' },
  ...{
    leadStatuses: 'lead',
    leadStatus: 'lead',
    leadPause: 'tray',
    leadResume: 'lead',
    leadReplan: 'lead',
    leadPlan: 'lead',
  },
  ...{
    leads: null,
    trayTake: 'tray',
    trayAdd: 'tray',
    trayAll: 'tray',
    trayMerge: 'tray',
    stopPlanning: 'run',
  },
  ...{ editPlan: 'plan', planShow: 'draft', stepOpen: 'plan', stepMore: 'plan', stepChannels: 'plan' },
  ...{ stepChannel: 'plan', stepWords: 'plan', stepDraft: 'plan', stepDate: 'plan', stepAdd: 'plan' },
  ...{ stepShift: 'plan', stepAt: 'plan', stepMove: 'plan', stepRemove: 'plan', paceMenu: 'plan' },
  ...{ planPace: 'plan', versions: 'plan', version: 'plan', revert: 'plan', undoEdit: 'plan' },
  ...{ replan: 'plan', keepOld: 'draft' },
  ...{ settings: null, setHour: null, setQuiet: null, setDay: null, setDays: null, setDigest: null },
  ...{ setLanguage: null, pause: null, resume: null, exportFile: null, privacy: null },
  ...{ importTable: 'update', importLeave: null },
  ...{ recurSave: 'update', recurAlone: 'update', recurOpen: 'recurring', recurSkip: 'recurring' },
  ...{ recurSet: 'recurring', recurTimes: 'recurring', recurChange: 'recurring', recurUndo: 'recurring' },
  ...{ jobs: null, job: null, jobSet: null, jobRun: 'update', execution: null, executionRetry: 'update' },
  ...{ skipQuestion: 'update', leaveForm: 'update' },
};
/** What ends things for the others comes last. */
const LAST: readonly Verb[] = ['cancel', 'discard', 'pause', 'resume', 'leadDeleteNow', 'leadRestore'];

interface Scene {
  readonly person: SandboxPerson;
  readonly ids: Readonly<Record<Kind, number>>;
  readonly now: Temporal.Instant;
  /** First day of the repeating reminder: a month ahead, "YYYY-MM-DD". */
  readonly startsOn: string;
}

/** The other arguments, by name. */
function valueOf(name: string, schema: unknown, language: Language, { ids, now }: Scene): unknown {
  const known: Readonly<Record<string, unknown>> = {
    ...{ language, leadId: ids.lead, lead: 0, actionId: 'u1', zone: 'Europe/Paris', words: '' },
    ...{ page: 1, index: 0, version: 1, number: 1, step: 2, to: 3, days: 1, day: 7, channel: 1 },
    ...{
      exact: true,
      on: true,
      clock: '1000',
      from: '2200',
      until: now.add({ hours: 60 }),
      print: 'ffffffff',
    },
    ...{ code: '0123456789abcdef', at: now },
    ...{ rule: 'FREQ=DAILY', startsOn: '2026-11-30', reminder: ids.reminder },
  };
  if (name in known) return known[name];
  if (schema instanceof z.ZodEnum) return schema.options[0];
  throw new Error(`Say what a button's "${name}" can be.`);
}

function actionOf(verb: Verb, language: Language, scene: Scene): CallbackAction {
  const [, shape] = CALLBACK_VERBS[verb];
  const on = scene.startsOn.replaceAll('-', '');
  const special: Partial<Record<Verb, object>> = {
    ...{ setQuiet: { to: '0700' }, setDays: { days: '12345' } },
    ...{ recurSave: { on }, recurAlone: { on }, recurChange: { on } },
  };
  const values = Object.entries(shape).map(([name, schema]) => {
    const kind = IDS[verb];
    return [name, name === 'id' && kind !== null ? scene.ids[kind] : valueOf(name, schema, language, scene)];
  });
  return { verb, ...Object.fromEntries(values), ...special[verb] } as CallbackAction;
}

const LEADS = {
  en: [
    'Anna Kowalska, Baltic Freight, anna@baltic.example. Wants prices.',
    'Jonas Weber, Nordsee GmbH, j@nordsee.example',
  ],
  ru: [
    'Анна Ковальская, Балтика, anna@baltika.example. Просит цены.',
    'Игорь Волков, Север, igor@sever.example',
  ],
} as const;
const CROWD = {
  en: 'Clara Lind, Lindwerk\nBoris Falk, Falk AS\nVera Holm, Holm AB',
  ru: 'Клара Линд, Линдверк\nБорис Фальк, Фальк\nВера Холм, Холм',
} as const;

/** A person with a running plan, a reminder in the chat, a draft, a tray and a repeating reminder. */
async function scene(language: Language): Promise<Scene> {
  const city = language === 'en' ? 'Berlin' : 'Берлин';
  const person = await settled(bot, { languageCode: language }, city);
  const plan = await proposed(bot, person, LEADS[language][0]);
  await bot.telegram.tap(person, plan, plan.inlineKeyboard[0]![0]!.text);
  await bot.deliverNext(person.id);
  await proposed(bot, person, LEADS[language][1]);
  const count = bot.telegram.messages(person).length;
  await bot.telegram.say(person, CROWD[language]);
  await bot.telegram.waitForMessage(person, () => bot.telegram.messages(person).length > count + 1);
  const startsOn = (await bot.stores.admin.now())
    .add({ hours: 24 * 30 })
    .toZonedDateTimeISO('UTC')
    .toPlainDate()
    .toString();
  const made = await bot.stores.asPerson(person.id).createRecurring('app-recurring', {
    ...{ rule: 'FREQ=DAILY', startsOn, clock: '10:00', leadId: null },
    title: language === 'en' ? 'Call home' : 'Позвонить домой',
  });
  expect(made.ok).toBe(true);
  const id = async (sql: string): Promise<number> => {
    const { rows } = await bot.database.admin.query<{ id: string }>(sql, [person.id]);
    return Number(rows[0]!.id);
  };
  const mine = 'where telegram_id = $1';
  return {
    person,
    startsOn,
    now: await bot.stores.admin.now(),
    ids: {
      reminder: await id(`select id from scheduled_reminders ${mine} and status = 'sent'`),
      lead: await id(`select id from leads ${mine} order by id`),
      plan: await id(`select id from engagement_plans ${mine} and status = 'active'`),
      draft: await id(`select id from engagement_plans ${mine} and status = 'draft'`),
      tray: await id(`select id from lead_trays ${mine} order by id desc`),
      recurring: await id(`select id from recurring_reminders ${mine}`),
      ...{ update: 1, run: 1 },
    },
  };
}

const KEYS = [
  ...readFileSync(new URL('../../../bot/telegram/texts/en.ftl', import.meta.url), 'utf8').matchAll(
    /^([a-z][\w-]*-[\w-]+) =/gm,
  ),
].map(([, id]) => id!);

/** What must never be in anything people read. */
function expectWords(text: string, language: Language, about: string): void {
  expect(text.trim(), about).not.toBe('');
  expect(text, about).not.toMatch(/undefined|\bnull\b|NaN|\[object|\{ ?\$|\w+Error\b|\n\s+at /);
  const words = new Set(text.split(/[\s.,:;!?“”()«»]+/));
  expect(
    KEYS.filter((key) => words.has(key)),
    about,
  ).toEqual([]);
  // Addresses, commands, file names and times of a zone are the same in every language.
  const plain = text.replace(/\S*[@/_.]\S+|\b[A-Z]{2,}\b|По-русски|In English/g, '');
  const letters = [...plain.matchAll(/\p{L}/gu)].length;
  const cyrillic = [...plain.matchAll(/\p{Script=Cyrillic}/gu)].length;
  if (language === 'en') expect(cyrillic, `${about}: ${text}`).toBe(0);
  else if (letters > 3) expect(cyrillic / letters, `${about}: ${text}`).toBeGreaterThan(0.6);
}

/** Everything the chat shows: texts and the labels of buttons. */
async function shown(person: SandboxPerson): Promise<Map<number, string>> {
  const said = await saidIn(bot, person);
  return new Map(
    said.map(({ messageId, text, inlineKeyboard }) => [
      messageId,
      [text, ...inlineKeyboard.flat().map((button) => button.text)].join('\n'),
    ]),
  );
}

/** What is there now and was not before, or reads differently. */
const news = (before: Map<number, string>, after: Map<number, string>): string[] =>
  [...after].filter(([id, text]) => before.get(id) !== text).map(([, text]) => text);

describe.each(['en', 'ru'] as const)('in %s', (language) => {
  let stage: Scene;
  beforeAll(async () => {
    stage = await scene(language);
  });
  const verbs = [...(Object.keys(CALLBACK_VERBS) as Verb[]).filter((verb) => !LAST.includes(verb)), ...LAST];

  test.each(verbs)('the button %s is answered in words', async (verb) => {
    expect(Object.keys(IDS)).toContain(verb);
    const { person } = stage;
    await bot.telegram.say(person, '/help');
    const question = language === 'en' ? 'How this works' : 'Как это работает';
    const before = (await saidIn(bot, person)).length;
    const help = await bot.telegram.waitForMessage(person, ({ text }) => text.startsWith(question));
    await bot.nudge.idle();
    const past = await shown(person);
    const calls = (await bot.telegram.calls()).length;
    const data = encodeCallback(actionOf(verb, language, stage));
    const { text: toast } = await bot.telegram.tap(person, help, { data });
    await bot.nudge.idle();
    const since = (await bot.telegram.calls()).slice(calls).filter(({ accepted }) => accepted);
    const answers = since.filter(({ method }) => method.toLowerCase() === 'answercallbackquery');
    expect(answers, `${verb} answers its tap once`).toHaveLength(1);
    const fresh = news(past, await shown(person));
    const isFile = since.some(({ method }) => method.toLowerCase() === 'senddocument');
    expect(toast !== null || fresh.length > 0 || isFile, `${verb} ends in silence`).toBe(true);
    for (const text of [...fresh, ...(toast === null ? [] : [toast])]) expectWords(text, language, verb);
    expect(before).toBeGreaterThan(0);
  });

  test.each(Object.keys(COMMANDS))(
    'the command /%s is answered in words, with and without more',
    async (name) => {
      const { person } = stage;
      for (const typed of [`/${name}`, `/${name} 🔥 %s \u200b zzz`]) {
        const past = await shown(person);
        const { messageId: said } = await bot.telegram.say(person, typed);
        await bot.telegram.waitForMessage(person, ({ messageId }) => messageId > said);
        await bot.nudge.idle();
        const fresh = news(past, await shown(person));
        expect(fresh.length, typed).toBeGreaterThan(0);
        for (const text of fresh) {
          expectWords(text.replaceAll('zzz', '').replaceAll('🔥 %s', ''), language, typed);
        }
      }
      await bot.telegram.say(person, '/cancel');
      await bot.nudge.idle();
    },
  );
});

test('the cases name no button that is gone', () => {
  expect(Object.keys(IDS).toSorted()).toEqual(Object.keys(CALLBACK_VERBS).toSorted());
});
