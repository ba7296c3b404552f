/** How fast this HTTP client can send at all: the same requests, without any database. */
import type { Contender, Send, Setup } from '../contender.ts';

export function createCeiling({ inFlight }: Setup, send: Send): Contender {
  return {
    async deliver(count, sample) {
      let next = 0;
      const sendOnes = async (): Promise<void> => {
        while (next < count) {
          next += 1;
          await send(sample);
        }
      };
      await Promise.all(Array.from({ length: inFlight }, sendOnes));
    },
    watch: async () => undefined,
    close: async () => undefined,
  };
}
