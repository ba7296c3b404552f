/**
 * Who calls, by the shape of what was sent and never by fallback: a bad key or token is refused, not made anonymous.
 * The rules are InsForge's; stricter in three places, each of which only forged or broken tokens meet:
 * `iat` in the future, a `telegram_id` that contradicts `sub`, and any algorithm but HS256.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { errors, jwtVerify } from 'jose';
import { insforgeError } from './errors.ts';
import type { RefusedRequest } from './errors.ts';

/** The three roles PostgreSQL ever sees. */
type UserRole = 'anon' | 'authenticated' | 'project_admin';

/**
 * `server` is the API key's holder and the only one who reaches the pool of `project_admin` sessions.
 * `user` is everybody else, a token that claims `project_admin` included; `claims` is the JSON for `request.jwt.claims`.
 */
export type Caller =
  | { readonly kind: 'server'; readonly role: 'project_admin' }
  | { readonly kind: 'user'; readonly role: UserRole; readonly claims: string };

export interface CredentialSettings {
  /** Raw UTF-8 text that signs tokens, as on InsForge (not base64). */
  readonly jwtSecret: string;
  /** Starts with `ik_`: the SDK sends it as a bearer, where only the shape tells it from a token. */
  readonly apiKey: string;
  /** Starts with `anon_`, for the same reason. */
  readonly anonKey: string;
}

/** How long a re-minted claim set says it lives, as InsForge's. */
const CLAIMS_LIFE_SECONDS = 300;

/**
 * Builds the check of a request's headers.
 * @returns a function that answers the caller or throws RefusedRequest (401, or 403 for a role nobody may have).
 * @throws Error when a key lacks its prefix or the secret is too short for HS256.
 */
export function createAuthenticator(settings: CredentialSettings): (headers: Headers) => Promise<Caller> {
  if (!settings.apiKey.startsWith('ik_')) throw new Error('The API key must start with "ik_".');
  if (!settings.anonKey.startsWith('anon_')) throw new Error('The anonymous key must start with "anon_".');
  if (settings.jwtSecret.length < 32) throw new Error('The JWT secret must have at least 32 characters.');
  const secret = new TextEncoder().encode(settings.jwtSecret);
  const isApiKey = secretMatcher(settings.apiKey);
  const isAnonKey = secretMatcher(settings.anonKey);

  return async (headers) => {
    const apiKey = headers.get('x-api-key');
    if (apiKey !== null) {
      if (isApiKey(apiKey)) return SERVER;
      throw unauthorized('Invalid API key');
    }
    const bearer = /^Bearer +(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1];
    if (bearer === undefined) {
      throw insforgeError(401, 'AUTH_INVALID_CREDENTIALS', 'No token provided');
    }
    if (bearer.startsWith('ik_')) {
      if (isApiKey(bearer)) return SERVER;
      throw unauthorized('Invalid API key');
    }
    if (bearer.startsWith('anon_')) {
      if (isAnonKey(bearer)) return ANONYMOUS;
      throw unauthorized('Invalid anon key');
    }
    return await readToken(bearer, secret);
  };
}

const SERVER: Caller = { kind: 'server', role: 'project_admin' };
const ANONYMOUS: Caller = { kind: 'user', role: 'anon', claims: '{"role":"anon"}' };
const ROLES: ReadonlySet<unknown> = new Set<UserRole>(['anon', 'authenticated', 'project_admin']);

async function readToken(token: string, secret: Uint8Array): Promise<Caller> {
  const payload = await verified(token, secret);
  const now = Math.floor(Date.now() / 1000);
  // A numeric sub reaches PostgreSQL as the same text, so InsForge lets it through as well.
  const subject: unknown = payload['sub'];
  const sub = typeof subject === 'number' ? String(subject) : subject;
  if (typeof sub !== 'string' || sub === '') throw unauthorized('Invalid token');
  if (payload['iat'] !== undefined && !(typeof payload['iat'] === 'number' && payload['iat'] <= now)) {
    throw unauthorized('Invalid token');
  }
  const telegramId = payload['telegram_id'];
  if (telegramId !== undefined && !(isNumberOrText(telegramId) && String(telegramId) === sub)) {
    throw unauthorized('Invalid token');
  }
  const role = payload['role'] ?? 'authenticated';
  if (!isRole(role)) throw insforgeError(403, 'FORBIDDEN', 'Invalid user role claim');
  const email = typeof payload['email'] === 'string' ? { email: payload['email'] } : {};
  // Minted anew, as InsForge does since 2.2.5: every other claim is lost, so no policy can come to need one.
  const claims = JSON.stringify({ sub, ...email, role, iat: now, exp: now + CLAIMS_LIFE_SECONDS });
  return { kind: 'user', role, claims };
}

async function verified(token: string, secret: Uint8Array): Promise<Record<string, unknown>> {
  try {
    // No clock tolerance: one second past `exp` is past.
    return (await jwtVerify(token, secret, { algorithms: ['HS256'], clockTolerance: 0 })).payload;
  } catch (error) {
    if (error instanceof errors.JOSEError) throw unauthorized('Invalid token');
    throw error;
  }
}

function unauthorized(message: string): RefusedRequest {
  return insforgeError(401, 'AUTH_UNAUTHORIZED', message);
}

function isRole(value: unknown): value is UserRole {
  return ROLES.has(value);
}

function isNumberOrText(value: unknown): value is number | string {
  return typeof value === 'number' || typeof value === 'string';
}

/** Compares in constant time; hashing first makes lengths equal without telling the length. */
function secretMatcher(secret: string): (candidate: string) => boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  const expected = digest(secret);
  return (candidate) => timingSafeEqual(digest(candidate), expected);
}
