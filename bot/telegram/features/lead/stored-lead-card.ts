import type { StoredLead } from '../../../usecases/store-lead.ts';
import type { Card, Talk } from '../../context.ts';
import { PLAIN_TEMPLATE } from '../plan/origin-line.ts';
import { planCard } from '../plan/plan-card.ts';

/** What was understood of a lead that was just stored, and the plan that is proposed for it. */
export function storedLeadCard(stored: StoredLead, { words, person }: Talk): Card {
  return planCard(
    {
      planId: stored.planId,
      leadId: stored.leadId,
      lead: stored.lead,
      guessed: stored.guessed,
      steps: stored.steps,
      making: PLAIN_TEMPLATE,
      notesCut: stored.notesCut,
      zoneIsUnknown: person.zone_source === null,
    },
    words,
  );
}
