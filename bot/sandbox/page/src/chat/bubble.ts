/** One message: quote of what it answers, text, time, and the bot's buttons. Redrawn only when it changed. */
import type { SandboxButton, SandboxMessage } from '../../../contract.ts';
import { h, replayAnimation, setText } from '../dom.ts';
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

/** The part of a message that, when it changes, makes the bubble be drawn again. */
function drawnFrom({ message, answered, zone }: BubbleItem): string {
  return JSON.stringify([message, answered?.text, zone]);
}

export function createBubble(first: BubbleItem, actions: BubbleActions) {
  const mine = first.message.from === 'person';
  const element = h('article', {
    class: mine ? 'msg msg--me' : 'msg',
    'data-message': first.message.messageId,
  });
  let drawn = '';
  let { editDate } = first.message;
  let time = h('time');

  function draw(item: BubbleItem): void {
    const { message, answered } = item;
    time = h('time', { datetime: message.date });
    const notes = [message.silent && !mine ? 'silent' : '', message.editDate === null ? '' : 'edited'].filter(
      Boolean,
    );
    const bubble = h(
      'div',
      // The last line of text leaves room for the time and the notes before it.
      { class: message.draft ? 'bub bub--draft' : 'bub', 'data-notes': notes.length },
      h('span', { class: 'vh' }, mine ? 'You: ' : 'Nudge: '),
      answered === null ? null : quoteOf(answered),
      bodyOf(item),
      h('span', { class: 'bub__foot' }, ...notes.map((note) => h('span', {}, note)), time),
      h(
        'button',
        {
          class: 'bub__reply',
          'aria-label': 'Reply to this message',
          title: 'Reply',
          onclick: () => actions.reply(message.messageId),
        },
        icon('reply', 's'),
      ),
    );
    bubble.addEventListener('dblclick', () => {
      actions.reply(message.messageId);
    });
    // A finger has no hover and no double click: there a tap on the bubble itself is a reply.
    bubble.addEventListener('click', (event) => {
      const onControl =
        event.target instanceof Element && event.target.closest('button, a, [role=button]') !== null;
      if (event instanceof PointerEvent && event.pointerType === 'touch' && !onControl) {
        actions.reply(message.messageId);
      }
    });
    element.replaceChildren(
      bubble,
      ...(message.inlineKeyboard.length === 0
        ? []
        : [inlineKeyboard(message.inlineKeyboard, (button) => actions.press(message.messageId, button))]),
    );
  }

  function bodyOf({ message, now, zone }: BubbleItem): HTMLElement {
    const body = h('div', { class: 'bub__text', dir: 'auto' });
    if (message.text === '') setText(body, message.draft ? 'Thinking…' : 'This message has no text');
    else body.append(renderText(message.text, message.entities, { ...actions, now, zone }));
    return body;
  }

  function update(item: BubbleItem): void {
    const next = drawnFrom(item);
    if (next !== drawn) {
      const focused = focusPath(element);
      // Edited in place: a soft light that fades shows where.
      if (drawn !== '' && editDate !== item.message.editDate) replayAnimation(element, 'msg--edited');
      drawn = next;
      editDate = item.message.editDate;
      draw(item);
      restoreFocus(element, focused);
    }
    setText(time, bubbleTime(Date.parse(item.message.date), item.now, item.zone));
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

/** The place of the focused button, so that the focus survives a card that is drawn anew after a tap. */
function focusPath(element: HTMLElement): number {
  return [...element.querySelectorAll('button, a')].findIndex((child) => child === document.activeElement);
}

function restoreFocus(element: HTMLElement, place: number): void {
  if (place < 0) return;
  const candidates = [...element.querySelectorAll<HTMLElement>('button, a')];
  candidates.at(Math.min(place, candidates.length - 1))?.focus({ preventScroll: true });
}
