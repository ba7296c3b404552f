/** Asks a language model with eyes for the words of a picture. What it copies is then read like a text somebody typed. */
import { pictureReadingSchema } from '../domain/lead/picture-reading.ts';
import type { LanguageModel, PictureModel } from '../usecases/model-ports.ts';
import { loadPrompt } from './load-prompt.ts';
import { parseJsonAnswer } from './parse-json-answer.ts';
import { strictJsonSchema } from './strict-schema.ts';

/** Somebody waits in front of the chat. */
const TIMEOUT_MS = 25_000;
const MOST_TOKENS = 1_200;

/** The reader of pictures over a language model. */
export function createPictureModel(model: LanguageModel): PictureModel {
  const prompt = loadPrompt('read_picture');
  const schema = { name: prompt.name, json: strictJsonSchema(pictureReadingSchema) };
  return {
    async read({ bytes, mediaType }) {
      const question = {
        instructions: prompt.text,
        input: JSON.stringify({ picture: 'attached' }),
        image: { mediaType, base64: Buffer.from(bytes).toString('base64') },
        schema,
        maxOutputTokens: MOST_TOKENS,
        timeoutMs: TIMEOUT_MS,
      };
      const answer = await model.ask(question, new AbortController().signal);
      if (!answer.ok) return { ok: false, failure: answer.failure };
      const isWanted = (value: unknown): boolean => pictureReadingSchema.safeParse(value).success;
      const parsed = parseJsonAnswer(answer.text, isWanted);
      if (parsed === null) return { ok: false, failure: 'refused' };
      return { ok: true, text: pictureReadingSchema.parse(parsed.value).text?.trim() ?? '' };
    },
  };
}
