/** Words that are understood, to be shown beside a refusal. A test reads every one of them. */
import type { TimeRefusal } from '../../../shared/contracts/times.ts';
import { wordLanguage } from '../../../shared/rules/words.ts';

interface Hint {
  readonly en: string;
  readonly ru: string;
}

const USUAL: Hint = { en: 'tomorrow 9:00', ru: 'завтра 9:00' };

const HINTS: Readonly<Partial<Record<TimeRefusal, Hint>>> = {
  vague: { en: 'today at 20:30', ru: 'сегодня в 20:30' },
  ambiguous: { en: '4 March at 9:00', ru: '4 марта в 9:00' },
  no_such_time: { en: '28 February at 9:00', ru: '28 февраля в 9:00' },
  past: { en: 'in an hour', ru: 'через час' },
  too_far: { en: 'in 6 months', ru: 'через 6 месяцев' },
  too_often: { en: 'every day at 9:00', ru: 'каждый день в 9:00' },
};

/** An example of what would have worked. @param language BCP 47. */
export function hintFor(reason: TimeRefusal, language: string): string {
  return (HINTS[reason] ?? USUAL)[wordLanguage(language)];
}
