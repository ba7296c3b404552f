/**
 * PostgreSQL's own parser (libpg-query 17, the one InsForge uses) with the few typed helpers that the rules about
 * migrations need.
 */
import { parse } from 'libpg-query';
import type * as Pg from 'libpg-query';

/** The kinds of node that the rules look at. Listed, because picking them out of the whole union costs the compiler seconds. */
interface Bodies {
  A_Const: Pg.A_Const;
  AlterTableCmd: Pg.AlterTableCmd;
  AlterTableStmt: Pg.AlterTableStmt;
  Boolean: Pg.Boolean;
  ColumnDef: Pg.ColumnDef;
  Constraint: Pg.Constraint;
  CreateFunctionStmt: Pg.CreateFunctionStmt;
  CreatePolicyStmt: Pg.CreatePolicyStmt;
  CreateSeqStmt: Pg.CreateSeqStmt;
  CreateStmt: Pg.CreateStmt;
  CreateTrigStmt: Pg.CreateTrigStmt;
  DefElem: Pg.DefElem;
  DoStmt: Pg.DoStmt;
  DropStmt: Pg.DropStmt;
  FunctionParameter: Pg.FunctionParameter;
  GrantStmt: Pg.GrantStmt;
  IndexStmt: Pg.IndexStmt;
  InsertStmt: Pg.InsertStmt;
  List: Pg.List;
  NotifyStmt: Pg.NotifyStmt;
  ObjectWithArgs: Pg.ObjectWithArgs;
  RangeVar: Pg.RangeVar;
  RoleSpec: Pg.RoleSpec;
  SelectStmt: Pg.SelectStmt;
  String: Pg.String;
  TypeName: Pg.TypeName;
  VariableSetStmt: Pg.VariableSetStmt;
  ViewStmt: Pg.ViewStmt;
}
export type Kind = keyof Bodies;
export type Body<K extends Kind> = Bodies[K];

/** A migration as its rules see it. `code` is the text without comments, for rules about words inside function bodies. */
export interface Migration {
  fileName: string;
  sql: string;
  code: string;
  statements: object[];
}

/** @throws Error in the parser's words if PostgreSQL 17 cannot parse the text. */
export async function parseSql(sql: string): Promise<object[]> {
  const tree = (await parse(sql)) as Pg.ParseResult;
  return (tree.stmts ?? []).flatMap((statement) => (statement.stmt === undefined ? [] : [statement.stmt]));
}

/** Without comments of either kind; what stands in a string or a function body stays. */
export function withoutComments(sql: string): string {
  return sql.replaceAll(/\/\*[\s\S]*?\*\//g, ' ').replaceAll(/--.*$/gm, '');
}

export function kindOf(node: object): string {
  return Object.keys(node)[0] ?? '';
}

/** The node's content if it is of that kind. */
export function as<K extends Kind>(node: object | undefined, kind: K): Body<K> | undefined {
  return (node as Partial<Bodies> | undefined)?.[kind];
}

/** Every statement of one kind with its place in the file. */
export function every<K extends Kind>(nodes: object[], kind: K): { body: Body<K>; index: number }[] {
  return nodes.flatMap((node, index) => {
    const body = as(node, kind);
    return body === undefined ? [] : [{ body, index }];
  });
}

/** The parts of a dotted name: `public.leads` gives `['public', 'leads']`. */
export function nameParts(nodes: object[] | undefined): string[] {
  return (nodes ?? []).flatMap((node) => as(node, 'String')?.sval ?? []);
}

/** Schema and name in one string; what names no schema is in `public`. */
export function fullName(parts: string[]): string {
  return parts.length === 1 ? `public.${parts[0]!}` : parts.join('.');
}

export function tableName(relation: Pg.RangeVar | undefined): string {
  return fullName([relation?.schemaname, relation?.relname].filter((part) => part !== undefined));
}

/** A type's name without `pg_catalog.`, with `[]` for an array. */
export function typeName(type: Pg.TypeName | undefined): string {
  const name = nameParts(type?.names).filter((part) => part !== 'pg_catalog');
  return `${name.join('.')}${type?.arrayBounds === undefined ? '' : '[]'}`;
}
