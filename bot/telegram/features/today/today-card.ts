/** /today in one message: late, today, next; each line has a button that opens its card. */
import type { TodayList } from '../../../usecases/list-today.ts';
import type { ReminderLine } from '../../../usecases/ports.ts';
import type { Card } from '../../context.ts';
import { openInApp } from '../../mini-app-link.ts';
import { bold, richText } from '../../text/rich-text.ts';
import type { Words } from '../../text/words.ts';
import { listLine, openButtons } from './list-lines.ts';

/** Lines with a button; the rest is counted. Eight rows of buttons are comfortable on a phone. */
const LATE_SHOWN = 8;
const TODAY_SHOWN = 8;
const NEXT_SHOWN = 3;

/** @param restsUntil until when the person paused everything; null = they did not. */
export function todayCard(
  list: TodayList,
  words: Words,
  miniAppUrl: string | null,
  restsUntil: Temporal.Instant | null,
): Card {
  const { say } = words;
  const rests =
    restsUntil === null
      ? []
      : [[], [say('settings-paused', { when: words.when(restsUntil, { withWeekday: true }) })]];
  const shown = {
    late: list.late.slice(0, LATE_SHOWN),
    today: list.today.slice(0, TODAY_SHOWN),
    next: list.next.slice(0, NEXT_SHOWN),
  };
  const lines = [...shown.late, ...shown.today, ...shown.next];
  const paused = list.paused === 0 ? [] : [[], [say('today-paused', { count: list.paused })]];
  if (lines.length + list.paused === 0) {
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
      ...paused,
      ...rests,
    ]),
    keyboard: [...openButtons(lines), ...openInApp(say, miniAppUrl)],
  };
}
