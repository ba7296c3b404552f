/** Free text: a city while we do not know where the person is, otherwise a lead. */
import { normaliseZone } from '../../../../shared/rules/zones.ts';
import { addLead, type AddLeadOutcome } from '../../../usecases/add-lead.ts';
import type { Card, NudgeContext, Talk } from '../../context.ts';
import { refusalSentence } from '../../error-sentences.ts';
import { sendCard } from '../../send-card.ts';
import { clip, oneLine, richText } from '../../text/rich-text.ts';
import { planCard } from '../plan/plan-card.ts';
import { answerZone, looksLikeZone } from '../zone/zone-handlers.ts';

/** Names listed when a text is about several people. UTF-16 units. */
const NAMES_LIMIT = 600;

export async function takeText(ctx: NudgeContext, text: string): Promise<void> {
  const { talk } = ctx;
  const asksForZone = talk.person.zone_source === null;
  if (asksForZone && normaliseZone(text).ok) return answerZone(ctx, text);
  const { store, actionId, person, now } = talk;
  const outcome = await addLead(store, { actionId, text, person, now });
  // Nobody is named in it, and the open question is where the person is: it was an answer to that.
  if (asksForZone && outcome.kind === 'no_lead' && outcome.reason === 'nobody_named' && looksLikeZone(text)) {
    return answerZone(ctx, text);
  }
  await sendCard(ctx, cardFor(outcome, talk));
}

function cardFor(outcome: AddLeadOutcome, talk: Talk): Card {
  const { say } = talk.words;
  switch (outcome.kind) {
    case 'no_lead':
      return plain(say(`no-lead-${outcome.reason}`));
    case 'refused':
      return plain(refusalSentence(say, outcome.refusal.code));
    case 'several': {
      const names = clip(outcome.names.map(oneLine).join(', '), NAMES_LIMIT);
      return plain(say('lead-several', { count: outcome.names.length, names }), say('lead-one-at-a-time'));
    }
    case 'planned':
      return planCard(
        {
          planId: outcome.planId,
          lead: outcome.lead,
          steps: outcome.steps,
          isTemplate: outcome.plan.source === 'template',
          notesCut: outcome.understood.notesCut,
          zoneIsUnknown: talk.person.zone_source === null,
        },
        talk.words,
      );
  }
}

function plain(...sentences: string[]): Card {
  return { text: richText(sentences.map((sentence) => [sentence])), keyboard: [] };
}
