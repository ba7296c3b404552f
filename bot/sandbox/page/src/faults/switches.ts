/** The faults in the bar: a switch each where there is room, a menu where there is not, and the way to their time line. */
import type { Actions } from '../actions.ts';
import { h, setAttribute, setText } from '../dom.ts';
import { icon } from '../icons.ts';
import { plannedFaults, type Model, type Store } from '../model.ts';
import { openMenu } from '../overlay/menu.ts';
import { FAULTS } from './kinds.ts';
import { openTimeLine } from './time-line.ts';

const TICK_MS = 1000;

export function createFaults(store: Store, actions: Actions) {
  const switches = FAULTS.map(({ fault, text, hint }) => ({
    fault,
    button: h(
      'button',
      { class: 'fault', title: hint, onclick: () => void actions.toggleFault(fault) },
      text,
    ),
  }));
  const openLater = () => {
    openTimeLine(store, actions);
  };
  const laterText = h('span', { class: 'fault__word' });
  const later = h(
    'button',
    {
      class: 'fault fault--later',
      title: 'Faults that come and go by themselves',
      'aria-haspopup': 'dialog',
      onclick: openLater,
    },
    icon('clock', 'xs'),
    laterText,
  );
  const menuButton = h('button', { class: 'fault bar__menu', 'aria-haspopup': 'menu' });
  menuButton.addEventListener('click', () => {
    const { faults } = store.get().sandbox;
    openMenu(menuButton, 'Faults', [
      ...FAULTS.map(({ fault, text, hint }) => ({
        text,
        hint,
        checked: faults.includes(fault),
        choose: () => void actions.toggleFault(fault),
      })),
      { text: 'Later…', hint: 'Faults that come and go by themselves', choose: openLater },
    ]);
  });
  const element = h(
    'div',
    { class: 'bar__faults', role: 'group', 'aria-label': 'Faults' },
    h('span', { class: 'dim' }, 'Faults'),
    ...switches.map(({ button }) => button),
    later,
    menuButton,
  );

  function draw(model: Model): void {
    const { faults } = model.sandbox;
    const planned = plannedFaults(model);
    const begun = planned.filter(({ fromSeconds }) => fromSeconds <= 0).map(({ fault }) => fault);
    const on = new Set([...faults, ...begun]);
    for (const { fault, button } of switches) {
      setAttribute(button, 'aria-pressed', String(faults.includes(fault)));
    }
    const laterName = planned.length === 0 ? 'Later…' : `Later: ${planned.length}`;
    setText(laterText, laterName);
    // Where the bar is short the word is not drawn.
    setAttribute(later, 'aria-label', laterName);
    later.classList.toggle('fault--on', begun.length > 0);
    const first = FAULTS.find(({ fault }) => on.has(fault));
    setText(menuButton, first === undefined ? 'Faults' : on.size > 1 ? `${on.size} faults` : first.text);
    menuButton.classList.toggle('fault--on', on.size > 0);
  }

  // What is planned begins and ends without any word from the server.
  setInterval(() => {
    draw(store.get());
  }, TICK_MS);
  return { element, draw };
}
