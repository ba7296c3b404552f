/** The buttons Telegram's client draws around the page. Each says whether the client has it; the page draws its own if not. */
import { has, isHosted, WebApp } from './host.ts';

/** Whoever came last is asked first: a sheet over a page. */
const backStack: (() => void)[] = [];

function onBackPressed(): void {
  backStack.at(-1)?.();
}

/** Whether the client draws a Back button. */
export function hasBackButton(): boolean {
  return isHosted() && has('6.1');
}

/**
 * Shows Telegram's Back button; while several hold it, a press reaches the last one.
 * @returns a function that lets go of it.
 */
export function showBack(onBack: () => void): () => void {
  if (!has('6.1')) return () => undefined;
  if (backStack.length === 0) {
    WebApp.BackButton.onClick(onBackPressed);
    WebApp.BackButton.show();
  }
  backStack.push(onBack);
  return () => {
    backStack.splice(backStack.lastIndexOf(onBack), 1);
    if (backStack.length > 0) return;
    WebApp.BackButton.offClick(onBackPressed);
    WebApp.BackButton.hide();
  };
}

/** Puts Settings into the header's menu; returns a function that takes it out. */
export function showSettings(onOpen: () => void): () => void {
  if (!has('6.10')) return () => undefined;
  WebApp.SettingsButton.onClick(onOpen);
  WebApp.SettingsButton.show();
  return () => {
    WebApp.SettingsButton.offClick(onOpen);
    WebApp.SettingsButton.hide();
  };
}

export type FootButton = 'main' | 'secondary';

/** Whether the client draws this button below the page. */
export function hasFootButton(kind: FootButton): boolean {
  return isHosted() && has(kind === 'main' ? '6.0' : '7.10');
}

export interface FootButtonLook {
  readonly text: string;
  readonly isEnabled: boolean;
  /** A spinner in the button. */
  readonly isBusy: boolean;
}

/** Shows a button below the page; returns a function that takes it away. */
export function showFootButton(kind: FootButton, look: FootButtonLook, onClick: () => void): () => void {
  const button = kind === 'main' ? WebApp.MainButton : WebApp.SecondaryButton;
  // Telegram's script takes a button without progress for an active one, so what is asked for comes after that.
  if (!look.isBusy) button.hideProgress();
  button.setParams({ text: look.text, is_active: look.isEnabled, is_visible: true });
  if (look.isBusy) button.showProgress(false);
  button.onClick(onClick);
  return () => {
    button.offClick(onClick);
    button.hide();
  };
}
