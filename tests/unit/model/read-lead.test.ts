/** A language model may complete and correct what the rules read, with words of the text and nothing else. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLanguageModel } from '../../../bot/model/create-language-model.ts';
import { createLeadModel } from '../../../bot/model/read-lead.ts';
import { extractLead } from '../../../bot/domain/lead/extract-lead.ts';
import { withReading, type LeadReading } from '../../../bot/domain/lead/lead-reading.ts';
import { refineLead } from '../../../bot/usecases/refine-lead.ts';
import type { LeadChange } from '../../../shared/contracts/leads.ts';
import type { LeadRow } from '../../../shared/schemas/lead.ts';
import {
  startModelServer,
  streamed,
  type ModelServer,
  type ScriptedAnswer,
} from '../../support/model-server.ts';

const NOTHING: LeadReading = {
  name: null,
  company: null,
  title: null,
  emails: [],
  phones: [],
  links: [],
  handles: [],
  city: null,
  language: null,
};

function read(text: string, reading: Partial<LeadReading>) {
  const byRules = extractLead(text);
  if (byRules.kind !== 'lead') throw new Error(`expected a lead, got ${byRules.kind}`);
  return { byRules: byRules.lead, ...withReading(byRules.lead, { ...NOTHING, ...reading }, text) };
}

describe('the model’s reading', () => {
  test('completes what the rules missed', () => {
    const { lead, refined } = read(
      'Had a chat with Ingrid Solberg who runs purchasing over at fjordline, ingrid@fjordline.no',
      {
        name: 'Ingrid Solberg',
        company: 'fjordline',
        title: 'purchasing',
      },
    );
    expect(lead).toMatchObject({ name: 'Ingrid Solberg', title: 'purchasing' });
    expect(refined).toContain('title');
  });

  test('puts a Russian name into the nominative, because its stem stands in the text', () => {
    const { lead } = read('Познакомился с Ольгой Ким из компании Ромашка, ждёт КП', { name: 'Ольга Ким' });
    expect(lead.name).toBe('Ольга Ким');
  });

  test.each<[string, Partial<LeadReading>]>([
    ['a name', { name: 'Anna Nowak' }],
    ['a company', { company: 'Maersk' }],
    ['a job', { title: 'Chief Executive Officer' }],
    ['an e-mail', { emails: ['ceo@baltic.example'] }],
    ['a number', { phones: ['+49 30 1234567'] }],
    ['a link', { links: ['https://linkedin.com/in/anna-kowalska'] }],
    ['a handle', { handles: ['annak'] }],
    ['a city', { city: 'Hamburg' }],
  ])('%s that does not stand in the text is dropped', (_, reading) => {
    const { lead, byRules, refined } = read(
      'Anna Kowalska, Baltic Freight, anna@baltic.example, wants prices',
      reading,
    );
    expect(lead).toEqual(byRules);
    expect(refined).toEqual([]);
  });

  test('never loses what the rules found, nor a word of what it corrects', () => {
    const text =
      'Anna Kowalska, Baltic Freight, +49 151 23456789, anna@baltic.example\nElbwerk is her new employer';
    const { lead, byRules } = read(text, { name: 'Anna', company: 'Elbwerk', emails: [], phones: [] });
    expect(lead.name).toBe('Anna Kowalska');
    expect(lead.company).toBe('Elbwerk');
    expect(lead.contacts).toEqual(byRules.contacts);
    expect(lead.notes).toContain('Baltic Freight');
  });
});

describe('a lead is read again', () => {
  let server: ModelServer;
  beforeAll(async () => {
    server = await startModelServer();
  });
  afterAll(() => server.close());

  const TEXT = 'Anna Kowalska, runs logistics, Baltic Freight, anna@baltic.example';
  const row = { id: 7 } as LeadRow;

  async function refine(answer: ScriptedAnswer) {
    server.script(answer);
    const written: { change: LeadChange; expected: LeadChange | null }[] = [];
    const model = createLanguageModel({ baseUrl: server.url, apiKey: 'k', model: 'm' })!;
    const store = {
      updateLead: (_action: string, _id: number, change: LeadChange, expected: LeadChange | null) => {
        written.push({ change, expected });
        const lead = { ...row, ...change } as LeadRow;
        const changed = Object.keys(change) as (keyof LeadChange)[];
        return Promise.resolve({
          ok: true as const,
          value: { action_id: 'a', replayed: false, lead, changed },
        });
      },
    };
    const outcome = await refineLead(
      { model: createLeadModel(model), store },
      { actionId: 'a', lead: row, text: TEXT, language: 'en' },
      new AbortController().signal,
    );
    return { outcome, written };
  }

  test('and what is better is written, unless somebody changed it meanwhile', async () => {
    const { outcome, written } = await refine(streamed(JSON.stringify({ ...NOTHING, title: 'logistics' })));
    expect(outcome.refined).toContain('title');
    expect(written[0]).toMatchObject({ change: { title: 'logistics' }, expected: { title: null } });
    const { messages, response_format: format } = server.requests.at(-1)!.body;
    expect(messages[1]!.content).toBe(JSON.stringify({ text: TEXT }));
    expect(format?.type).toBe('json_schema');
  });

  test.each([
    ['prose', streamed('I cannot do that.')],
    ['another shape', streamed('{"name": 5}')],
    ['nothing new', streamed(JSON.stringify(NOTHING))],
    ['a broken stream', { kind: 'cut', text: '{"name": "An' } as const],
  ])('%s changes nothing', async (_, answer) => {
    const { outcome, written } = await refine(answer);
    expect(outcome).toMatchObject({ lead: row, refined: [], usage: { calls: 1 } });
    expect(written).toEqual([]);
  });
});
