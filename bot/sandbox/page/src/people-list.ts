/** The demo people whose phones one can look at: newest news, unread count, one search field. */
import type { SandboxPerson } from '../../contract.ts';
import type { Actions } from './actions.ts';
import { h, keyedList, setAttribute, setText } from './dom.ts';
import { icon } from './icons.ts';
import { messagesOf, productNow, unreadIn, zoneOf, type Model, type Store } from './model.ts';
import { listTime } from '../../when.ts';

const AVATAR_COLOURS = 7;

interface Item {
  person: SandboxPerson;
  colour: number;
  model: Model;
}

export function createPeopleList(store: Store, actions: Actions) {
  const input = h('input', { type: 'search', placeholder: 'Search', 'aria-label': 'Search people' });
  input.addEventListener('input', () => {
    store.set({ search: input.value });
  });
  const list = h('ul', { class: 'people__list' });
  const nobody = h('p', { class: 'people__none dim' });
  const element = h(
    'nav',
    { class: 'people', 'aria-label': 'People' },
    h('label', { class: 'search' }, icon('search', 's'), input),
    list,
    nobody,
  );
  const rows = keyedList<Item>(
    list,
    ({ person }) => String(person.id),
    (item) => createRow(item, actions),
  );
  list.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    const buttons = [...list.querySelectorAll('button')];
    buttons
      .at((buttons.findIndex((button) => button === document.activeElement) + step) % buttons.length)
      ?.focus();
    event.preventDefault();
  });

  function draw(model: Model): void {
    const wanted = model.search.trim().toLowerCase();
    const items = model.sandbox.people
      .map((person, index) => ({ person, colour: (index % AVATAR_COLOURS) + 1, model }))
      .filter(({ person }) => nameOf(person).toLowerCase().includes(wanted));
    rows.update(items);
    setText(nobody, items.length === 0 ? `Nobody is called “${model.search.trim()}”` : '');
  }

  return { element, draw };
}

function nameOf({ firstName, lastName }: SandboxPerson): string {
  return lastName === undefined ? firstName : `${firstName} ${lastName}`;
}

function createRow(first: Item, actions: Actions) {
  const name = h('b');
  const time = h('time');
  const words = h('span', { class: 'cl__words' });
  const badge = h('span', { class: 'cl__badge' });
  let { person } = first;
  const button = h(
    'button',
    {
      class: 'cl',
      onclick: () => {
        actions.showPerson(person);
      },
    },
    h('span', { class: `ava ava--${first.colour}`, 'aria-hidden': 'true' }, initials(person)),
    h(
      'span',
      { class: 'cl__main' },
      h('span', { class: 'cl__top' }, name, time),
      h('span', { class: 'cl__line' }, words, badge),
    ),
  );

  function update({ person: current, model }: Item): void {
    person = current;
    const last = messagesOf(model, current.id).at(-1);
    const draft = current.id === model.personId ? undefined : model.drafts.get(current.id);
    const unread = unreadIn(model, current.id);
    setText(name, nameOf(current));
    setText(
      time,
      last === undefined ? '' : listTime(Date.parse(last.date), productNow(model), zoneOf(model)),
    );
    setText(words, lineOf(model, current, last?.text, draft));
    words.classList.toggle('is-late', draft !== undefined || current.hasBlockedBot);
    setText(badge, unread === 0 ? '' : String(unread));
    setAttribute(badge, 'aria-label', unread === 0 ? null : `${unread} unread`);
    setAttribute(button, 'aria-current', current.id === model.personId ? 'true' : null);
  }

  update(first);
  return { element: h('li', {}, button), update };
}

function lineOf(
  model: Model,
  person: SandboxPerson,
  last: string | undefined,
  draft: string | undefined,
): string {
  if (person.hasBlockedBot) return 'Has blocked the bot';
  if (model.typing.has(person.id)) return 'typing…';
  if (draft !== undefined) return `Draft: ${draft}`;
  return (last ?? person.blurb).replaceAll('\n', ' ');
}

const letters = new Intl.Segmenter();

function firstLetters(word: string, count: number): string {
  const found = Array.from(letters.segment(word), ({ segment }) => segment);
  return found.slice(0, count).join('').toUpperCase();
}

function initials({ firstName, lastName }: SandboxPerson): string {
  return lastName === undefined
    ? firstLetters(firstName, 2)
    : firstLetters(firstName, 1) + firstLetters(lastName, 1);
}
