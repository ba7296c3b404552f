/**
 * "Vacation until next Friday", "I'm away next week": a pause of everything, told in a sentence. Only whole messages of
 * these shapes count, so that a lead who works for Vacation Homes, or one who is to be paused alone, stays a lead.
 */

/** What is asked for or told. Times are words still. */
export type PauseWish =
  /** Until a moment; null = nothing was said of its end. */
  | { readonly until: string | null }
  /** Through these days, the last one included: "next week", or from one day to another. */
  | { readonly away: string; readonly through: string | null };

const END = String.raw`[.!\s]*$`;
const DAY = String.raw`(?:mon|tues|wednes|thurs|fri|satur|sun)day`;
const DAY_RU = String.raw`(?:понедельник|вторник|среду|четверг|пятницу|субботу|воскресенье)`;
/** Days that are named as a whole, in words readTime() understands once the fillers are gone. */
const PERIOD = String.raw`(?:(?:all|the\s+whole\s+of|the\s+rest\s+of)\s+)?(?:(?:this|next)\s+(?:week|month)|(?:on\s+)?(?:(?:this|next)\s+)?${DAY}|today|tomorrow)`;
const PERIOD_RU = String.raw`(?:вс[юе]\s+)?(?:(?:на\s+)?(?:следующ|этой|эту|будущ)\S*\s+недел[еюи]|в\s+(?:следующем|этом)\s+месяце|сегодня|завтра|послезавтра|во?\s+${DAY_RU})`;
const WHEN = String.raw`(?:[,:]?\s+(?:(?<period>${PERIOD})|from\s+(?<from>.+?)\s+(?:to|until|till?|through)\s+(?<to>.+?)|(?:until|till?|through)\s+(?<until>.+?)|for\s+(?<during>.+?)))?`;
const WHEN_RU = String.raw`(?:[,:]?\s+(?:(?<period>${PERIOD_RU})|со?\s+(?<from>.+?)\s+(?:до|по)\s+(?<to>.+?)|(?:до|по)\s+(?<until>.+?)|на\s+(?<during>.+?)))?`;

const SHAPES: readonly RegExp[] = [
  String.raw`^(?:please\s+)?(?:pause|stop)(?:\s+(?:everything|it\s+all|all(?:\s+(?:my\s+|the\s+)?reminders)?|(?:my\s+|the\s+)?reminders))?${WHEN}${END}`,
  String.raw`^(?:on\s+)?(?:a\s+|my\s+)?(?:vacation|holidays?|leave)(?:\s+mode)?${WHEN}${END}`,
  String.raw`^(?:out\s+of\s+(?:the\s+)?office|ooo)${WHEN}${END}`,
  String.raw`^(?:i\s*['’]?\s*m|i\s+am|i\s*['’]ll\s+be|i\s+will\s+be)\s+(?:going\s+)?(?:away|off|out|out\s+of\s+(?:the\s+)?office|on\s+(?:a\s+|my\s+)?(?:vacation|holidays?|leave))${WHEN}${END}`,
  String.raw`^(?:пауза|отпуск|(?:вс[её]|все\s+напоминания)\s+на\s+паузу|поставь(?:те)?\s+(?:вс[её]\s+|все\s+напоминания\s+)?на\s+паузу(?:\s+вс[её])?|приостанови(?:ть|те)?\s+(?:вс[её]|(?:все\s+)?напоминания))${WHEN_RU}${END}`,
  String.raw`^(?:я\s+)?(?:(?:ухожу|уезжаю|буду|уш[её]л|ушла)\s+)?(?:в\s+отпуск[еу]?|в\s+отъезде|не\s+на\s+связи)${WHEN_RU}${END}`,
  String.raw`^(?:меня\s+(?:не\s+будет|нет)|(?:я\s+)?(?:уезжаю|отдыхаю|выходн(?:ой|ая)))${WHEN_RU}${END}`,
].map((shape) => new RegExp(shape, 'iu'));

/** Words that come first and are read as if they came last: "next week I'm away", "я на следующей неделе в отпуске". */
const FIRST = new RegExp(
  String.raw`^(?<who>(?:я|меня)\s+)?(?<period>${PERIOD}|${PERIOD_RU}),?\s+(?<what>.+)$`,
  'iu',
);
const FILLERS = /^(?:all|the\s+whole\s+of|the\s+rest\s+of|вс[юе])\s+/iu;

/** @returns null = the words are about something else. */
export function readPauseWish(text: string): PauseWish | null {
  const words = text.trim();
  const turned = FIRST.exec(words)?.groups;
  const told =
    turned === undefined
      ? null
      : wishIn(`${turned['who'] ?? ''}${without(turned['what'] ?? '')} ${turned['period'] ?? ''}`);
  return told ?? wishIn(words);
}

function wishIn(words: string): PauseWish | null {
  for (const shape of SHAPES) {
    const groups = shape.exec(words)?.groups;
    if (groups === undefined) continue;
    const { period, from, to, until, during } = groups;
    if (period !== undefined) return { away: period.replace(FILLERS, ''), through: null };
    if (from !== undefined && to !== undefined) return { away: from, through: to };
    if (during === undefined) return { until: until ?? null };
    return { until: /[а-яё]/iu.test(during) ? `через ${during}` : `in ${during}` };
  }
  return null;
}

function without(what: string): string {
  return what.replace(/[.!\s]+$/u, '');
}

/** The first day of work after an absence. Dates are the person's own; `workingDays` ISO weekdays, 1 = Monday. */
export function backOn(lastDay: Temporal.PlainDate, workingDays: readonly number[]): Temporal.PlainDate {
  let day = lastDay.add({ days: 1 });
  while (workingDays.length > 0 && !workingDays.includes(day.dayOfWeek)) day = day.add({ days: 1 });
  return day;
}
