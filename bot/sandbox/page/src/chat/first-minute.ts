/** The guided first minute: what a newcomer can tap before knowing what to type. */
import type { SandboxMessage } from '../../../contract.ts';

export interface Suggestion {
  title: string;
  hint: string;
  text: string;
}

export const SAMPLE_LEAD =
  'Anna Kowalska, Head of Logistics at Baltic Freight, anna@balticfreight.example. Met in Hamburg, wants prices for three lanes.';

const SUGGESTIONS: readonly Suggestion[] = [
  { title: 'Say hello', hint: '/start', text: '/start' },
  { title: 'Paste a lead', hint: 'Anna Kowalska, Baltic Freight…', text: SAMPLE_LEAD },
  { title: 'See today', hint: '/today', text: '/today' },
];

/** After this many own messages a person knows the way. */
const OWN_MESSAGES_UNTIL_KNOWN = 6;

/** What is worth suggesting now: the steps not yet taken, none once the person is under way. */
export function suggestionsFor(messages: readonly SandboxMessage[]): Suggestion[] {
  const own = messages.filter(({ from }) => from === 'person').map(({ text }) => text);
  if (own.length >= OWN_MESSAGES_UNTIL_KNOWN) return [];
  return SUGGESTIONS.filter(({ text }) => !own.some((said) => said === text || said.startsWith(`${text} `)));
}
