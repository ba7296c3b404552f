/** Writes a demo's rows with the server's key: the past can't be made through a person's actions. */
import { z } from 'zod';
import type { DemoLead } from '../domain/demo/demo-types.ts';
import type { DemoStore } from '../usecases/operator-ports.ts';
import { readValue } from './answers.ts';
import type { Database } from './clients.ts';

/** Rows of one request: well under any limit of an address or a body. */
const ROWS_AT_ONCE = 200;

const idsSchema = z.array(z.object({ id: z.number().int() }));

/** Builds the store over the server's client. */
export function createDemoStore(server: Database): DemoStore {
  return {
    async countLeads(telegramId) {
      const result = await server.from('leads').select('id').eq('telegram_id', telegramId).limit(1000);
      return readValue('count leads', result, idsSchema).length;
    },
    async settle(telegramId, zone, language) {
      const change = { zone, zone_source: 'city', language };
      const result = await server
        .from('users')
        .update(change)
        .eq('telegram_id', telegramId)
        .select('telegram_id');
      readValue('update users', result, z.array(z.unknown()));
    },
    async fill(telegramId, leads) {
      for (const lead of leads) await fillLead(server, telegramId, lead);
    },
  };
}

async function fillLead(server: Database, telegramId: number, demo: DemoLead): Promise<void> {
  const own = { telegram_id: telegramId };
  const at = demo.createdAt;
  const stamps = { created_at: at, updated_at: at };
  const isLive = demo.reminders.length > 0;
  const lead_id = await insertOne(server, 'leads', { ...own, ...demo.lead, status: demo.status, ...stamps });
  const plan_id = await insertOne(server, 'engagement_plans', {
    ...own,
    lead_id,
    status: isLive ? 'active' : 'draft',
    situation: demo.situation,
    language: demo.language,
    created_at: at,
    accepted_at: isLive ? at : null,
  });
  const ids = { ...own, lead_id, plan_id };
  await insertMany(
    server,
    'outreach_steps',
    demo.steps.map((step) => ({ ...ids, ...step, ...stamps })),
  );
  const reminders = demo.reminders.map(({ sentAt: _sentAt, events: _events, ...row }) => ({
    ...ids,
    ...row,
    ...stamps,
  }));
  const reminderIds = await insertMany(server, 'scheduled_reminders', reminders);
  await insertMany(
    server,
    'reminder_events',
    demo.reminders.flatMap(({ events }, index) =>
      events.map((event) => ({ ...ids, ...event, reminder_id: reminderIds[index], actor: 'person' })),
    ),
  );
  await insertMany(
    server,
    'delivery_attempts',
    demo.reminders.flatMap(({ sentAt }, index) =>
      sentAt.map((sent) => ({
        ...own,
        reminder_id: reminderIds[index],
        token: crypto.randomUUID(),
        kind: 'card',
        level: 1,
        outcome: 'sent',
        slot_at: sent,
        settled_at: sent,
        product_at: sent,
      })),
    ),
    'reminder_id',
  );
}

async function insertOne(server: Database, table: string, row: object): Promise<number> {
  const [id] = await insertMany(server, table, [row]);
  if (id === undefined) throw new Error(`The insert into ${table} answered no row.`);
  return id;
}

/** Ids in the order of the rows. */
async function insertMany(
  server: Database,
  table: string,
  rows: readonly object[],
  key = 'id',
): Promise<number[]> {
  const ids: number[] = [];
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    const result = await server
      .from(table)
      .insert(rows.slice(start, start + ROWS_AT_ONCE))
      .select(key);
    const inserted = readValue(`insert ${table}`, result, z.array(z.record(z.string(), z.number())));
    ids.push(...inserted.map((row) => row[key] ?? 0));
  }
  return ids;
}
