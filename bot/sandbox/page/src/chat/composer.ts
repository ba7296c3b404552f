/** Where a person writes: text, commands, attachments, answers to a message. */
import { h, setAttribute, setText } from '../dom.ts';
import { icon } from '../icons.ts';
import { messagesOf, replyKeyboardOf, type Model, type Store } from '../model.ts';
import type { Actions } from '../actions.ts';
import { openAttachMenu, openLocationMenu } from './attach.ts';
import { createCommandList } from './commands.ts';
import { suggestionsFor } from './first-minute.ts';
import { replyKeyboard, type ReplyKey } from './keyboard.ts';

const MAX_INPUT_PX = 140;

export function createComposer(store: Store, actions: Actions, onSent: () => void) {
  const input = h('textarea', {
    class: 'composer__input',
    rows: '1',
    placeholder: 'Message',
    'aria-label': 'Message',
    autocomplete: 'off',
    dir: 'auto',
  });
  const commands = createCommandList(input, (text) => {
    void submit(text);
  });
  const send = iconButton('send', 'Send', 'composer__send');
  const slash = iconButton('slash', 'Commands');
  const attach = iconButton('attach', 'Attach');
  setAttribute(attach, 'aria-haspopup', 'menu');
  const app = h('button', { class: 'composer__app', type: 'button' });
  const answered = createAnswerBar(store);
  const keys = h('div');
  const suggestions = h('div', { class: 'suggest', role: 'group', 'aria-label': 'Things to try' });
  const row = h('div', { class: 'composer__row' }, app, attach, input, slash, send);
  const form = h(
    'form',
    { class: 'composer', 'aria-label': 'Write to Nudge' },
    commands.element,
    answered.element,
    row,
  );
  const start = h('button', { class: 'composer__start' }, 'START');
  const element = h('footer', { class: 'chat__foot' }, suggestions, form, start, keys);

  let shownKeys = '';
  let shownSuggestions = '';
  let shownPerson = 0;

  async function submit(text: string): Promise<void> {
    input.value = '';
    changed();
    onSent();
    if (await actions.send(text)) return;
    // What could not be sent is put back, unless something else was begun meanwhile.
    if (input.value === '') input.value = text;
    changed();
  }

  /** Keeps the draft, the height and the command list in step with what is typed. */
  function changed(): void {
    const { personId, drafts } = store.get();
    const next = new Map(drafts);
    if (input.value === '') next.delete(personId);
    else next.set(personId, input.value);
    store.set({ drafts: next });
    fit();
    commands.update(input.value, store.get().sandbox.commands);
  }

  function fit(): void {
    input.style.height = '';
    // One line is the default; asking a hidden field for its height would answer zero.
    if (input.value !== '') input.style.height = `${Math.min(input.scrollHeight, MAX_INPUT_PX)}px`;
    send.hidden = input.value.trim() === '';
    slash.hidden = input.value !== '';
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (input.value.trim() !== '') void submit(input.value);
  });
  input.addEventListener('input', changed);
  input.addEventListener('keydown', (event) => {
    if (commands.key(event)) return;
    if (event.key === 'Escape' && store.get().replyTo !== null) store.set({ replyTo: null });
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  slash.addEventListener('click', () => {
    input.value = '/';
    input.focus();
    changed();
  });
  attach.addEventListener('click', () => {
    openAttachMenu(attach, actions);
  });
  app.addEventListener('click', () => {
    const button = store.get().sandbox.menuButton;
    if (button !== null) actions.openApp({ url: button.url });
  });
  start.addEventListener('click', () => {
    const blocked = isBlocked(store.get());
    void (blocked ? actions.setBlocked(false) : submit('/start')).then(() => {
      input.focus();
    });
  });

  function pressKey(key: ReplyKey): void {
    if (key.request_location !== undefined) openLocationMenu(attach, actions);
    else void submit(key.text);
  }

  function drawSuggestions(model: Model): void {
    const wanted = isBlocked(model) ? [] : suggestionsFor(messagesOf(model, model.personId));
    const signature = wanted.map(({ title }) => title).join();
    if (signature === shownSuggestions) return;
    shownSuggestions = signature;
    suggestions.replaceChildren(
      ...wanted.map(({ title, hint, text }) =>
        h(
          'button',
          {
            class: 'suggest__item',
            onclick: () => {
              void submit(text);
            },
          },
          h('b', {}, title),
          h('span', {}, hint),
        ),
      ),
    );
  }

  function draw(model: Model): void {
    if (model.personId !== shownPerson) {
      shownPerson = model.personId;
      input.value = model.drafts.get(model.personId) ?? '';
      fit();
      commands.update('', []);
    }
    const fresh = messagesOf(model, model.personId).length === 0;
    const blocked = isBlocked(model);
    form.hidden = fresh || blocked;
    start.hidden = !form.hidden;
    setText(start, blocked ? 'Unblock and start again' : 'START');
    drawSuggestions(model);
    setText(app, model.sandbox.menuButton?.text ?? '');
    app.hidden = model.sandbox.menuButton === null;
    answered.draw(model, input);
    const keyRows = form.hidden ? [] : replyKeyboardOf(model);
    if (JSON.stringify(keyRows) === shownKeys) return;
    shownKeys = JSON.stringify(keyRows);
    keys.replaceChildren(...(keyRows.length === 0 ? [] : [replyKeyboard(keyRows, pressKey)]));
  }

  return { element, draw };
}

function iconButton(name: Parameters<typeof icon>[0], label: string, extra = ''): HTMLButtonElement {
  const type = extra === '' ? 'button' : 'submit';
  return h(
    'button',
    { class: `iconbtn ${extra}`.trim(), type, 'aria-label': label, title: label },
    icon(name),
  );
}

function isBlocked(model: Model): boolean {
  return model.sandbox.people.find(({ id }) => id === model.personId)?.hasBlockedBot ?? false;
}

/** The message being answered, above the input, with a way out. */
function createAnswerBar(store: Store) {
  const who = h('b');
  const words = h('span');
  const drop = h(
    'button',
    {
      class: 'iconbtn',
      type: 'button',
      'aria-label': 'Do not reply to this message',
      onclick: () => {
        store.set({ replyTo: null });
      },
    },
    icon('close', 's'),
  );
  const element = h(
    'div',
    { class: 'answer', hidden: true },
    icon('reply', 's'),
    h('div', {}, who, words),
    drop,
  );
  let shown: number | null = null;
  return {
    element,
    draw(model: Model, input: HTMLElement) {
      const message = messagesOf(model, model.personId).find(({ messageId }) => messageId === model.replyTo);
      element.hidden = message === undefined;
      setText(who, message?.from === 'person' ? 'You' : 'Nudge');
      setText(words, message?.text.split('\n', 1)[0] ?? '');
      if (model.replyTo !== null && model.replyTo !== shown) input.focus();
      shown = model.replyTo;
    },
  };
}
