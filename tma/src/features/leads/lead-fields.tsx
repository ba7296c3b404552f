/** The fields of a lead as a person types them, and back to what is stored. */
import { newLeadSchema, NOTES_LIMIT } from '../../../../shared/schemas/lead.ts';
import type { NewLead } from '../../../../shared/schemas/lead.ts';
import { normaliseZone } from '../../../../shared/rules/zones.ts';
import { useTexts } from '../../texts/texts.ts';
import type { Say } from '../../texts/texts.ts';
import { Field } from '../../ui/field.tsx';

/** Every field as text; contacts one a line. */
export interface LeadDraft {
  readonly name: string;
  readonly company: string;
  readonly title: string;
  readonly emails: string;
  readonly phones: string;
  readonly links: string;
  readonly handles: string;
  readonly zone: string;
  readonly notes: string;
}

export type LeadField = keyof LeadDraft;

const LINE_FIELDS = ['name', 'company', 'title'] as const;
const CONTACT_FIELDS = ['emails', 'phones', 'links', 'handles'] as const;
/** In code points, as the database counts. */
const SHORT_LIMIT = 200;

/** The browser's own checks would refuse a second address; these only bring the fitting keyboard. */
const TYPES = { emails: 'email', phones: 'tel', links: 'url', handles: 'text' } as const;

export const EMPTY_DRAFT: LeadDraft = {
  name: '',
  company: '',
  title: '',
  emails: '',
  phones: '',
  links: '',
  handles: '',
  zone: '',
  notes: '',
};

export function toDraft(lead: Omit<NewLead, 'language'>): LeadDraft {
  const { contacts } = lead;
  return {
    name: lead.name,
    company: lead.company ?? '',
    title: lead.title ?? '',
    emails: contacts.emails.join('\n'),
    phones: contacts.phones.join('\n'),
    links: contacts.links.join('\n'),
    handles: contacts.handles.map((handle) => `@${handle}`).join('\n'),
    zone: lead.zone ?? '',
    notes: lead.notes ?? '',
  };
}

/** What is wrong, field by field, in words; empty = it can be stored. */
export function problemsOf(draft: LeadDraft, say: Say): Partial<Record<LeadField, string>> {
  const problems: Partial<Record<LeadField, string>> = {};
  if (draft.name.trim() === '') problems.name = say('field-name-missing');
  for (const field of LINE_FIELDS) {
    const over = lengthOf(draft[field]) - SHORT_LIMIT;
    if (over > 0) problems[field] = say('too-long', { over, limit: SHORT_LIMIT });
  }
  const over = lengthOf(draft.notes) - NOTES_LIMIT;
  if (over > 0) problems.notes = say('too-long', { over, limit: NOTES_LIMIT });
  const wrongMail = linesOf(draft.emails).find((line) => !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(line));
  if (wrongMail !== undefined) problems.emails = say('field-email-wrong', { what: wrongMail });
  const wrongPhone = linesOf(draft.phones).find((line) => line.replace(/\D/g, '').length < 5);
  if (wrongPhone !== undefined) problems.phones = say('field-phone-wrong', { what: wrongPhone });
  const wrongLink = linesOf(draft.links).find((line) => !/^(https?:\/\/)?[^\s/]+\.[^\s]+$/i.test(line));
  if (wrongLink !== undefined) problems.links = say('field-link-wrong', { what: wrongLink });
  if (draft.zone.trim() !== '' && !normaliseZone(draft.zone).ok) problems.zone = say('field-zone-wrong');
  return problems;
}

/** A draft without problems as what is stored; blanks count as nothing. */
export function toLead(draft: LeadDraft, language: string | null): NewLead {
  const zone = normaliseZone(draft.zone);
  const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());
  return newLeadSchema.parse({
    name: draft.name,
    company: orNull(draft.company),
    title: orNull(draft.title),
    contacts: {
      emails: linesOf(draft.emails),
      phones: linesOf(draft.phones),
      links: linesOf(draft.links),
      handles: linesOf(draft.handles).map((handle) => handle.replace(/^@/, '')),
    },
    notes: orNull(draft.notes),
    zone: zone.ok ? zone.zone : null,
    language,
  });
}

interface LeadFieldsProps {
  draft: LeadDraft;
  problems: Partial<Record<LeadField, string>>;
  /** Fields that were inferred and not written as such. */
  guessed?: readonly string[];
  onChange: (draft: LeadDraft) => void;
}

/** The form itself; each problem stands below its field. */
export function LeadFields({ draft, problems, guessed = [], onChange }: LeadFieldsProps) {
  const say = useTexts();
  const shared = (field: LeadField) => ({
    label: say('field', { type: field }),
    value: draft[field],
    problem: problems[field] ?? null,
    hint: guessed.includes(field) ? say('field-guessed') : null,
    onChange: (value: string) => {
      onChange({ ...draft, [field]: value });
    },
  });
  return (
    <>
      {LINE_FIELDS.map((field) => (
        <Field key={field} {...shared(field)} limit={SHORT_LIMIT} />
      ))}
      {CONTACT_FIELDS.map((field) => (
        <Field
          key={field}
          {...shared(field)}
          type={TYPES[field]}
          isMultiline={linesOf(draft[field]).length > 1}
        />
      ))}
      <Field {...shared('zone')} placeholder={say('field-zone-hint')} />
      <Field {...shared('notes')} isMultiline limit={NOTES_LIMIT} />
    </>
  );
}

function linesOf(text: string): string[] {
  return text
    .split(/[\n,;]/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function lengthOf(text: string): number {
  return Array.from(text.trim()).length;
}
