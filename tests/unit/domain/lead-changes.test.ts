/** Fields as people type them, and what a second text adds to a lead that is there. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergeLead } from '../../../bot/domain/lead/merge-lead.ts';
import { readField, type LeadFieldName } from '../../../bot/domain/lead/read-field.ts';
import { NOTES_LIMIT, type NewLead } from '../../../shared/schemas/lead.ts';

const NONE = { emails: [], phones: [], links: [], handles: [] };
const LEAD: NewLead = {
  name: 'Anna Kowalska',
  company: null,
  title: null,
  contacts: { ...NONE, emails: ['anna@b.example'] },
  notes: 'Met in Hamburg.',
  zone: null,
  language: null,
};

describe('a typed field', () => {
  test.each<[LeadFieldName, string, unknown]>([
    ['name', '  Anna\n Nowak ', { name: 'Anna Nowak' }],
    ['company', '-', { company: null }],
    ['title', 'нет', { title: null }],
    ['emails', 'a@b.co; c@d.co', { contacts: { ...LEAD.contacts, emails: ['a@b.co', 'c@d.co'] } }],
    ['phones', '0151 23456789', { contacts: { ...LEAD.contacts, phones: ['+4915123456789'] } }],
    ['handles', 'anna_k and @jo_weber', { contacts: { ...LEAD.contacts, handles: ['anna_k', 'jo_weber'] } }],
    ['links', 'baltic.com', { contacts: { ...LEAD.contacts, links: ['https://baltic.com'] } }],
    ['links', 'none', { contacts: { ...LEAD.contacts, links: [] } }],
    ['zone', 'Варшава', { zone: 'Europe/Warsaw' }],
  ])('%s "%s" is understood', (field, typed, change) => {
    expect(readField(field, typed, LEAD.contacts, 'Europe/Berlin')).toEqual({ ok: true, change });
  });

  test.each<[LeadFieldName, string, string]>([
    ['name', '-', 'empty_name'],
    ['company', 'x'.repeat(201), 'too_long'],
    ['notes', 'x'.repeat(NOTES_LIMIT + 1), 'too_long'],
    ['emails', 'a@b.co is hers', 'no_email'],
    ['phones', '12', 'no_phone'],
    ['links', 'her site', 'no_link'],
    ['zone', 'Atlantis', 'unknown_zone'],
  ])('%s "%s" is refused instead of guessed', (field, typed, problem) => {
    expect(readField(field, typed, LEAD.contacts, 'Europe/Berlin')).toEqual({ ok: false, problem });
  });
});

describe('a second text about a lead', () => {
  test('fills what is empty, adds contacts and notes, and overwrites nothing', () => {
    const found: NewLead = {
      ...LEAD,
      name: 'A. Kowalska',
      company: 'Baltic Freight',
      contacts: { ...NONE, emails: ['ANNA@b.example', 'a.k@b.example'], phones: ['+4915123456789'] },
      notes: 'Met in Hamburg.\nWants prices.',
      zone: 'Europe/Berlin',
    };
    expect(mergeLead({ ...LEAD, title: 'CEO' }, { ...found, title: 'Buyer' })).toEqual({
      change: {
        company: 'Baltic Freight',
        zone: 'Europe/Berlin',
        contacts: { ...NONE, emails: ['anna@b.example', 'a.k@b.example'], phones: ['+4915123456789'] },
        notes: 'Met in Hamburg.\n\nWants prices.',
      },
      notesFit: true,
    });
  });

  test('says when its notes would not fit, and leaves the present ones whole', () => {
    const { change, notesFit } = mergeLead(LEAD, { ...LEAD, notes: 'x'.repeat(NOTES_LIMIT - 5) });
    expect([change, notesFit]).toEqual([{}, false]);
  });

  test('read twice adds nothing the second time', () => {
    const word = fc.stringMatching(/^[a-z]{2,8}$/);
    const lead = fc.record({
      emails: fc.array(word),
      notes: fc.array(word).map((words) => words.join('\n') || null),
    });
    fc.assert(
      fc.property(lead, lead, (known, found) => {
        const whole = ({ emails, notes }: typeof known): NewLead => ({
          ...LEAD,
          contacts: { ...NONE, emails: [...new Set(emails)] },
          notes,
        });
        const first = { ...whole(known), ...mergeLead(whole(known), whole(found)).change } as NewLead;
        expect(mergeLead(first, whole(found)).change).toEqual({});
      }),
    );
  });
});
