-- What a person changes about a lead: its fields, notes, the bin and the way back; leads that are there already; and
-- what was read out of a text but not stored yet, because a question is open (which of several people, a duplicate).
-- Undo finds the old values in user_actions.before: {"lead_id", "lead": {column: old value}}.

-- Words as they are compared: small letters, no accents, no punctuation, single blanks.
create or replace function public.plain_words(p_text text) returns text
  language plpgsql immutable parallel safe set search_path = ''
  as $$
  begin
    return trim(regexp_replace(translate(lower(coalesce(p_text, '')),
      'áàâäãåāąăçćčďðéèêëēęěğíìîïīįıłľñńňóòôöõøōőřśšşșťţțúùûüūůűųýÿźžżё', 'aaaaaaaaacccddeeeeeeegiiiiiiillnnnooooooooorssssttuuuuuuuuyyzzzе'),
      '[]\s.,;:!?"''`´«»“”„‘’()/\\&+|_<>{}[–—-]+', ' ', 'g'));
  end
  $$;

-- What tells that two leads are the same one, each key with its owner in front: the same e-mail, phone, handle or page
-- of a person, or the same name (in any order) at the same company (without its legal form). A first name alone, and a
-- company's own site, tell nothing.
create or replace function public.lead_keys(p_telegram_id bigint, p_name text, p_company text, p_contacts jsonb)
  returns text[]
  -- plpgsql keeps its plans from call to call; the cost makes sure that the index is asked and not every lead
  language plpgsql immutable parallel safe cost 10000 set search_path = ''
  as $$
  begin
    return (with found (kind, value) as (
      select 'email', lower(trim(item #>> '{}')) from jsonb_path_query(p_contacts, 'lax $.emails[*]') as item
      union
      select 'phone', regexp_replace(item #>> '{}', '[^0-9]', '', 'g')
        from jsonb_path_query(p_contacts, 'lax $.phones[*]') as item
      union
      select 'handle', lower(ltrim(trim(item #>> '{}'), '@'))
        from jsonb_path_query(p_contacts, 'lax $.handles[*]') as item
      union
      select case when page.address ~ '^t(elegram)?\.me/' then 'handle' else 'page' end,
        regexp_replace(regexp_replace(page.address, '^t(elegram)?\.me/', ''), '^twitter\.com/', 'x.com/')
      from jsonb_path_query(p_contacts, 'lax $.links[*]') as item
      cross join lateral (select regexp_replace(regexp_replace(regexp_replace(lower(trim(item #>> '{}')),
        '^https?://', ''), '^(www|m|[a-z]{2})\.', ''), '/*([?#].*)?$', '') as address) as page
      where page.address ~ ('^(linkedin\.com/(in|pub)|xing\.com/(profile|people)|t\.me|telegram\.me|x\.com|twitter\.com'
        || '|github\.com|instagram\.com|facebook\.com|vk\.com|ok\.ru/profile)/[^/]{3,}')
      union
      select 'who', (select string_agg(word, ' ' order by word)
          from regexp_split_to_table(public.plain_words(p_name), ' ') as word)
        || '@' || trim(regexp_replace(' ' || public.plain_words(p_company) || ' ',
          ' (gmbh|mbh|kg|ag|ltd|limited|llc|inc|corp|co|plc|sa|srl|sl|bv|oy|ab|as|sp z o o|ооо|оао|зао|пао|ао|ип|тоо) ', ' ', 'g'))
      where public.plain_words(p_name) like '% %' or public.plain_words(p_company) <> ''
    )
    select coalesce(array_agg(p_telegram_id || ':' || kind || ':' || value), '{}') from found where value <> '');
  end
  $$;

create index if not exists leads_alike on public.leads
  using gin (public.lead_keys(telegram_id, name, company, contacts)) where deleted_at is null;

-- The person's leads that may be the same one, those with the most in common first, five at most:
-- [{"lead_id", "name", "company", "status", "same": ["email", …]}]. p_except: the lead that is being edited itself;
-- p_except_action: the one this action has made already, when it is worked on again.
create or replace function public.find_duplicate_leads(
  p_contacts jsonb, p_name text default null, p_company text default null, p_except bigint default null,
  p_except_action text default null
) returns jsonb
  language plpgsql stable security definer set search_path = ''
  as $$
  declare
    me constant bigint := public.require_person();
    asked constant text[] := public.lead_keys(me, p_name, p_company, p_contacts);
    made constant bigint := (select (result ->> 'lead_id')::bigint from public.user_actions
      where telegram_id = me and action_id = p_except_action);
  begin
    return coalesce((
      select jsonb_agg(to_jsonb(alike) - 'score' order by alike.score desc, alike.lead_id desc)
      from (
        select lead.id as lead_id, lead.name, lead.company, lead.status, common.same, common.score
        from public.leads as lead
        cross join lateral (
          select jsonb_agg(distinct split_part(key, ':', 2)) as same, count(*) as score
          from unnest(public.lead_keys(lead.telegram_id, lead.name, lead.company, lead.contacts)) as key
          where key = any (asked)
        ) as common
        where public.lead_keys(lead.telegram_id, lead.name, lead.company, lead.contacts) && asked
          and lead.telegram_id = me and lead.deleted_at is null and lead.id is distinct from p_except and lead.id is distinct from made
        order by common.score desc, lead.id desc limit 5
      ) as alike), '[]');
  end
  $$;

-- Refuses a field no lead has, one that is too long, and contacts of another shape than shared/schemas/lead.ts.
create or replace function public.check_lead_change(p_change jsonb) returns void
  language plpgsql immutable set search_path = ''
  as $$
  declare
    field record;
    limit_of constant jsonb := '{"name": 200, "company": 200, "title": 200, "notes": 4000, "zone": 64, "language": 35}';
    wrong text;
  begin
    if jsonb_typeof(p_change) is distinct from 'object' then
      wrong := 'change';
    else
      for field in select key, value from jsonb_each(p_change) loop
        if field.key = 'contacts' then
          if jsonb_typeof(field.value) <> 'object' or exists (
            select from jsonb_each(field.value) as list
            where list.key not in ('emails', 'phones', 'links', 'handles') or jsonb_typeof(list.value) <> 'array'
              or jsonb_array_length(list.value) > 30 or exists (
                select from jsonb_array_elements(list.value) as item
                where jsonb_typeof(item) <> 'string' or char_length(item #>> '{}') not between 1 and 500)
          ) then
            wrong := 'contacts';
          end if;
        elsif not limit_of ? field.key or jsonb_typeof(field.value) not in ('string', 'null') then
          wrong := field.key;
        elsif char_length(trim(field.value #>> '{}')) > (limit_of ->> field.key)::int then
          raise exception 'The % of a lead has % characters at most, this one has %.', field.key, limit_of ->> field.key,
            char_length(trim(field.value #>> '{}')) using errcode = 'P0001', hint = 'LEAD_FIELD_TOO_LONG',
            detail = json_build_object('field', field.key, 'limit', (limit_of ->> field.key)::int)::text;
        end if;
      end loop;
    end if;
    if wrong is not null then
      raise exception 'A lead has no such "%".', left(wrong, 40)
        using errcode = 'P0001', hint = 'LEAD_FIELD_INVALID', detail = json_build_object('field', left(wrong, 40))::text;
    end if;
    if p_change ? 'name' and trim(coalesce(p_change ->> 'name', '')) = '' then
      raise exception 'A lead needs a name.' using errcode = 'P0001', hint = 'LEAD_NAME_MISSING';
    end if;
  end
  $$;

-- A line of the lead's own history: reminder_events without a reminder.
create or replace function public.record_lead_event(
  p_me bigint, p_lead_id bigint, p_action_id text, p_action text, p_source text, p_note text
) returns void
  language sql set search_path = ''
  as $$
    insert into public.reminder_events (telegram_id, lead_id, action_id, action, actor, source, note, at)
    values (p_me, p_lead_id, p_action_id, p_action, 'person', p_source, left(p_note, 500), public.app_now())
  $$;

-- Keeps the old values of what an action changes about a lead, for Undo.
create or replace function public.keep_lead_before(p_me bigint, p_action_id text, p_lead_id bigint, p_old jsonb)
  returns void
  language sql set search_path = ''
  as $$
    update public.user_actions
      set before = coalesce(before, '{}') || jsonb_build_object('lead_id', p_lead_id, 'lead', p_old)
      where telegram_id = p_me and action_id = p_action_id
  $$;

-- Changes some fields: {"name", "company", "title", "contacts", "notes", "zone", "language"}; absent keys stay, null or
-- nothing but blanks empties (never the name). p_expected holds values the caller has seen: a field that is another
-- one by now is left alone. The answer names what changed.
create or replace function public.update_lead(
  p_action_id text, p_lead_id bigint, p_change jsonb, p_expected jsonb default null, p_source text default 'app'
) returns jsonb
  language plpgsql security definer set search_path = ''
  as $$
  declare
    me constant bigint := public.require_person();
    replay constant jsonb := public.begin_action(me, p_action_id, 'update_lead');
    lead public.leads;
    old jsonb;
    change jsonb;
  begin
    if replay is not null then
      return replay;
    end if;
    perform public.check_lead_change(p_change);
    lead := public.lock_own_lead(me, p_lead_id);
    old := to_jsonb(lead);
    select coalesce(jsonb_object_agg(wanted.key, wanted.value), '{}') into change
    from (
      select key, case
          when key = 'contacts' then '{"emails": [], "phones": [], "links": [], "handles": []}'::jsonb || value
          else coalesce(to_jsonb(nullif(trim(value #>> '{}'), '')), 'null') end as value
      from jsonb_each(p_change)
    ) as wanted
    where wanted.value <> old -> wanted.key
      and (p_expected is null or not p_expected ? wanted.key or p_expected -> wanted.key = old -> wanted.key);
    update public.leads set
      name = case when change ? 'name' then change ->> 'name' else name end,
      company = case when change ? 'company' then change ->> 'company' else company end,
      title = case when change ? 'title' then change ->> 'title' else title end,
      contacts = case when change ? 'contacts' then change -> 'contacts' else contacts end,
      notes = case when change ? 'notes' then change ->> 'notes' else notes end,
      zone = case when change ? 'zone' then change ->> 'zone' else zone end,
      language = case when change ? 'language' then change ->> 'language' else language end,
      updated_at = case when change = '{}' then updated_at else public.app_now() end
      where id = lead.id returning * into lead;
    perform public.keep_lead_before(me, p_action_id, lead.id,
      (select coalesce(jsonb_object_agg(key, old -> key), '{}') from jsonb_object_keys(change) as key));
    if change <> '{}' then
      perform public.record_lead_event(me, lead.id, p_action_id, 'update_lead', p_source,
        (select string_agg(key, ', ' order by key) from jsonb_object_keys(change) as key));
    end if;
    return public.finish_action(me, p_action_id, jsonb_build_object('lead', to_jsonb(lead),
      'changed', (select coalesce(jsonb_agg(key order by key), '[]') from jsonb_object_keys(change) as key)));
  end
  $$;

-- Adds a line under the lead's notes, dated by the person's calendar.
create or replace function public.add_note(
  p_action_id text, p_lead_id bigint, p_text text, p_source text default 'app'
) returns jsonb
  language plpgsql security definer set search_path = ''
  as $$
  declare
    me constant bigint := public.require_person();
    replay constant jsonb := public.begin_action(me, p_action_id, 'add_note');
    said constant text := trim(coalesce(p_text, ''), E' \n\t');
    lead public.leads;
    person public.users;
    line text;
  begin
    if replay is not null then
      return replay;
    end if;
    if said = '' then
      raise exception 'A note needs words.' using errcode = 'P0001', hint = 'NOTE_EMPTY';
    end if;
    lead := public.lock_own_lead(me, p_lead_id);
    person := public.settings_of(me);
    line := to_char(public.app_now() at time zone person.zone, 'YYYY-MM-DD') || ': ' || said;
    if char_length(concat_ws(E'\n', lead.notes, line)) > 4000 then
      raise exception 'The notes of this lead would have more than 4,000 characters. Shorten them first.'
        using errcode = 'P0001', hint = 'NOTES_FULL',
          detail = json_build_object('room', greatest(0, 4000 - char_length(coalesce(lead.notes, ''))))::text;
    end if;
    perform public.keep_lead_before(me, p_action_id, lead.id, jsonb_build_object('notes', lead.notes));
    update public.leads set notes = concat_ws(E'\n', nullif(notes, ''), line), updated_at = public.app_now()
      where id = lead.id returning * into lead;
    perform public.record_lead_event(me, lead.id, p_action_id, 'add_note', p_source, said);
    return public.finish_action(me, p_action_id, jsonb_build_object('lead', to_jsonb(lead)));
  end
  $$;

revoke all on function public.plain_words(text) from public, anon, authenticated;
revoke all on function public.lead_keys(bigint, text, text, jsonb) from public, anon, authenticated;
revoke all on function public.find_duplicate_leads(jsonb, text, text, bigint, text) from public, anon, authenticated;
revoke all on function public.check_lead_change(jsonb) from public, anon, authenticated;
revoke all on function public.record_lead_event(bigint, bigint, text, text, text, text) from public, anon, authenticated;
revoke all on function public.keep_lead_before(bigint, text, bigint, jsonb) from public, anon, authenticated;
revoke all on function public.update_lead(text, bigint, jsonb, jsonb, text) from public, anon, authenticated;
revoke all on function public.add_note(text, bigint, text, text) from public, anon, authenticated;
grant execute on function public.find_duplicate_leads(jsonb, text, text, bigint, text) to authenticated;
grant execute on function public.update_lead(text, bigint, jsonb, jsonb, text) to authenticated;
grant execute on function public.add_note(text, bigint, text, text) to authenticated;

insert into public.schema_versions (version, name) values ('20261101001600', 'lead-edits')
  on conflict (version) do nothing;
notify pgrst, 'reload schema';
