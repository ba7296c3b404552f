/**
 * "Call Anna tomorrow at 9" is a thing to do and a time. The longest run of words that reads as a time is the time; what
 * is left is the thing. Nothing is dropped and nothing decided: the person sees both before anything is stored.
 */
import type { ReadingContext } from './moments.ts';
import { readTime, type TimeReading } from './read-time.ts';

/** A time said in more words than this has something else in it. */
const LONGEST_TIME_WORDS = 8;
/** Words searched for a time at the beginning and at the end: each run of them is read, which takes about a millisecond. */
const SEARCHED_WORDS = 10;

/** "Remind me to …" says nothing that the command has not said. */
const OPENING =
  /^\s*(?:please\s+)?remind(?:\s+me)?(?:\s+(?:to|that|about|of))?\s+|^\s*(?:пожалуйста,?\s+)?напомни(?:ть|те)?(?:\s+мне)?(?:,?\s+(?:что|о|об|про))?\s+/iu;
/** "Tomorrow 9: call Anna": the colon belongs to neither. */
const TRAILING = /[:–—-]+$/u;
/** What joined the time to the thing and stands alone now. */
const LOOSE_ENDS = /^[\s,;:.!?–—-]+|[\s,;:–—-]+$/gu;
const LOOSE_START = /^(?:to|that|about)\s+/iu;

export interface SplitReminder {
  /** What to be reminded of; empty when the text was a time only. */
  readonly title: string;
  /** Null when no part of the text is a time. */
  readonly reading: Exclude<TimeReading, { kind: 'refused' }> | null;
}

/** Splits a text into what and when. Never throws. */
export function splitReminder(text: string, context: ReadingContext): SplitReminder {
  const spoken = text.replace(OPENING, '');
  const words = [...spoken.matchAll(/\S+/gu)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
  for (const [from, to] of spans(words.length)) {
    const start = words[from]?.start ?? 0;
    const end = words[to - 1]?.end ?? spoken.length;
    const reading = readTime(spoken.slice(start, end).replace(TRAILING, ''), context);
    if (reading.kind === 'refused') continue;
    return { title: tidy(`${spoken.slice(0, start)} ${spoken.slice(end)}`), reading };
  }
  return { title: tidy(spoken), reading: null };
}

/** Runs of words, longest first; among equals the one nearest to the end, where people put the time. */
function* spans(count: number): Generator<readonly [from: number, to: number]> {
  const near = (index: number): boolean => index < SEARCHED_WORDS || index >= count - SEARCHED_WORDS;
  for (let length = Math.min(count, LONGEST_TIME_WORDS); length > 0; length -= 1) {
    for (let from = count - length; from >= 0; from -= 1) {
      if (near(from)) yield [from, from + length];
    }
  }
}

function tidy(text: string): string {
  return text.replace(/\s+/gu, ' ').replace(LOOSE_ENDS, '').replace(LOOSE_START, '').trim();
}
