/** The drawer with the person's live rows: what the chat is made of, straight from the tables. */
import type { SandboxRows } from '../../contract.ts';
import { h, keyedList, replayAnimation, setAttribute, setText } from './dom.ts';
import { icon } from './icons.ts';
import { zoneName } from '../../when.ts';
import { currentPerson, type Model, type Store } from './model.ts';

type Table = SandboxRows['tables'][number];
type Row = Table['rows'][number] & { table: Table };

/** Words of a status column that mean something good, something to look at, or nothing more to do. */
const TAGS: Readonly<Record<string, string>> = {
  completed: 'tag--done',
  delivered: 'tag--done',
  sent: '',
  pending: 'tag--quiet',
  skipped: 'tag--quiet',
  cancelled: 'tag--quiet',
  failed: 'tag--late',
  in_doubt: 'tag--warn',
  retry: 'tag--warn',
};

export function createDrawer(store: Store) {
  const tabs = h('div', { class: 'drawer__tabs', role: 'tablist', 'aria-label': 'Tables' });
  const live = h('span', { class: 'drawer__live caption dim' }, h('i'), h('span'));
  const fold = h(
    'button',
    {
      class: 'iconbtn drawer__fold',
      'aria-controls': 'rows',
      onclick: () => {
        store.set({ drawerOpen: !store.get().drawerOpen });
      },
    },
    icon('down'),
  );
  const head = h('tr');
  const body = h('tbody');
  const empty = h('p', { class: 'drawer__empty dim' });
  const table = h('table', {}, h('thead', {}, head), body);
  const panel = h(
    'div',
    { class: 'drawer__panel', role: 'tabpanel', id: 'rows', tabindex: '0' },
    table,
    empty,
  );
  const element = h(
    'section',
    { class: 'drawer', 'aria-label': 'Live rows' },
    h('header', { class: 'drawer__head' }, tabs, live, fold),
    panel,
  );
  const rows = keyedList<Row>(body, ({ table: { name }, key }) => `${name}/${key}`, createRow);
  let shownHead = '';

  tabs.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const buttons = [...tabs.querySelectorAll('button')];
    const next = buttons.at(
      (buttons.findIndex((button) => button === document.activeElement) + step) % buttons.length,
    );
    next?.click();
    next?.focus();
  });

  function drawTabs(model: Model): void {
    const tables = model.rows?.tables ?? [];
    for (const [index, { name, count }] of tables.entries()) {
      const tab = tabs.querySelectorAll('button')[index] ?? tabs.appendChild(createTab(store));
      const selected = name === model.drawerTab;
      tab.dataset['table'] = name;
      setAttribute(tab, 'aria-selected', String(selected));
      setAttribute(tab, 'tabindex', selected ? '0' : '-1');
      setText(tab.childNodes[0] ?? tab, `${name} `);
      setText(tab.childNodes[1] ?? tab, String(count));
    }
  }

  return {
    element,
    draw(model: Model) {
      drawTabs(model);
      setText(
        live.lastChild ?? live,
        model.connected ? 'live, newest change first' : 'connection lost, trying again',
      );
      live.classList.toggle('drawer__live--lost', !model.connected);
      element.classList.toggle('drawer--closed', !model.drawerOpen);
      setAttribute(fold, 'aria-label', model.drawerOpen ? 'Close drawer' : 'Open drawer');
      setAttribute(fold, 'aria-expanded', String(model.drawerOpen));
      const current = model.rows?.tables.find(({ name }) => name === model.drawerTab);
      if (current === undefined) {
        rows.update([]);
        return;
      }
      const columns = current.columns.join('\n');
      if (columns !== shownHead) {
        shownHead = columns;
        head.replaceChildren(
          ...current.columns.map((column) =>
            h('th', { scope: 'col', class: isNumeric(column) && 'r' }, column),
          ),
        );
      }
      table.hidden = current.rows.length === 0;
      setText(
        empty,
        current.rows.length === 0
          ? `Nothing here yet for ${currentPerson(model).firstName} (${zoneName(model.rows?.zone ?? 'UTC')} time)`
          : '',
      );
      rows.update(current.rows.map((row) => ({ ...row, table: current })));
    },
  };
}

function createTab(store: Store): HTMLButtonElement {
  const tab = h('button', { role: 'tab', 'aria-controls': 'rows' }, ' ', h('span', { class: 'num' }));
  tab.addEventListener('click', () => {
    store.set({ drawerTab: tab.dataset['table'] as Table['name'], drawerOpen: true });
  });
  return tab;
}

/** Counts stand at the right of their column. */
function isNumeric(column: string): boolean {
  return ['snoozed', 'reminded', 'level', 'day', 'message id'].includes(column);
}

function createRow(first: Row) {
  const element = h('tr');
  let shown = '';
  function update(row: Row): void {
    const cells = row.cells.join('\n');
    // A row is tinted when the server says so and whenever its words differ from the ones on screen.
    if (shown === '' ? row.changed : cells !== shown) replayAnimation(element, 'new');
    if (cells === shown) return;
    shown = cells;
    element.replaceChildren(
      ...row.cells.map((cell, index) => {
        const column = row.table.columns[index] ?? '';
        return h(
          'td',
          { class: isNumeric(column) && 'r' },
          isState(column) ? h('span', { class: `tag ${TAGS[cell] ?? ''}`.trim() }, cell) : cell,
        );
      }),
    );
  }
  update(first);
  return { element, update };
}

function isState(column: string): boolean {
  return column === 'status' || column === 'outcome';
}
