/** What comes again and again: as it is proposed, and as it stands. */
import { ruleInWords } from '../../../../shared/rules/recurrence-words.ts';
import { isAwake } from '../../../../shared/rules/calendar.ts';
import { timeSettingsOf } from '../../../../shared/rules/time-settings.ts';
import type { UserRow } from '../../../../shared/schemas/user.ts';
import type { Recurrence } from '../../../usecases/set-reminder.ts';
import type { RecurringView } from '../../../usecases/view-recurring.ts';
import { encodeCallback, type CallbackAction } from '../../callback-data.ts';
import type { Card, Keyboard } from '../../context.ts';
import { bold, clip, oneLine, richText, type Lines } from '../../text/rich-text.ts';
import type { Words } from '../../text/words.ts';

/** As long as SQL takes it. Code points there, UTF-16 units here, which are never fewer. */
const TITLE_LIMIT = 1000;
/** Fits on a button. */
const NAME_LIMIT = 24;

/** What a button keeps of a rule. */
export interface ChosenRule {
  readonly rule: string;
  /** `YYYY-MM-DD` */
  readonly startsOn: string;
  /** `HHMM` */
  readonly clock: string;
}

/** The rule in words and its next times written out. */
export function ruleLines(recurrence: Recurrence, person: UserRow, words: Words): Lines {
  const { rule, startsOn, clock, first } = recurrence;
  const times = first.map((at) => words.when(at, { withWeekday: true })).join('\n');
  const isAsleep = first.some((at) => !isAwake(at, timeSettingsOf(person)));
  return [
    [`↻ ${ruleInWords(rule, startsOn, clock, words.language)}`],
    [words.say('recurring-times', { times })],
    isAsleep ? [words.say('recurring-asleep')] : null,
  ];
}

/** What would be stored. */
export function recurringProposalCard(
  proposal: {
    readonly title: string;
    readonly recurrence: Recurrence;
    readonly lead: { readonly id: number; readonly name: string; readonly company: string | null } | null;
  },
  person: UserRow,
  words: Words,
  updateId: number,
): Card {
  const { title, recurrence, lead } = proposal;
  const { say } = words;
  const about =
    lead === null ? null : [lead.name, lead.company ?? ''].map(oneLine).filter(Boolean).join(' · ');
  const chosen = chosenRule(recurrence);
  const keyboard: Keyboard = [
    [
      button(say('button-remind'), { verb: 'recurSave', id: updateId, ...chosen, lead: lead?.id ?? 0 }),
      button(say('button-other-time'), { verb: 'remindWhen', id: updateId }),
    ],
  ];
  if (lead !== null) {
    const label = say('button-not-about', { name: clip(oneLine(lead.name), NAME_LIMIT) });
    keyboard.push([button(label, { verb: 'recurAlone', id: updateId, ...chosen })]);
  }
  return {
    text: richText([
      [bold(clip(oneLine(title), TITLE_LIMIT))],
      ...ruleLines(recurrence, person, words),
      about === null ? null : [say('remind-about', { lead: about })],
    ]),
    keyboard,
  };
}

/** The rule as it stands, with everything that can be done about it. @param news what just happened. */
export function recurringCard(
  view: RecurringView,
  words: Words,
  news: { readonly sentence: string; readonly actionId: string } | null = null,
): Card {
  const { rule, lead, waiting, next } = view;
  const { say } = words;
  const { id } = rule;
  const who = lead === null ? null : [lead.name, lead.company ?? ''].map(oneLine).filter(Boolean).join(' · ');
  const state =
    rule.status === 'active'
      ? next === null
        ? null
        : say('recurring-next', { when: words.when(next, { withWeekday: true }) })
      : say(`recurring-${rule.status}`);
  const undo =
    news === null ? [] : [[button(say('button-undo'), { verb: 'recurUndo', actionId: news.actionId, id })]];
  return {
    text: richText([
      news === null ? null : [news.sentence],
      news === null ? null : [],
      [bold(clip(oneLine(rule.title), TITLE_LIMIT))],
      who === null ? null : [say('remind-about', { lead: who })],
      [`↻ ${ruleInWords(rule.rule, rule.starts_on, rule.clock, words.language)}`],
      state === null ? null : [state],
    ]),
    keyboard: [...undo, ...(rule.status === 'ended' ? [] : deeds(view, waiting, words))],
  };
}

function deeds({ rule }: RecurringView, waiting: RecurringView['waiting'], words: Words): Keyboard {
  const { say } = words;
  const { id } = rule;
  const isActive = rule.status === 'active';
  return [
    ...(waiting === null
      ? []
      : [
          [
            button(say('button-recurring-skip', { when: words.when(waiting.at, { withWeekday: true }) }), {
              verb: 'recurSkip',
              id,
              reminder: waiting.id,
            }),
          ],
        ]),
    [
      button(say('button-recurring-times'), { verb: 'recurTimes', id }),
      button(say(isActive ? 'button-recurring-pause' : 'button-recurring-resume'), {
        verb: 'recurSet',
        id,
        wish: isActive ? 'pause' : 'resume',
      }),
    ],
    [
      {
        ...button(say('button-recurring-end'), { verb: 'recurSet', id, wish: 'end' }),
        style: 'danger' as const,
      },
    ],
  ];
}

/** New times for a rule, as they were read; a button stores exactly these. */
export function newTimesCard(
  id: number,
  title: string,
  recurrence: Recurrence,
  person: UserRow,
  words: Words,
): Card {
  return {
    text: richText([
      [bold(clip(oneLine(title), TITLE_LIMIT))],
      ...ruleLines(recurrence, person, words),
      [words.say('recurring-for-all')],
    ]),
    keyboard: [
      [
        button(words.say('button-recurring-save'), { verb: 'recurChange', id, ...chosenRule(recurrence) }),
        button(words.say('button-other-time'), { verb: 'recurTimes', id }),
      ],
    ],
  };
}

function chosenRule({ rule, startsOn, clock }: Recurrence): ChosenRule {
  return { rule, startsOn, clock: clock.replace(':', '') };
}

function button(text: string, action: CallbackAction): Keyboard[number][number] {
  return { text, callback_data: encodeCallback(action) };
}
