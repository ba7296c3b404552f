/**
 * Is this launch data of the mini-app from Telegram, and fresh? Two proofs exist: the HMAC, for whoever holds the bot
 * token, and Telegram's own Ed25519 signature, for a server that must not hold it. Both read the raw string exactly as
 * the client sent it; a re-serialised one would lose what was signed.
 */
import { createHmac, createPublicKey, timingSafeEqual, verify } from 'node:crypto';
import { z } from 'zod';

/** Launch data is made when the mini-app opens and never refreshed: older than this it may have been found somewhere. */
export const INIT_DATA_MAX_AGE_SECONDS = 60 * 60;
/** Telegram's clock and ours may differ by this much; data from further ahead would stay valid for too long. */
const FUTURE_TOLERANCE_SECONDS = 30;

/**
 * Telegram's Ed25519 keys, 32 bytes in hex, from core.telegram.org/bots/webapps "Validating data for Third-Party Use".
 * `production` signs for bots of the ordinary network, `test` for bots of Telegram's test environment.
 */
export const TELEGRAM_PUBLIC_KEYS = {
  production: 'e7bf03a2fa4602af4580703d88dda5bb59f32ed8b02a56c187fe7d34caed242d',
  test: '40055058a4ee38156a06562e52eece92a771bcd8346a8c4615cb7376eddf72ec',
} as const;

/** DER in front of a raw Ed25519 key (RFC 8410), because node:crypto takes no bare bytes. */
const ED25519_DER_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

const initDataUserSchema = z.object({
  id: z.number().int().positive(),
  is_bot: z.literal(false).optional(),
  first_name: z.string(),
  last_name: z.string().optional(),
  username: z.string().optional(),
  language_code: z.string().optional(),
});
export type InitDataUser = z.infer<typeof initDataUserSchema>;

export type InitDataRefusal =
  /** Not launch data at all: a field is missing, double or of another form. */
  | 'INIT_DATA_INVALID'
  /** Changed on the way, or made for or by somebody else: another bot's data ends here too. */
  | 'INIT_DATA_FORGED'
  | 'INIT_DATA_STALE'
  | 'INIT_DATA_FUTURE';

export type InitDataCheck =
  | { readonly ok: true; readonly user: InitDataUser; readonly startParam: string | null }
  | { readonly ok: false; readonly code: InitDataRefusal; readonly message: string };

export interface Freshness {
  /** Machine time: `auth_date` is Telegram's wall clock, which the sandbox never moves. */
  readonly now: Temporal.Instant;
  readonly maxAgeSeconds: number;
}

/**
 * Checks launch data with the bot's token.
 * @param raw the query string as `WebApp.initData` holds it.
 */
export function checkInitData(
  raw: string,
  options: Freshness & { readonly botToken: string },
): InitDataCheck {
  const fields = readFields(raw);
  const hash = fields?.get('hash');
  if (fields === null || hash === undefined || !/^[0-9a-f]{64}$/.test(hash)) return invalid('hash');
  const key = createHmac('sha256', 'WebAppData').update(options.botToken).digest();
  // Only `hash` is left out: `signature` is part of what the HMAC covers.
  const expected = createHmac('sha256', key)
    .update(checkString(fields, ['hash']))
    .digest();
  if (!timingSafeEqual(expected, Buffer.from(hash, 'hex'))) return FORGED;
  return readProven(fields, options);
}

/**
 * Checks launch data without the bot's token, by Telegram's own signature.
 * @param options.botId the bot the data must have been made for.
 * @param options.publicKey 32 bytes in hex; absent = Telegram's production key.
 */
export function checkInitDataSignature(
  raw: string,
  options: Freshness & { readonly botId: number; readonly publicKey?: string },
): InitDataCheck {
  const fields = readFields(raw);
  const signature = Buffer.from(fields?.get('signature') ?? '', 'base64url');
  if (fields === null || signature.length !== 64) return invalid('signature');
  const rawKey = Buffer.from(options.publicKey ?? TELEGRAM_PUBLIC_KEYS.production, 'hex');
  const key = createPublicKey({
    key: Buffer.concat([ED25519_DER_PREFIX, rawKey]),
    format: 'der',
    type: 'spki',
  });
  const signed = `${options.botId}:WebAppData\n${checkString(fields, ['hash', 'signature'])}`;
  if (!verify(null, Buffer.from(signed), key, signature)) return FORGED;
  return readProven(fields, options);
}

const FORGED: InitDataCheck = {
  ok: false,
  code: 'INIT_DATA_FORGED',
  message: 'The launch data was not signed for this bot. Open Nudge from its own chat in Telegram.',
};

function invalid(field: string): InitDataCheck {
  return {
    ok: false,
    code: 'INIT_DATA_INVALID',
    message: `The launch data has no usable "${field}". Open Nudge from its chat in Telegram.`,
  };
}

/** Field by field, decoded; null when one comes twice, because then it is unclear which one was signed. */
function readFields(raw: string): Map<string, string> | null {
  const pairs = [...new URLSearchParams(raw)];
  const fields = new Map(pairs);
  return fields.size === pairs.length ? fields : null;
}

function checkString(fields: ReadonlyMap<string, string>, without: readonly string[]): string {
  return [...fields]
    .filter(([name]) => !without.includes(name))
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('\n');
}

/** What a proven string says. The date is looked at last, so that "stale" is only ever said of genuine data. */
function readProven(fields: ReadonlyMap<string, string>, { now, maxAgeSeconds }: Freshness): InitDataCheck {
  const authDate = fields.get('auth_date') ?? '';
  if (!/^\d{1,12}$/.test(authDate)) return invalid('auth_date');
  const user = initDataUserSchema.safeParse(parseJson(fields.get('user')));
  if (!user.success) return invalid('user');
  const ageSeconds = now.epochMilliseconds / 1000 - Number(authDate);
  if (ageSeconds > maxAgeSeconds) {
    const message = 'The launch data is too old. Close Nudge and open it again.';
    return { ok: false, code: 'INIT_DATA_STALE', message };
  }
  if (ageSeconds < -FUTURE_TOLERANCE_SECONDS) {
    const message = 'The launch data is dated in the future. Check the clock of this server.';
    return { ok: false, code: 'INIT_DATA_FUTURE', message };
  }
  return { ok: true, user: user.data, startParam: fields.get('start_param') ?? null };
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return null;
  }
}
