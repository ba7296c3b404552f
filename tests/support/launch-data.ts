/** Launch data of the mini-app as Telegram signs it, written from its description and not from our own check of it. */
import { createHmac } from 'node:crypto';

export interface LaunchUser {
  readonly id: number;
  readonly first_name: string;
  readonly language_code?: string;
}

/** The query string of `WebApp.initData`. `fields` replace or (with undefined) remove what is usually there. */
export function signLaunchData(
  botToken: string,
  user: LaunchUser,
  fields: Readonly<Record<string, string | undefined>> = {},
): string {
  const all: Record<string, string | undefined> = {
    query_id: 'AAHdF6IQAAAAAN0XohDhrOrc',
    user: JSON.stringify(user),
    auth_date: String(Math.floor(Date.now() / 1000)),
    signature: 'c2lnbmVkIGVsc2V3aGVyZQ',
    ...fields,
  };
  const pairs = Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const lines = pairs.map(([name, value]) => `${name}=${value}`).sort();
  const key = createHmac('sha256', 'WebAppData').update(botToken).digest();
  const hash = createHmac('sha256', key).update(lines.join('\n')).digest('hex');
  return new URLSearchParams([...pairs, ['hash', hash]]).toString();
}
