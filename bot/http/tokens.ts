/** The person's token: what it claims is fixed in the description of the interfaces, because InsForge reads it too. */
import { compactVerify, errors, SignJWT } from 'jose';
import { z } from 'zod';

export const TOKEN_LIFE_SECONDS = 15 * 60;
/** `iat` lies this far in the past: a server whose clock is behind refuses a token from its future. */
const ISSUED_BEFORE_SECONDS = 5;

export interface TokenSettings {
  /** Raw UTF-8 text (not base64): the project's JWT secret, or our own where there is no InsForge. */
  readonly secret: string;
  /** Machine time in whole seconds since the epoch. */
  readonly nowSeconds: number;
}

/**
 * Signs a token for one person: HS256, no `kid`.
 * @returns the token and the seconds until it ends.
 */
export async function mintPersonToken(
  telegramId: number,
  { secret, nowSeconds }: TokenSettings,
): Promise<{ token: string; expiresIn: number }> {
  const token = await new SignJWT({ telegram_id: telegramId, role: 'authenticated' })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setSubject(String(telegramId))
    .setIssuedAt(nowSeconds - ISSUED_BEFORE_SECONDS)
    .setExpirationTime(nowSeconds + TOKEN_LIFE_SECONDS)
    .sign(new TextEncoder().encode(secret));
  return { token, expiresIn: TOKEN_LIFE_SECONDS };
}

const claimsSchema = z
  .object({
    sub: z.string().regex(/^[1-9][0-9]{0,15}$/),
    telegram_id: z.number().optional(),
    role: z.literal('authenticated'),
    iat: z.number(),
    exp: z.number(),
  })
  .refine((claims) => claims.telegram_id === undefined || String(claims.telegram_id) === claims.sub);

export type TokenCheck =
  | { readonly ok: true; readonly telegramId: number }
  /** `expired` is said of genuine tokens only. */
  | { readonly ok: false; readonly reason: 'invalid' | 'expired' };

/**
 * Checks a token of `mintPersonToken`. Never throws for what a caller may send.
 * @param settings.expiredForSeconds how long after its end a token still counts; 0 when absent.
 */
export async function verifyPersonToken(
  token: string,
  settings: TokenSettings & { readonly expiredForSeconds?: number },
): Promise<TokenCheck> {
  const { nowSeconds, expiredForSeconds = 0 } = settings;
  let payload: unknown;
  try {
    const key = new TextEncoder().encode(settings.secret);
    // Signature only: the end is looked at below, so that a genuine late token is told from a forged one.
    const verified = await compactVerify(token, key, { algorithms: ['HS256'] });
    payload = JSON.parse(new TextDecoder().decode(verified.payload));
  } catch (error) {
    const isBadToken = error instanceof errors.JOSEError || error instanceof SyntaxError;
    if (isBadToken) return { ok: false, reason: 'invalid' };
    throw error;
  }
  const claims = claimsSchema.safeParse(payload);
  if (!claims.success || claims.data.iat > nowSeconds) return { ok: false, reason: 'invalid' };
  if (claims.data.exp + expiredForSeconds <= nowSeconds) return { ok: false, reason: 'expired' };
  return { ok: true, telegramId: Number(claims.data.sub) };
}
