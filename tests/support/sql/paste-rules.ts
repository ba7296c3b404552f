/**
 * What makes a migration safe to paste: twice, alone, over an older version, into InsForge's editor, on PostgreSQL 15.
 */
import { as, every, fullName, kindOf, nameParts, tableName, type Migration } from './tree.ts';

const FILE_NAME = /^(\d{14})_([a-z0-9-]+)\.sql$/;

/** Beyond PostgreSQL 15, although the parser (17) takes them; inside function bodies they would fail only when run. */
const NEWER_THAN_15: [RegExp, string][] = [
  [/\bmerge\s+into\b[^;]*\breturning\b/i, 'MERGE … RETURNING'],
  [/\bjson_(table|query|value|exists|scalar|serialize|array|arrayagg|objectagg)\s*\(/i, 'SQL/JSON functions'],
  [/\bis\s+(not\s+)?json\b/i, 'IS JSON'],
  [/\bany_value\s*\(/i, 'ANY_VALUE'],
  [/\brandom\s*\(\s*[^)\s]/i, 'random(min, max)'],
  [/(?<![\w'])\d+_\d/, 'digits grouped by an underscore'],
];

/** Objects whose CREATE knows no IF NOT EXISTS, or that this schema does without. */
const UNREPEATABLE: Record<string, string> = {
  CreateEnumStmt: 'CREATE TYPE cannot be repeated: use text with a CHECK.',
  CompositeTypeStmt: 'CREATE TYPE cannot be repeated: return a table or jsonb.',
  CreateDomainStmt: 'CREATE DOMAIN cannot be repeated: use a CHECK.',
  CreateExtensionStmt: 'No extension is needed; not every PostgreSQL has it.',
  CreateTableAsStmt: 'Write CREATE TABLE IF NOT EXISTS, so that its rules can be read here.',
  VacuumStmt: 'VACUUM and ANALYZE do not belong into a transaction.',
};

export function fileNameIsKnownToTheCli({ fileName }: Migration): string[] {
  return FILE_NAME.test(fileName)
    ? []
    : [`${fileName}: call it <14 digits, UTC>_<lower-case-words>.sql; InsForge's CLI refuses other names.`];
}

export function understoodByPostgres15({ code, statements }: Migration): string[] {
  const newer = NEWER_THAN_15.filter(([pattern]) => pattern.test(code)).map(
    ([, what]) => `${what} is newer than PostgreSQL 15.`,
  );
  const atomic = every(statements, 'CreateFunctionStmt')
    .filter(({ body }) => body.sql_body !== undefined)
    .map(
      ({ body }) =>
        `${fullName(nameParts(body.funcname))}: use a $$ body; InsForge splits BEGIN ATOMIC wrongly.`,
    );
  return [...newer, ...atomic];
}

export function runsInsideATransaction({ code }: Migration): string[] {
  return /\bconcurrently\b/i.test(code) ? ['CONCURRENTLY cannot run inside a transaction.'] : [];
}

/** auth.uid() casts the token's `sub` to uuid and would fail for a Telegram id. */
export function asksForTheTelegramId({ code }: Migration): string[] {
  return /\bauth\s*\.\s*(uid|jwt)\s*\(/i.test(code) ? ['Use public.requesting_telegram_id().'] : [];
}

export function canBePastedTwice({ statements }: Migration): string[] {
  const problems: string[] = [];
  const dropped = new Set<string>();
  for (const statement of statements) {
    const table = as(statement, 'CreateStmt');
    if (table !== undefined && table.if_not_exists !== true) {
      problems.push(`${tableName(table.relation)}: CREATE TABLE IF NOT EXISTS.`);
    }
    const index = as(statement, 'IndexStmt');
    if (index !== undefined && index.if_not_exists !== true) {
      problems.push(`${index.idxname ?? ''}: CREATE INDEX IF NOT EXISTS.`);
    }
    const sequence = as(statement, 'CreateSeqStmt');
    if (sequence !== undefined && sequence.if_not_exists !== true) {
      problems.push(`${tableName(sequence.sequence)}: CREATE SEQUENCE IF NOT EXISTS.`);
    }
    const routine = as(statement, 'CreateFunctionStmt');
    if (routine !== undefined && routine.replace !== true) {
      problems.push(`${fullName(nameParts(routine.funcname))}: CREATE OR REPLACE.`);
    }
    const view = as(statement, 'ViewStmt');
    if (view !== undefined && view.replace !== true)
      problems.push(`${tableName(view.view)}: CREATE OR REPLACE.`);
    const drop = as(statement, 'DropStmt');
    if (drop !== undefined) {
      if (drop.missing_ok !== true) problems.push('DROP … IF EXISTS.');
      for (const object of drop.objects ?? [])
        dropped.add(fullNameOfPart(nameParts(as(object, 'List')?.items)));
    }
    const trigger = as(statement, 'CreateTrigStmt');
    if (trigger !== undefined && trigger.replace !== true) {
      const name = `${tableName(trigger.relation)}.${trigger.trigname ?? ''}`;
      if (!dropped.has(name)) problems.push(`${name}: DROP TRIGGER IF EXISTS before CREATE TRIGGER.`);
    }
    const insert = as(statement, 'InsertStmt');
    const isPlain = (as(insert?.selectStmt, 'SelectStmt')?.valuesLists ?? []).length > 0;
    if (insert !== undefined && isPlain && insert.onConflictClause === undefined) {
      problems.push(`INSERT INTO ${tableName(insert.relation)}: ON CONFLICT.`);
    }
    const refusal = UNREPEATABLE[kindOf(statement)];
    if (refusal !== undefined) problems.push(refusal);
    problems.push(...alterProblems(statement, dropped));
  }
  return problems;
}

/** `trigger on table` arrives as [schema, table, trigger]; without a schema it is public's. */
function fullNameOfPart(parts: string[]): string {
  return parts.length === 2 ? `public.${parts.join('.')}` : parts.join('.');
}

function alterProblems(statement: object, dropped: Set<string>): string[] {
  const alter = as(statement, 'AlterTableStmt');
  return (alter?.cmds ?? []).flatMap((node) => {
    const command = as(node, 'AlterTableCmd');
    const table = tableName(alter?.relation);
    if (command?.subtype === 'AT_AddColumn' && command.missing_ok !== true) {
      return [`${table}: ADD COLUMN IF NOT EXISTS ${as(command.def, 'ColumnDef')?.colname ?? ''}.`];
    }
    if (command?.subtype === 'AT_DropConstraint') {
      dropped.add(`${table} ${command.name ?? ''}`);
      return command.missing_ok === true ? [] : [`${table}: DROP CONSTRAINT IF EXISTS.`];
    }
    if (command?.subtype === 'AT_AddConstraint') {
      const name = as(command.def, 'Constraint')?.conname ?? '';
      return dropped.has(`${table} ${name}`)
        ? []
        : [`${table}: DROP CONSTRAINT IF EXISTS ${name} before ADD CONSTRAINT.`];
    }
    return [];
  });
}

/** The last two statements: the version row, by which the runner knows what is there, and PostgREST's reload. */
export function recordsItsVersion({ fileName, statements }: Migration): string[] {
  const [, version, name] = FILE_NAME.exec(fileName) ?? [];
  const insert = as(statements.at(-2), 'InsertStmt');
  const row = as(as(insert?.selectStmt, 'SelectStmt')?.valuesLists?.[0], 'List')?.items ?? [];
  const values = row.map((item) => as(item, 'A_Const')?.sval?.sval);
  const recorded =
    tableName(insert?.relation) === 'public.schema_versions' && values[0] === version && values[1] === name;
  const notify = as(statements.at(-1), 'NotifyStmt');
  const notified = notify?.conditionname === 'pgrst' && notify.payload === 'reload schema';
  return [
    ...(recorded
      ? []
      : [
          `Before the last statement: INSERT INTO public.schema_versions … ('${version ?? ''}', '${name ?? ''}').`,
        ]),
    ...(notified ? [] : ["The last statement: NOTIFY pgrst, 'reload schema'."]),
  ];
}
