/** A forwarded message has an author: often the lead, sometimes only who passed the lead on. */
import type { Extraction, ReadLead } from './lead-types.ts';

/** Who wrote a forwarded message, as far as Telegram tells. */
export interface Sender {
  readonly name: string;
  /** Without `@`; null when they have none or hide it. */
  readonly handle: string | null;
}

/**
 * The reading with its sender in it. When the text names nobody, the sender is the lead, even if the text itself is only
 * "Hello!". When it names somebody else, that is the lead and the notes say who forwarded it.
 * @param forwardedBy "Forwarded from Anna (@anna)" in the person's language.
 */
export function withSender(read: Extraction, sender: Sender, text: string, forwardedBy: string): Extraction {
  if (read.kind === 'several') return read;
  if (read.kind === 'no_lead') {
    if (read.reason === 'empty' || read.reason === 'command') return read;
    return { kind: 'lead', ...fromNobody(sender, text) };
  }
  const { lead, understood } = read;
  const isNamed = understood.fields.includes('name') && !understood.guessed.includes('name');
  if (isNamed && !isSamePerson(lead.name, sender.name)) {
    return { ...read, lead: { ...lead, notes: [lead.notes, forwardedBy].filter(Boolean).join('\n') } };
  }
  const name = isNamed && lead.name.length >= sender.name.length ? lead.name : sender.name;
  const fields = new Set(understood.fields).add('name');
  if (sender.handle !== null) fields.add('handles');
  return {
    ...read,
    lead: { ...lead, name, contacts: withHandle(lead.contacts, sender.handle) },
    understood: {
      ...understood,
      fields: [...fields],
      guessed: understood.guessed.filter((field) => field !== 'name'),
    },
  };
}

function fromNobody(sender: Sender, text: string): ReadLead {
  const empty = { emails: [], phones: [], links: [], handles: [] };
  return {
    text,
    lead: {
      name: sender.name,
      company: null,
      title: null,
      contacts: withHandle(empty, sender.handle),
      notes: text.trim() === '' ? null : text.trim(),
      zone: null,
      language: null,
    },
    understood: { fields: sender.handle === null ? ['name'] : ['name', 'handles'], guessed: [], notesCut: 0 },
  };
}

function withHandle(
  contacts: ReadLead['lead']['contacts'],
  handle: string | null,
): ReadLead['lead']['contacts'] {
  if (handle === null || contacts.handles.some((known) => known.toLowerCase() === handle.toLowerCase()))
    return contacts;
  return { ...contacts, handles: [handle, ...contacts.handles] };
}

/** "Anna" and "Anna Kowalska" are one person, "Anna Kowalska" and "Jonas Weber" are two. */
function isSamePerson(a: string, b: string): boolean {
  const words = (name: string): string[] => name.toLowerCase().match(/[\p{L}\p{M}]{3,}/gu) ?? [];
  const others = new Set(words(b));
  return words(a).some((word) => others.has(word));
}
