/** What the gateway knows of schema public: columns, keys and functions, as PostgreSQL's catalogue has them. */
import type pg from 'pg';

export interface Column {
  readonly name: string;
  /** Type as SQL, schema-qualified, with its modifier: `character varying(20)`. */
  readonly type: string;
  readonly isJson: boolean;
  /** SQL of the default, identity included; null when there is none. */
  readonly default: string | null;
}

export interface Table {
  readonly name: string;
  readonly columns: ReadonlyMap<string, Column>;
  readonly primaryKey: readonly string[];
}

/** A foreign key inside schema public. */
export interface ForeignKey {
  readonly name: string;
  readonly from: string;
  readonly fromColumns: readonly string[];
  readonly to: string;
  readonly toColumns: readonly string[];
  /** The referring columns are unique: at most one row refers to another. */
  readonly isUnique: boolean;
}

export interface Parameter {
  readonly name: string;
  readonly type: string;
  readonly isRequired: boolean;
  readonly isVariadic: boolean;
}

export interface CalledFunction {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly returnsSet: boolean;
  readonly returns: 'void' | 'scalar' | 'row';
  /** The scalar is json or jsonb, whose text is the answer as it stands. */
  readonly returnsJson: boolean;
  /** The table whose row type is returned, for embedding. */
  readonly returnsTable: string | null;
}

export interface Catalog {
  readonly tables: ReadonlyMap<string, Table>;
  readonly foreignKeys: readonly ForeignKey[];
  /** Overloads by name. */
  readonly functions: ReadonlyMap<string, readonly CalledFunction[]>;
}

interface CatalogRow {
  tables: (Omit<Table, 'columns'> & { columns: Column[] })[] | null;
  foreign_keys: ForeignKey[] | null;
  functions: CalledFunction[] | null;
}

/** Reads the catalogue with one statement; no search path, so that every type comes qualified. */
export async function loadCatalog(client: pg.ClientBase): Promise<Catalog> {
  await client.query(`begin read only; set local search_path = ''`);
  try {
    const { rows } = await client.query<CatalogRow>(CATALOG_QUERY);
    const {
      tables,
      foreign_keys: foreignKeys,
      functions,
    } = rows[0] ?? { tables: [], foreign_keys: [], functions: [] };
    return {
      tables: new Map(
        tables?.map((table) => [
          table.name,
          { ...table, columns: new Map(table.columns.map((column) => [column.name, column])) },
        ]),
      ),
      foreignKeys: foreignKeys ?? [],
      functions: Map.groupBy(functions ?? [], (found) => found.name),
    };
  } finally {
    await client.query('rollback');
  }
}

const CATALOG_QUERY = `
with relations as (
  select c.oid, c.relname from pg_catalog.pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v', 'm', 'f', 'p')
), tables as (
  select r.relname as name,
    (select coalesce(json_agg(json_build_object(
        'name', a.attname,
        'type', format_type(a.atttypid, a.atttypmod),
        'isJson', coalesce(nullif(t.typbasetype, 0), t.oid) in ('json'::regtype, 'jsonb'::regtype),
        'default', case
          when a.attidentity <> '' then format('nextval(%L::regclass)', pg_get_serial_sequence(r.oid::regclass::text, a.attname))
          when a.attgenerated = '' then pg_get_expr(d.adbin, d.adrelid) end) order by a.attnum), '[]')
      from pg_catalog.pg_attribute a
      join pg_catalog.pg_type t on t.oid = a.atttypid
      left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      where a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped) as columns,
    (select coalesce(json_agg(a.attname order by a.attnum), '[]')
      from pg_catalog.pg_index i join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
      where i.indrelid = r.oid and i.indisprimary) as "primaryKey"
  from relations r
), keys as (
  select k.conname as name, f.relname as "from", t.relname as "to",
    (select json_agg(a.attname order by n.n) from unnest(k.conkey) with ordinality n(attnum, n)
      join pg_catalog.pg_attribute a on a.attrelid = k.conrelid and a.attnum = n.attnum) as "fromColumns",
    (select json_agg(a.attname order by n.n) from unnest(k.confkey) with ordinality n(attnum, n)
      join pg_catalog.pg_attribute a on a.attrelid = k.confrelid and a.attnum = n.attnum) as "toColumns",
    exists (select from pg_catalog.pg_index i where i.indrelid = k.conrelid and i.indisunique and i.indpred is null
      and i.indkey::int2[] <@ k.conkey and i.indkey::int2[] <> '{}' and not 0 = any(i.indkey)) as "isUnique"
  from pg_catalog.pg_constraint k
  join relations f on f.oid = k.conrelid join relations t on t.oid = k.confrelid
  where k.contype = 'f' and k.conparentid = 0
), functions as (
  select p.proname as name, p.proretset as "returnsSet",
    case when p.prorettype = 'void'::regtype then 'void'
      when t.typtype = 'c' or p.proargmodes && '{t,o,b}' then 'row' else 'scalar' end as returns,
    coalesce(nullif(t.typbasetype, 0), t.oid) in ('json'::regtype, 'jsonb'::regtype) as "returnsJson",
    (select relname from relations where oid = t.typrelid) as "returnsTable",
    (select coalesce(json_agg(json_build_object(
        'name', coalesce(p.proargnames[a.n], ''),
        'type', format_type(a.type, null),
        'isRequired', a.input <= p.pronargs - p.pronargdefaults,
        'isVariadic', a.mode = 'v') order by a.n), '[]')
      from (select n, type, mode, count(*) over (order by n) as input
        from (select n, type, coalesce(p.proargmodes[n], 'i') as mode
          from unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) with ordinality as u(type, n)) as every
        where mode in ('i', 'b', 'v')) a) as parameters
  from pg_catalog.pg_proc p join pg_catalog.pg_type t on t.oid = p.prorettype
  where p.pronamespace = 'public'::regnamespace and p.prokind = 'f' and t.typname not in ('trigger', 'event_trigger')
)
select (select json_agg(tables) from tables) as tables,
       (select json_agg(keys) from keys) as foreign_keys,
       (select json_agg(functions) from functions) as functions`;
