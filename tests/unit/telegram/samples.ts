/** Factories of rows as the database gives them; each takes only what the test is about. */
import type { ClaimedReminder } from '../../../shared/schemas/reminder.ts';
import { templatePlan } from '../../../bot/domain/plan/template-plan.ts';
import { previewSteps } from '../../../bot/usecases/preview-plan.ts';
import type { PlanFacts } from '../../../bot/telegram/features/plan/plan-card.ts';
import { DEFAULT_TIME_SETTINGS } from '../../../shared/rules/time-settings.ts';

/** Wed 14 Oct 2026, 9:41 in Berlin. */
export const NOW = Temporal.Instant.from('2026-10-14T07:41:00Z');

export function claimed(fields: Partial<ClaimedReminder> = {}): ClaimedReminder {
  return {
    id: 12,
    telegram_id: 7_100_001,
    lead_id: 3,
    step_id: 1,
    wanted_at: '2026-10-14T07:41:00+00:00',
    draft_text: 'Hi Anna, here is the one-pager.',
    title: null,
    retries: 0,
    in_doubt: false,
    message_id: null,
    kind: 'card',
    level: 0,
    position: 1,
    slot_in_ms: 0,
    slot_at_ms: 0,
    lead_name: 'Anna Kowalska',
    lead_company: 'Baltic Freight',
    description: 'Send Anna the pricing one-pager',
    language: 'en',
    zone: 'Europe/Berlin',
    product_now: NOW.toString(),
    ...fields,
  };
}

export function planFacts(fields: Partial<PlanFacts> = {}): PlanFacts {
  const lead = {
    name: 'Anna Kowalska',
    company: 'Baltic Freight',
    title: 'Head of Logistics',
    contacts: { emails: ['anna@balticfreight.example'], phones: ['+493012345678'], links: [], handles: [] },
  };
  const settings = { ...DEFAULT_TIME_SETTINGS, zone: 'Europe/Berlin' };
  return {
    planId: 4,
    leadId: 3,
    lead: { ...lead, zone: null },
    guessed: [],
    steps: previewSteps(templatePlan(lead, 'cold', 'en'), settings, NOW),
    making: { source: 'template', origin: null, model: null },
    notesCut: 0,
    zoneIsUnknown: false,
    ...fields,
  };
}
