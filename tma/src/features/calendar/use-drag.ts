/**
 * Takes a line of the agenda to a day, by mouse or finger. A mouse lifts it by moving; a finger by its grip at once, or
 * by holding the row, because a finger that moves over a row wants to scroll. The click that follows a drag is swallowed.
 */
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { PointerEvent as ReactPointerEvent, RefObject } from 'react';
import { useSwipeHold } from '../../telegram/use-buttons.ts';
import type { Line } from '../reminder/line.ts';

/** Pixels a pointer may tremble before it means a movement. */
const SLOP_PX = 6;
/** How long a finger holds a row to lift it, in milliseconds. */
const HOLD_MS = 350;
/** How long something held over an arrow waits until the month turns, in milliseconds. */
const TURN_MS = 600;

export interface Dragged {
  readonly line: Line;
  /** The day under the pointer. */
  readonly over: Temporal.PlainDate | null;
}

interface DragParts {
  readonly onDrop: (line: Line, date: Temporal.PlainDate) => void;
  /** Held over the arrow to the month before or after. */
  readonly onTurn: (months: number) => void;
}

export interface Drag {
  readonly dragged: Dragged | null;
  /** For the picture that follows the pointer. */
  readonly ghost: RefObject<HTMLDivElement | null>;
  readonly grab: (line: Line, event: ReactPointerEvent<HTMLElement>) => void;
}

export function useDrag({ onDrop, onTurn }: DragParts): Drag {
  const [dragged, setDragged] = useState<Dragged | null>(null);
  const ghost = useRef<HTMLDivElement>(null);
  const [grabbed, setGrabbed] = useState<Grabbed | null>(null);
  const drop = useEffectEvent(onDrop);
  const turn = useEffectEvent(onTurn);
  useSwipeHold(dragged !== null);

  // A pointer that goes down is followed from the same event on: React runs this effect before the next one.
  useEffect(() => {
    if (grabbed === null) return undefined;
    const { line, start, isFreeToMove } = grabbed;
    const controller = new AbortController();
    const { signal } = controller;
    let isLifted = false;
    let over: Temporal.PlainDate | null = null;
    let turnTimer: ReturnType<typeof setTimeout> | undefined;
    const place = ({ clientX, clientY }: PointerLike): void => {
      ghost.current?.style.setProperty('transform', `translate(${clientX}px, ${clientY}px)`);
    };
    const lift = (at: PointerLike): void => {
      isLifted = true;
      setDragged({ line, over: null });
      // The picture is there with the next frame.
      requestAnimationFrame(() => {
        place(at);
      });
    };
    const end = (): void => {
      setGrabbed(null);
      setDragged(null);
    };
    const holdTimer = isFreeToMove
      ? undefined
      : setTimeout(() => {
          lift(start);
        }, HOLD_MS);

    const listen = <Name extends keyof WindowEventMap>(
      name: Name,
      listener: (event: WindowEventMap[Name]) => void,
    ): void => {
      addEventListener(name, listener, { signal, passive: false, capture: true });
    };
    listen('pointermove', (event) => {
      if (event.pointerId !== start.pointerId) return;
      if (event.buttons === 0) {
        end();
        return;
      }
      const distance = Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY);
      if (!isLifted) {
        if (distance < SLOP_PX) return;
        if (!isFreeToMove) {
          end();
          return;
        }
        lift(event);
      }
      place(event);
      const element = document.elementFromPoint(event.clientX, event.clientY);
      const months = element?.closest<HTMLElement>('[data-turn]')?.dataset['turn'];
      if (months === undefined) {
        clearInterval(turnTimer);
        turnTimer = undefined;
      } else {
        turnTimer ??= setInterval(() => {
          turn(Number(months));
        }, TURN_MS);
      }
      const date = element?.closest<HTMLElement>('[data-date]')?.dataset['date'];
      const next = date === undefined ? null : Temporal.PlainDate.from(date);
      if (next?.toString() === over?.toString()) return;
      over = next;
      setDragged({ line, over });
    });
    listen('pointerup', (event) => {
      if (event.pointerId !== start.pointerId) return;
      if (isLifted) swallowClick();
      const target = isLifted ? over : null;
      end();
      if (target !== null) drop(line, target);
    });
    listen('pointercancel', end);
    listen('keydown', (event) => {
      if (event.key === 'Escape' && isLifted) end();
    });
    // Once lifted, the page must not scroll away under the finger.
    listen('touchmove', (event) => {
      if (isLifted) event.preventDefault();
    });
    listen('contextmenu', (event) => {
      event.preventDefault();
    });
    return () => {
      clearTimeout(holdTimer);
      clearInterval(turnTimer);
      controller.abort();
    };
  }, [grabbed]);

  return {
    dragged,
    ghost,
    grab(line, event) {
      if (event.button !== 0) return;
      const isGrip = event.currentTarget.classList.contains('ag__grip');
      const { clientX, clientY, pointerId } = event;
      const isFreeToMove = isGrip || event.pointerType === 'mouse';
      setGrabbed({ line, start: { clientX, clientY, pointerId }, isFreeToMove });
    },
  };
}

interface PointerLike {
  readonly clientX: number;
  readonly clientY: number;
  readonly pointerId: number;
}

/** A pointer that went down on a line and has not been let go. */
interface Grabbed {
  readonly line: Line;
  readonly start: PointerLike;
  /** Moving lifts the line; otherwise holding does, and moving scrolls. */
  readonly isFreeToMove: boolean;
}

/** A click follows when the pointer ends over the element it began on. */
function swallowClick(): void {
  const swallow = (event: MouseEvent): void => {
    event.stopPropagation();
    event.preventDefault();
  };
  addEventListener('click', swallow, { capture: true, once: true });
  setTimeout(() => {
    removeEventListener('click', swallow, { capture: true });
  }, 0);
}
