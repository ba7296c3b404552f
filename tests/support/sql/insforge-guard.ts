/**
 * What InsForge 2.3 refuses to run, whoever sends it: the dashboard's editor, its CLI and its migrations endpoint all pass
 * through this guard. It looks at top-level statements only, and for one word at the whole text.
 */
import { kindOf, as, parseSql } from './tree.ts';

const ROLES = ['CreateRoleStmt', 'AlterRoleStmt', 'AlterRoleSetStmt', 'DropRoleStmt', 'GrantRoleStmt'];
const DATABASES = [
  'CreatedbStmt',
  'DropdbStmt',
  'AlterDatabaseStmt',
  'AlterDatabaseSetStmt',
  'AlterDatabaseRefreshCollStmt',
];
const SETTINGS = ['role', 'session_authorization', 'search_path', 'statement_timeout'];

function refusedStatement(statement: object): string | null {
  const kind = kindOf(statement);
  if (DATABASES.includes(kind)) return 'managing databases';
  if (ROLES.includes(kind)) return 'managing roles';
  if (kind === 'TransactionStmt') return 'transaction control';
  const setting = as(statement, 'VariableSetStmt');
  if (setting?.kind === 'VAR_RESET_ALL') return 'RESET ALL';
  const name = setting?.name?.toLowerCase();
  return name !== undefined && SETTINGS.includes(name) ? `changing ${name}` : null;
}

/** @returns what InsForge would refuse in this text, or null if it would run it */
export async function refusedByInsForge(sql: string): Promise<string | null> {
  if (/\bset_config\b/i.test(sql)) return 'the word set_config, even in a comment';
  try {
    const statements = await parseSql(sql);
    return statements.map(refusedStatement).find((refusal) => refusal !== null) ?? null;
  } catch (error) {
    return `what cannot be parsed: ${error instanceof Error ? error.message : String(error)}`;
  }
}
