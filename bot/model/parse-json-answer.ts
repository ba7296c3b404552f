/** Finds the JSON in what a model answered: bare, in fences, between sentences, after loud thinking, or broken. */
import { jsonrepair } from 'jsonrepair';

/** How many places are tried where a JSON text may begin. */
const MOST_STARTS = 8;

export interface ParsedAnswer {
  readonly value: unknown;
  /** True when it was not valid JSON all by itself. */
  readonly repaired: boolean;
}

/**
 * The first JSON value in the text that is wanted, null when there is none. Never throws.
 * @param isWanted tells the answer from JSON that merely happens to stand in the text, as a mended sentence may.
 */
export function parseJsonAnswer(text: string, isWanted: (value: unknown) => boolean): ParsedAnswer | null {
  const whole = tryParse(text);
  if (whole !== undefined && isWanted(whole)) return { value: whole, repaired: false };
  const spoken = text.replace(/<think(?:ing)?>[\s\S]*?(?:<\/think(?:ing)?>|$)/gi, '');
  for (const parse of [tryParse, tryRepair]) {
    for (const candidate of candidates(spoken)) {
      const value = parse(candidate);
      if (value !== undefined && isWanted(value)) return { value, repaired: true };
    }
  }
  return null;
}

function* candidates(text: string): Generator<string> {
  for (const [, fenced] of text.matchAll(/```[a-z0-9]*\s*\n?([\s\S]*?)(?:```|$)/gi)) yield fenced ?? '';
  const starts = [...text.matchAll(/[{[]/g)].slice(0, MOST_STARTS).map(({ index }) => index);
  const end = Math.max(text.lastIndexOf('}'), text.lastIndexOf(']')) + 1;
  for (const start of starts) {
    if (end > start) yield text.slice(start, end);
    // Nothing closes, or not everything: the mending may need what comes after.
    yield text.slice(start);
  }
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function tryRepair(text: string): unknown {
  try {
    return JSON.parse(jsonrepair(text));
  } catch {
    // Not mendable, or nested deeper than the stack.
    return undefined;
  }
}
