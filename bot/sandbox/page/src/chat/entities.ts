/** Formatted text of a message: Telegram's entities (UTF-16 offsets) become nested elements, text stays text. */
import { z } from 'zod';
import type { SandboxEntity } from '../../../contract.ts';
import { h, setText } from '../dom.ts';
import { icon } from '../icons.ts';
import { entityTime } from '../../../when.ts';

/** What a click on a piece of text can ask for. */
export interface TextActions {
  send: (text: string) => void;
  openLink: (url: string) => void;
  copy: (text: string) => void;
}

/** Writes the times in a text as they are told now: `now` is product time in milliseconds, for relative ones. */
type TellTimes = (now: number, zone: string) => void;

interface TextContext extends TextActions {
  /** One for each time in the text so far. */
  times: TellTimes[];
}

const urlSchema = z.object({ url: z.string() });
const dateTimeSchema = z.object({ unix_time: z.number(), date_time_format: z.string() });

const PLAIN_TAGS = {
  bold: 'strong',
  italic: 'em',
  underline: 'u',
  strikethrough: 's',
} as const;

const BLOCKS = new Set(['blockquote', 'expandable_blockquote', 'pre']);

/**
 * Draws a text with its entities. Overlapping ones are cut at the border of the one they begin in. Times stay empty until
 * they are told, and can be told again: the text around them is never drawn anew for that.
 */
export function renderText(
  text: string,
  entities: readonly SandboxEntity[],
  actions: TextActions,
): { fragment: DocumentFragment; tellTimes: TellTimes } {
  const fragment = document.createDocumentFragment();
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  const context: TextContext = { ...actions, times: [] };
  renderRange(fragment, { text, from: 0, to: text.length, entities: sorted }, context);
  return {
    fragment,
    tellTimes(now, zone) {
      for (const tell of context.times) tell(now, zone);
    },
  };
}

interface Range {
  text: string;
  from: number;
  to: number;
  /** Sorted by offset, longer ones first. */
  entities: readonly SandboxEntity[];
}

function renderRange(into: Node, range: Range, context: TextContext): void {
  const { text, entities, to } = range;
  let at = range.from;
  for (let index = 0; index < entities.length;) {
    const entity = entities[index];
    if (entity === undefined || entity.offset >= to) break;
    index += 1;
    if (entity.offset < at) continue;
    const end = Math.min(entity.offset + entity.length, to);
    const inner: SandboxEntity[] = [];
    for (let next = entities[index]; next !== undefined && next.offset < end; next = entities[index]) {
      inner.push(next);
      index += 1;
    }
    const isBlock = BLOCKS.has(entity.type);
    // A block brings its own line break: the one in the text would be an empty line.
    const before = text.slice(at, entity.offset);
    into.appendChild(document.createTextNode(isBlock ? before.replace(/\n$/, '') : before));
    into.appendChild(renderEntity(entity, { text, from: entity.offset, to: end, entities: inner }, context));
    at = isBlock && text[end] === '\n' ? end + 1 : end;
  }
  into.appendChild(document.createTextNode(text.slice(at, to)));
}

function renderEntity(entity: SandboxEntity, range: Range, context: TextContext): Node {
  const words = range.text.slice(range.from, range.to);
  const fill = <T extends Node>(element: T): T => {
    renderRange(element, range, context);
    return element;
  };
  switch (entity.type) {
    case 'bold':
    case 'italic':
    case 'underline':
    case 'strikethrough':
      return fill(h(PLAIN_TAGS[entity.type]));
    case 'spoiler':
      return fill(spoiler());
    case 'code':
      return h(
        'button',
        { class: 'txt-code', title: 'Copy', onclick: () => context.copy(words) },
        h('code', {}, words),
      );
    case 'pre':
      return h('pre', { class: 'txt-pre', tabindex: '0' }, h('code', {}, words));
    case 'blockquote':
      return fill(h('blockquote', { class: 'txt-quote' }));
    case 'expandable_blockquote':
      return foldedQuote(fill(h('span')));
    case 'bot_command':
      return h('button', { class: 'txt-link', onclick: () => context.send(words) }, words);
    case 'text_link': {
      const link = urlSchema.safeParse(entity);
      return link.success ? textLink(link.data.url, fill(h('span')), context) : fill(h('span'));
    }
    case 'url':
      return textLink(
        /^[a-z][a-z0-9+.-]*:/i.test(words) ? words : `https://${words}`,
        fill(h('span')),
        context,
      );
    case 'email':
      return textLink(`mailto:${words}`, fill(h('span')), context);
    case 'phone_number':
      return textLink(`tel:${words.replaceAll(/[^+\d]/g, '')}`, fill(h('span')), context);
    case 'date_time':
      return dateTime(entity, words, context) ?? fill(h('span'));
    case 'mention':
    case 'text_mention':
    case 'hashtag':
    case 'cashtag':
      return fill(h('span', { class: 'txt-name' }));
    default:
      // Kinds this page has no look for (custom emoji, whatever comes later) keep their plain text.
      return fill(h('span'));
  }
}

function textLink(url: string, content: Node, context: TextContext): HTMLElement {
  const link = h('a', {
    class: 'txt-link',
    rel: 'noopener noreferrer',
    target: '_blank',
    title: url,
    onclick: (event) => {
      event.preventDefault();
      context.openLink(url);
    },
  });
  // Only what a browser opens safely becomes an address; the rest is refused in words on a click.
  setHref(link, url);
  link.append(content);
  return link;
}

function setHref(link: HTMLAnchorElement, url: string): void {
  link.href = /^(https?|mailto|tel):/i.test(url) ? url : '#';
}

function dateTime(entity: SandboxEntity, words: string, context: TextContext): HTMLElement | null {
  const parsed = dateTimeSchema.safeParse(entity);
  if (!parsed.success) return null;
  const at = parsed.data.unix_time * 1000;
  const element = h('time', { class: 'txt-time', datetime: new Date(at).toISOString(), title: words });
  context.times.push((now, zone) => {
    setText(element, entityTime(at, now, zone, parsed.data.date_time_format) ?? words);
  });
  return element;
}

function spoiler(): HTMLElement {
  const element = h('span', {
    class: 'txt-spoiler',
    role: 'button',
    tabindex: '0',
    'aria-label': 'Hidden text, press to show',
  });
  const reveal = () => {
    element.classList.add('txt-spoiler--shown');
    for (const name of ['role', 'tabindex', 'aria-label']) element.removeAttribute(name);
  };
  element.addEventListener('click', reveal);
  element.addEventListener('keydown', ({ key }) => {
    if (key === 'Enter' || key === ' ') reveal();
  });
  return element;
}

/** Three lines and a fold, as Telegram's clients draw it; a quote that fits anyway has no fold. */
function foldedQuote(content: HTMLElement): HTMLElement {
  content.className = 'txt-quote__text';
  const label = h('span', { class: 'vh' }, 'Show all');
  const fold = h('button', { class: 'txt-quote__fold', 'aria-expanded': 'false' }, icon('down', 'xs'), label);
  const quote = h('blockquote', { class: 'txt-quote txt-quote--fold' }, content, fold);
  const measure = new ResizeObserver(() => {
    if (quote.classList.contains('txt-quote--open')) return;
    fold.hidden = content.scrollHeight <= content.clientHeight + 1;
  });
  measure.observe(content);
  fold.addEventListener('click', () => {
    const open = quote.classList.toggle('txt-quote--open');
    fold.setAttribute('aria-expanded', String(open));
    setText(label, open ? 'Show less' : 'Show all');
  });
  return quote;
}
