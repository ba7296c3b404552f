/**
 * What the Bot API says when it says no. Descriptions are Telegram's own words, because the bot classifies errors by them;
 * where the official server takes a lower-level message and puts "Bad Request: " before it, so does `badRequest`.
 */

/** `parameters` of an error answer. */
interface RefusalParameters {
  retry_after?: number;
  migrate_to_chat_id?: number;
}

/** A call the Bot API refuses. Thrown by methods, turned into an answer in one place (`answer-call.ts`). */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly code: number;
  readonly parameters: RefusalParameters | undefined;

  constructor(code: number, description: string, parameters?: RefusalParameters) {
    super(description);
    this.code = code;
    this.parameters = parameters;
  }
}

/** "Message is too long" becomes "message is too long"; "URL …" and "BUTTON_DATA_INVALID" keep their capitals. */
function lowerFirst(words: string): string {
  return /^.[A-Z_]/.test(words) ? words : words.charAt(0).toLowerCase() + words.slice(1);
}

export function badRequest(words: string): Refusal {
  return new Refusal(400, `Bad Request: ${lowerFirst(words)}`);
}

export function forbidden(words: string): Refusal {
  return new Refusal(403, `Forbidden: ${words}`);
}

export function conflict(words: string): Refusal {
  return new Refusal(409, `Conflict: ${words}`);
}

/** @param seconds how long the bot has to wait; Telegram gives whole seconds */
export function tooManyRequests(seconds: number): Refusal {
  return new Refusal(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds });
}
