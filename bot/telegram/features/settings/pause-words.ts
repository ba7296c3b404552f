/** A pause of everything, said without /settings: read, said back with its end, stored by a tap. */
import { backOn, readPauseWish } from '../../../domain/time/pause-wish.ts';
import type { NudgeContext, Talk } from '../../context.ts';
import type { FormAnswer } from '../../forms/form.ts';
import { openForm } from '../../forms/open-form.ts';
import { sendCard } from '../../send-card.ts';
import { settingsPage } from './settings-cards.ts';
import { pauseForm, readPauseEnd } from './settings-forms.ts';
import { viewNow } from './settings-view.ts';

/** Says the pause back with a button that stores it. False: the text is something else. */
export async function takePauseWords(ctx: NudgeContext): Promise<boolean> {
  const wish = readPauseWish(ctx.message?.text ?? '');
  if (wish === null) return false;
  if ('until' in wish && wish.until === null) {
    await sendCard(ctx, settingsPage('pause', viewNow(ctx.talk)));
    return true;
  }
  const answer =
    'away' in wish
      ? await readAbsence(ctx.talk, wish.away, wish.through)
      : await readPauseEnd(ctx.talk, wish.until ?? '');
  if ('done' in answer) {
    await sendCard(ctx, answer.done);
    return true;
  }
  // What is wrong with it is said first; the question waits for another moment.
  if ('again' in answer) await sendCard(ctx, answer.again);
  await openForm(ctx, pauseForm, {});
  return true;
}

/**
 * Days of absence end with the first day of work after them. A pause has no beginning of its own: that it begins now is
 * said where the days begin later.
 */
async function readAbsence(talk: Talk, away: string, through: string | null): Promise<FormAnswer> {
  const { zone, working_days: workingDays } = talk.person;
  const dateOf = (at: Temporal.Instant): Temporal.PlainDate => at.toZonedDateTimeISO(zone).toPlainDate();
  const first = await talk.readTime(away);
  const last = through === null ? first : await talk.readTime(through);
  if (last.kind !== 'range' && last.kind !== 'instant') return await readPauseEnd(talk, through ?? away);
  const lastDay = last.kind === 'range' ? endOfPeriod(dateOf(last.from), dateOf(last.to)) : dateOf(last.at);
  const begin = first.kind === 'range' ? first.from : first.kind === 'instant' ? first.at : null;
  const isLater = begin === null || Temporal.PlainDate.compare(dateOf(begin), dateOf(talk.now)) > 0;
  return await readPauseEnd(talk, backOn(lastDay, workingDays).toString(), isLater);
}

/** A week or a month is read as its working days; who is away is so on its last day too. */
function endOfPeriod(first: Temporal.PlainDate, last: Temporal.PlainDate): Temporal.PlainDate {
  const sunday = first.add({ days: 7 - first.dayOfWeek });
  return Temporal.PlainDate.compare(last, sunday) <= 0 ? sunday : last.with({ day: last.daysInMonth });
}
