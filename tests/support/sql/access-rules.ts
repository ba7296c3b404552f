/**
 * Who may touch what a migration makes. InsForge's default privileges hand every new table to anon and authenticated and
 * PostgreSQL hands every new function to PUBLIC, so each file takes all of it away again before it grants.
 */
import { as, every, fullName, nameParts, tableName, typeName, type Body, type Migration } from './tree.ts';

const EVERYBODY = ['public', 'anon', 'authenticated'];
const SERIAL_TYPES = ['serial', 'bigserial', 'smallserial', 'serial4', 'serial8', 'serial2'];

function roleNames(roles: object[] | undefined): string[] {
  return (roles ?? []).map((role) => {
    const spec = as(role, 'RoleSpec');
    return spec?.roletype === 'ROLESPEC_PUBLIC' ? 'public' : (spec?.rolename ?? '');
  });
}

/** `f(text, int8[])` for comparing a function with the REVOKE that names it. */
function signature(name: string, types: string[]): string {
  return `${name}(${types.join(', ')})`;
}

function createdSignature(body: Body<'CreateFunctionStmt'>): string {
  const inputs = (body.parameters ?? []).flatMap((node) => {
    const parameter = as(node, 'FunctionParameter');
    const isOutput = parameter?.mode === 'FUNC_PARAM_OUT' || parameter?.mode === 'FUNC_PARAM_TABLE';
    return parameter === undefined || isOutput ? [] : [typeName(parameter.argType)];
  });
  return signature(fullName(nameParts(body.funcname)), inputs);
}

function grantedObject(node: object): string {
  const relation = as(node, 'RangeVar');
  if (relation !== undefined) return tableName(relation);
  const routine = as(node, 'ObjectWithArgs');
  const types = (routine?.objargs ?? []).map((argument) => typeName(as(argument, 'TypeName')));
  return signature(fullName(nameParts(routine?.objname)), types);
}

function isRevokeOfAll(grant: Body<'GrantStmt'>): boolean {
  return grant.is_grant !== true && (grant.privileges ?? []).length === 0;
}

/** True if the file takes every right on the object away from everybody. */
function isRevoked({ statements }: Migration, kinds: string[], object: string, roles = EVERYBODY): boolean {
  const revokedFrom = every(statements, 'GrantStmt')
    .filter(({ body }) => isRevokeOfAll(body) && kinds.includes(body.objtype ?? ''))
    .filter(({ body }) => (body.objects ?? []).map(grantedObject).includes(object))
    .flatMap(({ body }) => roleNames(body.grantees));
  return roles.every((role) => revokedFrom.includes(role));
}

function createdTables({ statements }: Migration): { name: string; index: number }[] {
  return every(statements, 'CreateStmt').map(({ body, index }) => ({
    name: tableName(body.relation),
    index,
  }));
}

export function tablesAreClosed(migration: Migration): string[] {
  const commands = every(migration.statements, 'AlterTableStmt').flatMap(({ body }) =>
    (body.cmds ?? []).map((cmd) => ({
      table: tableName(body.relation),
      subtype: as(cmd, 'AlterTableCmd')?.subtype,
    })),
  );
  const opened = commands
    .filter(({ subtype }) => subtype === 'AT_DisableRowSecurity' || subtype === 'AT_ChangeOwner')
    .map(({ table }) => `${table}: row level security stays on and the owner stays the same.`);
  const closed = createdTables(migration).flatMap(({ name }) => [
    ...(commands.some(({ table, subtype }) => table === name && subtype === 'AT_EnableRowSecurity')
      ? []
      : [`${name}: add ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY.`]),
    ...(isRevoked(migration, ['OBJECT_TABLE'], name)
      ? []
      : [`${name}: add REVOKE ALL ON TABLE ${name} FROM PUBLIC, anon, authenticated.`]),
  ]);
  return [...closed, ...opened];
}

/** The sequences a table's columns bring along; their rights are their own. */
export function sequencesAreClosed(migration: Migration): string[] {
  const columnsOf = (relation: string, nodes: object[]) =>
    nodes.flatMap((node) => {
      const column = as(node, 'ColumnDef');
      if (column === undefined) return [];
      const isIdentity = (column.constraints ?? []).some(
        (constraint) => as(constraint, 'Constraint')?.contype === 'CONSTR_IDENTITY',
      );
      const isSerial = SERIAL_TYPES.includes(typeName(column.typeName));
      return isIdentity || isSerial ? [`${relation}_${column.colname ?? ''}_seq`] : [];
    });
  const created = every(migration.statements, 'CreateStmt').flatMap(({ body }) =>
    columnsOf(tableName(body.relation), body.tableElts ?? []),
  );
  const added = every(migration.statements, 'AlterTableStmt').flatMap(({ body }) =>
    columnsOf(
      tableName(body.relation),
      (body.cmds ?? []).flatMap((cmd) => as(cmd, 'AlterTableCmd')?.def ?? []),
    ),
  );
  const named = every(migration.statements, 'CreateSeqStmt').map(({ body }) => tableName(body.sequence));
  return [...created, ...added, ...named]
    .filter((sequence) => !isRevoked(migration, ['OBJECT_SEQUENCE'], sequence, ['anon', 'authenticated']))
    .map(
      (sequence) => `${sequence}: add REVOKE ALL ON SEQUENCE ${sequence} FROM PUBLIC, anon, authenticated.`,
    );
}

export function functionsAreClosed(migration: Migration): string[] {
  return every(migration.statements, 'CreateFunctionStmt').flatMap(({ body }) => {
    const name = createdSignature(body);
    const options = (body.options ?? []).map((option) => as(option, 'DefElem'));
    const isDefiner = options.some(
      (option) => option?.defname === 'security' && as(option.arg, 'Boolean')?.boolval === true,
    );
    const hasEmptyPath = options.some((option) => {
      const setting = option?.defname === 'set' ? as(option.arg, 'VariableSetStmt') : undefined;
      const value = as(setting?.args?.[0], 'A_Const')?.sval?.sval ?? '';
      return setting?.name === 'search_path' && setting.args?.length === 1 && value === '';
    });
    return [
      ...(isRevoked(migration, ['OBJECT_FUNCTION', 'OBJECT_PROCEDURE', 'OBJECT_ROUTINE'], name)
        ? []
        : [`${name}: add REVOKE ALL ON FUNCTION ${name} FROM PUBLIC, anon, authenticated.`]),
      ...(isDefiner && !hasEmptyPath
        ? [`${name}: SECURITY DEFINER needs SET search_path = '', else a caller decides what its names mean.`]
        : []),
    ];
  });
}

export function policiesNameTheirRole({ statements }: Migration): string[] {
  return every(statements, 'CreatePolicyStmt')
    .filter(({ body }) => roleNames(body.roles).includes('public'))
    .map(
      ({ body }) =>
        `Policy ${body.policy_name ?? ''}: name its role with TO; without it the policy is for everybody.`,
    );
}

/** Pasted over an older schema, a forgotten open policy would outlive ours: policies are joined with OR. */
export function oldPoliciesAreDropped(migration: Migration): string[] {
  const dropsAt = every(migration.statements, 'DoStmt').flatMap(({ body, index }) => {
    const text = (body.args ?? [])
      .map((node) => as(as(node, 'DefElem')?.arg, 'String')?.sval ?? '')
      .join(' ');
    return /pg_polic(y|ies)\b/.test(text) && /drop\s+policy/i.test(text) ? [{ text, index }] : [];
  });
  const policies = every(migration.statements, 'CreatePolicyStmt').map(({ body, index }) => ({
    name: tableName(body.table),
    index,
  }));
  // A table without a policy of its own may carry an old one all the same: there the place in the file is free.
  const tables = createdTables(migration).map(({ name }) => ({ name, index: Number.POSITIVE_INFINITY }));
  const missing = [...policies, ...tables]
    .filter(({ name, index }) => {
      const literal = `'${name.replace(/^public\./, '')}'`;
      return !dropsAt.some((drop) => drop.index < index && drop.text.includes(literal));
    })
    .map(({ name }) => `${name}: first drop every policy that pg_policies lists for it.`);
  return [...new Set(missing)];
}

export function viewsAskAsTheCaller(migration: Migration): string[] {
  return every(migration.statements, 'ViewStmt').flatMap(({ body }) => {
    const name = tableName(body.view);
    const option = (body.options ?? [])
      .map((node) => as(node, 'DefElem'))
      .find((element) => element?.defname === 'security_invoker');
    const value = as(option?.arg, 'String')?.sval?.toLowerCase() ?? 'true';
    return [
      ...(option !== undefined && ['true', 'on', '1', 'yes'].includes(value)
        ? []
        : [`${name}: add WITH (security_invoker = true), else the view reads past row level security.`]),
      ...(isRevoked(migration, ['OBJECT_TABLE'], name)
        ? []
        : [`${name}: add REVOKE ALL ON TABLE ${name} FROM PUBLIC, anon, authenticated.`]),
    ];
  });
}

/** Nobody without a token gets anything: a grant to PUBLIC reaches anon too. */
export function strangersGetNothing({ statements }: Migration): string[] {
  return every(statements, 'GrantStmt')
    .filter(({ body }) => body.is_grant === true)
    .flatMap(({ body }) => roleNames(body.grantees))
    .filter((role) => role === 'anon' || role === 'public')
    .map((role) => `Grant to authenticated or project_admin, never to ${role}.`);
}
