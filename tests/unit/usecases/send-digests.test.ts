/** The morning rush of digests keeps its place among the reminders: each in its slot, whatever the others do. */
import { expect, test } from 'vitest';
import { createSlotGrace } from '../../../bot/domain/reminder/slot-grace.ts';
import type { DeliveryOutcome } from '../../../bot/usecases/ports.ts';
import { sendDigests } from '../../../bot/usecases/send-digests.ts';
import type { SentDigests } from '../../../bot/usecases/send-digests.ts';
import type { ClaimedDigest } from '../../../shared/schemas/digest.ts';
import { FakeClock } from './fake-clock.ts';

const SENT: DeliveryOutcome = { outcome: 'sent', messageId: 7 };

/** Fifty digests in slots of a rate of 25 a second, as one claim hands them out. */
const RUSH: readonly ClaimedDigest[] = Array.from({ length: 50 }, (_, nth) => ({
  telegram_id: 100 + nth,
  on_date: '2026-11-18',
  language: 'en',
  zone: 'UTC',
  product_now: '2026-11-18T08:30:00+00:00',
  is_farewell: false,
  in_doubt: false,
  retries: 0,
  slot_in_ms: nth * 40,
  facts: { late: 0, today: 1, done: 0, skipped: 0, lines: [] },
}));

/** Sends them once. What is given back is not handed out again. */
async function play(
  answer: (clock: FakeClock, digest: ClaimedDigest) => Promise<DeliveryOutcome>,
  stop = new AbortController().signal,
): Promise<{ starts: number[]; settled: Map<number, string>; result: Promise<SentDigests> }> {
  const clock = new FakeClock();
  const begunAt = clock.monotonicMs();
  const starts: number[] = [];
  const settled = new Map<number, string>();
  const claims = [RUSH];
  const result = clock.until(
    sendDigests(
      {
        store: {
          claim: () => Promise.resolve({ digests: claims.shift() ?? [], empty: 0 }),
          settle: (_token, digest, { outcome }) => {
            settled.set(digest.telegram_id, outcome);
            return Promise.resolve();
          },
        },
        sender: {
          sendDigest: (digest) => {
            starts.push(clock.monotonicMs() - begunAt);
            return answer(clock, digest);
          },
        },
        clock,
        mayStart: createSlotGrace(25),
        newToken: () => 'token',
      },
      stop,
    ),
  );
  await result.catch(() => undefined);
  return { starts, settled, result };
}

test('each starts in its slot, however long Telegram takes to answer', async () => {
  const { starts, result } = await play(async (clock) => {
    await clock.sleep(500);
    return SENT;
  });
  expect(starts).toEqual(RUSH.map(({ slot_in_ms: slot }) => slot));
  expect(await result).toEqual({ sent: 50, unsent: 0, empty: 0 });
});

test('a process that was held up gives back what is late and sends what is on time', async () => {
  const { starts, settled } = await play((clock, { telegram_id: person }) => {
    // The machine stands still for a second while the first one is being sent.
    if (person === 100) clock.standStill(1000);
    return Promise.resolve(SENT);
  });
  // Slots up to 80 ms before it goes on, and all later ones.
  expect(starts.slice(0, 4)).toEqual([0, 1000, 1000, 1000]);
  expect(starts.slice(4)).toEqual(RUSH.slice(26).map(({ slot_in_ms: slot }) => slot));
  expect([...settled.values()].filter((outcome) => outcome === 'released')).toHaveLength(22);
});

test('one that fails leaves no other without a word', async () => {
  const { settled, result } = await play((_, { telegram_id: person }) =>
    person === 105 ? Promise.reject(new Error('refused')) : Promise.resolve(SENT),
  );
  await expect(result).rejects.toThrow('refused');
  expect(settled.size).toBe(49);
});

test('asked to stop, it gives back what has not left', async () => {
  const stopping = new AbortController();
  const { starts, settled } = await play((_, { telegram_id: person }) => {
    if (person === 110) stopping.abort();
    return Promise.resolve(SENT);
  }, stopping.signal);
  expect(starts).toHaveLength(11);
  expect([...settled.values()].filter((outcome) => outcome === 'released')).toHaveLength(39);
});
