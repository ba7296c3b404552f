/** A question or a message in the middle, like Telegram's own: modal, Escape closes it, the focus returns. */
import { h } from '../dom.ts';

export interface DialogButton {
  id: string;
  text: string;
  style?: 'main' | 'danger';
}

/**
 * @param host where the dialog is drawn: the page, or the phone for the mini-app's popups
 * @returns the pressed button's id; null if it was closed without one
 */
export function askDialog(
  host: HTMLElement,
  question: { title?: string; text: string; buttons: DialogButton[] },
): Promise<string | null> {
  const text = h('p', { class: 'dialog__text' }, question.text);
  const dialog = h(
    'dialog',
    { class: 'dialog', 'aria-label': question.title ?? question.text },
    question.title === undefined ? null : h('h2', { class: 'dialog__title' }, question.title),
    text,
    h(
      'form',
      { method: 'dialog', class: 'dialog__buttons' },
      ...question.buttons.map(({ id, text: label, style }) =>
        h(
          'button',
          { value: id, class: style === undefined ? 'dialog__button' : `dialog__button is-${style}` },
          label,
        ),
      ),
    ),
  );
  host.append(dialog);
  const before = document.activeElement;
  return new Promise((resolve) => {
    dialog.addEventListener('cancel', () => {
      dialog.returnValue = '';
    });
    dialog.addEventListener('close', () => {
      const pressed = question.buttons.find(({ id }) => id === dialog.returnValue);
      dialog.remove();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
      resolve(pressed?.id ?? null);
    });
    // A stray returnValue would look like a press of the button with the empty id.
    dialog.returnValue = '\u0000';
    dialog.showModal();
  });
}
