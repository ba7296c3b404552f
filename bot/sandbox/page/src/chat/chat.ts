/** One chat: the bot's name and menu on top, the messages, the place to write. */
import type { Actions } from '../actions.ts';
import { h } from '../dom.ts';
import { icon } from '../icons.ts';
import { currentPerson, type Model, type Store } from '../model.ts';
import { openMenu } from '../overlay/menu.ts';
import { createComposer } from './composer.ts';
import { createMessages, drawPeerLine } from './messages.ts';

export function createChat(store: Store, actions: Actions) {
  const messages = createMessages({
    send: (text) => {
      void actions.send(text);
    },
    openLink: actions.openLink,
    copy: (text) => {
      void actions.copy(text);
    },
    press: actions.press,
    reply: (messageId) => {
      store.set({ replyTo: messageId });
    },
  });
  const composer = createComposer(store, actions, messages.toEnd);
  const line = h('span', { class: 'caption dim', 'aria-live': 'polite' });
  const back = h(
    'button',
    {
      class: 'iconbtn chat__back',
      'aria-label': 'Back to the list of people',
      onclick: () => {
        store.set({ listShown: true });
      },
    },
    icon('back'),
  );
  const more = h('button', { class: 'iconbtn', 'aria-label': 'More', 'aria-haspopup': 'menu' }, icon('dots'));
  more.addEventListener('click', () => {
    openChatMenu(more, store.get(), actions);
  });
  const peer = h(
    'header',
    { class: 'chat__peer' },
    back,
    h('span', { class: 'ava ava--6 ava--s', 'aria-hidden': 'true' }, 'N'),
    h('div', {}, h('h2', {}, 'Nudge'), line),
    more,
  );
  const element = h(
    'section',
    { class: 'chat', 'aria-label': 'Chat' },
    peer,
    messages.element,
    composer.element,
  );

  function draw(model: Model): void {
    drawPeerLine(line, model);
    messages.draw(model);
    composer.draw(model);
  }

  return { element, draw };
}

function openChatMenu(button: HTMLElement, model: Model, actions: Actions): void {
  const person = currentPerson(model);
  openMenu(button, 'Chat', [
    {
      text: 'Open the mini-app',
      icon: 'phone',
      choose: () => {
        actions.openApp();
      },
    },
    {
      text: 'Read the transcript',
      hint: 'What was said and tapped, line by line',
      icon: 'rows',
      choose: () => {
        actions.openTranscript('read');
      },
    },
    {
      text: 'Save the transcript',
      icon: 'down',
      choose: () => {
        actions.openTranscript('save');
      },
    },
    person.hasBlockedBot
      ? {
          text: 'Unblock the bot',
          hint: `As ${person.firstName} would in Telegram`,
          icon: 'chat',
          choose: () => void actions.setBlocked(false),
        }
      : {
          text: 'Block the bot',
          hint: 'See what happens to the reminders',
          icon: 'close',
          danger: true,
          choose: () => void actions.setBlocked(true),
        },
  ]);
}
