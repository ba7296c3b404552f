/** /today in one message: late, today, next; each line has a button that opens its card. */
import { formatLateness } from '../../../../shared/rules/words.ts';
import type { TodayList } from '../../../usecases/list-today.ts';
import type { ReminderLine } from '../../../usecases/ports.ts';
import { encodeCallback } from '../../callback-data.ts';
import type { Card, Keyboard } from '../../context.ts';
import { keyboardRows } from '../../keyboard-rows.ts';
import { openInApp } from '../../mini-app-link.ts';
import { bold, clip, oneLine, richText, type Piece } from '../../text/rich-text.ts';
import type { Words } from '../../text/words.ts';

/** Lines with a button; the rest is counted. Eight rows of buttons are comfortable on a phone. */
const LATE_SHOWN = 8;
const TODAY_SHOWN = 8;
const NEXT_SHOWN = 3;
const BUTTONS_SHOWN = 10;
const LINE_LIMIT = 160;
/** Fits on a phone beside its number. */
const LABEL_LIMIT = 40;

export function todayCard(list: TodayList, words: Words, miniAppUrl: string | null): Card {
  const { say } = words;
  const shown = {
    late: list.late.slice(0, LATE_SHOWN),
    today: list.today.slice(0, TODAY_SHOWN),
    next: list.next.slice(0, NEXT_SHOWN),
  };
  const lines = [...shown.late, ...shown.today, ...shown.next];
  if (lines.length === 0) {
    return { text: richText([[bold(say('today-empty'))], [say('today-empty-hint')]]), keyboard: [] };
  }
  const numbers = new Map(lines.map((line, index) => [line.reminder.id, index + 1]));
  const section = (title: string, all: readonly ReminderLine[], some: readonly ReminderLine[]) =>
    some.length === 0
      ? []
      : [
          [],
          [bold(say(title, { count: all.length }))],
          ...some.map((line) => listLine(line, numbers.get(line.reminder.id) ?? 0, words)),
          all.length > some.length ? [say('list-more', { count: all.length - some.length })] : null,
        ];
  return {
    text: richText([
      list.late.length + list.today.length === 0 ? [bold(say('today-clear'))] : null,
      ...section('today-late', list.late, shown.late),
      ...section('today-today', list.today, shown.today),
      ...section('today-next', list.next, shown.next),
    ]),
    keyboard: [...openButtons(lines), ...openInApp(say, miniAppUrl)],
  };
}

function listLine(line: ReminderLine, number: number, words: Words): readonly Piece[] {
  const wanted = Temporal.Instant.from(line.reminder.wanted_at);
  const late = formatLateness(wanted, words.now, words.zone, words.language);
  const step = oneLine(line.step?.description ?? line.reminder.title ?? '');
  const name = oneLine(line.lead?.name ?? '');
  const when = late ?? words.when(wanted);
  const what = [name, step].filter(Boolean).join(': ') || words.say('reminder-bare');
  return [`${number}. ${clip(what, LINE_LIMIT)} (${when})`];
}

function openButtons(lines: readonly ReminderLine[]): Keyboard {
  const buttons = lines.slice(0, BUTTONS_SHOWN).map((line, index) => ({
    text: `${index + 1}. ${clip(oneLine(line.lead?.name ?? line.reminder.title ?? '…') || '…', LABEL_LIMIT)}`,
    callback_data: encodeCallback({ verb: 'open', id: line.reminder.id }),
  }));
  return keyboardRows(buttons);
}
