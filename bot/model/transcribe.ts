/** Speech becomes text, by the transcription endpoint beside a language model. */
import type { OpenAI } from 'openai';
import type { SpeechModel } from '../usecases/model-ports.ts';
import { connect, headersFor, reportOfError, type ModelEndpoint } from './connect.ts';
import { troubleOf } from './read-failure.ts';

/** Ten minutes of speech take a hosted model about so long; the person looks at "typing" meanwhile. */
const TIMEOUT_MS = 30_000;

/** The transcriber at an endpoint, whose `model` is the one that listens; null without an endpoint. */
export function createSpeechModel(endpoint: ModelEndpoint | null): SpeechModel | null {
  if (endpoint === null) return null;
  let client: Promise<OpenAI> | null = null;
  return {
    async transcribe({ bytes, name, mediaType }) {
      client ??= connect(endpoint);
      const deadline = AbortSignal.timeout(TIMEOUT_MS);
      try {
        const file = new File([Uint8Array.from(bytes)], name, { type: mediaType });
        const { text } = await (
          await client
        ).audio.transcriptions.create(
          { file, model: endpoint.model, response_format: 'json' },
          { signal: deadline, timeout: TIMEOUT_MS, ...headersFor(endpoint) },
        );
        // Servers that only call themselves compatible answer whatever they like.
        return typeof text === 'string'
          ? { ok: true, text: text.trim() }
          : { ok: false, failure: 'misconfigured' };
      } catch (error) {
        if (deadline.aborted) return { ok: false, failure: 'timeout' };
        const report = await reportOfError(error);
        return { ok: false, failure: report === null ? 'unreachable' : troubleOf(report).failure };
      }
    },
  };
}
