/** All rules about one migration file in one place; each is a pure function of the parsed file. */
import * as access from './access-rules.ts';
import { refusedByInsForge } from './insforge-guard.ts';
import * as paste from './paste-rules.ts';
import { parseSql, withoutComments, type Migration } from './tree.ts';

const RULES: Record<string, (migration: Migration) => string[]> = { ...paste, ...access };

/**
 * @returns one sentence for each broken rule, `rule: what to write`; empty if the file is fine. A file that InsForge would
 * refuse gets that refusal alone, because the other rules need a text that can be parsed.
 */
export async function checkMigration(fileName: string, sql: string): Promise<string[]> {
  const refusal = await refusedByInsForge(sql);
  if (refusal !== null) return [`acceptedByInsForge: its guard refuses ${refusal}.`];
  const migration = { fileName, sql, code: withoutComments(sql), statements: await parseSql(sql) };
  return Object.entries(RULES).flatMap(([rule, check]) =>
    check(migration).map((problem) => `${rule}: ${problem}`),
  );
}
