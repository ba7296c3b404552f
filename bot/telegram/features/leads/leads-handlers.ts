/** The list of leads, by command and by its buttons. */
import { listLeads, type LeadShelf } from '../../../usecases/list-leads.ts';
import type { Card, NudgeContext, Talk } from '../../context.ts';
import { sendCard, type Tap } from '../../send-card.ts';
import { leadsCard, searchWords } from './leads-card.ts';

/** @param typed what to look for; nothing = all leads. */
export async function leadsCommand(ctx: NudgeContext, typed: string): Promise<void> {
  await sendCard(ctx, await pageOf(ctx.talk, { shelf: 'all', page: 1, words: searchWords(typed) }));
}

/** /plans: leads with a running plan and how far it is. */
export async function plansCommand(ctx: NudgeContext, typed: string): Promise<void> {
  await sendCard(ctx, await pageOf(ctx.talk, { shelf: 'plans', page: 1, words: searchWords(typed) }));
}

/** Another page, or the bin: the list turns in place. */
export async function turnLeads(talk: Talk, tap: Tap, asked: LeadsPage): Promise<void> {
  const card = await pageOf(talk, asked);
  await Promise.all([tap.answer(), tap.edit(card)]);
}

interface LeadsPage {
  readonly shelf: LeadShelf;
  readonly page: number;
  readonly words: string;
}

async function pageOf({ store, now, words, miniAppUrl }: Talk, asked: LeadsPage): Promise<Card> {
  const list = await listLeads(store, { ...asked, now, language: words.language });
  return leadsCard(list, words, miniAppUrl);
}
