/** The loops' one alarm clock. */
import { describe, expect, test } from 'vitest';
import { createWaker } from '../../../bot/jobs/waker.ts';
import { FakeClock } from '../usecases/fake-clock.ts';

const never = new AbortController().signal;

/** A sleeper, and how long it slept once it is awake. */
function fallAsleep(nextWakeMs: () => Promise<number>, signal = never) {
  const clock = new FakeClock();
  const waker = createWaker(clock, nextWakeMs);
  const start = clock.monotonicMs();
  const slept = waker.sleep(signal).then(() => clock.monotonicMs() - start);
  return { clock, waker, slept };
}
const inMs = (ms: number) => () => Promise.resolve(ms);

describe('a sleep', () => {
  test.each([
    ['until the next thing is due', 1234, 1234],
    ['five seconds at most, because other programs write rows without a sign', 60_000, 5_000],
    ['no longer than that, however soon it is', 3, 3],
    [
      'ten milliseconds when something is due that another has, which is not asked about in a tight loop',
      0,
      10,
    ],
  ])('lasts %s', async (_, untilDue, expected) => {
    const { clock, slept } = fallAsleep(inMs(untilDue));
    expect(await clock.until(slept)).toBe(expected);
  });

  test('ends at once when somebody wakes, for everybody who sleeps', async () => {
    const { clock, waker, slept } = fallAsleep(inMs(5000));
    const other = waker.sleep(never);
    await clock.advance(100);
    waker.wake();
    expect(await clock.until(slept)).toBe(100);
    await clock.until(other);
    expect(clock.sleeping).toEqual([]);
  });

  test('does not begin when it was woken while the database was asked: that answer is old', async () => {
    const asked = Promise.withResolvers<number>();
    const { clock, waker, slept } = fallAsleep(() => asked.promise);
    await clock.settle();
    waker.wake();
    asked.resolve(5000);
    expect(await clock.until(slept)).toBe(0);
  });

  test('does not begin when the process stopped while the database was asked', async () => {
    const stop = new AbortController();
    const asked = Promise.withResolvers<number>();
    const { clock, slept } = fallAsleep(() => asked.promise, stop.signal);
    stop.abort();
    asked.resolve(5000);
    expect(await clock.until(slept)).toBe(0);
  });

  test('ends when the process stops', async () => {
    const stop = new AbortController();
    const { clock, slept } = fallAsleep(inMs(5000), stop.signal);
    await clock.advance(30);
    stop.abort();
    expect(await clock.until(slept)).toBe(30);
  });

  test('is not cut short by a wake that came before it', async () => {
    const { clock, waker, slept } = fallAsleep(inMs(0));
    await clock.until(slept);
    waker.wake();
    const start = clock.monotonicMs();
    await clock.until(waker.sleep(never));
    expect(clock.monotonicMs() - start).toBe(10);
  });

  test('that cannot ask the database is the caller’s failure', async () => {
    const { slept } = fallAsleep(() => Promise.reject(new Error('away')));
    await expect(slept).rejects.toThrow('away');
  });
});

test('the pause after a failure lasts a second, also when somebody wakes', async () => {
  const clock = new FakeClock();
  const waker = createWaker(clock, inMs(0));
  const start = clock.monotonicMs();
  const pause = waker.pause(never);
  await clock.advance(100);
  waker.wake();
  await clock.until(pause);
  expect(clock.monotonicMs() - start).toBe(1000);
});
