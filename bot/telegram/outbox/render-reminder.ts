/** A claim of the dispatcher as a message: one card, or one list of all rows that are due together. */
import { formatLateness } from '../../../shared/rules/words.ts';
import type { ClaimedReminder } from '../../../shared/schemas/reminder.ts';
import type { Language } from '../../../shared/schemas/user.ts';
import { cardManner } from '../../domain/reminder/delivery.ts';
import { encodeCallback } from '../callback-data.ts';
import { keyboardRows } from '../keyboard-rows.ts';
import { reminderButtons, reminderText } from '../features/reminder/reminder-card.ts';
import { openInApp } from '../mini-app-link.ts';
import { bold, clip, oneLine, richText, type RichText } from '../text/rich-text.ts';
import { languageOf, type Texts } from '../text/texts.ts';
import { wordsFor, type Words } from '../text/words.ts';

/** Rows of a list with a line and a button; the rest is counted. */
const LIST_SHOWN = 10;
const LINE_LIMIT = 200;
/** Fits on a phone. */
const LABEL_LIMIT = 40;
/** Stands for a reminder's id where buttons are written ahead: as long as an id may be, and nowhere else in them. */
const ANY_ID = 798_318_946_275_503;

/** A message as it leaves: the buttons are written already. */
export interface Letter {
  readonly text: RichText;
  /** `inline_keyboard` as JSON. */
  readonly keyboard: string;
}

/** @param rows of one person; more than one make a list. */
type RenderReminders = (rows: readonly [ClaimedReminder, ...ClaimedReminder[]]) => Letter;

/**
 * Thousands of cards a second must cost little: the buttons of two cards in one language differ in the reminder's id alone
 * and are written once, and people of one zone share their words as long as the claim's instant does.
 */
export function createReminderRenderer(texts: Texts, miniAppUrl: string | null): RenderReminders {
  const wordsOf = rememberWords(texts);
  const buttons = new Map<Language, readonly string[]>();
  const buttonsOf = (row: ClaimedReminder): string => {
    const language = languageOf(row.language);
    let parts = buttons.get(language);
    if (parts === undefined) {
      const keyboard = reminderButtons({ id: ANY_ID }, texts(language), miniAppUrl);
      parts = JSON.stringify(keyboard).split(String(ANY_ID));
      buttons.set(language, parts);
    }
    let [json = ''] = parts;
    for (let next = 1; next < parts.length; next += 1) json += `${row.id}${parts[next]}`;
    return json;
  };
  return (rows) => {
    const [row] = rows;
    const words = wordsOf(row);
    return rows.length === 1
      ? { text: cardText(row, words), keyboard: buttonsOf(row) }
      : renderList(rows, words, miniAppUrl);
  };
}

function rememberWords(texts: Texts): (row: ClaimedReminder) => Words {
  let told = '';
  let now = Temporal.Instant.fromEpochMilliseconds(0);
  const known = new Map<string, Words>();
  return ({ product_now: at, language, zone }) => {
    if (at !== told) {
      [told, now] = [at, Temporal.Instant.from(at)];
      known.clear();
    }
    const key = `${language} ${zone}`;
    let words = known.get(key);
    if (words === undefined) {
      words = wordsFor(texts, language, zone, now);
      known.set(key, words);
    }
    return words;
  };
}

function cardText(row: ClaimedReminder, words: Words): RichText {
  const manner = cardManner(row);
  const facts = {
    leadName: row.lead_name,
    leadCompany: row.lead_company,
    instruction: row.description ?? row.title,
    draft: row.draft_text,
    wantedAt: manner.saysLate ? Temporal.Instant.from(row.wanted_at) : null,
    manner,
  };
  return reminderText(facts, words);
}

function renderList(rows: readonly ClaimedReminder[], words: Words, miniAppUrl: string | null): Letter {
  const { say } = words;
  const shown = rows.slice(0, LIST_SHOWN);
  const lines = shown.map((row, index) => {
    const wanted = Temporal.Instant.from(row.wanted_at);
    const late = formatLateness(wanted, words.now, words.zone, words.language);
    const parts = [row.lead_name, row.description ?? row.title].map((part) => oneLine(part ?? ''));
    const what = parts.filter(Boolean).join(': ') || say('reminder-bare');
    return [`${index + 1}. ${clip(what, LINE_LIMIT)} (${late ?? words.when(wanted)})`];
  });
  const buttons = shown.map((row, index) => ({
    text: `${index + 1}. ${clip(oneLine(row.lead_name ?? row.title ?? '') || '…', LABEL_LIMIT)}`,
    callback_data: encodeCallback({ verb: 'open', id: row.id }),
  }));
  return {
    text: richText([
      rows.some((row) => row.in_doubt) ? [say('reminder-sent-again')] : null,
      [bold(say('reminder-list-title', { count: rows.length }))],
      ...lines,
      rows.length > shown.length ? [say('list-more', { count: rows.length - shown.length })] : null,
    ]),
    keyboard: JSON.stringify([...keyboardRows(buttons), ...openInApp(say, miniAppUrl)]),
  };
}
