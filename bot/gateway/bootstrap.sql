-- What InsForge gives a project before its first migration: roles, grants, default privileges, auth and system schemas.
-- A migration that would be unsafe on InsForge (open defaults!) is therefore unsafe here too, and our tests see it.
-- Idempotent. Runs as a superuser in one transaction; bootstrap.ts lists what is missing and decides whether to run it.

do $$
begin
  if to_regrole('anon') is null then create role anon nologin; end if;
  if to_regrole('authenticated') is null then create role authenticated nologin; end if;
  if to_regrole('project_admin') is null then create role project_admin nologin; end if;
  execute format('grant create on database %I to project_admin', current_database());
end
$$;
alter role project_admin nosuperuser nocreaterole bypassrls;

revoke create on schema public from public;
grant usage on schema public to anon, authenticated;
grant all on schema public to project_admin;

-- New tables are born readable and writable by everybody: InsForge's default, which every migration must take back.
alter default privileges in schema public grant select, insert, update, delete on tables to anon, authenticated;
alter default privileges in schema public grant usage, select on sequences to anon, authenticated;
alter default privileges in schema public grant all on tables to project_admin;
alter default privileges in schema public grant all on sequences to project_admin;
alter default privileges in schema public grant execute on functions to project_admin;
alter default privileges for role project_admin in schema public
  grant select, insert, update, delete on tables to anon, authenticated;
alter default privileges for role project_admin in schema public
  grant usage, select on sequences to anon, authenticated;

create schema if not exists auth;
grant usage on schema auth to public;

create table if not exists auth.users (
  id uuid primary key default gen_random_uuid(),
  email text unique,
  created_at timestamptz not null default now()
);
revoke all on table auth.users from public;

create or replace function auth.jwt() returns jsonb language sql stable as $$
  select nullif(current_setting('request.jwt.claims', true), '')::jsonb
$$;
create or replace function auth.uid() returns uuid language sql stable as $$
  select nullif(auth.jwt() ->> 'sub', '')::uuid
$$;
create or replace function auth.role() returns text language sql stable as $$
  select auth.jwt() ->> 'role'
$$;
create or replace function auth.email() returns text language sql stable as $$
  select auth.jwt() ->> 'email'
$$;

create schema if not exists system;

create table if not exists system.custom_migrations (
  version text primary key,
  name text not null,
  statements text[],
  created_at timestamptz not null default now()
);

create or replace function system.update_updated_at() returns trigger language plpgsql as $$
begin
  new.updated_at = now();
  return new;
end
$$;

create or replace function system.reload_postgrest_schema() returns void language sql as $$
  select pg_notify('pgrst', 'reload schema')
$$;
