import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { extractLead } from '../../../bot/domain/lead/extract-lead.ts';
import { detectSituation } from '../../../bot/domain/plan/situation.ts';
import { NOTES_LIMIT, newLeadSchema } from '../../../shared/schemas/lead.ts';

const lines = z.array(z.string());
const fixtureSchema = z.strictObject({
  /** Where texts of this style come from. */
  source: z.string().min(5),
  text: z.string(),
  expect: z.discriminatedUnion('kind', [
    z
      .strictObject({
        kind: z.literal('lead'),
        name: z.string(),
        company: z.string().nullable(),
        title: z.string().nullable(),
        emails: lines,
        phones: lines,
        links: lines,
        handles: lines,
        zone: z.string().nullable(),
        language: z.string().nullable(),
        notes: z.string().nullable(),
        guessed: lines,
        situation: z.string(),
        notesInclude: lines,
        notesExclude: lines,
        fieldsExclude: lines,
      })
      .partial()
      .required({ kind: true, name: true }),
    z.strictObject({ kind: z.literal('several'), names: lines }),
    z.strictObject({ kind: z.literal('no_lead'), reason: z.string() }),
  ]),
});

const folder = new URL('./leads/', import.meta.url);
const fixtures = readdirSync(folder).map((file) => ({
  file,
  ...fixtureSchema.parse(JSON.parse(readFileSync(new URL(file, folder), 'utf8'))),
}));

describe('texts as people paste them', () => {
  test.each(fixtures)('$file', ({ text, expect: expected }) => {
    const result = extractLead(text);
    expect(result.kind).toBe(expected.kind);
    if (result.kind === 'no_lead') {
      expect(result).toEqual(expected);
    } else if (result.kind === 'several' && expected.kind === 'several') {
      expect(result.leads.map(({ lead }) => lead.name)).toEqual(expected.names);
    } else if (result.kind === 'lead' && expected.kind === 'lead') {
      const { situation, notesInclude, notesExclude, fieldsExclude, guessed, ...fields } = expected;
      const { lead, understood } = result;
      expect({ kind: 'lead', ...lead, ...lead.contacts }).toMatchObject(fields);
      for (const part of notesInclude ?? []) expect(lead.notes).toContain(part);
      for (const part of notesExclude ?? []) expect(lead.notes ?? '').not.toContain(part);
      for (const field of fieldsExclude ?? []) expect(understood.fields).not.toContain(field);
      expect(understood.guessed).toEqual(expect.arrayContaining(guessed ?? []));
      if (situation !== undefined) expect(detectSituation(text)).toBe(situation);
    }
  });

  test('there are at least sixty of them', () => {
    expect(fixtures.length).toBeGreaterThanOrEqual(60);
  });
});

describe('whatever is typed', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc
      .array(
        fc.constantFrom(
          'Anna',
          'Kowalska',
          ',',
          '\n',
          ' - ',
          'at',
          'a@b.co',
          '+49 151 23456789',
          'BEGIN:VCARD',
          '\n\n',
          'ООО',
          '@x_yz',
          '?',
          ':',
          '(',
          'www.a.de',
          'FN:',
        ),
        { maxLength: 60 },
      )
      .map((parts) => parts.join(' ')),
  );

  test('it never throws, and what it calls a lead can be stored', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const result = extractLead(text);
        const leads =
          result.kind === 'lead'
            ? [result.lead]
            : result.kind === 'several'
              ? result.leads.map(({ lead }) => lead)
              : [];
        for (const lead of leads) expect(newLeadSchema.safeParse(lead).error).toBeUndefined();
      }),
    );
  });

  test('every word of a note about a person is in a field or in the notes', () => {
    const word = fc.stringMatching(/^[a-z]{3,9}$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 40 }), fc.boolean(), (words, newLine) => {
        const result = extractLead(
          `Anna Kowalska, Baltic Freight${newLine ? '\n' : ', '}wants ${words.join(' ')}\nanna@baltic.example.com`,
        );
        if (result.kind !== 'lead') throw new Error(`expected a lead, got ${result.kind}`);
        const kept = JSON.stringify(result.lead).toLowerCase();
        for (const each of words) expect(kept).toContain(each);
      }),
    );
  });

  test('every well-formed e-mail, phone and link is found', () => {
    const label = fc.stringMatching(/^[a-z]{2,10}$/);
    const ending = fc.constantFrom('com', 'de', 'co.uk', 'io', 'ru');
    const phone = fc.constantFrom(
      '+49 151 23456789',
      '+1 (415) 555-2671',
      '+44 20 7946 0958',
      '+7 916 123-45-67',
    );
    fc.assert(
      fc.property(
        label,
        label,
        label,
        ending,
        phone,
        fc.constantFrom(' ', '\n', ' | ', ', '),
        (user, host, path, tld, number, between) => {
          const email = `${user}@${host}.${tld}`;
          const link = `https://${host}.${tld}/${path}`;
          const result = extractLead(['Anna Kowalska', email, link, number].join(between));
          if (result.kind !== 'lead') throw new Error(`expected a lead, got ${result.kind}`);
          const { emails, links, phones } = result.lead.contacts;
          expect([emails, links, phones]).toEqual([[email], [link], [number.replace(/[^\d+]/g, '')]]);
        },
      ),
    );
  });

  test('every well-formed e-mail, phone and link is found in any noise around it', () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9]{1,10}$/);
    const email = fc
      .tuple(
        name,
        fc.constantFrom('', '.', '_', '-', '+'),
        name,
        name,
        fc.constantFrom('com', 'de', 'co.uk', 'io', 'рф'),
      )
      .map(([a, joint, b, host, tld]) => `${a}${joint === '' ? '' : joint + b}@${host}.${tld}`);
    const link = fc
      .tuple(
        fc.constantFrom('https://', 'http://', 'https://www.'),
        name,
        fc.constantFrom('com', 'org', 'app'),
        name,
      )
      .map(([scheme, host, tld, path]) => `${scheme}${host}.${tld}/${path}`);
    const phone = fc.constantFrom(
      '+49 30 9876543',
      '+49 (0) 30 9876543',
      '+1-415-555-2671',
      '+7 (495) 123-45-67',
      '+44 20 7946 0958',
      '+972-54-123-4567',
      '+81 3 9876 5432',
    );
    const noise = fc.constantFrom(
      ...[
        'wants prices',
        '||',
        '~~',
        '✦',
        'Met in May',
        'ждёт КП',
        'שלום',
        '12.11.',
        '—',
        '"quoted"',
        '(see below)',
        '10:30',
        '24k',
      ],
    );
    const item = fc.oneof(
      email.map((value) => ({ kind: 'emails' as const, value, written: value })),
      email.map((value) => ({ kind: 'emails' as const, value, written: `<${value}>` })),
      link.map((value) => ({ kind: 'links' as const, value, written: `${value},` })),
      phone.map((value) => ({
        kind: 'phones' as const,
        value: value.replace('(0)', '').replace(/[^\d+]/g, ''),
        written: value,
      })),
      noise.map((written) => ({ kind: null, value: '', written })),
    );
    fc.assert(
      fc.property(
        fc.array(item, { minLength: 1, maxLength: 12 }),
        fc.constantFrom('\n', '\n\n', ' ; ', ' | '),
        (items, between) => {
          const result = extractLead(
            `Anna Kowalska, Baltic Freight${between}${items.map(({ written }) => written).join(between)}`,
          );
          const leads =
            result.kind === 'lead'
              ? [result.lead]
              : result.kind === 'several'
                ? result.leads.map(({ lead }) => lead)
                : [];
          for (const { kind, value } of items) {
            if (kind === null) continue;
            const found = leads.flatMap(({ contacts }) => contacts[kind]).map((each) => each.toLowerCase());
            expect(found).toContain(value.toLowerCase());
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test('nothing at all is told as empty', () => {
    for (const text of ['', '   \n ', '\u200f\u200b'])
      expect(extractLead(text)).toEqual({ kind: 'no_lead', reason: 'empty' });
  });

  test('a command is never a lead', () => {
    expect(extractLead('/today Anna Kowalska')).toEqual({ kind: 'no_lead', reason: 'command' });
  });

  test('10,000 characters are accepted, the notes kept up to their limit, and the rest is counted', () => {
    const result = extractLead(`Anna Kowalska, Baltic Freight\n${'🚢 long '.repeat(1_430)}`);
    if (result.kind !== 'lead') throw new Error(`expected a lead, got ${result.kind}`);
    const notes = result.lead.notes ?? '';
    expect(notes.length).toBeLessThanOrEqual(NOTES_LIMIT);
    expect(notes.length).toBeGreaterThan(NOTES_LIMIT - 10);
    expect(notes.isWellFormed()).toBe(true);
    expect(result.understood.notesCut).toBeGreaterThan(4_000);
  });

  test.each([
    ['a'.repeat(10_000)],
    ['a.'.repeat(5_000)],
    ['A '.repeat(5_000)],
    ['1 2 3-'.repeat(1_700)],
    ['@a@'.repeat(3_400)],
    [`${'Anna, '.repeat(1_700)}?`],
    ['(Anna) - \n'.repeat(1_000)],
    ['=D0'.repeat(3_300)],
    [`${' '.repeat(10_000)}a`],
    ['+1 2 3 4 5 6 7 '.repeat(650)],
  ])('a hostile text of 10,000 characters does not hold the bot up', (text) => {
    // Processor time: other tests running beside this one must not fail it.
    const started = process.cpuUsage();
    extractLead(text);
    expect(process.cpuUsage(started).user / 1_000).toBeLessThan(1_000);
  });
});
