/** /leads and /plans: a page of leads; each line has a button that opens its card. */
import { formatLateness } from '../../../../shared/rules/words.ts';
import type { LeadLine } from '../../../../shared/contracts/lead-pages.ts';
import { BIN_DAYS, type LeadList, type LeadShelf } from '../../../usecases/list-leads.ts';
import { CALLBACK_LIMIT_BYTES, encodeCallback } from '../../callback-data.ts';
import type { Card, Keyboard } from '../../context.ts';
import { keyboardRows } from '../../keyboard-rows.ts';
import { openInApp } from '../../mini-app-link.ts';
import { bold, clip, oneLine, richText, type Piece } from '../../text/rich-text.ts';
import type { Words } from '../../text/words.ts';

/** UTF-16 units. */
const LINE_LIMIT = 140;
const LABEL_LIMIT = 30;
/** What a page button needs besides the words: `1:lp:plans:999:`. */
const ROOM_FOR_WORDS_BYTES = CALLBACK_LIMIT_BYTES - 16;

export function leadsCard(list: LeadList, words: Words, miniAppUrl: string | null): Card {
  const { say } = words;
  const sought = list.words === '' ? null : say('leads-sought', { words: list.words });
  const paged = list.pages > 1 ? say('leads-page', { page: list.page, pages: list.pages }) : null;
  const title = [say(`leads-${list.shelf}`), sought, paged].filter(Boolean).join(' · ');
  const numbered = list.lines.map((line, index) => leadLine(line, index + 1, list.shelf, words));
  const nobody = list.words === '' ? say(`leads-none-${list.shelf}`) : say('leads-none-found');
  return {
    text: richText([[bold(title)], ...(numbered.length === 0 ? [[nobody]] : numbered)]),
    keyboard: [
      ...leadButtons(list.lines),
      ...pageButtons(list, words),
      ...shelfButtons(list, words),
      ...openInApp(say, miniAppUrl),
    ],
  };
}

/** The words of a search as a page button can carry them: on one line, without the sign that parts a button's data. */
export function searchWords(typed: string): string {
  let kept = '';
  for (const character of oneLine(typed.replaceAll(':', ' '))) {
    if (Buffer.byteLength(kept + character) > ROOM_FOR_WORDS_BYTES) break;
    kept += character;
  }
  return kept.trim();
}

function leadLine(lead: LeadLine, number: number, shelf: LeadShelf, words: Words): readonly Piece[] {
  const who = [lead.name, lead.company ?? ''].map(oneLine).filter(Boolean).join(' · ');
  return [`${number}. ${clip(who, LINE_LIMIT)} (${detail(lead, shelf, words)})`];
}

function detail(lead: LeadLine, shelf: LeadShelf, { say, when, now, zone, language }: Words): string {
  if (shelf === 'bin') {
    const until = Temporal.Instant.from(lead.deleted_at ?? now.toString()).add({ hours: 24 * BIN_DAYS });
    return say('leads-restorable', { when: when(until) });
  }
  const next = lead.next === null ? null : Temporal.Instant.from(lead.next.wanted_at);
  const waits = lead.paused_at === null ? null : say('list-paused');
  const due = next === null ? waits : (formatLateness(next, now, zone, language) ?? when(next));
  const behind = lead.marks.replace(/[^ds]/g, '').length;
  const progress =
    shelf === 'plans' ? say('leads-progress', { done: behind, count: lead.marks.length }) : null;
  return [say(`status-${lead.status}`), progress, due].filter((piece) => piece !== null).join(', ');
}

function leadButtons(lines: readonly LeadLine[]): Keyboard {
  return keyboardRows(
    lines.map((line, index) => ({
      text: clip(`${index + 1}. ${oneLine(line.name)}`, LABEL_LIMIT),
      callback_data: encodeCallback({ verb: 'leadOpen', id: line.id }),
    })),
  );
}

function pageButtons({ shelf, page, pages, words: sought }: LeadList, { say }: Words): Keyboard {
  const to = (label: 'button-earlier' | 'button-later', target: number) => ({
    text: say(label),
    callback_data: encodeCallback({ verb: 'leads', shelf, page: target, words: sought }),
  });
  const row = [
    ...(page > 1 ? [to('button-earlier', page - 1)] : []),
    ...(page < pages ? [to('button-later', page + 1)] : []),
  ];
  return row.length === 0 ? [] : [row];
}

/** The way into the bin while something is in it, and out of it. */
function shelfButtons({ shelf, inBin }: LeadList, { say }: Words): Keyboard {
  if (shelf === 'bin') {
    const back = encodeCallback({ verb: 'leads', shelf: 'all', page: 1, words: '' });
    return [[{ text: say('button-all-leads'), callback_data: back }]];
  }
  if (inBin === 0) return [];
  const bin = encodeCallback({ verb: 'leads', shelf: 'bin', page: 1, words: '' });
  return [[{ text: say('button-bin', { count: inBin }), callback_data: bin }]];
}
