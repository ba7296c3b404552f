/** A claim of the dispatcher as a message: one card, or one list of all rows that are due together. */
import { formatLateness } from '../../../shared/rules/words.ts';
import type { ClaimedReminder } from '../../../shared/schemas/reminder.ts';
import { cardManner } from '../../domain/reminder/delivery.ts';
import { encodeCallback } from '../callback-data.ts';
import type { Card } from '../context.ts';
import { keyboardRows } from '../keyboard-rows.ts';
import { reminderCard } from '../features/reminder/reminder-card.ts';
import { openInApp } from '../mini-app-link.ts';
import { bold, clip, oneLine, richText } from '../text/rich-text.ts';
import type { Texts } from '../text/texts.ts';
import { wordsFor, type Words } from '../text/words.ts';

/** Rows of a list with a line and a button; the rest is counted. */
const LIST_SHOWN = 10;
const LINE_LIMIT = 200;
/** Fits on a phone. */
const LABEL_LIMIT = 40;

/** @param rows of one person; more than one make a list. */
export function renderReminders(
  rows: readonly [ClaimedReminder, ...ClaimedReminder[]],
  texts: Texts,
  miniAppUrl: string | null,
): Card {
  const [row] = rows;
  const words = wordsFor(texts, row.language, row.zone, Temporal.Instant.from(row.product_now));
  return rows.length === 1 ? renderCard(row, words, miniAppUrl) : renderList(rows, words, miniAppUrl);
}

function renderCard(row: ClaimedReminder, words: Words, miniAppUrl: string | null): Card {
  const facts = {
    id: row.id,
    leadName: row.lead_name,
    leadCompany: row.lead_company,
    instruction: row.description ?? row.title,
    draft: row.draft_text,
    wantedAt: Temporal.Instant.from(row.wanted_at),
    manner: cardManner(row),
  };
  return reminderCard(facts, words, miniAppUrl);
}

function renderList(rows: readonly ClaimedReminder[], words: Words, miniAppUrl: string | null): Card {
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
    keyboard: [...keyboardRows(buttons), ...openInApp(say, miniAppUrl)],
  };
}
