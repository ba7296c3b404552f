/** What stays of a text when everything that has a field of its own is taken out. */
import { NOTES_LIMIT } from '../../../shared/schemas/lead.ts';
import { CONTACT_MARK, type Span } from './segments.ts';

/** Lines left with nothing but these words once their contact was taken are dropped. */
const CONTACT_LABELS =
  /(?<!\p{L})(?:e-?mail|mail|phone|tel|telephone|mobile|mobil|mob|cell|fax|telefon|tel[eé]fono|t[eé]l|correo|courriel|web|website|site|linkedin|telegram|whatsapp|skype|t|m|e|p|w|тел|телефон|моб|мобильный|почта|эл|сайт|телеграм|связь)(?!\p{L})/giu;

// One class and no nested repetition: a long address would otherwise take the matcher minutes.
const TRAILING_CONTACTS = /[\s,;|·•–—-]*\uFFFC[\s,;|·•–—.\uFFFC-]*$/u;

/**
 * The text without what became name, job, company or a line of contacts; sentences keep their addresses.
 * @param masked the same text with contacts replaced by marks, see {@link mask}.
 * @param used what the identity took.
 */
export function restOf(text: string, masked: string, used: readonly Span[]): string {
  const kept: string[] = [];
  let position = 0;
  for (const line of masked.split('\n')) {
    const start = position;
    position += line.length + 1;
    const inLine = used.filter((span) => span.start < start + line.length && span.end > start);
    const remains = cut(line, start, inLine);
    const isSpent = inLine.length > 0 || line.includes(CONTACT_MARK);
    if (isSpent && !/[\p{L}\p{N}]/u.test(remains.replaceAll(CONTACT_MARK, ' ').replace(CONTACT_LABELS, ' ')))
      continue;
    const original = cut(text.slice(start, start + line.length), start, inLine);
    if (inLine.length === 0) kept.push(original);
    else {
      // What follows a header begins with its separator and often ends in contacts that have fields of their own.
      const contactsAtEnd = TRAILING_CONTACTS.exec(remains)?.[0].length ?? 0;
      kept.push(
        original
          .slice(0, original.length - contactsAtEnd)
          .replace(/^[\s,;:|·•–—.-]+/u, '')
          .replace(/ {2,}/g, ' '),
      );
    }
  }
  return kept
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** The text with every character of the spans replaced by a mark; positions stay. */
export function mask(text: string, spans: readonly Span[]): string {
  let masked = text;
  for (const { start, end } of spans) {
    masked = masked.slice(0, start) + CONTACT_MARK.repeat(end - start) + masked.slice(end);
  }
  return masked;
}

/** The schema counts UTF-16 units, people count code points: the cut satisfies the first and splits no character. */
export function cutNotes(notes: string): { kept: string; cut: number } {
  if (notes.length <= NOTES_LIMIT) return { kept: notes, cut: 0 };
  const end = /[\uD800-\uDBFF]/.test(notes.charAt(NOTES_LIMIT - 1)) ? NOTES_LIMIT - 1 : NOTES_LIMIT;
  return { kept: notes.slice(0, end).trimEnd(), cut: Array.from(notes.slice(end)).length };
}

function cut(line: string, offset: number, spans: readonly Span[]): string {
  let kept = '';
  let from = 0;
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    kept += line.slice(from, Math.max(from, span.start - offset));
    from = Math.max(from, span.end - offset);
  }
  return kept + line.slice(from);
}
