/** The buttons around the page, for as long as a component is there. */
import { useEffect, useEffectEvent } from 'react';
import { confirmClosing, holdVerticalSwipes } from './telegram.ts';
import { showBack, showFootButton, showSettings } from './buttons.ts';
import type { FootButton } from './buttons.ts';

/** Telegram's Back button; null = not now. */
export function useBackButton(onBack: (() => void) | null): void {
  const press = useEffectEvent(() => {
    onBack?.();
  });
  const isWanted = onBack !== null;
  useEffect(() => (isWanted ? showBack(press) : undefined), [isWanted]);
}

/** The Settings entry in the header's menu. */
export function useSettingsButton(onOpen: () => void): void {
  const press = useEffectEvent(onOpen);
  useEffect(() => showSettings(press), []);
}

export interface FootButtonProps {
  readonly text: string;
  readonly onClick: () => void;
  readonly isEnabled?: boolean;
  readonly isBusy?: boolean;
}

/** A button below the page, drawn by the client: ask `hasFootButton` first. Null = none. */
export function useFootButton(kind: FootButton, button: FootButtonProps | null): void {
  const press = useEffectEvent(() => {
    button?.onClick();
  });
  const isWanted = button !== null;
  const { text = '', isEnabled = true, isBusy = false } = button ?? {};
  useEffect(
    () => (isWanted ? showFootButton(kind, { text, isEnabled, isBusy }, press) : undefined),
    [isWanted, kind, text, isEnabled, isBusy],
  );
}

/** Telegram asks before closing while there is unsaved text. */
export function useClosingConfirmation(isUnsaved: boolean): void {
  useEffect(() => (isUnsaved ? confirmClosing() : undefined), [isUnsaved]);
}

/** Keeps a downward swipe from minimising the app while something is dragged. */
export function useSwipeHold(isDragging: boolean): void {
  useEffect(() => (isDragging ? holdVerticalSwipes() : undefined), [isDragging]);
}
