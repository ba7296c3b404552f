/** Asks the language model who a text is about. One question a text: the rules have read it already. */
import { leadReadingSchema } from '../domain/lead/lead-reading.ts';
import type { LanguageModel, LeadModel } from '../usecases/model-ports.ts';
import { loadPrompt } from './load-prompt.ts';
import { parseJsonAnswer } from './parse-json-answer.ts';
import { strictJsonSchema } from './strict-schema.ts';

/** The plan waits for it. */
const TIMEOUT_MS = 8_000;
const MOST_TOKENS = 600;
/** More of a pasted text than this says nothing new about who it is. Characters. */
const TEXT_LIMIT = 12_000;

/** The reader of leads over a language model. */
export function createLeadModel(model: LanguageModel): LeadModel {
  const prompt = loadPrompt('read_lead');
  const schema = { name: prompt.name, json: strictJsonSchema(leadReadingSchema) };
  return {
    async read(text, signal) {
      const input = JSON.stringify({ text: text.slice(0, TEXT_LIMIT) });
      const answer = await model.ask(
        { instructions: prompt.text, input, schema, maxOutputTokens: MOST_TOKENS, timeoutMs: TIMEOUT_MS },
        signal,
      );
      const { usage } = answer;
      if (!answer.ok) return { reading: null, usage };
      const isWanted = (value: unknown): boolean => leadReadingSchema.safeParse(value).success;
      const parsed = parseJsonAnswer(answer.text, isWanted);
      return { reading: parsed === null ? null : leadReadingSchema.parse(parsed.value), usage };
    },
  };
}
