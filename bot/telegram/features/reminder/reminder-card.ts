/** A reminder as a message: what to do, the draft to do it with, and when it was wanted if that is past. */
import { foldedDraft } from '../../../../shared/rules/draft-preview.ts';
import { formatLateness } from '../../../../shared/rules/words.ts';
import type { CardManner } from '../../../domain/reminder/delivery.ts';
import type { Card, Keyboard } from '../../context.ts';
import { encodeCallback } from '../../callback-data.ts';
import { openInApp } from '../../mini-app-link.ts';
import {
  bold,
  clean,
  clip,
  folded,
  MESSAGE_LIMIT,
  oneLine,
  richText,
  type Lines,
  type Piece,
  type RichText,
} from '../../text/rich-text.ts';
import type { Say } from '../../text/texts.ts';
import type { Words } from '../../text/words.ts';

/** What a card shows, from a claim of the dispatcher or from the person's own row. */
export interface ReminderFacts {
  readonly id: number;
  readonly leadName: string | null;
  readonly leadCompany: string | null;
  /** The step as an instruction; null = a bare reminder without words. */
  readonly instruction: string | null;
  readonly draft: string | null;
  readonly wantedAt: Temporal.Instant;
  readonly manner: CardManner;
  /** The rule it comes again by; absent = it comes once, or nobody asked. */
  readonly recurringId?: number | null;
}

/** Room for names: longer ones are cut, the mini-app shows them whole. UTF-16 units. */
const HEADING_LIMIT = 200;
const INSTRUCTION_LIMIT = 1000;
/** A draft no longer than this fits beside the longest other lines. UTF-16 units. */
const SURELY_FITS = MESSAGE_LIMIT - HEADING_LIMIT - INSTRUCTION_LIMIT - 1000;

/** Each time it comes back it asks better, never harder. */
const TONE_SENTENCES = { still_on: 'reminder-still-on', last_before_rest: 'reminder-last' } as const;

/** The card with its own buttons. */
export function reminderCard(facts: ReminderFacts, words: Words, miniAppUrl: string | null): Card {
  return {
    text: reminderText(facts, words),
    keyboard: reminderButtons(facts, words.say, miniAppUrl),
  };
}

/** What a card's words are made of; an instant that is not told need not be there. */
type TextFacts = Omit<ReminderFacts, 'id' | 'wantedAt'> & { readonly wantedAt: Temporal.Instant | null };

/** What the card says. */
export function reminderText(facts: TextFacts, words: Words): RichText {
  const { say } = words;
  const before: (readonly Piece[] | null)[] = [
    facts.manner.opening === 'sent_again' ? [say('reminder-sent-again')] : null,
    heading(facts.leadName, facts.leadCompany),
    [clip(instructionOf(facts, words), INSTRUCTION_LIMIT)],
  ];
  const late = lateness(facts, words);
  const after: (readonly Piece[] | null)[] = [
    late === null ? null : [late],
    facts.manner.tone === 'first' ? null : [say(TONE_SENTENCES[facts.manner.tone])],
  ];
  return richText([...before, draftLine(facts.draft, before, after), ...after]);
}

/** Name and company as a heading; null when neither is known. */
export function heading(name: string | null, company: string | null): readonly Piece[] | null {
  const parts = [name, company === name ? null : company].map((part) => oneLine(part ?? '')).filter(Boolean);
  return parts.length === 0 ? null : [bold(clip(parts.join(' · '), HEADING_LIMIT))];
}

/** What to do, in one line. */
export function instructionOf(facts: Pick<ReminderFacts, 'instruction' | 'leadName'>, words: Words): string {
  const instruction = oneLine(facts.instruction ?? '');
  if (instruction !== '') return instruction;
  return words.say(facts.leadName === null ? 'reminder-bare' : 'reminder-bare-lead');
}

/** Done, Snooze, Skip, Cancel, the story behind it and the way into the app. */
export function reminderButtons(
  { id, recurringId }: Pick<ReminderFacts, 'id' | 'recurringId'>,
  say: Say,
  miniAppUrl: string | null,
): Keyboard {
  return [
    [
      { text: say('button-done'), callback_data: encodeCallback({ verb: 'done', id }) },
      { text: say('button-snooze'), callback_data: encodeCallback({ verb: 'snoozeMenu', id }) },
    ],
    [
      { text: say('button-skip'), callback_data: encodeCallback({ verb: 'skip', id }) },
      { text: say('button-cancel'), callback_data: encodeCallback({ verb: 'cancel', id }), style: 'danger' },
    ],
    [
      { text: say('why-now'), callback_data: encodeCallback({ verb: 'why', id }) },
      ...openInApp(say, miniAppUrl, `r${id}`).flat(),
    ],
    ...recurringButton(recurringId ?? null, say),
  ];
}

/** The way to the rule a reminder comes again by, as a row of a keyboard. */
export function recurringButton(id: number | null, say: Say): Keyboard {
  if (id === null) return [];
  return [[{ text: say('button-recurring'), callback_data: encodeCallback({ verb: 'recurOpen', id }) }]];
}

/** The draft takes whatever room the other lines leave. */
function draftLine(draft: string | null, ...others: readonly Lines[]): readonly Piece[] | null {
  const text = foldedDraft(clean(draft ?? ''));
  if (text === '') return null;
  // Measured only where it may matter: nearly every draft is far from the limit.
  if (text.length <= SURELY_FITS) return [folded(text)];
  const taken = richText(others.flat()).text.length + 1;
  return [folded(clip(text, MESSAGE_LIMIT - taken))];
}

function lateness({ manner, wantedAt }: TextFacts, words: Words): string | null {
  if (!manner.saysLate || wantedAt === null) return null;
  const late = formatLateness(wantedAt, words.now, words.zone, words.language);
  return late === null ? null : words.say('reminder-late', { late, when: words.moment(wantedAt) });
}
