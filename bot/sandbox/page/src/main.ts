/** Puts the page together: fetch the state, draw it, keep it live. */
import type { SandboxState } from '../../contract.ts';
import { createActions, type Actions } from './actions.ts';
import { fetchState } from './api.ts';
import { createBar } from './bar.ts';
import { createChat } from './chat/chat.ts';
import { h, setAttribute } from './dom.ts';
import { createDrawer } from './drawer.ts';
import { icon } from './icons.ts';
import { startLive } from './live.ts';
import { createStore, messagesOf, unreadIn, type Model, type Pane, type Store } from './model.ts';
import { createToast } from './overlay/toast.ts';
import { createPeopleList } from './people-list.ts';
import { createPhone } from './phone/phone.ts';
import { loadMemory, saveMemory } from './memory.ts';
import { initialTheme, onSystemTheme, showTheme } from './theme.ts';

function firstModel(sandbox: SandboxState): Model {
  const memory = loadMemory();
  const known = sandbox.people.some(({ id }) => id === memory.personId);
  return {
    sandbox,
    clockReadAt: Date.now(),
    faultsReadAt: Date.now(),
    rows: null,
    personId: known ? memory.personId : (sandbox.people[0]?.id ?? 0),
    connected: false,
    seen: memory.seen,
    typing: new Set(),
    replyTo: null,
    drafts: new Map(),
    search: '',
    pane: 'chat',
    listShown: !known,
    drawerOpen: memory.drawerOpen,
    drawerTab: 'Reminders',
    theme: initialTheme(),
  };
}

const PANES: readonly { pane: Pane; text: string; picture: 'chat' | 'phone' | 'rows' }[] = [
  { pane: 'chat', text: 'Chat', picture: 'chat' },
  { pane: 'app', text: 'App', picture: 'phone' },
  { pane: 'rows', text: 'Rows', picture: 'rows' },
];

/** On narrow screens: which pane fills the screen. */
function createPaneSwitch(store: Store) {
  const buttons = PANES.map(({ pane, text, picture }) => {
    const button = h('button', { class: 'panes__item' }, icon(picture), text);
    button.addEventListener('click', () => {
      store.set({ pane, ...(pane === 'rows' ? { drawerOpen: true } : {}) });
    });
    return { pane, button };
  });
  const element = h('nav', { class: 'panes', 'aria-label': 'Panes' }, ...buttons.map(({ button }) => button));
  return {
    element,
    draw(model: Model) {
      for (const { pane, button } of buttons) {
        setAttribute(button, 'aria-current', pane === model.pane ? 'true' : null);
      }
    },
  };
}

function drawPage(page: HTMLElement, model: Model): void {
  page.dataset['pane'] = model.pane;
  page.dataset['list'] = model.listShown ? 'shown' : 'hidden';
  page.dataset['drawer'] = model.drawerOpen ? 'open' : 'closed';
  showTheme(model.theme);
  saveMemory(model);
  const unread = model.sandbox.people.reduce((sum, { id }) => sum + unreadIn(model, id), 0);
  document.title = unread === 0 ? 'Nudge sandbox' : `(${unread}) Nudge sandbox`;
}

async function start(page: HTMLElement): Promise<void> {
  showTheme(initialTheme());
  const store = createStore(firstModel(await fetchState()));
  const toast = createToast();
  // Actions need the phone and the phone needs actions: the phone gets them by name, when they are used.
  let actions: Actions | null = null;
  const report = (problem: unknown) => actions?.report(problem);
  const live = startLive(store, report);
  const phone = createPhone(store, { openLink: (url) => actions?.openLink(url), report });
  actions = createActions({ store, live, toast, launchApp: phone.launch });

  const parts = [
    createBar(store, actions),
    createPeopleList(store, actions),
    createChat(store, actions),
    phone,
    createDrawer(store),
    createPaneSwitch(store),
  ];
  page.replaceChildren(...parts.map(({ element }) => element), toast.element);
  store.subscribe((model) => {
    drawPage(page, model);
    for (const part of parts) part.draw(model);
    live.markSeen();
  });
  onSystemTheme((theme) => {
    store.set({ theme });
  });

  // Somebody who has talked to the bot before finds the mini-app open, as it was left.
  const { personId } = store.get();
  const hasAnswered = messagesOf(store.get(), personId).some(({ from }) => from === 'bot');
  if (hasAnswered) await phone.launch({}).catch(report);
}

const page = document.querySelector<HTMLElement>('#page');
if (page === null) throw new Error('index.html has no element #page to draw into');
start(page).catch((problem: unknown) => {
  const words = problem instanceof Error ? problem.message : 'The sandbox page could not start.';
  page.replaceChildren(
    h(
      'div',
      { class: 'failed', role: 'alert' },
      h('b', {}, 'The sandbox is not there'),
      h('p', { class: 'dim' }, words),
      h('button', { class: 'btn btn--main', onclick: () => location.reload() }, 'Try again'),
    ),
  );
});
