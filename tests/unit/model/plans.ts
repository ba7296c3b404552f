/** A request for a plan and a good answer to it; tests change what they are about. */
import type { PlanRequest } from '../../../bot/usecases/model-ports.ts';
import type { PlanStep } from '../../../shared/schemas/plan.ts';
import { streamedJson, type ScriptedAnswer } from '../../support/model-server.ts';

export const REQUEST: PlanRequest = {
  lead: {
    name: 'Anna Kowalska',
    company: 'Baltic Freight',
    title: 'logistics manager',
    contacts: { emails: ['anna@balticfreight.eu'], phones: [], links: [], handles: [] },
    notes: null,
    zone: null,
    language: null,
  },
  text: 'Anna Kowalska, logistics manager at Baltic Freight, anna@balticfreight.eu. Asked about prices for 12 trucks.',
  situation: 'cold',
  language: 'en',
  today: '2026-10-05',
  zone: 'Europe/Warsaw',
  replan: null,
};

export const GOOD_STEPS: readonly PlanStep[] = [
  {
    step_id: 1,
    action_type: 'email_outreach',
    description: 'Answer Anna’s question about prices',
    suggested_text:
      'Hi Anna,\n\nYou asked about prices for 12 trucks. What matters most to you: cost or reach?',
    timing: 'now',
    delay_days: 0,
  },
  {
    step_id: 2,
    action_type: 'linkedin_connect',
    description: 'Connect with Anna on LinkedIn',
    suggested_text: 'Hi Anna, you asked about prices for trucks, and I’d be glad to be in touch.',
    timing: 'in 1 day',
    delay_days: 1,
  },
  {
    step_id: 3,
    action_type: 'meeting_request',
    description: 'Suggest a short call',
    suggested_text: 'Hi Anna,\n\nWould a 15-minute call this week help you decide?',
    timing: 'in 5 days',
    delay_days: 5,
  },
  {
    step_id: 4,
    action_type: 'email_outreach',
    description: 'Close the loop politely',
    suggested_text: null,
    timing: 'in 14 days',
    delay_days: 14,
  },
];

/** One step at a place in a plan of any length. */
export function goodStep(index: number): PlanStep {
  return { ...GOOD_STEPS[0]!, step_id: index + 1, delay_days: index };
}

/** The good answer with fields of its steps replaced. */
export function stepsOf(changes: readonly Partial<Record<keyof PlanStep, unknown>>[]): ScriptedAnswer {
  return streamedJson({ steps: GOOD_STEPS.map((step, index) => ({ ...step, ...changes[index] })) });
}
