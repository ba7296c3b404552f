/** What the catalogue says about doors left open. Each finding is one sentence; a closed schema has none. */
import type { PoolClient } from 'pg';

const QUERIES: readonly string[] = [
  `select format('%s has no row level security.', relname) as finding from pg_class
   where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relrowsecurity`,
  `select format('Policy %s of %s is for PUBLIC; name its role.', policyname, tablename) as finding from pg_policies
   where schemaname = 'public' and 'public' = any (roles)`,
  `select format('Policy %s of %s lets anon in.', policyname, tablename) as finding from pg_policies
   where schemaname = 'public' and 'anon' = any (roles)`,
  `select format('Policy %s of %s does not ask whose row it is.', policyname, tablename) as finding from pg_policies
   where schemaname = 'public'
     and coalesce(qual, with_check) !~ '(requesting_telegram_id|member_role)\\('`,
  `select format('Policy %s of %s lets rows be written for somebody else.', policyname, tablename) as finding from pg_policies
   where schemaname = 'public' and cmd in ('INSERT', 'UPDATE', 'ALL')
     and coalesce(with_check, '') !~ '(requesting_telegram_id|member_role)\\('`,
  `select format('%s may %s %s.', who.name, lower(acl.privilege_type), c.relname) as finding
   from pg_class c, aclexplode(c.relacl) acl, lateral (select case when acl.grantee = 0 then 'PUBLIC'
     else acl.grantee::regrole::text end as name) who
   where c.relnamespace = 'public'::regnamespace and (who.name in ('PUBLIC', 'anon')
     or (who.name = 'authenticated' and (c.relkind = 'S' or acl.privilege_type <> 'SELECT' or acl.is_grantable)))`,
  `select format('%s may %s %s.%s.', who.name, lower(acl.privilege_type), c.relname, a.attname) as finding
   from pg_class c join pg_attribute a on a.attrelid = c.oid, aclexplode(a.attacl) acl, lateral (select case
     when acl.grantee = 0 then 'PUBLIC' else acl.grantee::regrole::text end as name) who
   where c.relnamespace = 'public'::regnamespace and (who.name in ('PUBLIC', 'anon') or acl.is_grantable)`,
  `select format('%s may execute %s.', who.name, p.oid::regprocedure) as finding
   from pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) acl, lateral (select case
     when acl.grantee = 0 then 'PUBLIC' else acl.grantee::regrole::text end as name) who
   where p.pronamespace = 'public'::regnamespace and who.name in ('PUBLIC', 'anon')`,
  `select format('%s is SECURITY DEFINER and finds names by the caller''s search path.', p.oid::regprocedure) as finding
   from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prosecdef
     and not coalesce(p.proconfig @> array['search_path=""'], false)`,
  `select format('%s reads as its owner, past row level security.', c.relname) as finding from pg_class c
   where c.relnamespace = 'public'::regnamespace and c.relkind in ('v', 'm')
     and not coalesce(c.reloptions @> array['security_invoker=true'], false)`,
  `select format('%s belongs to %s; migrations run as project_admin.', relname, relowner::regrole) as finding from pg_class
   where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'S')
     and relowner <> 'project_admin'::regrole`,
];

/** Every door the schema `public` leaves open; empty when there is none. */
export async function openDoors(client: Pick<PoolClient, 'query'>): Promise<string[]> {
  const findings: string[] = [];
  for (const query of QUERIES) {
    const { rows } = await client.query<{ finding: string }>(query);
    findings.push(...rows.map(({ finding }) => finding));
  }
  return findings.sort();
}
