/** A time in words: by the rules, and by a language model for what they do not understand. Nothing is stored. */
import type { LocalMoment, TimeAnswer, TimeRefusal } from '../../shared/contracts/times.ts';
import { isAwake } from '../../shared/rules/calendar.ts';
import type { TimeSettings } from '../../shared/rules/time-settings.ts';
import { hintFor } from '../domain/time/hints.ts';
import type { ReadingContext } from '../domain/time/moments.ts';
import { readTime, type TimeReading } from '../domain/time/read-time.ts';
import { readSuggestion } from '../domain/time/suggestion.ts';
import type { TimeModel } from './model-ports.ts';

/** A reading and who read it. What a model read is a suggestion: it needs the person's yes before anything is stored. */
export type TimeInWords = TimeReading & { readonly source: 'rules' | 'model' };

/**
 * Only what the rules do not know is worth a model's guess: a refusal for a reason (past, ambiguous, another zone) is an
 * answer, and no other reader makes it wrong.
 */
const MODEL_MAY_TRY: ReadonlySet<TimeRefusal> = new Set<TimeRefusal>(['not_understood', 'partial']);

/**
 * Reads a time.
 * @param model null = rules only.
 * @param mode `once`: one moment is wanted; a recurrence is refused as `recurring`.
 */
export async function readTimeInWords(
  model: TimeModel | null,
  text: string,
  context: ReadingContext,
  mode: 'once' | 'any',
): Promise<TimeInWords> {
  const byRules = readTime(text, context);
  const isLost = byRules.kind === 'refused' && MODEL_MAY_TRY.has(byRules.reason);
  const suggestion = isLost && model !== null ? await model.suggest(text, context) : null;
  const byModel = suggestion === null ? null : readSuggestion(suggestion, context);
  const read: TimeInWords =
    byModel === null ? { ...byRules, source: 'rules' } : { ...byModel, source: 'model' };
  if (mode === 'any' || read.kind !== 'recurrence') return read;
  const hint = hintFor('recurring', context.language);
  return { kind: 'refused', reason: 'recurring', understood: text.trim(), hint, source: read.source };
}

/** A reading as the mini-app gets it: instants beside what the person's clock shows then. */
export function timeAnswer(read: TimeInWords, settings: TimeSettings): TimeAnswer {
  const { zone } = settings;
  const { source } = read;
  const moment = (at: Temporal.Instant): LocalMoment => localMoment(at, settings);
  switch (read.kind) {
    case 'instant': {
      const { at, exact, said } = read;
      return { kind: 'instant', zone, source, moment: moment(at), exact, said };
    }
    case 'range':
      return { kind: 'range', zone, source, from: moment(read.from), to: moment(read.to), exact: read.exact };
    case 'recurrence':
      return {
        kind: 'recurrence',
        zone,
        source,
        rule: read.rule,
        starts_on: read.startsOn,
        clock: read.clock,
        first: read.first.map(moment),
      };
    case 'refused':
      return { kind: 'refused', reason: read.reason, understood: read.understood, hint: read.hint };
  }
}

function localMoment(at: Temporal.Instant, settings: TimeSettings): LocalMoment {
  const local = at.toZonedDateTimeISO(settings.zone);
  return {
    at: at.toString(),
    local: local.toPlainDateTime().toString({ smallestUnit: 'minute' }),
    weekday: local.dayOfWeek,
    in_quiet_hours: !isAwake(at, { ...settings, workingDays: [] }),
    on_day_off: settings.workingDays.length > 0 && !settings.workingDays.includes(local.dayOfWeek),
  };
}
