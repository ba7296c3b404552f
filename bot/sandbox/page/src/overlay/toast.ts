/** A line of text that comes and goes: answers to taps, and what went wrong. */
import { h, setText } from '../dom.ts';

const SHOWN_MS = 4000;

export interface Toast {
  element: HTMLElement;
  /** Stays four seconds, longer while the pointer rests on it. A newer text replaces an older one. */
  show: (text: string) => void;
}

export function createToast(): Toast {
  const text = h('span');
  // The live region is always in the page: a region that appears together with its text is not read out.
  const element = h('div', { class: 'toast', role: 'status' }, text);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const hide = () => {
    element.classList.remove('toast--on');
    setText(text, '');
  };
  const restart = () => {
    clearTimeout(timer);
    timer = setTimeout(hide, SHOWN_MS);
  };
  element.addEventListener('pointerenter', () => {
    clearTimeout(timer);
  });
  element.addEventListener('pointerleave', restart);
  return {
    element,
    show(words) {
      setText(text, words);
      element.classList.add('toast--on');
      restart();
    },
  };
}
