import type { Log } from '../../bot/gateway/log.ts';

/** A logger for tests that do not look at logs. */
export const quietLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
