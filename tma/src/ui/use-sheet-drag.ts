/** A sheet drawn down by its head follows the finger, and closes when it is let go far enough. */
import { useRef, useState } from 'react';
import type { PointerEvent, RefObject } from 'react';
import { useSwipeHold } from '../telegram/use-buttons.ts';

/** Drawn this far it closes; less, and it goes back. */
const CLOSE_PX = 80;
/** Before this a finger may still mean to tap. */
const SLOP_PX = 8;

/** Moves the sheet down by so many px: at once while a finger holds it, else as its style sheet says. */
function show(sheet: HTMLElement | null, offset: number, isHeld: boolean): void {
  if (sheet === null) return;
  sheet.style.transition = isHeld ? 'none' : '';
  sheet.style.transform = offset === 0 ? '' : `translateY(${offset}px)`;
}

/** @returns what the sheet's head needs. Everything it does a button, the scrim, Escape and Back do too. */
export function useSheetDrag(dialog: RefObject<HTMLDialogElement | null>) {
  const drag = useRef<{ readonly pointer: number; readonly y: number; offset: number } | null>(null);
  const [isDragging, setDragging] = useState(false);
  useSwipeHold(isDragging);

  const end = (isKept: boolean): void => {
    const offset = drag.current?.offset ?? 0;
    drag.current = null;
    setDragging(false);
    if (isKept && offset > CLOSE_PX) dialog.current?.close();
    else show(dialog.current, 0, false);
  };

  return {
    onPointerDown: ({ pointerId, pointerType, clientY, button, target }: PointerEvent) => {
      if (pointerType === 'mouse' && button !== 0) return;
      if (target instanceof Element && target.closest('button') !== null) return;
      drag.current = { pointer: pointerId, y: clientY, offset: 0 };
    },
    onPointerMove: ({ pointerId, clientY, currentTarget }: PointerEvent) => {
      const now = drag.current;
      if (now?.pointer !== pointerId) return;
      const distance = clientY - now.y;
      if (!isDragging) {
        if (distance < SLOP_PX) return;
        setDragging(true);
        currentTarget.setPointerCapture(pointerId);
      }
      now.offset = Math.max(0, distance);
      show(dialog.current, now.offset, true);
    },
    onPointerUp: () => {
      end(true);
    },
    onPointerCancel: () => {
      end(false);
    },
  };
}
