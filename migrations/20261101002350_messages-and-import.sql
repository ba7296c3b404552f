-- What became of a chat message, so that an edited one is understood; many leads at once out of a table; and rows of a document
-- put into a table, by which restore_person (in the file of the last table it fills) brings exported data back.

alter table public.user_actions add column if not exists message_id bigint;
alter table public.user_actions add column if not exists message_text text;
create index if not exists user_actions_of_message on public.user_actions (telegram_id, message_id)
  where message_id is not null;

-- Notes which message an action came from, and its words as they were. For the server key.
create or replace function public.note_message(
  p_telegram_id bigint, p_action_id text, p_message_id bigint, p_text text
) returns boolean
  language plpgsql set search_path = ''
  as $$
  begin
    update public.user_actions set message_id = p_message_id, message_text = left(p_text, 10000)
      where telegram_id = p_telegram_id and action_id = p_action_id and action <> 'delete_my_data';
    return found;
  end
  $$;

-- What was made of a message: {"action", "lead_id", "text"}; null = nothing. For the server key.
create or replace function public.made_of_message(p_telegram_id bigint, p_message_id bigint) returns jsonb
  language sql stable set search_path = ''
  as $$
    select jsonb_build_object('action', deed.action, 'text', deed.message_text,
      'lead_id', coalesce(deed.result -> 'lead_id', deed.result -> 'lead' -> 'id', 'null'))
    from public.user_actions as deed
    where deed.telegram_id = p_telegram_id and deed.message_id = p_message_id
    order by deed.at desc limit 1
  $$;

-- Stores the leads of a table, each unless it may be there already: [{"name", "company", …}, …] in the shape of
-- shared/schemas/lead.ts, with a status. Stops at the limit of leads. Answers positions in the list, from 0:
-- {"created": [{"index", "lead_id"}], "alike": [index, …], "over_limit": how many were left}. p_dry_run: the same answer,
-- found by doing it all and taking it back; nothing stays, not even the action.
create or replace function public.import_leads(
  p_action_id text, p_leads jsonb, p_source text default 'app', p_dry_run boolean default false
) returns jsonb
  language plpgsql security definer set search_path = ''
  as $$
  declare
    me constant bigint := public.require_person();
    replay constant jsonb := case when not p_dry_run then public.begin_action(me, p_action_id, 'import_leads') end;
    item record;
    lead jsonb;
    new_lead_id bigint;
    held int;
    created jsonb := '[]';
    alike jsonb := '[]';
    over_limit int := 0;
    answer jsonb;
  begin
    if replay is not null then
      return replay;
    end if;
    if jsonb_typeof(p_leads) is distinct from 'array' or jsonb_array_length(p_leads) not between 1 and 500 then
      raise exception 'Between 1 and 500 leads can be taken at once.' using errcode = 'P0001', hint = 'CLAIM_SIZE';
    end if;
    perform public.one_at_a_time(me);
    select count(*) into held from public.leads where telegram_id = me and deleted_at is null;
    begin
      for item in select value, ordinality - 1 as index from jsonb_array_elements(p_leads) with ordinality loop
        lead := item.value;
        perform public.check_lead_change(lead - 'status');
        if coalesce(lead ->> 'name', '') = '' then
          raise exception 'A lead needs a name.' using errcode = 'P0001', hint = 'LEAD_NAME_MISSING';
        end if;
        if public.find_duplicate_leads(coalesce(lead -> 'contacts', '{}'), lead ->> 'name', lead ->> 'company') <> '[]' then
          alike := alike || to_jsonb(item.index);
        elsif held >= 500 then
          over_limit := over_limit + 1;
        else
          insert into public.leads
            (telegram_id, name, company, title, contacts, notes, status, zone, language, created_at, updated_at)
          values (me, trim(lead ->> 'name'), lead ->> 'company', lead ->> 'title', coalesce(lead -> 'contacts', '{}'),
            lead ->> 'notes', coalesce(lead ->> 'status', 'new'), lead ->> 'zone', lead ->> 'language', public.app_now(),
            public.app_now())
          returning id into new_lead_id;
          held := held + 1;
          created := created || jsonb_build_object('index', item.index, 'lead_id', new_lead_id);
          perform public.record_lead_event(me, new_lead_id, p_action_id, 'import_leads', p_source, null);
        end if;
      end loop;
      if p_dry_run then
        raise exception 'Only looked.' using errcode = 'ND001';
      end if;
    exception when sqlstate 'ND001' then
      new_lead_id := null;
    end;
    answer := jsonb_build_object('created', created, 'alike', alike, 'over_limit', over_limit);
    return case when p_dry_run
      then answer || jsonb_build_object('action_id', p_action_id, 'replayed', false)
      else public.finish_action(me, p_action_id, answer) end;
  end
  $$;

-- Inserts rows as they are. Columns this schema does not have are left out, those the rows do not have get their defaults:
-- a backup outlives its schema.
create or replace function public.insert_rows(p_table regclass, p_rows jsonb) returns bigint
  language plpgsql set search_path = ''
  as $$
  declare
    columns text;
    inserted bigint;
  begin
    if coalesce(jsonb_array_length(p_rows), 0) = 0 then
      return 0;
    end if;
    select string_agg(format('%I', part.attname), ', ') into columns
    from pg_catalog.pg_attribute as part
    where part.attrelid = p_table and part.attnum > 0 and not part.attisdropped and p_rows -> 0 ? part.attname;
    execute format('insert into %s (%s) select %s from jsonb_populate_recordset(null::%s, $1)', p_table, columns, columns,
      p_table) using p_rows;
    get diagnostics inserted = row_count;
    return inserted;
  end
  $$;

revoke all on function public.note_message(bigint, text, bigint, text) from public, anon, authenticated;
revoke all on function public.made_of_message(bigint, bigint) from public, anon, authenticated;
revoke all on function public.import_leads(text, jsonb, text, boolean) from public, anon, authenticated;
revoke all on function public.insert_rows(regclass, jsonb) from public, anon, authenticated;
grant execute on function public.note_message(bigint, text, bigint, text) to project_admin;
grant execute on function public.made_of_message(bigint, bigint) to project_admin;
grant execute on function public.import_leads(text, jsonb, text, boolean) to authenticated;

insert into public.schema_versions (version, name) values ('20261101002350', 'messages-and-import')
  on conflict (version) do nothing;
notify pgrst, 'reload schema';
