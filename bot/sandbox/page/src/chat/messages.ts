/** The conversation: bubbles in order, the newest at the bottom and in view. */
import { h, keyedList, setText } from '../dom.ts';
import { currentPerson, messagesOf, productNow, zoneOf, type Model } from '../model.ts';
import { createBubble, type BubbleActions, type BubbleItem } from './bubble.ts';

/** Relative times in messages ("in 2 hours") are drawn anew at this pace, in milliseconds. */
const REFRESH_MS = 30_000;

export function createMessages(actions: BubbleActions) {
  const inner = h('div', {
    class: 'chat__messages',
    role: 'log',
    'aria-live': 'polite',
    'aria-relevant': 'additions text',
  });
  const welcome = h(
    'div',
    { class: 'chat__welcome' },
    h('b', {}, 'What can this bot do?'),
    h(
      'p',
      {},
      'Tell it about a lead in your own words. It makes a plan, and reminds you of each step at the right time.',
    ),
  );
  // A reversed column keeps its end in view by itself when something is added.
  const element = h('div', { class: 'chat__scroll', tabindex: '0', 'aria-label': 'Messages' }, inner);
  const bubbles = keyedList<BubbleItem>(
    inner,
    ({ message }) => `${message.chatId}/${message.messageId}`,
    (item) => createBubble(item, actions),
  );
  let last: Model | null = null;

  function draw(model: Model): void {
    last = model;
    const messages = messagesOf(model, model.personId);
    const byId = new Map(messages.map((message) => [message.messageId, message]));
    const now = productNow(model);
    const zone = zoneOf(model);
    bubbles.update(
      messages.map((message) => ({
        message,
        answered: byId.get(message.replyToMessageId ?? 0) ?? null,
        now,
        zone,
      })),
    );
    if (messages.length === 0) element.prepend(welcome);
    else welcome.remove();
    inner.setAttribute('aria-label', `Chat of ${currentPerson(model).firstName} with Nudge`);
  }

  setInterval(() => {
    if (last !== null) draw(last);
  }, REFRESH_MS);

  return {
    element,
    draw,
    /** After sending: the newest message, wherever one had scrolled to. */
    toEnd: () => {
      element.scrollTop = 0;
    },
  };
}

/** "typing" under the bot's name, else whose eyes we see the chat through. */
export function drawPeerLine(line: HTMLElement, model: Model): void {
  const person = currentPerson(model);
  const name = [person.firstName, person.lastName].filter(Boolean).join(' ');
  const typing = model.typing.has(model.personId);
  setText(line, typing ? 'typing…' : `bot, as seen by ${name}`);
  line.classList.toggle('is-accent', typing);
}
