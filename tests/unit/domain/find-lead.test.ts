/** Searching a person's leads by a few typed words. */
import { describe, expect, test } from 'vitest';
import { matchLeads } from '../../../bot/domain/lead/find-lead.ts';

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
