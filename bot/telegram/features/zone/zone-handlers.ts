/** Setting the time zone: by a tap, by /zone, or by a city typed while we do not know it. */
import { zoneLabel } from '../../../../shared/rules/zones.ts';
import type { ZoneSource } from '../../../../shared/schemas/user.ts';
import { setZone, type SetZoneOutcome } from '../../../usecases/set-zone.ts';
import type { Card, NudgeContext } from '../../context.ts';
import { refusalSentence } from '../../error-sentences.ts';
import { sendCard, type Tap } from '../../send-card.ts';
import { richText } from '../../text/rich-text.ts';
import { zoneQuestion, zoneSetCard, zoneUnknownCard } from './zone-cards.ts';

/** A place is named in a few words; longer texts are something else. */
const PLACE_WORDS = 3;

/** Whether a text could be meant as a place: short, on one line, with letters or an offset in it. */
export function looksLikeZone(text: string): boolean {
  const words = text.trim().split(/\s+/);
  return words.length <= PLACE_WORDS && /^[\p{L}\p{M}\d ,.'’/_:+\-−–]+$/u.test(text.trim());
}

/** /zone, with or without a place behind it. */
export async function zoneCommand(ctx: NudgeContext, typed: string): Promise<void> {
  if (typed.trim() !== '') return answerZone(ctx, typed);
  await sendCard(ctx, zoneQuestion(ctx.talk.person, ctx.talk.words));
}

/** A place as typed: set, or answered with what is wrong with it. */
export async function answerZone(ctx: NudgeContext, typed: string): Promise<void> {
  await sendCard(ctx, cardFor(await set(ctx, typed, 'typed'), typed, ctx));
}

/** A city's button: the question turns into the answer. */
export async function tapZone(ctx: NudgeContext, tap: Tap, zone: string): Promise<void> {
  const outcome = await set(ctx, zone, 'city');
  const label = zoneLabel(zone, ctx.talk.words.language);
  await Promise.all([tap.answer(), tap.edit(cardFor(outcome, zone, ctx, label))]);
}

function set(ctx: NudgeContext, typed: string, source: ZoneSource): Promise<SetZoneOutcome> {
  const { store, actionId } = ctx.talk;
  return setZone(store, { actionId, typed, source });
}

function cardFor(outcome: SetZoneOutcome, typed: string, ctx: NudgeContext, label?: string): Card {
  const { words, texts } = ctx.talk;
  switch (outcome.kind) {
    case 'set':
      return zoneSetCard(outcome, label ?? outcome.label, texts, words);
    case 'unknown':
      return zoneUnknownCard(typed, outcome, words);
    case 'refused':
      return { text: richText([[refusalSentence(words.say, outcome.refusal.code)]]), keyboard: [] };
  }
}
