/**
 * PostgreSQL's own parser (libpg-query 17, the one InsForge uses) with the few typed helpers that the rules about
 * migrations need.
 */
import { parse, type Node, type ParseResult, type RangeVar, type TypeName } from 'libpg-query';

type KindOf<N> = N extends unknown ? keyof N : never;
export type Kind = KindOf<Node>;
export type Body<K extends Kind> = Extract<Node, Record<K, unknown>>[K];

/** A migration as its rules see it. `code` is the text without comments, for rules about words inside function bodies. */
export interface Migration {
  fileName: string;
  sql: string;
  code: string;
  statements: Node[];
}

/** @throws Error in the parser's words if PostgreSQL 17 cannot parse the text. */
export async function parseSql(sql: string): Promise<Node[]> {
  const tree = (await parse(sql)) as ParseResult;
  return (tree.stmts ?? []).flatMap((statement) => (statement.stmt === undefined ? [] : [statement.stmt]));
}

/** Without comments of either kind; what stands in a string or a function body stays. */
export function withoutComments(sql: string): string {
  return sql.replaceAll(/\/\*[\s\S]*?\*\//g, ' ').replaceAll(/--.*$/gm, '');
}

export function kindOf(node: Node): string {
  return Object.keys(node)[0] ?? '';
}

/** The node's content if it is of that kind. */
export function as<K extends Kind>(node: Node | undefined, kind: K): Body<K> | undefined {
  return (node as Partial<Record<Kind, unknown>> | undefined)?.[kind] as Body<K> | undefined;
}

/** Every statement of one kind with its place in the file. */
export function every<K extends Kind>(nodes: Node[], kind: K): { body: Body<K>; index: number }[] {
  return nodes.flatMap((node, index) => {
    const body = as(node, kind);
    return body === undefined ? [] : [{ body, index }];
  });
}

/** The parts of a dotted name: `public.leads` gives `['public', 'leads']`. */
export function nameParts(nodes: Node[] | undefined): string[] {
  return (nodes ?? []).flatMap((node) => as(node, 'String')?.sval ?? []);
}

/** Schema and name in one string; what names no schema is in `public`. */
export function fullName(parts: string[]): string {
  return parts.length === 1 ? `public.${parts[0]!}` : parts.join('.');
}

export function tableName(relation: RangeVar | undefined): string {
  return fullName([relation?.schemaname, relation?.relname].filter((part) => part !== undefined));
}

/** A type's name without `pg_catalog.`, with `[]` for an array. */
export function typeName(type: TypeName | undefined): string {
  const name = nameParts(type?.names).filter((part) => part !== 'pg_catalog');
  return `${name.join('.')}${type?.arrayBounds === undefined ? '' : '[]'}`;
}
