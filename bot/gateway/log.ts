import type { BaseLogger } from 'pino';

/** What the gateway and the embedded server need of a logger; pino's own loggers fit. */
export type Log = Pick<BaseLogger, 'info' | 'warn' | 'error'>;
