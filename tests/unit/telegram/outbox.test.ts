/** The dispatcher's connections to Telegram when the process has to end. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createLog } from '../../../bot/logging.ts';
import { createReminderSender } from '../../../bot/telegram/outbox/create-reminder-sender.ts';
import { loadTexts } from '../../../bot/telegram/text/texts.ts';
import { claimed } from './samples.ts';

/** Takes every request and never answers. */
const silent = createServer();

afterEach(() => {
  silent.closeAllConnections();
  silent.close();
});

test('an answer that is given up leaves its message in doubt, and nothing else leaves', async () => {
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  const sender = createReminderSender({
    ...{ token: '1:test', apiRoot: `http://127.0.0.1:${port}`, connections: 2, texts: loadTexts() },
    ...{ miniAppUrl: null, random: () => 0.5, log: createLog('silent') },
  });
  const { signal } = new AbortController();
  const arrived = once(silent, 'request');
  const hanging = sender.send([claimed()], signal);
  await arrived;
  sender.abandon();
  expect(await hanging).toMatchObject({ outcome: 'in_doubt' });
  expect(await sender.send([claimed({ id: 13 })], signal)).toMatchObject({ outcome: 'retry' });
  await sender.close();
});
