/** Setting the time zone: by a tap, by /zone, by a shared place, or by a city typed while we do not know it. */
import { z } from 'zod';
import { zoneLabel } from '../../../../shared/rules/zones.ts';
import type { ZoneSource } from '../../../../shared/schemas/user.ts';
import { zoneOfPlace } from '../../../domain/zone/zone-of-place.ts';
import { setZone, type SetZoneOutcome } from '../../../usecases/set-zone.ts';
import type { Card, NudgeContext, Talk } from '../../context.ts';
import { refusalSentence } from '../../error-sentences.ts';
import type { Form } from '../../forms/form.ts';
import { leaveForm, openForm } from '../../forms/open-form.ts';
import { sendCard, type Tap } from '../../send-card.ts';
import { richText } from '../../text/rich-text.ts';
import { zoneButtons, zoneQuestion, zoneSetCard, zoneUnknownCard } from './zone-cards.ts';

/** A place is named in a few words; longer texts are something else. */
const PLACE_WORDS = 3;

/** Whether a text could be meant as a place: short, on one line, with letters or an offset in it. */
export function looksLikeZone(text: string): boolean {
  const words = text.trim().split(/\s+/);
  return words.length <= PLACE_WORDS && /^[\p{L}\p{M}\d ,.'’/_:+\-−–]+$/u.test(text.trim());
}

/** What `/zone` asks; the city may be tapped or typed. */
export const zoneForm: Form<Record<string, never>> = {
  kind: 'zone',
  args: z.record(z.string(), z.never()),
  question: async (talk) => zoneQuestion(talk.person, talk.words),
  async take(talk, _args, text) {
    const outcome = await set(talk, text, 'typed');
    const card = cardFor(outcome, text, talk);
    if (outcome.kind === 'set') return { done: card };
    return looksLikeZone(text) ? { again: card } : { pass: true };
  },
};

/** /zone, with or without a place behind it. */
export async function zoneCommand(ctx: NudgeContext, typed: string): Promise<void> {
  if (typed.trim() !== '') return answerZone(ctx, typed);
  await openForm(ctx, zoneForm, {});
}

/** A place as typed: set, or answered with what is wrong with it. */
export async function answerZone(ctx: NudgeContext, typed: string): Promise<void> {
  await sendCard(ctx, cardFor(await set(ctx.talk, typed, 'typed'), typed, ctx.talk));
}

/** A place on the map: its zone is set, the place itself is not kept. */
export async function takePlace(
  ctx: NudgeContext,
  place: { readonly latitude: number; readonly longitude: number },
): Promise<void> {
  const { talk } = ctx;
  const zone = zoneOfPlace(place.latitude, place.longitude);
  if (zone === null) {
    const text = richText([[talk.words.say('zone-at-sea')]]);
    await sendCard(ctx, { text, keyboard: zoneButtons(talk.words) });
    return;
  }
  const outcome = await set(talk, zone, 'location');
  if (outcome.kind === 'set' && ctx.form?.kind === zoneForm.kind) await leaveForm(ctx);
  await sendCard(ctx, cardFor(outcome, zone, talk, zoneLabel(zone, talk.words.language)));
}

/** A city's button: the question turns into the answer. */
export async function tapZone(ctx: NudgeContext, tap: Tap, zone: string): Promise<void> {
  const outcome = await set(ctx.talk, zone, 'city');
  if (outcome.kind === 'set' && ctx.form?.kind === zoneForm.kind) await leaveForm(ctx);
  const label = zoneLabel(zone, ctx.talk.words.language);
  await Promise.all([tap.answer(), tap.edit(cardFor(outcome, zone, ctx.talk, label))]);
}

function set({ store, actionId }: Talk, typed: string, source: ZoneSource): Promise<SetZoneOutcome> {
  return setZone(store, { actionId, typed, source });
}

function cardFor(outcome: SetZoneOutcome, typed: string, talk: Talk, label?: string): Card {
  const { words, texts } = talk;
  switch (outcome.kind) {
    case 'set':
      return zoneSetCard(outcome, label ?? outcome.label, texts, talk);
    case 'unknown':
      return zoneUnknownCard(typed, outcome, words);
    case 'refused':
      return { text: richText([[refusalSentence(words.say, outcome.refusal.code)]]), keyboard: [] };
  }
}
