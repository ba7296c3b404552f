/**
 * What an endpoint turned out to understand. "OpenAI-compatible" means different things to OpenAI's newest models, to
 * OpenRouter's many providers and to an Ollama of last year, so a request begins with everything and gives up one
 * parameter at a time when it is refused. What was learned holds as long as the process lives.
 */

export interface Abilities {
  /** How the answer's shape is asked for. */
  readonly format: 'json_schema' | 'json_object' | 'none';
  /** The name of the length limit: newer OpenAI models refuse the old one, older servers do not know the new one. */
  readonly limit: 'max_completion_tokens' | 'max_tokens';
  /** Whether the token counts may be asked for at the end of a stream. */
  readonly streamUsage: boolean;
}

/** Where a talk with an unknown endpoint begins. */
export function initialAbilities(baseUrl: string): Abilities {
  const isOpenAi = new URL(baseUrl).hostname.endsWith('openai.com');
  return {
    format: 'json_schema',
    limit: isOpenAi ? 'max_completion_tokens' : 'max_tokens',
    streamUsage: true,
  };
}

/** Statuses with which endpoints refuse a parameter. 500 and 501: servers whose grammar compiler gives up. */
const PARAMETER_STATUSES: ReadonlySet<number> = new Set([400, 404, 415, 422, 500, 501]);

/**
 * The next thing to try after a refusal, null when the refusal is about something else.
 * @param message what the endpoint said, with the parameter's name when it gave one.
 */
export function withoutRefused(present: Abilities, status: number, message: string): Abilities | null {
  if (!PARAMETER_STATUSES.has(status)) return null;
  if (/stream_options|include_usage/i.test(message)) {
    return present.streamUsage ? { ...present, streamUsage: false } : null;
  }
  if (/max_completion_tokens|max_tokens/i.test(message)) {
    // Only a refusal of the name can be helped; a refusal of the value names both or speaks of a maximum.
    const isName = /unsupported|not supported|unrecognized|unknown|unexpected|extra|not permitted/i.test(
      message,
    );
    if (!isName) return null;
    if (present.limit === 'max_tokens') return { ...present, limit: 'max_completion_tokens' };
    return message.includes('max_completion_tokens') ? { ...present, limit: 'max_tokens' } : null;
  }
  if (/response_format|json_schema|json_object|json mode|structured|grammar|schema/i.test(message)) {
    if (present.format === 'json_schema') return { ...present, format: 'json_object' };
    if (present.format === 'json_object') return { ...present, format: 'none' };
  }
  return null;
}
