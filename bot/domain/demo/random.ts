/** Chance that comes out the same for the same seed, so that two fills show the same demo. */

/** Numbers from 0 (inclusive) to 1 (exclusive): mulberry32, good enough for a demo and for nothing else. */
export type Random = () => number;

/** @param seed any integer; only its lower 32 bits count. */
export function createRandom(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number from `from` to `to`, both included. */
export function between(random: Random, from: number, to: number): number {
  return from + Math.floor(random() * (to - from + 1));
}
