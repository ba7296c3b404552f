/** All data of a person as a file: into their chat, or as a download; for nobody else. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { FileToSend } from '../../../bot/usecases/ports.ts';
import { mintPersonToken } from '../../../bot/http/tokens.ts';
import { createTestDatabase, TEST_KEYS } from '../../support/database.ts';
import type { TestDatabase } from '../../support/database.ts';
import { jsonPost, testServer } from '../../support/http-server.ts';

let db: TestDatabase;
let ask: ReturnType<typeof testServer>;
const sent: { telegramId: number; file: FileToSend }[] = [];
let chat: 'sent' | 'unreachable' = 'sent';
const MARA = 801;
const OTHER = 802;

beforeAll(async () => {
  db = await createTestDatabase();
  ask = testServer(db, {
    sendFile: (telegramId, file) => {
      sent.push({ telegramId, file });
      return Promise.resolve(chat);
    },
  });
  for (const [id, name] of [
    [MARA, '=HYPERLINK("http://evil.test")'],
    [OTHER, 'Secret Sam'],
  ] as const) {
    await db.admin.query(
      `insert into public.users (telegram_id, first_name, zone, zone_source) values ($1, 'Mara', 'Europe/Berlin', 'city')`,
      [id],
    );
    const { rows } = await db.admin.query<{ id: number }>(
      `insert into public.leads (telegram_id, name, company) values ($1, $2, 'Baltic Freight') returning id::int`,
      [id, name],
    );
    await db.admin.query(
      `insert into public.scheduled_reminders (lead_id, telegram_id, step_id, due_at, draft_text, title)
       values ($1, $2, 1, '2030-01-15T13:30:00Z', 'Hi, "quoted", and more', 'Send the offer')`,
      [rows[0]!.id, id],
    );
  }
});
afterAll(async () => db.drop());

async function bearer(telegramId: number): Promise<string> {
  const nowSeconds = Math.floor(Date.now() / 1000);
  const { token } = await mintPersonToken(telegramId, { secret: TEST_KEYS.jwtSecret, nowSeconds });
  return `Bearer ${token}`;
}
const post = async (format: string, headers: Record<string, string> = {}): Promise<Response> =>
  ask('/api/export', jsonPost({ format }, { authorization: await bearer(MARA), ...headers }));
const DOWNLOAD = { accept: 'application/octet-stream' };

test('the file goes into the person’s own chat', async () => {
  const answer = await post('json');
  expect([answer.status, await answer.json()]).toEqual([200, { sent: true }]);
  const last = sent.at(-1)!;
  expect([last.telegramId, last.file.name]).toEqual([
    MARA,
    expect.stringMatching(/^nudge-\d{4}-\d\d-\d\d\.json$/),
  ]);
  const everything = z.object({ leads: z.array(z.object({ telegram_id: z.number() })) });
  expect(everything.parse(JSON.parse(last.file.text)).leads).toEqual([{ telegram_id: MARA }]);
  expect(last.file.text).not.toContain('Secret Sam');
});

describe('as a download', () => {
  test('the table is one a spreadsheet reads: times on the person’s clock, no cell that runs', async () => {
    const answer = await post('csv', DOWNLOAD);
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="nudge-.*\.csv"$/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const [head, row] = (await answer.text()).split('\r\n');
    expect(head).toContain('lead,company,role');
    expect(row).toContain(`"'=HYPERLINK(""http://evil.test"")",Baltic Freight`);
    expect(row).toContain('2030-01-15 14:30,"Hi, ""quoted"", and more"');
  });

  test('the calendar holds the open reminders under ids that stay', async () => {
    const text = await (await post('ics', DOWNLOAD)).text();
    expect(text).toMatch(/UID:reminder-\d+@nudge/);
    expect(text).toContain('DTSTART:20300115T133000Z');
    expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(1);
    const again = await (await post('ics', DOWNLOAD)).text();
    const uid = /UID:.*/;
    expect(uid.exec(again)?.[0]).toBe(uid.exec(text)?.[0]);
  });
});

test('nobody gets it without their token, and no address holds one', async () => {
  expect((await ask('/api/export', jsonPost({ format: 'json' }))).status).toBe(401);
  const forged = await ask(
    '/api/export',
    jsonPost({ format: 'json' }, { authorization: 'Bearer eyJ.no.no' }),
  );
  expect(forged.status).toBe(401);
  const token = (await bearer(MARA)).slice('Bearer '.length);
  expect((await ask(`/api/export?token=${token}`, jsonPost({ format: 'json' }))).status).toBe(401);
});

test('another format and a chat that cannot be reached are said in words', async () => {
  expect((await post('exe')).status).toBe(422);
  chat = 'unreachable';
  const answer = await post('csv');
  chat = 'sent';
  expect([answer.status, await answer.json()]).toMatchObject([409, { error: { code: 'CHAT_UNREACHABLE' } }]);
});
