/** Gaps that a model left for somebody to fill: filled where the lead's own fields can, found where not. */
import type { NewLead } from '../../../../shared/schemas/lead.ts';
import { firstName } from '../../lead/first-name.ts';

const GAP =
  /\[[^\]\n]{1,60}\]|\{\{?[^{}\n]{1,60}\}?\}|<\/?[\p{L}][^<>\n]{0,60}>|(?<![\p{L}_])_{3,}|(?<!\p{L})XX+(?!\p{L})|%[A-Z_]{3,}%/gu;
const SENDER = /your|my|sender|our|ваш|мо[йея]|наш|отправител/i;

/** A lead known only by an address or a number has no first name. */
const firstNameOf = (lead: NewLead): string | null =>
  /[@\d/]/.test(lead.name) || lead.name === lead.company ? null : firstName(lead.name);

const FIELDS: readonly (readonly [RegExp, (lead: NewLead) => string | null])[] = [
  [/first|^name$|^имя$|recipient|contact.?name|lead.?name|prospect|имя/i, firstNameOf],
  [/company|organi[sz]ation|компани/i, (lead) => lead.company],
  [/title|position|role|должност/i, (lead) => lead.title],
];

/** The text with the gaps filled that speak of the lead; the others stay for {@link hasPlaceholder}. */
export function fillPlaceholders(text: string, lead: NewLead): string {
  return text.replace(GAP, (gap) => {
    const label = gap.replace(/[[\]{}<>_%]+/g, ' ').trim();
    if (SENDER.test(label)) return gap;
    const value = FIELDS.find(([pattern]) => pattern.test(label))?.[1](lead) ?? null;
    return value === null || /[[\]{}<>]/.test(value) ? gap : value;
  });
}

/** Whether something is left to be filled. */
export function hasPlaceholder(text: string): boolean {
  return text.search(GAP) !== -1;
}
