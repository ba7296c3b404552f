import { listToday } from '../../../usecases/list-today.ts';
import type { NudgeContext } from '../../context.ts';
import { sendCard } from '../../send-card.ts';
import { pausedUntil } from '../settings/settings-words.ts';
import { todayCard } from './today-card.ts';

/** /today: late, today and next. */
export async function todayCommand(ctx: NudgeContext): Promise<void> {
  const { store, person, now, words, miniAppUrl } = ctx.talk;
  const list = await listToday(store, { now, zone: person.zone });
  await sendCard(ctx, todayCard(list, words, miniAppUrl, pausedUntil(person, now)));
}
