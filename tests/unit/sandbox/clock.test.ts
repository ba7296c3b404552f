import { expect, test } from 'vitest';
import { createSandboxClock } from '../../../bot/sandbox/clock.ts';
import type { DatabaseClock, SandboxDatabase } from '../../../bot/sandbox/database.ts';

const MACHINE = Temporal.Instant.from('2027-03-01T09:00:00Z');
const at = (offsetSeconds: number): DatabaseClock => ({
  now: MACHINE.add({ seconds: offsetSeconds }),
  offsetSeconds,
  nextDueAt: null,
  mark: String(offsetSeconds),
});

test('a look that was asked before a move and answered after it does not bring the old time back', async () => {
  const late = Promise.withResolvers<DatabaseClock>();
  const looks = [Promise.resolve(at(0)), late.promise, Promise.resolve(at(3600))];
  const database: Pick<SandboxDatabase, 'clock' | 'moveClock'> = {
    clock: () => looks.shift()!,
    moveClock: () => Promise.resolve({ ok: true, clock: at(3600) }),
  };
  const clock = await createSandboxClock(database as SandboxDatabase, () => MACHINE);
  const look = clock.refresh();
  await clock.move({ bySeconds: 3600 });
  late.resolve(at(0));
  expect(await look).toMatchObject({ clock: { offsetSeconds: 3600 }, changed: false });
  expect(clock.now().toString()).toBe('2027-03-01T10:00:00Z');
  expect(await clock.refresh()).toMatchObject({ clock: { offsetSeconds: 3600 }, changed: false });
});
