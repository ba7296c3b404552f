/**
 * A row that is drawn aside: to the left it uncovers its tray, all the way it is done. Pointers only; everything behind it
 * is also behind a tap, for keyboards and screen readers.
 */
import { useRef, useState } from 'react';
import type { PointerEvent } from 'react';
import { haptic } from '../../telegram/telegram.ts';
import { useSwipeHold } from '../../telegram/use-buttons.ts';

/** The two buttons of the tray; as list.css draws them. */
const TRAY_PX = 152;
/** Before this a finger may still mean to scroll. */
const SLOP_PX = 10;
/** Drawn this far of the row's width, it is done when it is let go. */
const FULL_SHARE = 0.6;

interface Drag {
  readonly pointer: number;
  readonly x: number;
  readonly y: number;
  readonly from: number;
  isSideways: boolean;
  offset: number;
}

/** @param onFull the row was drawn all the way. */
export function useSwipe(onFull: () => void) {
  const row = useRef<HTMLButtonElement>(null);
  const drag = useRef<Drag | null>(null);
  const [isOpen, setOpen] = useState(false);
  const [isDragging, setDragging] = useState(false);
  useSwipeHold(isDragging);

  const show = (offset: number, isMoving: boolean): void => {
    const element = row.current;
    if (element === null) return;
    element.style.transition = isMoving ? 'none' : '';
    element.style.transform = offset === 0 ? '' : `translateX(${offset}px)`;
  };
  const settle = (opened: boolean): void => {
    show(opened ? -TRAY_PX : 0, false);
    setOpen(opened);
  };
  const end = (isKept: boolean): void => {
    const last = drag.current;
    drag.current = null;
    setDragging(false);
    if (last?.isSideways !== true) return;
    const width = row.current?.clientWidth ?? Infinity;
    if (isKept && -last.offset > width * FULL_SHARE) {
      settle(false);
      onFull();
    } else {
      settle(isKept && -last.offset > TRAY_PX / 2);
    }
  };

  return {
    row,
    isOpen,
    close: () => {
      settle(false);
    },
    handlers: {
      onPointerDown: ({ pointerId, pointerType, clientX, clientY, button }: PointerEvent) => {
        if (pointerType === 'mouse' && button !== 0) return;
        const from = isOpen ? -TRAY_PX : 0;
        drag.current = { pointer: pointerId, x: clientX, y: clientY, from, isSideways: false, offset: from };
      },
      onPointerMove: ({ pointerId, clientX, clientY, currentTarget }: PointerEvent) => {
        const now = drag.current;
        if (now?.pointer !== pointerId) return;
        const [dx, dy] = [clientX - now.x, clientY - now.y];
        if (!now.isSideways) {
          if (Math.abs(dy) > SLOP_PX) drag.current = null;
          if (Math.abs(dx) < SLOP_PX || Math.abs(dx) < Math.abs(dy)) return;
          now.isSideways = true;
          setDragging(true);
          setOpen(true);
          currentTarget.setPointerCapture(pointerId);
          haptic('pick');
        }
        now.offset = Math.min(0, now.from + dx);
        show(now.offset, true);
      },
      onPointerUp: () => {
        end(true);
      },
      onPointerCancel: () => {
        end(false);
      },
    },
  };
}
