-- The bin (a deleted lead can be brought back for seven days) and the tray: people read out of a text who are not stored
-- as leads yet, because the person has to choose first.

-- Into the bin. Its open reminders end; Undo and restore_lead bring them back.
create or replace function public.delete_lead(p_action_id text, p_lead_id bigint, p_source text default 'app')
  returns jsonb
  language plpgsql security definer set search_path = ''
  as $$
  declare
    me constant bigint := public.require_person();
    replay constant jsonb := public.begin_action(me, p_action_id, 'delete_lead');
    lead public.leads;
    ended int := 0;
  begin
    if replay is not null then
      return replay;
    end if;
    select * into lead from public.leads where id = p_lead_id and telegram_id = me for update;
    if not found then
      raise exception 'There is no lead % of yours.', p_lead_id using errcode = 'P0001', hint = 'LEAD_NOT_FOUND';
    end if;
    if lead.deleted_at is null then
      perform public.keep_lead_before(me, p_action_id, lead.id, jsonb_build_object('deleted_at', null));
      ended := public.cancel_open_reminders(lead.id, me, false, p_action_id, 'delete_lead', p_source);
      update public.leads set deleted_at = public.app_now(), updated_at = public.app_now() where id = lead.id;
      perform public.record_lead_event(me, lead.id, p_action_id, 'delete_lead', p_source, null);
    end if;
    return public.finish_action(me, p_action_id, jsonb_build_object('lead_id', lead.id,
      'already', lead.deleted_at is not null, 'ended', ended,
      'restorable_until', coalesce(lead.deleted_at, public.app_now()) + interval '7 days'));
  end
  $$;

-- Out of the bin, with the reminders that the deletion ended. What was due meanwhile comes back as late, and not
-- before four awake hours from now: a lead that returns must not make the bot buzz at once.
create or replace function public.restore_lead(p_action_id text, p_lead_id bigint, p_source text default 'app')
  returns jsonb
  language plpgsql security definer set search_path = ''
  as $$
  declare
    me constant bigint := public.require_person();
    replay constant jsonb := public.begin_action(me, p_action_id, 'restore_lead');
    deletion public.user_actions;
    lead public.leads;
    old_deleted_at timestamptz;
    restored int := 0;
  begin
    if replay is not null then
      return replay;
    end if;
    select * into lead from public.leads where id = p_lead_id and telegram_id = me for update;
    if not found then
      raise exception 'There is no lead % of yours.', p_lead_id using errcode = 'P0001', hint = 'LEAD_NOT_FOUND';
    end if;
    old_deleted_at := lead.deleted_at;
    if old_deleted_at is not null then
      if old_deleted_at < public.app_now() - interval '7 days' then
        raise exception 'This lead was deleted more than seven days ago.' using errcode = 'P0001', hint = 'LEAD_BIN_OVER';
      end if;
      select * into deletion from public.user_actions
        where telegram_id = me and action = 'delete_lead' and undone_at is null and before ->> 'lead_id' = lead.id::text
        order by at desc limit 1;
      restored := public.bring_back_reminders(me, lead.id, deletion, p_action_id, p_source);
      perform public.one_at_a_time(me);
      if (select count(*) from public.leads where telegram_id = me and deleted_at is null) >= 500 then
        raise exception 'You have 500 leads, the most there can be. Delete some first.'
          using errcode = 'P0001', hint = 'LEAD_LIMIT';
      end if;
      perform public.keep_lead_before(me, p_action_id, lead.id, jsonb_build_object('deleted_at', old_deleted_at));
      update public.leads set deleted_at = null, updated_at = public.app_now() where id = lead.id returning * into lead;
      perform public.record_lead_event(me, lead.id, p_action_id, 'restore_lead', p_source, null);
    end if;
    return public.finish_action(me, p_action_id, jsonb_build_object('lead', to_jsonb(lead),
      'already', old_deleted_at is null, 'restored', restored));
  end
  $$;

-- What a deletion ended, as it was; only what is still cancelled and whose plan still runs. Returns how many.
create or replace function public.bring_back_reminders(
  p_me bigint, p_lead_id bigint, p_deletion public.user_actions, p_action_id text, p_source text
) returns int
  language plpgsql set search_path = ''
  as $$
  declare
    person constant public.users := public.settings_of(p_me);
    event public.reminder_events;
    current public.scheduled_reminders;
    after public.scheduled_reminders;
    not_before timestamptz;
    restored int := 0;
  begin
    for event in
      select * from public.reminder_events
      where telegram_id = p_me and action_id = p_deletion.action_id and reminder_id is not null order by reminder_id
    loop
      select * into current from public.scheduled_reminders where id = event.reminder_id for update;
      continue when not found or current.status <> 'cancelled' or (current.plan_id is not null and not exists (
        select from public.engagement_plans where id = current.plan_id and status = 'active'));
      not_before := case when (event.before ->> 'due_at')::timestamptz <= public.app_now() or current.reminder_count > 0
        then public.add_awake_hours(public.app_now(), 4, person.zone, person.preferred_hour, person.quiet_from,
          person.quiet_to, person.working_days) end;
      update public.scheduled_reminders set
        status = event.before ->> 'status',
        due_at = greatest((event.before ->> 'due_at')::timestamptz, not_before),
        due_rev = due_rev + 1
        where id = current.id returning * into after;
      perform public.record_event(p_action_id, 'restore_lead', 'person', p_source, current, after, null);
      restored := restored + 1;
    end loop;
    update public.outreach_steps as step set next_step_ready_at = (request ->> 'ready_at')::timestamptz
      from jsonb_array_elements(p_deletion.before -> 'requests') as request
      where step.id = (request ->> 'id')::bigint and step.telegram_id = p_me and step.lead_id = p_lead_id
        and step.next_step_ready_at is null;
    return restored;
  end
  $$;

create table if not exists public.lead_trays (
  id bigint generated by default as identity primary key,
  telegram_id bigint not null,
  -- [{"text": what was written about this person, "lead": shared/schemas/lead.ts}]; who became a lead has "lead_id" too
  entries jsonb not null,
  created_at timestamptz not null default now()
);
create index if not exists lead_trays_of_person on public.lead_trays (telegram_id, id);

do $$
declare
  old record;
begin
  for old in
    select tablename, policyname from pg_policies where schemaname = 'public' and tablename in ('lead_trays')
  loop
    execute format('drop policy %I on public.%I', old.policyname, old.tablename);
  end loop;
end
$$;
alter table public.lead_trays enable row level security;
revoke all on table public.lead_trays from public, anon, authenticated;
revoke all on sequence public.lead_trays_id_seq from public, anon, authenticated;
grant select on table public.lead_trays to authenticated;
create policy trays_read_own on public.lead_trays for select to authenticated
  using (telegram_id = (select public.requesting_telegram_id()));

-- Keeps people for a choice: 50 of them and 400,000 characters at most. Trays older than seven days, and all but the
-- newest 20 of the person, go.
create or replace function public.fill_tray(p_action_id text, p_entries jsonb) returns jsonb
  language plpgsql security definer set search_path = ''
  as $$
  declare
    me constant bigint := public.require_person();
    replay constant jsonb := public.begin_action(me, p_action_id, 'fill_tray');
    tray_id bigint;
  begin
    if replay is not null then
      return replay;
    end if;
    if jsonb_typeof(p_entries) is distinct from 'array' or jsonb_array_length(p_entries) not between 1 and 50
      or char_length(p_entries::text) > 400000 then
      raise exception 'A tray holds 1 to 50 people.' using errcode = 'P0001', hint = 'LEAD_FIELD_INVALID';
    end if;
    perform public.one_at_a_time(me);
    insert into public.lead_trays (telegram_id, entries, created_at) values (me, p_entries, public.app_now())
      returning id into tray_id;
    delete from public.lead_trays as tray where tray.telegram_id = me and (
      tray.created_at < public.app_now() - interval '7 days'
      or tray.id <= (select id from public.lead_trays where telegram_id = me order by id desc offset 20 limit 1));
    return public.finish_action(me, p_action_id, jsonb_build_object('tray_id', tray_id));
  end
  $$;

-- One person out of a tray becomes a lead, with a first draft plan if one is given; once, however often it is asked.
create or replace function public.take_from_tray(
  p_action_id text, p_tray_id bigint, p_index int, p_plan jsonb default null, p_source text default 'app'
) returns jsonb
  language plpgsql security definer set search_path = ''
  as $$
  declare
    me constant bigint := public.require_person();
    replay constant jsonb := public.begin_action(me, p_action_id, 'take_from_tray');
    tray public.lead_trays;
    entry jsonb;
    made jsonb;
  begin
    if replay is not null then
      return replay;
    end if;
    select * into tray from public.lead_trays where id = p_tray_id and telegram_id = me for update;
    entry := tray.entries -> p_index;
    if p_index < 0 or jsonb_typeof(entry) is distinct from 'object' then
      raise exception 'There is nobody number % in tray % of yours.', p_index, p_tray_id
        using errcode = 'P0001', hint = 'TRAY_GONE';
    end if;
    if not entry ? 'lead_id' then
      made := public.create_lead(p_action_id || '.lead', entry -> 'lead', p_plan, p_source);
      update public.lead_trays set entries = jsonb_set(entries, array[p_index::text],
        entry || jsonb_build_object('lead_id', made -> 'lead_id', 'plan_id', made -> 'plan_id'))
        where id = tray.id returning entries -> p_index into entry;
    end if;
    return public.finish_action(me, p_action_id, jsonb_build_object('lead_id', entry -> 'lead_id',
      'plan_id', entry -> 'plan_id', 'already', made is null));
  end
  $$;

revoke all on function public.take_from_tray(text, bigint, int, jsonb, text) from public, anon, authenticated;
revoke all on function public.delete_lead(text, bigint, text) from public, anon, authenticated;
revoke all on function public.restore_lead(text, bigint, text) from public, anon, authenticated;
revoke all on function public.bring_back_reminders(bigint, bigint, public.user_actions, text, text)
  from public, anon, authenticated;
revoke all on function public.fill_tray(text, jsonb) from public, anon, authenticated;
grant execute on function public.delete_lead(text, bigint, text) to authenticated;
grant execute on function public.restore_lead(text, bigint, text) to authenticated;
grant execute on function public.fill_tray(text, jsonb) to authenticated;
grant execute on function public.take_from_tray(text, bigint, int, jsonb, text) to authenticated;

insert into public.schema_versions (version, name) values ('20261101001610', 'lead-bin')
  on conflict (version) do nothing;
notify pgrst, 'reload schema';
