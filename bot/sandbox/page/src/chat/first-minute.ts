/** The guided first minute: what a newcomer can tap before knowing what to type. */
import type { SandboxMessage } from '../../../contract.ts';

export interface Suggestion {
  title: string;
  hint: string;
  text: string;
}

const SAMPLE_LEAD =
  'Anna Kowalska, Head of Logistics at Baltic Freight, anna@balticfreight.example. Met in Hamburg, wants prices for three lanes.';

const SUGGESTIONS: readonly Suggestion[] = [
  { title: 'Say hello', hint: '/start', text: '/start' },
  { title: 'Paste a lead', hint: 'Anna Kowalska, Baltic Freight…', text: SAMPLE_LEAD },
  { title: 'See today', hint: '/today', text: '/today' },
];

/** After this many messages a person knows the way. */
const MESSAGES_UNTIL_KNOWN = 14;

/** What is worth suggesting now: the steps not yet taken, none once the person is under way. */
export function suggestionsFor(messages: readonly SandboxMessage[]): Suggestion[] {
  const own = messages.filter(({ from }) => from === 'person').map(({ text }) => text);
  if (messages.length >= MESSAGES_UNTIL_KNOWN) return [];
  const hasMet = messages.some(({ from }) => from === 'bot');
  return SUGGESTIONS.filter(
    ({ text }) =>
      !(hasMet && text === '/start') && !own.some((said) => said === text || said.startsWith(`${text} `)),
  );
}
