/** A sheet from the bottom (a centred dialog on wide screens): closes by drag, scrim, button, Escape or Telegram's Back. */
import { useEffect, useId, useRef } from 'react';
import type { ReactNode } from 'react';
import { useBackButton } from '../telegram/use-buttons.ts';
import { useTexts } from '../texts/texts.ts';
import { Icon } from './icons.tsx';
import { useSheetDrag } from './use-sheet-drag.ts';

interface SheetProps {
  title: string;
  subtitle?: string;
  onClose: () => void;
  children: ReactNode;
}

export function Sheet({ title, subtitle, onClose, children }: SheetProps) {
  const say = useTexts();
  const heading = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const drag = useSheetDrag(dialog);
  useEffect(() => {
    // The browser's own modal keeps the focus inside and gives it back afterwards.
    dialog.current?.showModal();
  }, []);
  useBackButton(() => dialog.current?.close());
  return (
    <dialog
      ref={dialog}
      className="sheet"
      aria-labelledby={heading}
      onClose={onClose}
      onClick={(event) => {
        // Only the scrim is the dialog itself; everything in the sheet is a child of it.
        if (event.target === dialog.current) dialog.current.close();
      }}
    >
      <div className="sheet__body">
        <div className="sheet__head" {...drag}>
          <div>
            <h2 className="t-title" id={heading}>
              {title}
            </h2>
            {subtitle !== undefined && <p>{subtitle}</p>}
          </div>
          <button
            type="button"
            className="sheet__x"
            aria-label={say('close')}
            onClick={() => dialog.current?.close()}
          >
            <span>
              <Icon name="close" size="s" />
            </span>
          </button>
        </div>
        {children}
      </div>
    </dialog>
  );
}
