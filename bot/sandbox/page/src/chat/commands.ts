/** The bot's commands, offered while a person types `/`. A listbox that the input controls. */
import { h, setAttribute } from '../dom.ts';

interface Command {
  command: string;
  description: string;
}

export function createCommandList(input: HTMLTextAreaElement, choose: (text: string) => void) {
  const element = h('div', {
    class: 'commands',
    role: 'listbox',
    id: 'commands',
    'aria-label': 'Commands',
    hidden: true,
  });
  setAttribute(input, 'aria-controls', 'commands');
  setAttribute(input, 'aria-autocomplete', 'list');
  let shown: Command[] = [];
  let at = 0;

  function mark(index: number): void {
    at = index;
    for (const [place, option] of [...element.children].entries()) {
      setAttribute(option, 'aria-selected', String(place === index));
      if (place === index) option.scrollIntoView({ block: 'nearest' });
    }
    setAttribute(input, 'aria-activedescendant', shown.length === 0 ? null : `command-${index}`);
  }

  function hide(): void {
    shown = [];
    element.hidden = true;
    setAttribute(input, 'aria-activedescendant', null);
  }

  return {
    element,
    /** Shows the commands that begin like the text, or hides the list. */
    update(text: string, all: readonly Command[]) {
      const typed = /^\/(\w*)$/.exec(text)?.[1];
      shown = typed === undefined ? [] : all.filter(({ command }) => command.startsWith(typed));
      if (shown.length === 0) {
        hide();
        return;
      }
      element.replaceChildren(
        ...shown.map(({ command, description }, index) =>
          h(
            'div',
            {
              class: 'commands__item',
              role: 'option',
              id: `command-${index}`,
              onclick: () => choose(`/${command}`),
            },
            h('b', {}, `/${command}`),
            h('span', {}, description),
          ),
        ),
      );
      element.hidden = false;
      mark(0);
    },
    /** @returns true if the list used the key up */
    key(event: KeyboardEvent): boolean {
      const command = shown[at];
      if (command === undefined) return false;
      if (event.key === 'ArrowDown') mark((at + 1) % shown.length);
      else if (event.key === 'ArrowUp') mark((at + shown.length - 1) % shown.length);
      else if (event.key === 'Escape') hide();
      else if (event.key === 'Enter' && !event.shiftKey) choose(`/${command.command}`);
      else if (event.key === 'Tab') {
        input.value = `/${command.command} `;
        hide();
      } else return false;
      event.preventDefault();
      return true;
    },
  };
}
