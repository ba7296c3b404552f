import { afterAll, expect, test } from 'vitest';
import { createEmulator } from '../../../bot/sandbox/telegram/emulator.ts';

const TOKEN = '4242:TOKEN_of_planned_faults';

/** Milliseconds; moves only when the test moves it. */
let machine = 1_800_000_000_000;
const emulator = createEmulator({
  token: TOKEN,
  clock: { now: () => Temporal.Instant.fromEpochMilliseconds(machine) },
  machineNow: () => machine,
  storage: ':memory:',
  people: [],
});
afterAll(() => emulator.close());

async function statusAfter(seconds: number): Promise<number> {
  machine += seconds * 1000;
  return (await emulator.fetch(new Request(`http://telegram.example/bot${TOKEN}/getMe`))).status;
}

test('a planned fault begins and ends by the machine’s clock, and is forgotten when it is over', async () => {
  emulator.planFaults([
    { id: 'later', fault: 'server_error', fromSeconds: 300, forSeconds: 10 },
    { id: 'sooner', fault: 'server_error', fromSeconds: 120, forSeconds: 30 },
  ]);
  expect(emulator.state().plannedFaults.map(({ id }) => id)).toEqual(['sooner', 'later']);
  expect(await statusAfter(119)).toBe(200);
  expect(await statusAfter(1)).toBe(502);
  expect(emulator.state().plannedFaults[0]).toMatchObject({ id: 'sooner', fromSeconds: 0, forSeconds: 30 });
  expect(await statusAfter(29)).toBe(502);
  expect(await statusAfter(1)).toBe(200);
  expect(emulator.state().plannedFaults).toEqual([
    { id: 'later', fault: 'server_error', fromSeconds: 150, forSeconds: 10 },
  ]);
  expect(await statusAfter(150)).toBe(502);
  expect(await statusAfter(10)).toBe(200);
  expect(emulator.state().plannedFaults).toEqual([]);
});

test('a time line without a network keeps every call away, polls too', async () => {
  emulator.planFaults([{ id: 'gone', fault: 'offline', fromSeconds: 0, forSeconds: 60 }]);
  const poll = () => emulator.fetch(new Request(`http://telegram.example/bot${TOKEN}/getUpdates`));
  await expect(poll()).rejects.toThrow();
  machine += 60_000;
  expect((await poll()).status).toBe(200);
});
