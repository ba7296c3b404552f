/** Buttons under a message (inline keyboard) and under the input (reply keyboard). */
import type { SandboxButton } from '../../../contract.ts';
import { h, setAttribute } from '../dom.ts';
import { icon, type IconName } from '../icons.ts';

function markOf(button: SandboxButton): IconName | null {
  if (button.url !== undefined) return 'link';
  if (button.web_app !== undefined) return 'phone';
  if (button.copy_text !== undefined) return 'copy';
  return null;
}

/** @param press resolves when the bot has answered; until then the button shows that it is waiting */
export function inlineKeyboard(
  rows: readonly (readonly SandboxButton[])[],
  press: (button: SandboxButton) => Promise<void>,
): HTMLElement {
  const drawn = rows.map((row) =>
    h(
      'div',
      { class: 'kb__row' },
      ...row.map((button) => {
        const mark = markOf(button);
        const element = h(
          'button',
          {
            class: button.style === undefined ? 'kb__button' : `kb__button kb__button--${button.style}`,
            disabled: button.disabled === true,
          },
          h('span', {}, button.text),
          mark === null ? null : icon(mark, 'xs'),
        );
        element.addEventListener('click', () => {
          setAttribute(element, 'aria-busy', 'true');
          void press(button).finally(() => {
            setAttribute(element, 'aria-busy', null);
          });
        });
        return element;
      }),
    ),
  );
  return h('div', { class: 'kb', role: 'group', 'aria-label': 'Buttons of this message' }, ...drawn);
}

/** A key of the reply keyboard sends its own text unless it asks for something. */
export interface ReplyKey {
  text: string;
  request_location?: unknown;
  web_app?: unknown;
}

export function replyKeyboard(
  rows: readonly (readonly ReplyKey[])[],
  press: (key: ReplyKey) => void,
): HTMLElement {
  return h(
    'div',
    { class: 'keys', role: 'group', 'aria-label': 'Suggested answers' },
    ...rows.map((row) =>
      h(
        'div',
        { class: 'keys__row' },
        ...row.map((key) => h('button', { class: 'keys__key', onclick: () => press(key) }, key.text)),
      ),
    ),
  );
}
