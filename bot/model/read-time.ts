/** Asks the language model when somebody means, for words the rules do not understand. */
import type { LanguageModel, TimeModel } from '../usecases/model-ports.ts';
import { timeSuggestionSchema } from '../domain/time/suggestion.ts';
import { loadPrompt } from './load-prompt.ts';
import { parseJsonAnswer } from './parse-json-answer.ts';
import { strictJsonSchema } from './strict-schema.ts';

/** Somebody waits in front of the chat: after this they are better told that it was not understood. */
const TIMEOUT_MS = 6_000;
const MOST_TOKENS = 300;
const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

/** The reader of times over a language model. One question a text, never asked again: the person says it otherwise. */
export function createTimeModel(model: LanguageModel): TimeModel {
  const prompt = loadPrompt('read_time');
  const schema = { name: prompt.name, json: strictJsonSchema(timeSuggestionSchema) };
  return {
    async suggest(text, { now, settings, language }) {
      const wall = now.toZonedDateTimeISO(settings.zone);
      const input = JSON.stringify({
        text,
        now: wall.toPlainDateTime().toString({ smallestUnit: 'minute' }),
        weekday: WEEKDAYS[wall.dayOfWeek - 1],
        language,
        preferred_hour: settings.preferredHour.slice(0, 5),
        working_days: settings.workingDays,
      });
      const answer = await model.ask(
        { instructions: prompt.text, input, schema, maxOutputTokens: MOST_TOKENS, timeoutMs: TIMEOUT_MS },
        new AbortController().signal,
      );
      if (!answer.ok) return null;
      const isWanted = (value: unknown): boolean => timeSuggestionSchema.safeParse(value).success;
      const parsed = parseJsonAnswer(answer.text, isWanted);
      return parsed === null ? null : timeSuggestionSchema.parse(parsed.value);
    },
  };
}
