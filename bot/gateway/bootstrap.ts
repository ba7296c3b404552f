/** Makes a plain PostgreSQL look like a new InsForge project (bootstrap.sql), or says what stands in the way. */
import { readFile } from 'node:fs/promises';
import type pg from 'pg';
import { connect } from './connect.ts';
import type { Log } from './log.ts';

/** PostgreSQL 15 is InsForge's major; older ones lack `security_invoker` views and the closed public schema. */
const OLDEST_VERSION = 150_000;
/** Two starts at once would update the same catalogue rows; the number is arbitrary, one per purpose. */
const BOOTSTRAP_LOCK = 7_305_001;

/**
 * Brings the database of `connectionString` to what our migrations and the gateway expect. Changes nothing when all is there.
 * @returns what was missing, in words; empty when nothing was.
 * @throws Error naming the missing pieces when the connecting role may not make them.
 */
export async function bootstrap(connectionString: string, log: Log): Promise<readonly string[]> {
  const client = await connect(connectionString);
  try {
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock($1)', [BOOTSTRAP_LOCK]);
    const before = await inspect(client);
    if (before.version < OLDEST_VERSION) {
      throw new Error(
        `DATABASE_URL points to PostgreSQL ${String(before.version)}; Nudge needs 15 or newer.`,
      );
    }
    if (before.missing.length > 0) {
      if (!before.isSuperuser) throw new Error(refusal(before.role, before.missing));
      await client.query(await readFile(new URL('bootstrap.sql', import.meta.url), 'utf8'));
      log.info(
        { event: 'database.bootstrapped', missing: before.missing },
        'database prepared like a new InsForge project',
      );
    }
    await client.query('commit');
    return before.missing;
  } finally {
    await client.end();
  }
}

interface Inspection {
  readonly role: string;
  readonly isSuperuser: boolean;
  readonly version: number;
  readonly missing: readonly string[];
}

async function inspect(client: pg.Client): Promise<Inspection> {
  const { rows } = await client.query<{
    role: string;
    is_superuser: boolean;
    version: number;
    missing: string[];
  }>(INSPECTION);
  const [row] = rows;
  if (row === undefined) throw new Error('The inspection of the database returned nothing.');
  return { role: row.role, isSuperuser: row.is_superuser, version: row.version, missing: row.missing };
}

function refusal(role: string, missing: readonly string[]): string {
  return (
    `The database of DATABASE_URL is not prepared and its role "${role}" is no superuser. Missing: ${missing.join('; ')}. ` +
    'Let a superuser run bot/gateway/bootstrap.sql there once, then: ' +
    `grant anon, authenticated, project_admin to "${role}"`
  );
}

/** One row per promise of bootstrap.sql that a later migration or the gateway relies on. */
const INSPECTION = `
with role_facts as (
  select wanted.name, r.oid, r.rolsuper, r.rolbypassrls
  from unnest(array['anon', 'authenticated', 'project_admin']) as wanted(name)
  left join pg_roles r on r.rolname = wanted.name
), default_grants(owner, kind, receiver) as (
  values (current_user::text, 'r', 'anon'), (current_user, 'r', 'authenticated'),
         (current_user, 'S', 'anon'), (current_user, 'S', 'authenticated'),
         ('project_admin', 'r', 'anon'), ('project_admin', 'r', 'authenticated'),
         ('project_admin', 'S', 'anon'), ('project_admin', 'S', 'authenticated')
), checks(what, present) as (
  select 'role ' || name, oid is not null from role_facts
  union all select 'BYPASSRLS and no superuser for project_admin', rolbypassrls and not rolsuper
    from role_facts where name = 'project_admin'
  union all select 'membership of ' || current_user || ' in ' || name, pg_has_role(current_user, oid, 'MEMBER')
    from role_facts where oid is not null
  union all select 'USAGE on schema public for ' || name, has_schema_privilege(oid, 'public', 'USAGE')
    from role_facts where oid is not null
  union all select 'CREATE on schema public for project_admin', has_schema_privilege(oid, 'public', 'CREATE')
    from role_facts where name = 'project_admin' and oid is not null
  union all select 'CREATE on the database for project_admin', has_database_privilege(oid, current_database(), 'CREATE')
    from role_facts where name = 'project_admin' and oid is not null
  union all select 'schema public closed to PUBLIC', not exists (
      select from pg_namespace n, aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) acl
      where n.nspname = 'public' and acl.grantee = 0 and acl.privilege_type = 'CREATE')
  -- By catalogue, not by to_regprocedure(): that fails for a role that may not use the schema.
  union all select 'function ' || wanted || '()', exists (
      select from pg_proc p where p.pronamespace::regnamespace || '.' || p.proname = wanted)
    from unnest(array['auth.jwt', 'auth.uid', 'auth.role', 'auth.email', 'system.update_updated_at',
      'system.reload_postgrest_schema']) wanted
  union all select 'table ' || wanted, exists (
      select from pg_class c where c.relnamespace::regnamespace || '.' || c.relname = wanted)
    from unnest(array['auth.users', 'system.custom_migrations']) wanted
  union all select format('default privileges of %s on new %s for %s', owner,
      case kind when 'r' then 'tables' else 'sequences' end, receiver), exists (
      select from pg_default_acl d, aclexplode(d.defaclacl) acl
      where d.defaclrole = to_regrole(quote_ident(owner)) and d.defaclnamespace = 'public'::regnamespace
        and d.defaclobjtype::text = kind and acl.grantee = to_regrole(receiver))
    from default_grants
    -- A role that is no superuser need not own tables: migrations run as project_admin.
    where owner = 'project_admin' or (select rolsuper from pg_roles where rolname = current_user)
)
select current_user::text as role,
       (select rolsuper from pg_roles where rolname = current_user) as is_superuser,
       current_setting('server_version_num')::int as version,
       coalesce(array_agg(what order by what) filter (where present is not true), '{}') as missing
from checks`;
