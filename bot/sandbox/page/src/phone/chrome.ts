/** The parts of the phone that belong to Telegram: status line, header with Close or Back, buttons at the foot. */
import { h, setAttribute, setText } from '../dom.ts';
import { icon } from '../icons.ts';
import type { BottomButton } from './protocol.ts';

const SVG = 'http://www.w3.org/2000/svg';
const SIGNS = [
  'M0 8.5h3V12H0zM5 6h3v6H5zM10 3.5h3V12h-3zM15 1h3v11h-3z',
  'M33 2.2c2.5 0 4.8 1 6.5 2.6l-1.4 1.5A7.4 7.4 0 0 0 33 4.3c-2 0-3.8.8-5.1 2L26.5 4.8A9.4 9.4 0 0 1 33 2.2zm0 4c1.4 0 2.7.6 3.7 1.5L33 11.8l-3.7-4.1c1-.9 2.3-1.5 3.7-1.5z',
  'M50 1h15a3 3 0 0 1 3 3v5a3 3 0 0 1-3 3H50a3 3 0 0 1-3-3V4a3 3 0 0 1 3-3zM49.3 3.3v6.4h13V3.3z',
];

/** Signal, network and battery, as on any phone. */
function statusSigns(): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 72 13');
  for (const d of SIGNS) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', d);
    path.setAttribute('fill-rule', 'evenodd');
    svg.append(path);
  }
  return svg;
}

export interface ChromeActions {
  back: () => void;
  close: () => void;
  more: (button: HTMLElement) => void;
  press: (button: 'main' | 'secondary') => void;
}

/** What the mini-app asked Telegram to show around it. */
export interface ChromeState {
  isBack: boolean;
  main: BottomButton;
  secondary: BottomButton;
  headerColour: string | null;
  footColour: string | null;
}

export const PLAIN_CHROME: ChromeState = {
  isBack: false,
  main: { is_visible: false },
  secondary: { is_visible: false },
  headerColour: null,
  footColour: null,
};

export function createChrome(actions: ChromeActions) {
  const clock = h('span', { class: 'num' });
  const leave = h('button', { class: 'phone__side' });
  let isBack = false;
  leave.addEventListener('click', () => {
    if (isBack) actions.back();
    else actions.close();
  });
  const title = h('b');
  const more = h(
    'button',
    { class: 'phone__side phone__side--end', 'aria-label': 'Menu of the mini-app' },
    icon('dots'),
  );
  setAttribute(more, 'aria-haspopup', 'menu');
  more.addEventListener('click', () => {
    actions.more(more);
  });
  const head = h(
    'header',
    { class: 'phone__head' },
    h('div', { class: 'phone__status', 'aria-hidden': 'true' }, clock, statusSigns()),
    h('div', { class: 'phone__bar' }, leave, title, more),
  );
  const main = bottomButton('main', actions);
  const secondary = bottomButton('secondary', actions);
  const foot = h('footer', { class: 'phone__foot' }, secondary.element, main.element);

  return {
    head,
    foot,
    draw(state: ChromeState, isOpen: boolean, botName: string, time: string) {
      isBack = state.isBack;
      setText(clock, time);
      setText(title, botName);
      setText(leave, isBack ? 'Back' : 'Close');
      leave.hidden = more.hidden = !isOpen;
      main.draw(state.main);
      secondary.draw(state.secondary);
      foot.hidden = !state.main.is_visible && !state.secondary.is_visible;
      foot.dataset['position'] = state.secondary.position ?? 'left';
      head.style.background = state.headerColour ?? '';
      foot.style.background = state.footColour ?? '';
    },
  };
}

function bottomButton(kind: 'main' | 'secondary', actions: ChromeActions) {
  const text = h('span');
  const element = h('button', { class: `phone__button phone__button--${kind}` }, text);
  element.addEventListener('click', () => {
    actions.press(kind);
  });
  return {
    element,
    draw(button: BottomButton) {
      element.hidden = !button.is_visible;
      element.disabled = button.is_active === false;
      setText(text, button.text ?? '');
      setAttribute(element, 'aria-busy', button.is_progress_visible === true ? 'true' : null);
      element.style.background = button.color ?? '';
      element.style.color = button.text_color ?? '';
    },
  };
}
