-- What a person decides about themselves: the digest, their settings checked with a reason, and the end of all their data.
-- update_settings, which stores them, stands in the vacation file; export_my_data in the digests file, after the last table
-- it reads.

alter table public.users
  add column if not exists digest_on boolean not null default false,
  add column if not exists digest_at time not null default '08:30';
do $$ begin
  if not exists (select from pg_constraint where conname = 'users_digest_at' and conrelid = 'public.users'::regclass) then
    alter table public.users add constraint users_digest_at check (digest_at < '24:00');
  end if;
end $$;

-- Why a change of settings cannot be stored, in words; null = it can.
create or replace function public.settings_problem(p_settings jsonb) returns text
  language plpgsql immutable set search_path = ''
  as $$
  declare
    setting text;
    clock constant text := '^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$';
  begin
    if jsonb_typeof(p_settings) is distinct from 'object' then
      return 'Settings are a JSON object of names and values.';
    end if;
    select name into setting from jsonb_object_keys(p_settings) as name where name <> all (array['zone', 'zone_source',
      'preferred_hour', 'quiet_from', 'quiet_to', 'working_days', 'language', 'paused_until', 'digest_on', 'digest_at']);
    if setting is not null then
      return format('There is no setting "%s".', left(setting, 60));
    end if;
    select name into setting from jsonb_each_text(p_settings) as given (name, value)
      where name in ('preferred_hour', 'quiet_from', 'quiet_to', 'digest_at') and coalesce(value, '') !~ clock;
    if setting is not null then
      return format('%s is a time of day such as 09:30, not %s.', setting, left(p_settings ->> setting, 60));
    end if;
    if p_settings ? 'working_days' and (jsonb_typeof(p_settings -> 'working_days') <> 'array'
      or jsonb_array_length(p_settings -> 'working_days') not between 1 and 7
      or exists (select from jsonb_array_elements_text(p_settings -> 'working_days') as day where day !~ '^[1-7]$')) then
      return 'Working days are one to seven numbers from 1 (Monday) to 7 (Sunday).';
    end if;
    if p_settings ? 'digest_on' and jsonb_typeof(p_settings -> 'digest_on') <> 'boolean' then
      return 'digest_on is true or false.';
    end if;
    if p_settings ? 'language' and char_length(coalesce(p_settings ->> 'language', '')) not between 2 and 35 then
      return 'language is a language code such as en.';
    end if;
    if p_settings ? 'zone_source'
      and coalesce(p_settings ->> 'zone_source', '') not in ('city', 'location', 'mini_app', 'typed') then
      return 'zone_source is city, location, mini_app or typed.';
    end if;
    return null;
  end
  $$;

-- Deletes everything of the person, in every table that knows whose a row is, those of later migrations too. What stays are
-- the numbers of Telegram's updates that were handled, which name nobody. The note of the action goes with the rest: sent
-- again it finds nothing, and says so with "replayed".
create or replace function public.delete_my_data(p_action_id text, p_confirm text, p_source text default 'app')
  returns jsonb
  language plpgsql security definer set search_path = ''
  as $$
  declare
    me constant bigint := public.require_person();
    replay constant jsonb := public.begin_action(me, p_action_id, 'delete_my_data');
    owned text;
    gone bigint;
    total bigint := 0;
  begin
    if replay is not null then
      return replay;
    end if;
    if p_confirm is distinct from 'DELETE' then
      raise exception 'Deleting everything needs the word DELETE as a confirmation.'
        using errcode = 'P0001', hint = 'DELETE_UNCONFIRMED';
    end if;
    perform from public.leads where telegram_id = me order by id for update;
    perform from public.scheduled_reminders where telegram_id = me order by id for update;
    -- Before the tables they point to or are watched by: an event written by a row that goes must go as well.
    delete from public.scheduled_reminders where telegram_id = me;
    get diagnostics total = row_count;
    for owned in
      select format('%I', class.relname)
      from pg_catalog.pg_class as class
      join pg_catalog.pg_attribute as part on part.attrelid = class.oid and part.attname = 'telegram_id'
      where class.relnamespace = 'public'::regnamespace and class.relkind in ('r', 'p') and not part.attisdropped
      order by class.relname = 'user_actions', class.relname = 'reminder_events', class.relname
    loop
      execute format('delete from public.%s where telegram_id = $1', owned) using me;
      get diagnostics gone = row_count;
      total := total + gone;
    end loop;
    -- A private chat's forms are kept under its number, which is the person's.
    delete from public.conversation_state where key = me::text;
    -- The note of this very action is always among them.
    return jsonb_build_object('action_id', p_action_id, 'replayed', total <= 1, 'deleted', true);
  end
  $$;

revoke all on function public.settings_problem(jsonb) from public, anon, authenticated;
revoke all on function public.delete_my_data(text, text, text) from public, anon, authenticated;
grant execute on function public.delete_my_data(text, text, text) to authenticated;

insert into public.schema_versions (version, name) values ('20261101001900', 'person-data')
  on conflict (version) do nothing;
notify pgrst, 'reload schema';
