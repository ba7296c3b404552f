/** Faults on a time line: "too fast for 30 s, in 2 min". One dialog to see what is planned, to add to it and to take away. */
import type { PlannedFault, SandboxFault } from '../../../contract.ts';
import type { Actions } from '../actions.ts';
import { h, keyedList, setText } from '../dom.ts';
import { icon } from '../icons.ts';
import { plannedFaults, type Store } from '../model.ts';
import { FAULTS } from './kinds.ts';

/** Seconds. */
const STARTS = [0, 10, 30, 60, 120, 300, 600];
const LENGTHS = [10, 30, 60, 120, 300, 900];
const USUAL_START = 120;
const USUAL_LENGTH = 30;
const TICK_MS = 1000;

/** What the page's server takes. */
const MOST_PLANNED = 20;

export function openTimeLine(store: Store, actions: Actions): void {
  const before = document.activeElement;
  const fault = select(
    'What',
    FAULTS.map((kind) => ({ value: kind.fault, text: kind.text })),
    'rate_limited',
  );
  const start = select(
    'When',
    spans(STARTS, (seconds) => (seconds === 0 ? 'now' : `in ${inWords(seconds)}`)),
    String(USUAL_START),
  );
  const length = select(
    'How long',
    spans(LENGTHS, (seconds) => `for ${inWords(seconds)}`),
    String(USUAL_LENGTH),
  );
  const add = h('button', { class: 'dialog__button is-main' }, 'Add');
  const form = h('form', { class: 'timeline__form' }, fault.element, start.element, length.element, add);
  const empty = h('p', { class: 'dim' }, 'Nothing is planned.');
  const list = h('ul', { class: 'timeline__list', 'aria-label': 'Planned faults' });
  const close = h('button', { class: 'dialog__button' }, 'Close');
  const dialog = h(
    'dialog',
    { class: 'dialog timeline', 'aria-label': 'Faults on a time line' },
    h('h2', { class: 'dialog__title' }, 'Faults on a time line'),
    h('p', { class: 'dim' }, 'They come and go in real time, whatever the sandbox’s clock says.'),
    empty,
    list,
    form,
    h('form', { method: 'dialog', class: 'dialog__buttons' }, close),
  );
  const rows = keyedList<PlannedFault>(
    list,
    ({ id }) => id,
    (added) => {
      const { id, fault: kind } = added;
      const text = FAULTS.find((one) => one.fault === kind)?.text ?? kind;
      const when = h('span', { class: 'dim num' }, whenInWords(added));
      const update = (planned: PlannedFault) => {
        setText(when, whenInWords(planned));
      };
      const remove = h(
        'button',
        { class: 'iconbtn', 'aria-label': `Take away: ${text}`, onclick: () => void takeAway(id) },
        icon('close', 's'),
      );
      const element = h('li', { class: 'timeline__row' }, h('span', {}, h('b', {}, text), ' ', when), remove);
      return { element, update };
    },
  );

  function draw(): void {
    const planned = plannedFaults(store.get());
    rows.update(planned);
    empty.hidden = planned.length > 0;
    add.disabled = planned.length >= MOST_PLANNED;
  }

  async function takeAway(id: string): Promise<void> {
    await actions.planFaults(plannedFaults(store.get()).filter((planned) => planned.id !== id));
    draw();
    // The pressed button may be gone; the keyboard goes on from the form.
    if (!dialog.contains(document.activeElement)) fault.control.focus();
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const added = {
      // Not randomUUID(): a phone on the same network reaches the sandbox over plain http, where browsers lack it.
      id: `${Date.now()}-${Math.random()}`,
      fault: fault.control.value as SandboxFault,
      fromSeconds: Number(start.control.value),
      forSeconds: Number(length.control.value),
    };
    void actions.planFaults([...plannedFaults(store.get()), added]).then(draw);
  });
  const ticking = setInterval(draw, TICK_MS);
  dialog.addEventListener('close', () => {
    clearInterval(ticking);
    dialog.remove();
    if (before instanceof HTMLElement && before.isConnected) before.focus();
  });
  draw();
  document.body.append(dialog);
  dialog.showModal();
  fault.control.focus();
}

function select(label: string, options: { value: string; text: string }[], chosen: string) {
  const control = h(
    'select',
    { class: 'timeline__select' },
    ...options.map(({ value, text }) => h('option', { value, selected: value === chosen }, text)),
  );
  return {
    control,
    element: h('label', { class: 'timeline__field' }, h('span', { class: 'dim' }, label), control),
  };
}

const spans = (seconds: readonly number[], say: (seconds: number) => string) =>
  seconds.map((value) => ({ value: String(value), text: say(value) }));

function whenInWords({ fromSeconds, forSeconds }: PlannedFault): string {
  return fromSeconds > 0
    ? `in ${inWords(fromSeconds)}, for ${inWords(forSeconds)}`
    : `now, ${inWords(fromSeconds + forSeconds)} left`;
}

/** `80` → "1 min 20 s". */
function inWords(seconds: number): string {
  const whole = Math.ceil(seconds);
  const minutes = Math.floor(whole / 60);
  const rest = whole % 60;
  if (minutes === 0) return `${rest} s`;
  return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
}
