/**
 * A machine whose wall clock is wrong: preloaded into a worker (`node --import …/shifted-clock.ts bot/main.ts`), it moves
 * `Date` and `Temporal.Now` by CLOCK_SHIFT_MS milliseconds. The product does not know of it; monotonic time stays right, as
 * on a real machine.
 */
const shiftMs = Number(process.env['CLOCK_SHIFT_MS'] ?? '0');
const RealDate = Date;
const now = (): number => RealDate.now() + shiftMs;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, given: unknown[], newTarget) =>
    Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget) as Date,
  apply: () => new RealDate(now()).toString(),
  get: (target, name): unknown => (name === 'now' ? now : Reflect.get(target, name)),
});
Object.defineProperty(Temporal.Now, 'instant', {
  value: () => Temporal.Instant.fromEpochMilliseconds(now()),
});
