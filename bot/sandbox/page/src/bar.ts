/** The quiet bar on top: what time it is in the sandbox, and what is to go wrong. */
import type { Actions } from './actions.ts';
import { h, setAttribute, setText } from './dom.ts';
import { createFaults } from './faults/switches.ts';
import { icon } from './icons.ts';
import { productNow, zoneOf, type Model, type Store } from './model.ts';
import { longTime, nextTime, zoneName } from '../../when.ts';

const HOUR_SECONDS = 3600;
const DAY_SECONDS = 24 * HOUR_SECONDS;
const TICK_MS = 1000;

/** What gives way, in this order, until the bar fits: the word "Later…", the word "Faults", the word "sandbox", the switches. */
const TIGHTER = ['bar--no-later', 'bar--no-label', 'bar--no-subtitle', 'bar--menu'] as const;

export function createBar(store: Store, actions: Actions) {
  const clock = createClock(store, actions);
  const faults = createFaults(store, actions);
  const theme = h('button', { class: 'iconbtn' });
  theme.addEventListener('click', () => {
    actions.setTheme(store.get().theme === 'dark' ? 'light' : 'dark');
  });
  const element = h(
    'header',
    { class: 'bar' },
    h('div', { class: 'bar__brand' }, logo(), h('h1', {}, 'Nudge'), h('span', { class: 'dim' }, 'sandbox')),
    clock.element,
    faults.element,
    theme,
  );
  let drawnTheme = '';

  /** Measured, not guessed from the window's width: fonts, zones and dates differ. */
  function fit(): void {
    element.classList.remove(...TIGHTER);
    for (const step of TIGHTER) {
      if (element.scrollWidth > element.clientWidth) element.classList.add(step);
    }
  }
  new ResizeObserver(fit).observe(element);

  return {
    element,
    draw(model: Model) {
      clock.draw(model);
      faults.draw(model);
      fit();
      if (drawnTheme === model.theme) return;
      drawnTheme = model.theme;
      const next = model.theme === 'dark' ? 'light' : 'dark';
      theme.replaceChildren(icon(next === 'dark' ? 'moon' : 'sun', 's'));
      setAttribute(theme, 'aria-label', `Switch to ${next}`);
      setAttribute(theme, 'title', `Switch to ${next}`);
    },
  };
}

function createClock(store: Store, actions: Actions) {
  const now = h('b', { class: 'num' });
  const place = h('span', { class: 'dim' });
  const nextDay = h('span', { class: 'num bar__word' });
  const nextAt = h('span', { class: 'num' });
  let busy = false;
  const move = (step: () => Promise<unknown>) => () => {
    // A second click while the first one travels would move twice as far as meant.
    if (busy) return;
    busy = true;
    draw(store.get());
    void step().finally(() => {
      busy = false;
      draw(store.get());
    });
  };
  const hour = h('button', { onclick: move(() => actions.moveClock({ bySeconds: HOUR_SECONDS })) }, '+1 h');
  const day = h('button', { onclick: move(() => actions.moveClock({ bySeconds: DAY_SECONDS })) }, '+1 day');
  const next = h(
    'button',
    { class: 'is-accent' },
    'Next ',
    h('span', { class: 'bar__word' }, 'due '),
    nextDay,
    nextAt,
  );
  next.addEventListener(
    'click',
    move(async () => {
      const { nextDueAt } = store.get().sandbox.clock;
      if (nextDueAt !== null) await actions.moveClock({ to: nextDueAt });
    }),
  );
  const real = h('button', { onclick: () => void actions.askReset() }, 'Real time');
  const element = h(
    'div',
    { class: 'bar__clock', role: 'group', 'aria-label': 'Clock' },
    h('span', { class: 'bar__now' }, icon('clock', 's'), now, place),
    hour,
    day,
    next,
    real,
  );

  function draw(model: Model): void {
    const at = productNow(model);
    const zone = zoneOf(model);
    const { nextDueAt, offsetSeconds } = model.sandbox.clock;
    const due = nextDueAt === null ? null : Date.parse(nextDueAt);
    const isAhead = due !== null && due > at;
    setText(now, longTime(at, zone));
    setText(place, zoneName(zone));
    const written = isAhead ? nextTime(due, at, zone) : { weekday: '', rest: '' };
    setText(nextDay, written.weekday);
    setText(nextAt, written.rest);
    setAttribute(
      next,
      'title',
      isAhead ? `Moves the clock to ${longTime(due, zone)}` : 'Nothing is waiting to be sent',
    );
    hour.disabled = day.disabled = busy;
    next.disabled = busy || !isAhead;
    const title =
      offsetSeconds === 0 ? 'The clock shows real time' : 'Empties the sandbox and begins in real time';
    setAttribute(real, 'title', title);
    setAttribute(element, 'aria-busy', busy ? 'true' : null);
  }

  setInterval(() => {
    draw(store.get());
  }, TICK_MS);
  return { element, draw };
}

function logo(): HTMLElement {
  return h('img', { src: '/sandbox/icon.svg', alt: '', width: '22', height: '22' });
}
