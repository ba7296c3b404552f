/** Reads PostgREST's small languages (select, filters, order) from left to right. */
import { parseError } from '../errors.ts';

/** Letters and digits of any script, `_`, `$`, blanks, and `-` unless it begins an arrow. */
const NAME = /(?:[\p{L}\p{N}_$ ]|-(?!>))+/uy;

export class Scanner {
  readonly #text: string;
  readonly #part: string;
  #at = 0;

  /** @param part the parameter's name, for error messages. */
  constructor(part: string, text: string) {
    this.#part = part;
    this.#text = text;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  /** Consumes `token` if it is next. */
  take(token: string): boolean {
    if (!this.#text.startsWith(token, this.#at)) return false;
    this.#at += token.length;
    return true;
  }

  /** Consumes what the pattern (sticky) matches here. */
  match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? null;
    if (found !== null) this.#at += found.length;
    return found;
  }

  /** Consumes `token` or refuses the request. */
  need(token: string): void {
    if (!this.take(token)) this.fail(`expected "${token}"`);
  }

  needEnd(): void {
    if (!this.isAtEnd) this.fail('expected the end');
  }

  /** A name: bare, or in double quotes with `\` before quotes and backslashes. */
  name(): string {
    const quoted = this.quoted();
    if (quoted !== null) return quoted;
    const bare = this.match(NAME)?.trim();
    if (bare === undefined || bare === '') this.fail('expected a name');
    return bare;
  }

  /** The inside of a double-quoted text, or null when none begins here. */
  quoted(): string | null {
    const found = this.match(/"(?:[^"\\]|\\[^])*"/y);
    return found === null ? null : found.slice(1, -1).replaceAll(/\\([^])/g, '$1');
  }

  /** Everything that is left. */
  rest(): string {
    const rest = this.#text.slice(this.#at);
    this.#at = this.#text.length;
    return rest;
  }

  /** What follows, without consuming it. */
  startsWith(token: string): boolean {
    return this.#text.startsWith(token, this.#at);
  }

  fail(expectation: string): never {
    throw parseError(this.#part, this.#text, `${expectation} at character ${this.#at + 1}`);
  }
}
