/**
 * Launch data of a mini-app, signed the way Telegram signs it: an HMAC only the bot's owner can check, and an Ed25519 signature
 * anyone can check against a public key. Telegram's private key is Telegram's; the emulator makes a pair of its own.
 */
import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  type KeyObject,
} from 'node:crypto';
import type { Storage } from './storage.ts';
import { personUser } from './shapes.ts';
import type { Person } from './types.ts';

const KEY_SETTING = 'init_data_key';
/** An Ed25519 public key in SPKI form ends with its 32 bytes. */
const PUBLIC_KEY_BYTES = 32;

export interface InitDataOptions {
  startParam?: string;
  /** Unix seconds of the machine's clock, which is what a launch is dated by. */
  authDate: number;
  /** Telegram's name for the chat the app was opened from. */
  queryId?: string;
}

/** The pair lives with the storage: data signed before a restart is still good after it. */
export function loadSigningKey(storage: Storage): { privateKey: KeyObject; publicKeyHex: string } {
  let pem = storage.setting(KEY_SETTING);
  if (typeof pem !== 'string') {
    pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
    storage.setSetting(KEY_SETTING, pem);
  }
  const privateKey = createPrivateKey(String(pem));
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  return { privateKey, publicKeyHex: spki.subarray(-PUBLIC_KEY_BYTES).toString('hex') };
}

const sortedLines = (pairs: Readonly<Record<string, string>>) =>
  Object.entries(pairs)
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join('\n');

/** @returns `initData` as a mini-app gets it: a query string, to be passed on unchanged */
export function signInitData(
  bot: { token: string; id: number; privateKey: KeyObject },
  person: Person,
  options: InitDataOptions,
): string {
  const pairs: Record<string, string> = {
    query_id: options.queryId ?? `AA${person.id}`,
    user: JSON.stringify({
      ...personUser(person),
      is_bot: undefined,
      allows_write_to_pm: person.hasStarted || undefined,
    }),
    auth_date: String(options.authDate),
    ...(options.startParam === undefined ? {} : { start_param: options.startParam }),
  };
  const thirdParty = `${bot.id}:WebAppData\n${sortedLines(pairs)}`;
  const signed = {
    ...pairs,
    signature: sign(null, Buffer.from(thirdParty), bot.privateKey).toString('base64url'),
  };
  const secret = createHmac('sha256', 'WebAppData').update(bot.token).digest();
  const hash = createHmac('sha256', secret).update(sortedLines(signed)).digest('hex');
  return new URLSearchParams({ ...signed, hash }).toString();
}
