/** The whole product, started as a person would with a model at hand, killed while the model writes. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { SandboxMessage, SandboxState } from '../../../bot/sandbox/contract.ts';
import { startModelServer, streamedJson } from '../../support/model-server.ts';
import { startProduct } from '../../support/product-process.ts';

/** How long the chat is looked at for what should appear: a lease has to end first. Milliseconds. */
const PATIENCE_MS = 120_000;

const STEPS = ['Send Anna the prices', 'Call Anna about the prices', 'Ask Anna what she thinks'].map(
  (description, index) => ({
    step_id: index + 1,
    action_type: 'call',
    description,
    suggested_text: null,
    timing: 'later',
    delay_days: index * 3,
  }),
);

test('a plan that was being written when the product was killed is written after the next start, once', async () => {
  const model = await startModelServer();
  const folder = mkdtempSync(join(tmpdir(), 'nudge-planning-'));
  const start = () =>
    startProduct([process.execPath, 'bot/main.ts'], {
      DATA_DIR: folder,
      OPENAI_BASE_URL: model.url,
      OPENAI_MODEL: 'scripted-1',
    });
  model.fallback({ kind: 'hang' });
  const first = await start();
  const { people } = await stateOf(first.url);
  const personId = people[0]!.id;
  const said = await fetch(`${first.url}/sandbox/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: first.url },
    body: JSON.stringify({
      personId,
      text: 'Anna Kowalska, Baltic Freight, anna@balticfreight.example. Wants prices.',
    }),
  });
  expect(said.status).toBe(200);
  await messageWith(first.url, personId, 'Stop');
  await model.requested(1);
  const shown = await messagesWith(first.url, 'Stop');
  await first.kill();

  model.fallback(streamedJson({ steps: STEPS }));
  const second = await start();
  try {
    const plan = await messageWith(second.url, personId, 'Accept');
    expect(shown.map(({ messageId }) => messageId)).toContain(plan.messageId);
    expect(plan.text).toContain('Written by scripted-1.');
    expect(await messagesWith(second.url, 'Accept')).toHaveLength(1);
    // Without a receipt Telegram gave the text out again; what answered it once more is gone.
    await expect
      .poll(() => messagesWith(second.url, 'Stop'), { timeout: PATIENCE_MS, interval: 100 })
      .toEqual([]);
  } finally {
    await second.stop();
    await model.close();
    rmSync(folder, { recursive: true, force: true });
  }
}, 420_000);

const labels = (message: SandboxMessage): string[] => message.inlineKeyboard.flat().map(({ text }) => text);

async function stateOf(url: string): Promise<SandboxState> {
  return (await (await fetch(`${url}/sandbox/api/state`)).json()) as SandboxState;
}

async function messagesWith(url: string, label: string): Promise<SandboxMessage[]> {
  return (await stateOf(url)).messages.filter((message) => labels(message).includes(label));
}

/** The person's message with this button, as soon as it is there. */
async function messageWith(url: string, personId: number, label: string): Promise<SandboxMessage> {
  const found = async (): Promise<SandboxMessage | undefined> =>
    (await messagesWith(url, label)).find((message) => message.chatId === personId);
  await expect.poll(found, { timeout: PATIENCE_MS, interval: 100 }).toBeDefined();
  return (await found())!;
}
