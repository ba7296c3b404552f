/** A small menu at a button. The browser closes it on a click elsewhere or Escape; arrow keys walk it. */
import { h } from '../dom.ts';
import { icon, type IconName } from '../icons.ts';

export interface MenuItem {
  text: string;
  icon?: IconName;
  danger?: boolean;
  /** Present = a switch that is on or off. */
  checked?: boolean;
  /** What the item does in longer words. */
  hint?: string;
  disabled?: boolean;
  choose(): void;
}

const GAP_PX = 6;
const EDGE_PX = 8;

/** Opens below the button, or above it where there is more room. Only one menu is open at a time. */
export function openMenu(button: HTMLElement, label: string, items: MenuItem[]): void {
  const menu = h(
    'div',
    { class: 'menu', role: 'menu', 'aria-label': label, popover: 'auto' },
    ...items.map((item) => menuButton(item)),
  );
  // In the page's own landmark, where people who go from landmark to landmark find it.
  (button.closest('main') ?? document.body).append(menu);
  menu.addEventListener('keydown', (event) => {
    walk(menu, event);
  });
  menu.addEventListener('toggle', (event) => {
    const open = event.newState === 'open';
    button.setAttribute('aria-expanded', String(open));
    if (open) return;
    menu.remove();
    if (document.activeElement === null || document.activeElement === document.body) button.focus();
  });
  menu.showPopover();
  place(menu, button);
  menu.querySelector<HTMLElement>('[role^=menuitem]:not(:disabled)')?.focus();

  function menuButton(item: MenuItem): HTMLButtonElement {
    return h(
      'button',
      {
        class: item.danger === true ? 'menu__item is-late' : 'menu__item',
        role: item.checked === undefined ? 'menuitem' : 'menuitemcheckbox',
        'aria-checked': item.checked === undefined ? null : String(item.checked),
        disabled: item.disabled === true,
        onclick: () => {
          button.focus();
          menu.hidePopover();
          item.choose();
        },
      },
      item.icon === undefined ? null : icon(item.icon, 's'),
      item.checked === undefined ? null : h('span', { class: 'menu__dot', 'aria-hidden': 'true' }),
      h(
        'span',
        { class: 'menu__text' },
        item.text,
        item.hint === undefined ? null : h('small', {}, item.hint),
      ),
    );
  }
}

function place(menu: HTMLElement, button: HTMLElement): void {
  const at = button.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const left = Math.min(Math.max(EDGE_PX, at.left), innerWidth - width - EDGE_PX);
  const below = at.bottom + GAP_PX + height < innerHeight;
  menu.style.left = `${left}px`;
  menu.style.top = `${below ? at.bottom + GAP_PX : Math.max(EDGE_PX, at.top - GAP_PX - height)}px`;
}

function walk(menu: HTMLElement, event: KeyboardEvent): void {
  const items = [...menu.querySelectorAll<HTMLElement>('[role^=menuitem]:not(:disabled)')];
  const at = items.findIndex((item) => item === document.activeElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  items.at(next % items.length)?.focus();
}
