/**
 * Logs are objects with a fixed event name and ids, never message bodies, tokens or keys. Every name is in this
 * map; a rule test holds the code against it.
 */
import { pino } from 'pino';
import type { Logger } from 'pino';

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error' | 'fatal'>;

/** Every event name and what it means. */
export const LOG_EVENTS = {
  'app.ready': 'The process serves; fields say where.',
  'app.stopping': 'A signal asked the process to stop.',
  'app.stopped': 'Everything was closed in order.',
  'app.failed': 'The process cannot go on.',
  'dispatch.swept': 'Leases of a dead worker ended; its rows are sent again.',
  'dispatch.round_failed': 'A round of the dispatcher failed; the next one follows after a pause.',
  'dispatch.claimed': 'A batch was claimed.',
  'dispatch.delivered': 'One message was sent, refused or put off.',
  'dispatch.settle_failed': 'Outcomes could not be written back yet; they are kept and tried again.',
  'dispatch.lease_lost': 'A batch outlived its lease; the rest of it was given up.',
  'bot.membership': 'A person blocked the bot or came back.',
  'bot.setup_failed': 'Commands and descriptions could not be set; the next start tries again.',
  'bot.update_failed': 'An update could not be finished, or its answer not be sent.',
  'bot.polling_conflict': 'Somebody else reads this bot’s updates, or a webhook is set.',
  'bot.polling_failed': 'Asking Telegram for updates failed; it is asked again after a pause.',
  'cards.failed': 'A card in a chat could not follow what was done elsewhere; fields say which.',
  'planning.ended': 'A plan in the background came to its end, or was given back.',
  'planning.failed': 'Planning in the background failed; the next claim goes on.',
  'planning.progress_failed': 'A progress message could not be edited; the next edit shows more.',
  'outbox.markup_refused': 'Telegram could not read a message of ours; it was sent bare. A bug.',
  'jobs.attempt_ended': 'An attempt at an execution came to another end than success.',
  'jobs.carrier_failed': 'pg-boss, which carries executions, had trouble; it is asked again.',
  'jobs.dead_letters':
    'pg-boss gave up delivering executions; the table still has them and sends them again.',
  'jobs.lease_lost': 'This worker was too late with its beat; what it ran was given to others.',
  'jobs.rescued': 'Executions of a dead worker were taken back.',
  'jobs.round_failed': 'A round or a beat of the job worker failed; the next one follows.',
  'jobs.settle_failed': 'Results of executions could not be written back yet; they are kept and tried again.',
  'jobs.unreadable': 'A stored job has a schedule that cannot be read.',
  'jobs.watchdog': 'Something stands still: a loop, a due reminder or a due job; fields say what.',
  'steps.promoted': 'Next steps of plans were made ready.',
  'plan.made': 'A plan was made; fields say by what, at which cost, and what had to be mended.',
  'plan.failed': 'Planning met an error that is ours; the template took its place.',
  'http.failed': 'A request met an error that is ours.',
  'http.sign_in_refused': 'Launch data of the mini-app did not pass.',
  'database.bootstrapped': 'A plain PostgreSQL was prepared like a new InsForge project.',
  'migration.applied': 'One file of migrations/ was applied.',
  'gateway.failed': 'The gateway met an error that is ours or the database’s.',
  'gateway.connection_lost': 'A database connection broke; the next call opens another.',
  'listen.lost': 'Notifications are interrupted; the polls go on.',
  'embedded.started': 'The embedded PostgreSQL was started.',
  'embedded.adopted': 'A running embedded PostgreSQL whose owner had died was taken over.',
  'embedded.account_created': 'The system user that runs PostgreSQL was made.',
  'embedded.server_copied': 'The server’s files were copied to where its user can read them.',
  'embedded.data_elsewhere': 'The data lies outside DATA_DIR, because PostgreSQL’s user cannot enter it.',
} as const;

/** Values under these names never reach a log, wherever they stand. */
const REDACTED = [
  'token',
  'apiKey',
  'authorization',
  'init_data',
  'text',
  'password',
  'connectionString',
].flatMap((name) => [name, `*.${name}`]);

/** Builds the process's logger: JSON lines on standard output. */
export function createLog(level: string): Logger {
  return pino({ level, base: null, redact: { paths: REDACTED, censor: '[redacted]' }, errorKey: 'err' });
}
