/** The question how the rest of a plan follows a moved step: every way with its dates before and after. */
import { hash } from 'node:crypto';
import type { RebaseAnswer } from '../../../../shared/contracts/rebase.ts';
import type { RebaseOption } from '../../../../shared/rules/rebase.ts';
import type { ReminderView } from '../../../usecases/act-on-reminder.ts';
import { findRebase, type MoveTarget, type RebaseChoice } from '../../../usecases/rebase-reminder.ts';
import { encodeCallback, type CallbackAction } from '../../callback-data.ts';
import type { Card, Talk } from '../../context.ts';
import { openInApp } from '../../mini-app-link.ts';
import { bold, clip, oneLine, richText, struck, type Lines } from '../../text/rich-text.ts';
import type { Words } from '../../text/words.ts';
import { factsOf } from './acted-card.ts';
import { heading, instructionOf } from './reminder-card.ts';

/** Room for a step's words above the ways. UTF-16 units. */
const INSTRUCTION_LIMIT = 300;
/** Three ways of nine steps each with their dates fit into a message. UTF-16 units. */
const TITLE_LIMIT = 32;

/**
 * The question a move of this reminder asks; null when nothing is in its way and it can simply be done.
 * @param back what the button back shows instead of the reminder's card.
 */
export async function rebaseQuestion(
  talk: Talk,
  id: number,
  target: MoveTarget,
  back: CallbackAction = { verb: 'cardBack', id },
): Promise<Card | null> {
  const { until, exact } = target;
  const choice = await findRebase(talk.store, { id, target: { until, exact }, person: talk.person });
  return choice === null ? null : rebaseCard(choice, talk.words, back);
}

/** @param news what is said above the question. */
export function rebaseCard(
  choice: RebaseChoice,
  words: Words,
  back: CallbackAction,
  news: string | null = null,
): Card {
  const { say } = words;
  const { view, target, options } = choice;
  const facts = factsOf(view, words.now);
  const id = view.reminder.id;
  return {
    text: richText([
      news === null ? null : [news],
      heading(facts.leadName, facts.leadCompany),
      [clip(instructionOf(facts, words), INSTRUCTION_LIMIT)],
      [say('rebase-passes', { when: words.moment(target.until, { withWeekday: true }) })],
      [say('rebase-ask')],
      ...options.flatMap((option) => [
        [],
        [bold(label(option, words))],
        ...laterSteps(choice, option, words),
      ]),
    ]),
    keyboard: [
      ...options.map((option) => [
        {
          text: label(option, words),
          callback_data: encodeCallback({
            verb: 'rebase',
            id,
            until: target.until,
            exact: target.exact,
            mode: option.mode,
            print: fingerprint(choice, option),
          }),
        },
      ]),
      [{ text: say('button-back'), callback_data: encodeCallback(back) }],
    ],
  };
}

/** What was stored, and the way back. */
export function rebasedCard(
  { view, answer, actionId }: { view: ReminderView; answer: RebaseAnswer; actionId: string },
  words: Words,
  miniAppUrl: string | null,
): Card {
  const { say } = words;
  const facts = factsOf(view, words.now);
  const { id } = view.reminder;
  const others = answer.moved.filter((step) => step.id !== id);
  return {
    text: richText([
      heading(facts.leadName, facts.leadCompany),
      [clip(instructionOf(facts, words), INSTRUCTION_LIMIT)],
      [],
      [say('rebase-done', { when: words.moment(facts.wantedAt, { withWeekday: true }) })],
      others.length === 0 ? null : [say('acted-moved', { count: others.length })],
      ...others.map(({ step_id: step, from, to }) => [
        `${String(step ?? '')}. `,
        struck(words.date(Temporal.Instant.from(from))),
        ` → ${words.date(Temporal.Instant.from(to))}`,
      ]),
    ]),
    keyboard: [
      [{ text: say('button-undo'), callback_data: encodeCallback({ verb: 'undo', actionId, id }) }],
      ...openInApp(say, miniAppUrl, `r${String(id)}`),
    ],
  };
}

/** Which dates a button stands for: eight hexadecimal digits over every step's instant before and after. */
export function fingerprint({ steps }: RebaseChoice, { after }: RebaseOption): string {
  const dates = steps.map(({ reminderId, wanted }, index) =>
    [reminderId, wanted.toString(), after[index]?.wanted.toString()].join(),
  );
  return hash('sha256', dates.join(';')).slice(0, 8);
}

function label({ mode, effect }: RebaseOption, words: Words): string {
  return words.say('rebase-option', { type: mode, when: words.date(effect.endsAt) });
}

/** The steps behind the moved one: "3. Call Anna: Thu 11 Jun, 9:30 → Wed 17 Jun, 9:30". */
function laterSteps({ steps, moved }: RebaseChoice, { after }: RebaseOption, words: Words): Lines {
  return steps.flatMap((step, index) => {
    if (step.step_id <= moved.step_id) return [];
    const title = clip(oneLine(step.title ?? words.say('reminder-bare-lead')), TITLE_LIMIT);
    const to = after[index]?.wanted ?? step.wanted;
    const dates = to.equals(step.wanted)
      ? words.say('rebase-stays', { when: words.date(to) })
      : `${words.date(step.wanted)} → ${words.date(to)}`;
    return [[`${String(step.step_id)}. ${title}: ${dates}`]];
  });
}
