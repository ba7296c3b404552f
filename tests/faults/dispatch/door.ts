/**
 * A witness at a worker's door, preloaded like the shifted clock: it notes when each message leaves. Telegram's own clock
 * tells when a message was looked at, which on a busy machine is later, and then for many messages at once. DOOR_FILE gets
 * a line a message: monotonic milliseconds, the same for all processes of a machine.
 */
import { subscribe } from 'node:diagnostics_channel';
import { openSync, writeSync } from 'node:fs';

const file = openSync(process.env['DOOR_FILE'] ?? '/dev/null', 'a');

subscribe('undici:client:sendHeaders', (message) => {
  const { request } = message as { readonly request: { readonly path: string } };
  if (!request.path.endsWith('/sendMessage')) return;
  // Written at once: a process that is killed takes nothing with it.
  writeSync(file, `${String(Number(process.hrtime.bigint()) / 1e6)}\n`);
});
