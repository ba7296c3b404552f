-- Foundation: the version table, the product clock, who is asking, people and platforms.
--
-- Every file in this folder may be pasted twice, alone or all together, over an empty database or over an
-- older one. Each table's part therefore first drops whatever policies it finds, takes every grant away
-- (InsForge's defaults hand new tables to anon and authenticated) and then gives only what is used.

create table if not exists public.schema_versions (
  version text primary key check (version ~ '^[0-9]{14}$'),
  name text not null,
  applied_at timestamptz not null default now()
);

-- Product time. Production answers now(); only the sandbox replaces it (bot/sandbox/bootstrap.sql).
-- It must stay STABLE and inlinable: VOLATILE would walk the whole due index at every poll.
create or replace function public.app_now() returns timestamptz
  language sql stable parallel safe
  as $$ select now() $$;

-- The Telegram id of the person whose token this is, or null: never an error, so that a foreign token simply
-- sees nothing. InsForge >= 2.2.5 forwards only sub, email and role; a telegram_id claim that disagrees with
-- sub is refused. auth.uid() is of no use here: it casts sub to uuid.
create or replace function public.requesting_telegram_id() returns bigint
  language sql stable parallel safe set search_path = ''
  as $$
    select case
      when claims.sub ~ '^[1-9][0-9]{0,15}$'
        and claims.role = 'authenticated'
        and coalesce(claims.telegram_id, claims.sub) = claims.sub
      then claims.sub::bigint
    end
    from (
      select parsed.body ->> 'sub' as sub, parsed.body ->> 'role' as role, parsed.body ->> 'telegram_id' as telegram_id
      from (select nullif(current_setting('request.jwt.claims', true), '')::jsonb as body) as parsed
    ) as claims
  $$;

create table if not exists public.users (
  telegram_id bigint primary key
);
alter table public.users
  add column if not exists first_name text,
  add column if not exists username text,
  add column if not exists language text not null default 'en',
  add column if not exists zone text not null default 'UTC',
  -- null until the person told us: then UTC is only a guess and the bot asks.
  add column if not exists zone_source text check (zone_source in ('city', 'location', 'mini_app', 'typed')),
  add column if not exists preferred_hour time not null default '09:30',
  add column if not exists quiet_from time not null default '21:00',
  add column if not exists quiet_to time not null default '08:00',
  add column if not exists working_days smallint[] not null default '{1,2,3,4,5,6,7}'
    check (working_days <@ '{1,2,3,4,5,6,7}' and cardinality(working_days) between 1 and 7),
  add column if not exists paused_until timestamptz,
  add column if not exists unreachable_since timestamptz,
  add column if not exists opted_out boolean not null default false,
  add column if not exists last_seen_at timestamptz,
  add column if not exists created_at timestamptz not null default now(),
  add column if not exists updated_at timestamptz not null default now();
-- Columns that an older version of this table had already, looser: a zone nobody knows would stop every claim.
update public.users set language = 'en' where language is null;
update public.users set zone = 'UTC'
  where zone is null or (zone <> 'UTC' and zone not in (select name from pg_timezone_names));
alter table public.users
  alter column language set default 'en', alter column language set not null,
  alter column zone set default 'UTC', alter column zone set not null;
-- What would make every later look at this person fail, in SQL or in the bot, is refused at the door: 24:00 (a time
-- for PostgreSQL alone), hours that leave nobody awake, an instant outside the years that can be calculated with.
alter table public.users drop constraint if exists users_hours;
alter table public.users add constraint users_hours check (
  greatest(preferred_hour, quiet_from, quiet_to) < '24:00'
  and (quiet_from = quiet_to or quiet_from - quiet_to between '1 hour' and '24 hours'
    or quiet_to - quiet_from between '0 hours' and '23 hours'));
alter table public.users drop constraint if exists users_pause;
alter table public.users add constraint users_pause check (paused_until between '2000-01-01+00' and '2200-01-01+00');
alter table public.users drop constraint if exists users_language;
alter table public.users add constraint users_language check (char_length(language) <= 35) not valid;

create table if not exists public.platforms (
  id text primary key check (id ~ '^[a-z0-9-]{1,64}$'),
  name text not null,
  created_at timestamptz not null default now()
);

create table if not exists public.platform_members (
  platform_id text not null references public.platforms (id) on delete cascade,
  telegram_id bigint not null,
  role text not null default 'member' check (role in ('owner', 'admin', 'member')),
  created_at timestamptz not null default now(),
  primary key (platform_id, telegram_id)
);

insert into public.platforms (id, name) values ('default', 'Default') on conflict (id) do nothing;

-- A zone PostgreSQL does not know would make every later claim that meets this person (or lead) fail, so it is refused
-- at the door. "at time zone" alone would accept POSIX nonsense such as 'Foo+3'; the names left out here are those that
-- PostgreSQL has and Intl has not.
create or replace function public.check_user_zone() returns trigger
  language plpgsql set search_path = ''
  as $$
  begin
    if new.zone <> 'UTC' and not exists (
      select from pg_timezone_names
      where name = new.zone and name !~ '^(posix|right)/' and name not in ('Factory', 'localtime', 'posixrules')
    ) then
      raise exception 'The time zone "%" does not exist. Use a name such as Europe/Berlin.', new.zone
        using errcode = 'P0001', hint = 'ZONE_UNKNOWN';
    end if;
    return new;
  end
  $$;

drop trigger if exists users_zone_on_insert on public.users;
create trigger users_zone_on_insert before insert on public.users
  for each row when (new.zone <> 'UTC') execute function public.check_user_zone();
drop trigger if exists users_zone_on_update on public.users;
create trigger users_zone_on_update before update of zone on public.users
  for each row when (new.zone is distinct from old.zone) execute function public.check_user_zone();

-- The caller's role on a platform, or null. SECURITY DEFINER, because the policy of platform_members itself
-- asks it: an invoker's query would ask the policy again, for ever.
create or replace function public.member_role(p_platform text) returns text
  language sql stable security definer set search_path = ''
  as $$
    select role from public.platform_members
    where platform_id = p_platform and telegram_id = public.requesting_telegram_id()
  $$;

do $$
declare
  old record;
begin
  for old in
    select tablename, policyname from pg_policies
    where schemaname = 'public' and tablename in ('schema_versions', 'users', 'platforms', 'platform_members')
  loop
    execute format('drop policy %I on public.%I', old.policyname, old.tablename);
  end loop;
end
$$;

alter table public.schema_versions enable row level security;
alter table public.users enable row level security;
alter table public.platforms enable row level security;
alter table public.platform_members enable row level security;

revoke all on table public.schema_versions from public, anon, authenticated;
revoke all on table public.users from public, anon, authenticated;
revoke all on table public.platforms from public, anon, authenticated;
revoke all on table public.platform_members from public, anon, authenticated;

grant select on table public.users to authenticated;
grant select on table public.platforms to authenticated;
grant select on table public.platform_members to authenticated;

create policy users_read_self on public.users for select to authenticated
  using (telegram_id = (select public.requesting_telegram_id()));
create policy platforms_read_joined on public.platforms for select to authenticated
  using (public.member_role(id) is not null);
create policy members_read_colleagues on public.platform_members for select to authenticated
  using (public.member_role(platform_id) is not null);

revoke all on function public.app_now() from public, anon, authenticated;
revoke all on function public.requesting_telegram_id() from public, anon, authenticated;
revoke all on function public.member_role(text) from public, anon, authenticated;
revoke all on function public.check_user_zone() from public, anon, authenticated;
grant execute on function public.app_now() to authenticated, project_admin;
grant execute on function public.requesting_telegram_id() to authenticated, project_admin;
grant execute on function public.member_role(text) to authenticated, project_admin;

insert into public.schema_versions (version, name) values ('20261101000100', 'foundation')
  on conflict (version) do nothing;
notify pgrst, 'reload schema';
