/** What calls cost: added up over a plan, and worked out where the endpoint names no price. */
import type { ModelUsage } from '../usecases/model-ports.ts';

/** Nothing was asked. */
export const NO_USAGE: ModelUsage = { model: null, calls: 0, inputTokens: 0, outputTokens: 0, costUsd: null };

/** The request never got as far as being charged: it was refused, or nobody was there. */
export const REFUSED_CALL: ModelUsage = {
  model: null,
  calls: 1,
  inputTokens: 0,
  outputTokens: 0,
  costUsd: 0,
};

/** A call that was broken off: what it cost is not known. */
export const UNKNOWN_CALL: ModelUsage = { ...REFUSED_CALL, costUsd: null };

/** The sum of several usages. The cost is unknown as soon as one call's is; the model is the last one named. */
export function addUsage(...usages: readonly ModelUsage[]): ModelUsage {
  const asked = usages.filter(({ calls }) => calls > 0);
  return asked.reduce(
    (sum, next) => ({
      model: next.model ?? sum.model,
      calls: sum.calls + next.calls,
      inputTokens: sum.inputTokens + next.inputTokens,
      outputTokens: sum.outputTokens + next.outputTokens,
      costUsd: sum.costUsd === null || next.costUsd === null ? null : sum.costUsd + next.costUsd,
    }),
    asked.length === 0 ? NO_USAGE : { ...NO_USAGE, costUsd: 0 },
  );
}

/**
 * US dollars per million tokens, input and output, from OpenAI's published price list of 2025. Only these: other
 * endpoints serve the same names at other prices, and a wrong figure is worse than none.
 */
const OPENAI_PRICES: Readonly<Record<string, readonly [input: number, output: number]>> = {
  'gpt-4o': [2.5, 10],
  'gpt-4o-mini': [0.15, 0.6],
  'gpt-4.1': [2, 8],
  'gpt-4.1-mini': [0.4, 1.6],
  'gpt-4.1-nano': [0.1, 0.4],
};
/** The first version of gpt-4o was dearer than the name's price. */
const OTHER_PRICE = 'gpt-4o-2024-05-13';
const OPENAI_HOST = 'api.openai.com';
const PER_TOKENS = 1_000_000;

/**
 * What a call cost by the price list; cached input counts in full, so it is rather too much than too little.
 * @returns US dollars, null when the price is not known.
 */
export function listPriceUsd(
  call: { readonly model: string; readonly inputTokens: number; readonly outputTokens: number },
  baseUrl: string,
): number | null {
  if (new URL(baseUrl).hostname !== OPENAI_HOST || call.model === OTHER_PRICE) return null;
  const price = OPENAI_PRICES[call.model.replace(/-\d{4}-\d{2}-\d{2}$/, '')];
  if (price === undefined) return null;
  return (call.inputTokens * price[0] + call.outputTokens * price[1]) / PER_TOKENS;
}
