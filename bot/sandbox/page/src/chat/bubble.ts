/** One message: quote of what it answers, text, time, and the bot's buttons. */
import type { SandboxButton, SandboxMessage } from '../../../contract.ts';
import { h, replayAnimation, setAttribute, setText } from '../dom.ts';
import { icon } from '../icons.ts';
import { bubbleTime } from '../../../when.ts';
import { renderText, type TextActions } from './entities.ts';
import { inlineKeyboard } from './keyboard.ts';

/** What a bubble is drawn from; `answered` is the message it replies to, if that is still there. */
export interface BubbleItem {
  message: SandboxMessage;
  answered: SandboxMessage | null;
  now: number;
  zone: string;
}

export interface BubbleActions extends TextActions {
  press: (messageId: number, button: SandboxButton) => Promise<void>;
  reply: (messageId: number) => void;
}

/** The part of a message that, when it changes, makes the words be drawn again. Times are told anew without that. */
function wordsFrom({ message, answered }: BubbleItem): string {
  const { text, entities, silent, editDate, draft } = message;
  return JSON.stringify([text, entities, silent, editDate, draft, answered?.text]);
}

/**
 * Words and buttons are drawn apart, each only when they changed: a click on a button that was made anew between press and
 * release is lost.
 */
export function createBubble(first: BubbleItem, actions: BubbleActions) {
  const mine = first.message.from === 'person';
  const { messageId } = first.message;
  const bubble = h('div');
  const element = h('article', { class: mine ? 'msg msg--me' : 'msg', 'data-message': messageId }, bubble);
  const time = h('time');
  let words = '';
  let buttons = '[]';
  let keyboard: HTMLElement | null = null;
  let { editDate } = first.message;
  let tellTimes: ReturnType<typeof renderText>['tellTimes'] = () => undefined;

  bubble.addEventListener('dblclick', () => {
    actions.reply(messageId);
  });
  // A finger has no hover and no double click: there a tap on the bubble itself is a reply.
  bubble.addEventListener('click', (event) => {
    const onControl =
      event.target instanceof Element && event.target.closest('button, a, [role=button]') !== null;
    if (event instanceof PointerEvent && event.pointerType === 'touch' && !onControl) {
      actions.reply(messageId);
    }
  });

  function drawWords({ message, answered }: BubbleItem): void {
    const notes = [message.silent && !mine ? 'silent' : '', message.editDate === null ? '' : 'edited'].filter(
      Boolean,
    );
    bubble.className = message.draft ? 'bub bub--draft' : 'bub';
    // The last line of text leaves room for the time and the notes before it.
    setAttribute(bubble, 'data-notes', notes.length);
    bubble.replaceChildren(
      h('span', { class: 'vh' }, mine ? 'You: ' : 'Nudge: '),
      ...(answered === null ? [] : [quoteOf(answered)]),
      bodyOf(message),
      h('span', { class: 'bub__foot' }, ...notes.map((note) => h('span', {}, note)), time),
      h(
        'button',
        {
          class: 'bub__reply',
          'aria-label': 'Reply to this message',
          title: 'Reply',
          onclick: () => actions.reply(messageId),
        },
        icon('reply', 's'),
      ),
    );
  }

  function bodyOf({ text, entities, draft }: SandboxMessage): HTMLElement {
    const drawn = renderText(text, entities, actions);
    ({ tellTimes } = drawn);
    const body = h('div', { class: 'bub__text', dir: 'auto' }, drawn.fragment);
    if (text === '') setText(body, draft ? 'Thinking…' : 'This message has no text');
    return body;
  }

  function drawButtons({ inlineKeyboard: rows }: SandboxMessage): void {
    keyboard?.remove();
    keyboard = rows.length === 0 ? null : inlineKeyboard(rows, (button) => actions.press(messageId, button));
    if (keyboard !== null) element.append(keyboard);
  }

  function update(item: BubbleItem): void {
    const { message, now, zone } = item;
    const nextWords = wordsFrom(item);
    const nextButtons = JSON.stringify(message.inlineKeyboard);
    if (nextWords !== words || nextButtons !== buttons) {
      const focused = focusPath(element);
      // Edited in place: a soft light that fades shows where.
      if (editDate !== message.editDate) replayAnimation(element, 'msg--edited');
      ({ editDate } = message);
      if (nextWords !== words) drawWords(item);
      if (nextButtons !== buttons) drawButtons(message);
      words = nextWords;
      buttons = nextButtons;
      restoreFocus(element, focused);
    }
    setAttribute(time, 'datetime', message.date);
    setText(time, bubbleTime(Date.parse(message.date), now, zone));
    tellTimes(now, zone);
  }

  update(first);
  return { element, update };
}

function quoteOf(answered: SandboxMessage): HTMLElement {
  return h(
    'span',
    { class: 'bub__answered' },
    h('b', {}, answered.from === 'bot' ? 'Nudge' : 'You'),
    h('span', {}, answered.text.split('\n', 1)[0] ?? ''),
  );
}

/** The place of the focused button, so that the focus survives buttons that are made anew after a tap. */
function focusPath(element: HTMLElement): number {
  return [...element.querySelectorAll('button, a')].findIndex((child) => child === document.activeElement);
}

function restoreFocus(element: HTMLElement, place: number): void {
  if (place < 0 || element.contains(document.activeElement)) return;
  const candidates = [...element.querySelectorAll<HTMLElement>('button, a')];
  candidates.at(Math.min(place, candidates.length - 1))?.focus({ preventScroll: true });
}
