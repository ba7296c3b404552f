/**
 * Holds the person's token in memory, never in storage or an address, and renews it before its end or when the
 * database refuses it. Requests that meet an ending token at once share one renewal.
 */
import type { SignInAnswer } from '../../../shared/contracts/auth.ts';
import { SignInError } from './sign-in.ts';

/** A token is renewed this long before its end, so that none ends on its way. */
const RENEW_BEFORE_MS = 60_000;

export interface TokenKeeper {
  /** `fetch` with the token: renews when needed, and once more on 401, replaying the request. */
  readonly fetch: typeof fetch;
}

export interface TokenKeeperParts {
  readonly first: SignInAnswer;
  /** Signs in anew with the last token. */
  readonly renew: (lastToken: string) => Promise<SignInAnswer>;
  /** Hears every renewal: it also brings the product time. */
  readonly onRenewed: (answer: SignInAnswer) => void;
  /** The session cannot be renewed any more. */
  readonly onOver: () => void;
}

/** Builds the keeper around a fresh answer. */
export function createTokenKeeper({ first, renew, onRenewed, onOver }: TokenKeeperParts): TokenKeeper {
  let token = first.access_token;
  let endsAt = Date.now() + first.expires_in * 1000;
  let renewal: Promise<void> | null = null;

  const renewOnce = async (): Promise<void> => {
    try {
      const answer = await renew(token);
      token = answer.access_token;
      endsAt = Date.now() + answer.expires_in * 1000;
      onRenewed(answer);
    } catch (error) {
      if (error instanceof SignInError && error.problem !== 'away') onOver();
      // A token that still holds is used until its end, whatever happened to the renewal.
      if (Date.now() >= endsAt) throw error;
    } finally {
      renewal = null;
    }
  };
  const renewed = (): Promise<void> => (renewal ??= renewOnce());

  return {
    async fetch(input, init) {
      if (Date.now() >= endsAt - RENEW_BEFORE_MS) await renewed();
      const used = token;
      const response = await fetch(input, withToken(init, used));
      if (response.status !== 401) return response;
      // The database looks at the token before it does anything, so a replay does nothing twice.
      if (token === used) {
        endsAt = 0;
        await renewed();
      }
      return fetch(input, withToken(init, token));
    },
  };
}

function withToken(init: RequestInit | undefined, token: string): RequestInit {
  const headers = new Headers(init?.headers);
  headers.set('authorization', `Bearer ${token}`);
  return { ...init, headers };
}
