/** The card after a tap: what happened, what comes next and when, and the way back. */
import type { ReminderActionAnswer } from '../../../../shared/contracts/actions.ts';
import { cardManner } from '../../../domain/reminder/delivery.ts';
import { formatLateness } from '../../../../shared/rules/words.ts';
import type { ReminderView } from '../../../usecases/act-on-reminder.ts';
import { encodeCallback } from '../../callback-data.ts';
import type { Card } from '../../context.ts';
import { openInApp } from '../../mini-app-link.ts';
import { clip, oneLine, richText, struck } from '../../text/rich-text.ts';
import type { Words } from '../../text/words.ts';
import { heading, instructionOf, recurringButton, type ReminderFacts } from './reminder-card.ts';

/** What a tap on a card can lead to. */
export type Deed = 'done' | 'skip' | 'cancel' | 'snooze';

/** Room for a step's words in a line that only reports. UTF-16 units. */
const REPORT_LIMIT = 300;

/** The person's own row in the terms of a card. */
export function factsOf({ reminder, lead, recurring }: ReminderView, now: Temporal.Instant): ReminderFacts {
  return {
    id: reminder.id,
    recurringId: recurring === null || recurring.status === 'ended' ? null : recurring.id,
    leadName: lead?.name ?? null,
    leadCompany: lead?.company ?? null,
    instruction: reminder.title,
    draft: reminder.draft_text,
    wantedAt: Temporal.Instant.from(reminder.wanted_at),
    // Asked for by the person, it is a first card again.
    manner: cardManner({
      level: 0,
      in_doubt: false,
      wanted_at: reminder.wanted_at,
      product_now: now.toString(),
    }),
  };
}

/** @param actionId what Undo takes back. */
export function actedCard(
  input: {
    readonly deed: Deed;
    readonly answer: ReminderActionAnswer;
    readonly view: ReminderView;
    readonly actionId: string;
    /** What else should be known: how a typed time was read. */
    readonly notes?: readonly string[];
  },
  words: Words,
  miniAppUrl: string | null,
): Card {
  const { deed, answer, view, actionId } = input;
  const facts = factsOf(view, words.now);
  const instruction = clip(instructionOf(facts, words), REPORT_LIMIT);
  return {
    text: richText([
      heading(facts.leadName, facts.leadCompany),
      [deed === 'snooze' ? instruction : struck(instruction)],
      [],
      [whatHappened(deed, answer, words, words.moment)],
      ...(input.notes ?? []).map((note) => [note]),
      answer.moved.length === 0 ? null : [words.say('acted-moved', { count: answer.moved.length })],
      [comesAgain(view, words)],
      [whatIsNext(deed, answer, view, words)],
    ]),
    keyboard: [
      [
        {
          text: words.say('button-undo'),
          callback_data: encodeCallback({ verb: 'undo', actionId, id: facts.id }),
        },
      ],
      ...recurringButton(facts.recurringId ?? null, words.say),
      ...openInApp(words.say, miniAppUrl, `r${facts.id}`),
    ],
  };
}

/** A card whose reminder was closed elsewhere, by the app or by a newer card: it says so and loses its buttons. */
export function closedCard(view: ReminderView, sentence: string, words: Words): Card {
  const facts = factsOf(view, words.now);
  const instruction = clip(instructionOf(facts, words), REPORT_LIMIT);
  return {
    text: richText([heading(facts.leadName, facts.leadCompany), [struck(instruction)], [], [sentence]]),
    keyboard: [],
  };
}

/** A card whose reminder was put off elsewhere: it says until when, and another card comes then. */
export function putOffCard(view: ReminderView, words: Words, miniAppUrl: string | null): Card {
  const facts = factsOf(view, words.now);
  return {
    text: richText([
      heading(facts.leadName, facts.leadCompany),
      [clip(instructionOf(facts, words), REPORT_LIMIT)],
      [],
      [words.say('acted-snooze', { when: words.moment(facts.wantedAt, { withWeekday: true }) })],
    ]),
    keyboard: openInApp(words.say, miniAppUrl, `r${facts.id}`),
  };
}

/** One line for the toast, shorter than 200 characters, and with moments that Telegram knows for the card. */
export function whatHappened(
  deed: Deed,
  answer: ReminderActionAnswer,
  words: Words,
  when: Words['when'] = words.when,
): string {
  if (deed !== 'snooze') return words.say(`acted-${deed}`);
  const until = Temporal.Instant.from(answer.reminder.wanted_at);
  return words.say('acted-snooze', { when: when(until, { withWeekday: true }) });
}

/** The next time of what repeats; empty = it comes once, or rests. */
function comesAgain({ recurring }: ReminderView, words: Words): string {
  if (recurring?.status !== 'active' || recurring.next_at === null) return '';
  const next = Temporal.Instant.from(recurring.next_at);
  return words.say('recurring-comes-again', { when: words.when(next, { withWeekday: true }) });
}

function whatIsNext(deed: Deed, answer: ReminderActionAnswer, view: ReminderView, words: Words): string {
  const { next } = answer;
  if (next !== null) {
    const wanted = Temporal.Instant.from(next.wanted_at);
    const step = clip(oneLine(next.description ?? words.say('reminder-bare-lead')), REPORT_LIMIT);
    const late = formatLateness(wanted, words.now, words.zone, words.language);
    return late === null
      ? words.say('acted-next', { step, when: words.moment(wanted, { withWeekday: true }) })
      : words.say('acted-next-late', { step, late });
  }
  if (deed === 'snooze') return '';
  return view.lead === null || view.recurring?.status === 'active'
    ? ''
    : words.say('acted-nothing-next', { name: clip(oneLine(view.lead.name), REPORT_LIMIT) });
}
