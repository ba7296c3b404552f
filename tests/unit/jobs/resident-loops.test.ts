/** The loops that run as long as the process: nothing but a refused token ends them. */
import { describe, expect, test } from 'vitest';
import { startResidentLoops } from '../../../bot/jobs/resident-loops.ts';
import type { ResidentLoops } from '../../../bot/jobs/resident-loops.ts';
import { createWaker } from '../../../bot/jobs/waker.ts';
import type { Waker } from '../../../bot/jobs/waker.ts';
import { cards, DeliveryScene } from '../usecases/delivery-scene.ts';

class TokenRefused extends Error {}

/** The loops over a scene, with a record of what they did in which order. */
class LoopScene extends DeliveryScene {
  readonly steps: { readonly what: string; readonly at: number }[] = [];
  readonly logged: string[] = [];
  untilDue = 60_000;
  promote: () => Promise<number> = () => Promise.resolve(0);
  waker!: Waker;
  loops!: ResidentLoops;

  start(): this {
    const deliver = this.deps({ concurrency: 4 });
    const note = (what: string): void => void this.steps.push({ what, at: this.now });
    const write = (fields: unknown): void => void this.logged.push((fields as { event: string }).event);
    const log = { debug: write, info: write, warn: write, error: write, fatal: write };
    this.waker = createWaker(this.clock, () => Promise.resolve(this.untilDue));
    this.loops = startResidentLoops({
      deliver: {
        ...deliver,
        store: {
          ...deliver.store,
          claim: (worker, token, limit, lease) => {
            note('claim');
            return deliver.store.claim(worker, token, limit, lease);
          },
        },
      },
      store: {
        promoteSteps: () => {
          note('promote');
          return this.promote();
        },
      },
      clock: this.clock,
      waker: this.waker,
      log,
      isFatal: (error) => error instanceof TokenRefused,
    });
    return this;
  }

  times(what: string): number[] {
    return this.steps.filter((step) => step.what === what).map(({ at }) => at);
  }

  async stop(): Promise<void> {
    await this.clock.until(this.loops.stop());
  }
}

describe('a round', () => {
  test('delivers what is due, then promotes steps, then sleeps', async () => {
    const scene = new LoopScene().start();
    await scene.clock.settle();
    expect(scene.steps.map(({ what }) => what)).toEqual(['claim', 'promote']);
    expect(scene.clock.sleeping).toEqual([5000]);
    await scene.stop();
  });

  test('follows at once when somebody wakes, and five seconds later when nobody does', async () => {
    const scene = new LoopScene().start();
    await scene.clock.advance(1000);
    scene.waker.wake();
    await scene.clock.advance(1000);
    expect(scene.times('claim')).toHaveLength(2);
    await scene.clock.advance(10_000);
    const [, woken = 0, ...later] = scene.times('promote');
    expect(later).toEqual([woken + 5000, woken + 10_000]);
    await scene.stop();
  });

  test('that takes long, because much is due, does not keep the promotions waiting', async () => {
    const scene = new LoopScene();
    // A backlog for a minute: every batch takes a second.
    scene.batches = Array.from({ length: 60 }, (_, nth) => cards(4, nth * 4 + 1));
    scene.slow(1000);
    scene.start();
    await scene.clock.advance(55_000);
    expect(scene.times('promote').length).toBeGreaterThanOrEqual(10);
    await scene.stop();
  });

  test('says in the log what it promoted', async () => {
    const scene = new LoopScene();
    scene.promote = () => Promise.resolve(2);
    scene.start();
    await scene.clock.settle();
    expect(scene.logged).toEqual(['steps.promoted']);
    await scene.stop();
  });
});

describe('an error', () => {
  const parts = ['promote', 'claim'] as const;
  test.each(parts)('in %s is logged, and the next round comes a second later', async (part) => {
    const scene = new LoopScene();
    if (part === 'claim') scene.batches = [new Error('away')];
    else {
      let failures = 1;
      scene[part] = () => ((failures -= 1) >= 0 ? Promise.reject(new Error('away')) : Promise.resolve(0));
    }
    scene.start();
    await scene.clock.settle();
    expect(scene.logged).toEqual(['dispatch.round_failed']);
    expect(scene.clock.sleeping).toEqual([1000]);
    await scene.clock.advance(1000);
    expect(scene.times('claim').length).toBeGreaterThanOrEqual(1);
    expect(scene.logged).toEqual(['dispatch.round_failed']);
    await scene.stop();
  });

  test('of a promotion beside a long delivery is logged and does not disturb it', async () => {
    const scene = new LoopScene();
    scene.batches = [cards(1)];
    scene.slow(12_000);
    scene.promote = () => Promise.reject(new Error('away'));
    scene.start();
    await scene.clock.advance(12_000);
    expect(scene.outcomes()).toEqual(new Map([[1, 'sent']]));
    expect(scene.logged).toContain('dispatch.round_failed');
    await scene.stop();
  });

  test('that no further round can mend ends the loops, and whoever waits for them learns why', async () => {
    const scene = new LoopScene();
    scene.batches = [cards(2)];
    scene.answer = () => Promise.reject(new TokenRefused('the token was refused'));
    scene.start();
    await expect(scene.clock.until(scene.loops.ended)).rejects.toThrow('the token was refused');
    expect(scene.logged).toEqual([]);
    const claims = scene.times('claim').length;
    await scene.clock.advance(60_000);
    expect(scene.times('claim')).toHaveLength(claims);
  });
});

describe('stopping', () => {
  test('finishes what is in flight and gives back the rest', async () => {
    const scene = new LoopScene();
    scene.batches = [cards(8)];
    scene.slow(300);
    scene.start();
    await scene.clock.advance(100);
    await scene.stop();
    const outcomes = [...scene.outcomes().values()];
    expect(outcomes.filter((outcome) => outcome === 'sent')).toHaveLength(4);
    expect(outcomes.filter((outcome) => outcome === 'released')).toHaveLength(4);
    const claims = scene.times('claim').length;
    await scene.clock.advance(60_000);
    expect(scene.times('claim')).toHaveLength(claims);
  });

  test('ends a sleep at once', async () => {
    const scene = new LoopScene().start();
    await scene.clock.advance(100);
    const before = scene.now;
    await scene.stop();
    expect(scene.now).toBe(before);
  });

  test('ends the pause after a failure, too', async () => {
    const scene = new LoopScene();
    scene.batches = [new Error('away')];
    scene.start();
    await scene.clock.advance(100);
    const before = scene.now;
    await scene.stop();
    expect(scene.now).toBe(before);
  });
});
