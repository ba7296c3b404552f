/** Tables of leads: whatever they look like, who is named becomes a lead, and no word of a row is lost. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readLeadTable } from '../../../bot/domain/import/read-table.ts';
import { toTable } from '../../../bot/domain/export/table.ts';
import { exportedDataSchema } from '../../../shared/schemas/export.ts';

const ZONE = 'Europe/Berlin';
function leadsIn(text: string) {
  const table = readLeadTable(text, ZONE);
  if (table.kind !== 'table') throw new Error(table.reason);
  return table.leads;
}

describe('a table', () => {
  test.each([
    ['commas', 'Name,Company,E-mail\nAnna Kowalska,"Baltic, Freight",anna@baltic.example'],
    ['semicolons', 'Name;Company;E-mail\nAnna Kowalska;Baltic, Freight;anna@baltic.example'],
    ['tabs', 'Name\tCompany\tE-mail\nAnna Kowalska\tBaltic, Freight\tanna@baltic.example'],
    [
      'a mark in front',
      '\uFEFFName,Company,E-mail\r\nAnna Kowalska,"Baltic, Freight",anna@baltic.example\r\n',
    ],
    [
      'two halves of a name',
      'First Name,Last Name,Organization,Mail\nAnna,Kowalska,"Baltic, Freight",anna@baltic.example',
    ],
    ['Russian headings', 'Имя;Фамилия;Компания;Почта\nAnna;Kowalska;Baltic, Freight;anna@baltic.example'],
  ])('with %s is read', (_, text) => {
    expect(leadsIn(text)).toMatchObject([
      {
        name: 'Anna Kowalska',
        company: 'Baltic, Freight',
        contacts: { emails: ['anna@baltic.example'] },
        status: 'new',
      },
    ]);
  });

  test('keeps in the notes what does not fit its column or has no column here', () => {
    const [lead] = leadsIn(
      'Name,Email,Phone,Status,Budget,Notes\nAnna Kowalska,anna at baltic,0151 23456789,frozen,9000,Met in Hamburg',
    );
    expect(lead).toMatchObject({ contacts: { emails: [], phones: ['+4915123456789'] }, status: 'new' });
    expect(lead!.notes!.split('\n').toSorted()).toEqual([
      'Budget: 9000',
      'Email: anna at baltic',
      'Met in Hamburg',
      'Status: frozen',
    ]);
  });

  test('adds up several columns of one kind and knows how others call a status', () => {
    expect(
      leadsIn(
        'Name,Email,Mail,LinkedIn,Website,Stage\nAnna,a@b.example,c@d.example,linkedin.com/in/anna,https://baltic.com,Closed Won',
      ),
    ).toMatchObject([
      {
        contacts: { emails: ['a@b.example', 'c@d.example'], links: [expect.anything(), expect.anything()] },
        status: 'closed_won',
      },
    ]);
  });

  test('names lines that name nobody and counts rows that repeat another', () => {
    const table = readLeadTable(
      'Name,Company,Notes\nAnna,,x\n,,only words\nAnna,,x\n,Baltic Freight,\n',
      ZONE,
    );
    expect(table).toMatchObject({ kind: 'table', nameless: [3], repeated: 1, unknown: [] });
    expect(leadsIn('Name,Company\n,Baltic Freight')).toMatchObject([{ name: 'Baltic Freight' }]);
  });

  test.each([
    ['empty', '', 'empty'],
    ['only its heading', 'Name,Company\n', 'empty'],
    ['one without a heading that says who', 'Anna Kowalska,Baltic Freight\nJonas,Nordsee', 'no_heading'],
    ['one with a quote that never ends', 'Name,Notes\nAnna,"and so on\n', 'broken'],
    ['one of a thousand rows and more', `Name\n${'Anna\n'.repeat(1001)}`, 'too_many'],
  ])('that is %s is told apart', (_, text, reason) => {
    expect(readLeadTable(text, ZONE)).toEqual({ kind: 'no_table', reason });
  });

  test('whatever it holds never throws, and gives leads that can be stored', () => {
    const cell = fc.string({ unit: 'grapheme', maxLength: 300 });
    const row = fc.array(cell, { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 6 }), fc.constantFrom(',', ';', '\t'), (rows, delimiter) => {
        const text = [['Name', 'Email', 'Phone', 'Zone', 'Else'], ...rows]
          .map((cells) => cells.join(delimiter))
          .join('\n');
        const table = readLeadTable(text, ZONE);
        if (table.kind !== 'table') return;
        for (const lead of table.leads) {
          expect(lead.name.trim()).not.toBe('');
          expect(lead.name.length).toBeLessThanOrEqual(200);
          expect((lead.notes ?? '').length).toBeLessThanOrEqual(4000);
        }
      }),
      { numRuns: 300 },
    );
  });
});

test('our own export comes back as the leads it was made of', () => {
  const stamp = '2026-11-21T10:00:00Z';
  const lead = {
    ...{ id: 1, telegram_id: 5, name: 'Anna Kowalska', company: 'Baltic Freight', title: '=CEO', zone: null },
    contacts: { emails: ['anna@baltic.example'], phones: ['+4915123456789'], links: [], handles: [] },
    ...{ notes: 'Met in Hamburg', status: 'reached_out', language: null, deleted_at: null, paused_at: null },
    ...{ created_at: stamp, updated_at: stamp },
  };
  const none = {
    plans: [],
    steps: [],
    reminders: [],
    events: [],
    versions: [],
    runs: [],
    deliveries: [],
    actions: [],
  };
  const data = exportedDataSchema.parse({ person: null, leads: [lead], ...none });
  const [read] = leadsIn(toTable(data));
  const { name, company, title, contacts, notes, status } = lead;
  expect(read).toMatchObject({ name, company, title, contacts, notes, status });
});
