/** The mini-app's popups, drawn by the phone as Telegram's clients do. */
import { askDialog, type DialogButton } from '../overlay/dialog.ts';
import type { PopupButton } from './protocol.ts';

const WORDS = { ok: 'OK', close: 'Close', cancel: 'Cancel', default: '', destructive: '' };

function asDialogButton({ type, text }: PopupButton, index: number): DialogButton {
  const button = { id: String(index), text: text ?? WORDS[type] };
  if (type === 'destructive') return { ...button, style: 'danger' };
  return type === 'default' || type === 'ok' ? { ...button, style: 'main' } : button;
}

/** @returns what to answer: the pressed button's id, or nothing if the popup was closed without one */
export async function showPopup(
  host: HTMLElement,
  popup: { title?: string | undefined; message: string; buttons: PopupButton[] },
): Promise<{ button_id?: string }> {
  const pressed = await askDialog(host, {
    ...(popup.title === undefined ? {} : { title: popup.title }),
    text: popup.message,
    buttons: popup.buttons.map(asDialogButton),
  });
  const button = pressed === null ? undefined : popup.buttons[Number(pressed)];
  return button === undefined ? {} : { button_id: button.id };
}
