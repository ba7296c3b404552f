/**
 * A witness at a worker's door, preloaded like the shifted clock: it notes when each message leaves. Telegram's own clock
 * tells when a message was looked at, which on a busy machine is later, and then for many messages at once. DOOR_FILE gets
 * a line a message: monotonic milliseconds, the same for all processes of a machine, and the first row that it names.
 */
import { subscribe } from 'node:diagnostics_channel';
import { openSync, writeSync } from 'node:fs';
import { rowsIn } from './rows.ts';

const file = openSync(process.env['DOOR_FILE'] ?? '/dev/null', 'a');

subscribe('undici:client:sendHeaders', (message) => {
  const { request } = message as { readonly request: { readonly path: string; readonly body: Buffer } };
  if (!request.path.endsWith('/sendMessage')) return;
  const at = Number(process.hrtime.bigint()) / 1e6;
  // Written at once: a process that is killed takes nothing with it.
  writeSync(file, `${at} ${rowsIn(request.body.toString())[0] ?? 0}\n`);
});
