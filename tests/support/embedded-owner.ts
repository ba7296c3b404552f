/**
 * A process that owns an embedded server until it is killed: `node embedded-owner.ts FOLDER`.
 * Prints one line of JSON when the server is ready.
 */
import { startEmbeddedServer } from '../../bot/gateway/embedded-server.ts';
import { quietLog } from './quiet-log.ts';

const [, , dataDir = ''] = process.argv;
const server = await startEmbeddedServer({ dataDir, log: quietLog, isThrowaway: true });
process.stdout.write(
  `${JSON.stringify({ connectionString: server.connectionString, adopted: server.adopted })}\n`,
);
process.on('SIGTERM', () => {
  void server.stop().then(() => process.exit(0));
});
// Holds the process open; the server itself does not.
setInterval(() => undefined, 60_000);
