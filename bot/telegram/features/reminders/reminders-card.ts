/** /reminders: every open reminder, a page at a time; each line has a button that opens its card. */
import type { ReminderPage } from '../../../usecases/list-reminders.ts';
import { encodeCallback } from '../../callback-data.ts';
import type { Card, Keyboard } from '../../context.ts';
import { openInApp } from '../../mini-app-link.ts';
import { bold, richText } from '../../text/rich-text.ts';
import type { Words } from '../../text/words.ts';
import { listLine, openButtons } from '../today/list-lines.ts';

export function remindersCard(list: ReminderPage, words: Words, miniAppUrl: string | null): Card {
  const { say } = words;
  if (list.lines.length === 0) {
    return { text: richText([[bold(say('today-empty'))], [say('today-empty-hint')]]), keyboard: [] };
  }
  const title =
    list.page > 1 || list.hasNext ? say('reminders-page', { page: list.page }) : say('reminders-title');
  return {
    text: richText([[bold(title)], ...list.lines.map((line, index) => listLine(line, index + 1, words))]),
    keyboard: [...openButtons(list.lines), ...pageButtons(list, words), ...openInApp(say, miniAppUrl)],
  };
}

function pageButtons({ page, hasNext }: ReminderPage, { say }: Words): Keyboard {
  const to = (label: 'button-earlier' | 'button-later', target: number) => ({
    text: say(label),
    callback_data: encodeCallback({ verb: 'reminders', page: target }),
  });
  const row = [
    ...(page > 1 ? [to('button-earlier', page - 1)] : []),
    ...(hasNext ? [to('button-later', page + 1)] : []),
  ];
  return row.length === 0 ? [] : [row];
}
