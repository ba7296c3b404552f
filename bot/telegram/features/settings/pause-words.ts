/**
 * "Vacation until next Friday": a pause of everything, said without /settings. Only whole messages of these shapes count,
 * so that a lead who works for Vacation Homes, or one who is to be paused alone, stays a lead.
 */
import type { NudgeContext } from '../../context.ts';
import { openForm } from '../../forms/open-form.ts';
import { sendCard } from '../../send-card.ts';
import { settingsPage } from './settings-cards.ts';
import { pauseForm } from './settings-forms.ts';
import { viewNow } from './settings-view.ts';

/** What is asked for or told, and until when or for how long. */
interface PauseWish {
  /** A moment in words; null = nothing was said of it. */
  readonly until: string | null;
}

const END = String.raw`[.!\s]*$`;
const UNTIL = String.raw`(?:[,:]?\s+(?:(?:until|till?|through)\s+(?<until>.+?)|for\s+(?<during>.+?)))?`;
const UNTIL_RU = String.raw`(?:[,:]?\s+(?:(?:до|по)\s+(?<until>.+?)|на\s+(?<during>.+?)))?`;
const SHAPES: readonly RegExp[] = [
  String.raw`^(?:please\s+)?(?:pause|stop)(?:\s+(?:everything|it\s+all|all(?:\s+(?:my\s+|the\s+)?reminders)?|(?:my\s+|the\s+)?reminders))?${UNTIL}${END}`,
  String.raw`^(?:on\s+)?(?:vacation|holidays?)(?:\s+mode)?${UNTIL}${END}`,
  String.raw`^(?:out\s+of\s+(?:the\s+)?office|ooo)${UNTIL}${END}`,
  String.raw`^(?:i\s*['’]?\s*m|i\s+am|i\s*['’]ll\s+be|i\s+will\s+be)\s+(?:away|off|out|out\s+of\s+(?:the\s+)?office|on\s+(?:my\s+)?(?:vacation|holidays?|leave))${UNTIL}${END}`,
  String.raw`^(?:пауза|отпуск|(?:вс[её]|все\s+напоминания)\s+на\s+паузу|поставь(?:те)?\s+(?:вс[её]\s+|все\s+напоминания\s+)?на\s+паузу(?:\s+вс[её])?|приостанови(?:ть|те)?\s+(?:вс[её]|(?:все\s+)?напоминания))${UNTIL_RU}${END}`,
  String.raw`^(?:я\s+)?(?:(?:ухожу|уезжаю|буду|уш[её]л|ушла)\s+)?(?:в\s+отпуск[еу]?|в\s+отъезде|не\s+на\s+связи)${UNTIL_RU}${END}`,
  String.raw`^меня\s+(?:не\s+будет|нет)${UNTIL_RU}${END}`,
].map((shape) => new RegExp(shape, 'iu'));

/** @returns null = the words are about something else. */
export function readPauseWish(text: string): PauseWish | null {
  const words = text.trim();
  for (const shape of SHAPES) {
    const groups = shape.exec(words)?.groups;
    if (groups === undefined) continue;
    const { until, during } = groups;
    if (during === undefined) return { until: until ?? null };
    return { until: /[а-яё]/iu.test(during) ? `через ${during}` : `in ${during}` };
  }
  return null;
}

/** Says the pause back with a button that stores it. False: the text is something else. */
export async function takePauseWords(ctx: NudgeContext): Promise<boolean> {
  const wish = readPauseWish(ctx.message?.text ?? '');
  if (wish === null) return false;
  if (wish.until === null) {
    await sendCard(ctx, settingsPage('pause', viewNow(ctx.talk)));
    return true;
  }
  const answer = await pauseForm.take(ctx.talk, {}, wish.until);
  if ('done' in answer) {
    await sendCard(ctx, answer.done);
    return true;
  }
  // What is wrong with it is said first; the question waits for another moment.
  if ('again' in answer) await sendCard(ctx, answer.again);
  await openForm(ctx, pauseForm, {});
  return true;
}
