/**
 * The page draws itself with the DOM alone. Data reaches it as text nodes and properties only: there is no
 * way here to put markup from a message into the page.
 */
type Child = Node | string | null | false;
type Value = string | number | boolean | null | undefined;
type Handlers = { [K in keyof HTMLElementEventMap as `on${K}`]?: (event: HTMLElementEventMap[K]) => void };

/** Attributes (`class`, `aria-label`, …); `true` sets an empty one, `false`, `null` and `undefined` leave it out. */
export type Attributes =
  Record<string, Value> | (Record<string, Value | ((event: never) => void)> & Handlers);

/** Makes an element. Keys that begin with `on` are listeners (`onclick`), everything else is an attribute. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') {
      element.addEventListener(name.slice(2), value as (event: Event) => void);
    } else setAttribute(element, name, value);
  }
  element.append(...children.filter((child): child is Node | string => child !== null && child !== false));
  return element;
}

/** Sets, changes or removes one attribute. */
export function setAttribute(element: Element, name: string, value: Value): void {
  if (value === null || value === undefined || value === false) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? '' : String(value));
}

/** Writes text only when it differs, so that screen readers and selections are left alone. */
export function setText(element: Node, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** A list whose elements live as long as their item does: focus, scroll and folds survive an update. */
export interface KeyedList<Item> {
  /** Brings the container's children in line with the items, in their order. */
  update(items: readonly Item[]): void;
}

/**
 * @param keyOf unique within the list
 * @param create makes the element once; the function it returns brings it up to date with a newer item
 */
export function keyedList<Item>(
  container: HTMLElement,
  keyOf: (item: Item) => string,
  create: (item: Item) => { element: HTMLElement; update(item: Item): void },
): KeyedList<Item> {
  const known = new Map<string, { element: HTMLElement; item: Item; update(item: Item): void }>();
  return {
    update(items) {
      const wanted = new Set(items.map(keyOf));
      for (const [key, entry] of known) {
        if (wanted.has(key)) continue;
        entry.element.remove();
        known.delete(key);
      }
      let previous: Element | null = null;
      for (const item of items) {
        const key = keyOf(item);
        let entry = known.get(key);
        if (entry === undefined) {
          entry = { ...create(item), item };
          known.set(key, entry);
        } else {
          entry.item = item;
          entry.update(item);
        }
        const place: Element | null =
          previous === null ? container.firstElementChild : previous.nextElementSibling;
        if (place !== entry.element) container.insertBefore(entry.element, place);
        previous = entry.element;
      }
    },
  };
}

/** Starts a CSS animation class again, also while it is still running. */
export function replayAnimation(element: HTMLElement, className: string): void {
  element.classList.remove(className);
  // Asking for the boxes makes the browser notice that the class was gone.
  element.getClientRects();
  element.classList.add(className);
}
