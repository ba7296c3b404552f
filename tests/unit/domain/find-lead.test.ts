/** Searching a person's leads by a few typed words. */
import { describe, expect, test } from 'vitest';
import { leadOfForward, matchLeads } from '../../../bot/domain/lead/find-lead.ts';

const person = (name: string, company: string | null, contacts: Partial<Record<string, string[]>> = {}) => ({
  name,
  company,
  contacts: { emails: [], phones: [], links: [], handles: [], ...contacts },
});
const ANNA = person('Anna Kowalska', 'Baltic Freight', { emails: ['anna@balticfreight.example'] });
const LUKASZ = person('Łukasz Żak', null, { phones: ['+4915123456789'], handles: ['lukasz_z'] });
const JOSE = person('José Peña', 'Solaria', { links: ['https://solaria.example/team'] });
const LEADS = [ANNA, LUKASZ, JOSE];

describe('a search', () => {
  test.each([
    ['nothing but blanks finds everybody', '  ', LEADS],
    ['by a part of the name', 'kowal', [ANNA]],
    ['by company', 'FREIGHT', [ANNA]],
    ['by e-mail', 'anna@baltic', [ANNA]],
    ['without the accents of a name', 'lukasz zak', [LUKASZ]],
    ['with accents where the name has them', 'Peña', [JOSE]],
    ['by a handle as people write it', '@lukasz', [LUKASZ]],
    ['by a page', 'solaria.example', [JOSE]],
    ['by a number whatever signs it is typed with', '0151/234 567', []],
    ['by the digits of a number', '+49-151-234', [LUKASZ]],
    ['needs every word', 'anna solaria', []],
    ['never by two digits, which stand in almost every number', '49', []],
  ])('%s', (_, typed, found) => {
    expect(matchLeads(LEADS, typed)).toEqual(found);
  });
});

describe('a forwarded message', () => {
  const SECOND_ANNA = person('Anna Nowak', 'Solaria');
  const WITH_HANDLE = person('Mara Lind', null, { handles: ['mara_l'] });
  const TWINS = [person('Max Muster', 'One'), person('Max Muster', 'Two')];
  const ALL = [...LEADS, SECOND_ANNA, WITH_HANDLE, ...TWINS];
  const from = (name: string, handle: string | null = null) => ({ name, handle });
  const one = (lead: object) => ({ kind: 'one', lead });
  const perhaps = (...leads: object[]) => ({ kind: 'perhaps', leads });

  test.each<[string, { name: string; handle: string | null }, string, object]>([
    ['is its sender’s, by their full name', from('Anna Kowalska'), 'ok', one(ANNA)],
    ['whatever the order of the names, and without accents', from('Zak Lukasz'), '', one(LUKASZ)],
    ['with a middle name', from('José M. Peña'), '', one(JOSE)],
    ['by their username, whatever they call themselves', from('🦊', 'Lukasz_Z'), 'hi', one(LUKASZ)],
    ['by an e-mail in it', from('Assistant'), 'Reach ANNA@balticfreight.example', one(ANNA)],
    ['by a phone in it', from('Assistant'), 'call +49 151 23456789', one(LUKASZ)],
    ['by a handle in it', from('Assistant'), 'ask @mara_l', one(WITH_HANDLE)],
    ['of a first name alone is a question', from('José'), 'yes', perhaps(JOSE)],
    ['of a first name that two have is a question', from('Anna'), 'yes', perhaps(ANNA, SECOND_ANNA)],
    [
      'of a first name that a contact in it completes is no question',
      from('Anna'),
      'anna@balticfreight.example',
      one(ANNA),
    ],
    ['of two people of one name is a question', from('Max Muster'), '', perhaps(...TWINS)],
    [
      'of a known name with another username is a question',
      from('Mara Lind', 'other'),
      '',
      perhaps(WITH_HANDLE),
    ],
    ['of a namesake with another family name is nobody’s', from('Anna Schmidt'), 'hello', { kind: 'nobody' }],
    ['without any name is nobody’s', from('🔥'), 'hello', { kind: 'nobody' }],
  ])('%s', (_, sender, text, expected) => {
    expect(leadOfForward(ALL, sender, text)).toEqual(expected);
  });
});
