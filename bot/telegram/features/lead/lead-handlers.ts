/** What people send: a city while we do not know where the person is, otherwise a lead. */
import { normaliseZone } from '../../../../shared/rules/zones.ts';
import type { Sender } from '../../../domain/lead/from-sender.ts';
import { addLead, type AddLeadOutcome } from '../../../usecases/add-lead.ts';
import type { Card, NudgeContext, Talk } from '../../context.ts';
import { refusalSentence } from '../../error-sentences.ts';
import { sendCard } from '../../send-card.ts';
import { richText } from '../../text/rich-text.ts';
import { forwardCard } from '../leads/forward-handlers.ts';
import { followLead } from '../planning/planning-handlers.ts';
import { proposeTyped } from '../remind/remind-handlers.ts';
import { answerZone, looksLikeZone } from '../zone/zone-handlers.ts';
import { duplicateCard, severalCard } from './choice-cards.ts';
import { readIncoming } from './incoming.ts';
import { storedLeadCard } from './stored-lead-card.ts';

/** A text, a forwarded message, a contact, a vCard file or a caption. */
export async function takeMessage(ctx: NudgeContext): Promise<void> {
  const incoming = await readIncoming(ctx);
  if (incoming.ok) return takeText(ctx, incoming.text, incoming.sender);
  await sendCard(ctx, plain(ctx.talk.words.say(incoming.sentence)));
}

/** @param sender whose words they are, when they were forwarded. */
export async function takeText(ctx: NudgeContext, text: string, sender: Sender | null): Promise<void> {
  const { talk } = ctx;
  const { store, actionId, writer, person, now } = talk;
  const asksForZone = person.zone_source === null && sender === null;
  if (asksForZone && normaliseZone(text).ok) return answerZone(ctx, text);
  const forwarded = sender === null ? null : { sender, note: forwardNote(sender, talk) };
  const answer = forwarded === null ? null : await forwardCard(talk, text, forwarded);
  if (answer !== null) {
    await sendCard(ctx, answer);
    return;
  }
  const outcome = await addLead(store, { actionId, writer, text, forwarded, person, now });
  // Nobody is named in it, and the open question is where the person is: it was an answer to that.
  if (asksForZone && outcome.kind === 'no_lead' && outcome.reason === 'nobody_named' && looksLikeZone(text)) {
    return answerZone(ctx, text);
  }
  if (outcome.kind === 'planning') return followLead(ctx, outcome);
  // "Every Monday 9:00 call Anna": said back before anything is stored.
  const namesNobody = outcome.kind === 'no_lead' && outcome.reason === 'nobody_named';
  if (namesNobody && sender === null && (await proposeTyped(ctx, text))) return;
  await sendCard(ctx, cardFor(outcome, talk));
}

/** What became of words about a lead, unless a model is writing their plan now. */
export function cardFor(outcome: Exclude<AddLeadOutcome, { kind: 'planning' }>, talk: Talk): Card {
  const { say } = talk.words;
  switch (outcome.kind) {
    case 'no_lead':
      return plain(say(`no-lead-${outcome.reason}`));
    case 'refused':
      return plain(refusalSentence(say, outcome.refusal.code));
    case 'several':
      return severalCard(outcome.trayId, outcome.entries, talk.words);
    case 'duplicate':
      return duplicateCard(outcome, talk.words);
    case 'planned':
      return storedLeadCard(outcome, talk);
  }
}

function forwardNote(sender: { name: string; handle: string | null }, { words }: Talk): string {
  const who = sender.handle === null ? sender.name : `${sender.name} (@${sender.handle})`;
  return words.say('lead-forwarded-from', { who });
}

function plain(...sentences: string[]): Card {
  return { text: richText(sentences.map((sentence) => [sentence])), keyboard: [] };
}
