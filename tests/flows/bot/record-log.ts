import type { Log } from '../../../bot/logging.ts';

/** One log call, for tests that look at what was logged. */
export interface Logged {
  readonly level: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A log that remembers, and tells of each line. */
export function recorder(
  logged: Logged[],
  onLine: (fields: Logged['fields']) => void = () => undefined,
): Log {
  const at =
    (level: string) =>
    (fields: Readonly<Record<string, unknown>>): void => {
      logged.push({ level, fields });
      onLine(fields);
    };
  const levels = ['debug', 'info', 'warn', 'error', 'fatal'] as const;
  return Object.fromEntries(levels.map((level) => [level, at(level)])) as unknown as Log;
}
