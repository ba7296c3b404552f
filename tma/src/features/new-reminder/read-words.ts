/** What a text says: a time in it, found by the server, and the rest, which is what to be reminded of. */
import { TIME_TEXT_LIMIT, timeAnswerSchema } from '../../../../shared/contracts/times.ts';
import type { TimeAnswer } from '../../../../shared/contracts/times.ts';
import { postApi } from '../../session/api.ts';
import type { ApiOutcome } from '../../session/api.ts';

export interface Reading {
  /** The text without its time. */
  readonly title: string;
  readonly time: TimeAnswer;
}

/**
 * Reads a text such as "Call Anna tomorrow 9". The server takes nothing but a time; asked about more it says which part
 * it understood, and that part is asked again by itself.
 * @throws DOMException AbortError when `signal` says so.
 */
export async function readText(
  request: typeof fetch,
  text: string,
  signal: AbortSignal,
): Promise<ApiOutcome<Reading>> {
  const ask = (question: string): Promise<ApiOutcome<TimeAnswer>> =>
    postApi(request, '/api/times', { body: { text: question }, signal }, timeAnswerSchema);
  const asked = text.trim();
  const whole = await ask(asked.slice(0, TIME_TEXT_LIMIT));
  if (whole.kind !== 'done') return whole;
  const { value } = whole;
  // Nothing but a time: what for is still to be said.
  if (value.kind !== 'refused') return { kind: 'done', value: { title: '', time: value } };
  const part = value.reason === 'partial' ? value.understood?.replace(FILLERS, '').trim() : null;
  if (!part) return { kind: 'done', value: { title: asked, time: value } };
  const rest = await ask(part);
  if (rest.kind !== 'done') return rest;
  return { kind: 'done', value: { title: without(asked, part), time: rest.value } };
}

/** Small words that the reader passes over, and that belong to what follows. */
const FILLERS = /(?:\s+(?:about|for|of|the|an?|о|об|про|для))+$/iu;
/** Words that lead up to a time or to the matter and say nothing without it. */
const LOOSE_ENDS =
  /^(?:[\s,.;:–-]|(?:to|that|что|чтобы)\s)+|(?:[\s,.;:–-]|\s(?:on|at|by|in|в|во|на|к|ко|до))+$/giu;
/** "Remind me to call" is what one says to the app, not to oneself. */
const OPENING =
  /^(?:please\s+)?(?:remind me(?:\s+(?:to|about|of|that))?|напомни(?:те)?(?:\s+мне)?(?:\s+о(?:б)?)?)[\s,:]+/iu;

/** `text` without the words of the time, tidied up, with a capital at its beginning. */
export function without(text: string, part: string): string {
  const at = text.toLowerCase().indexOf(part.toLowerCase());
  const rest = at < 0 ? text : `${text.slice(0, at).trimEnd()} ${text.slice(at + part.length).trimStart()}`;
  const tidy = rest
    .replace(OPENING, '')
    .replaceAll(LOOSE_ENDS, '')
    .replace(OPENING, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  const [first = '', ...others] = tidy;
  return first.toUpperCase() + others.join('');
}
