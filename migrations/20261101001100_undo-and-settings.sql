-- Undo, the person's settings, and the bot's door: what happens when a person shows a sign of life.

-- Takes one action back, by its id: status, instants and level of all its rows, and the lead's or plans' state.
-- Accepted for 24 hours. What was already delivered comes back no earlier than four awake hours from now, so
-- that Undo never makes the bot buzz at once. Sent twice, it answers the same.
create or replace function public.undo_action(p_action_id text, p_source text default 'app') returns jsonb
  language plpgsql security definer set search_path = ''
  as $$
  declare
    me constant bigint := public.require_person();
    action public.user_actions;
    event public.reminder_events;
    current public.scheduled_reminders;
    after public.scheduled_reminders;
    person public.users;
    restored jsonb := '[]'::jsonb;
    stays_open boolean := false;
    plan_ids bigint[] := '{}';
    plan_id bigint;
  begin
    select * into action from public.user_actions where telegram_id = me and action_id = p_action_id;
    if not found then
      raise exception 'There is nothing to undo under "%".', p_action_id using errcode = 'P0001', hint = 'ACTION_NOT_FOUND';
    end if;
    perform from public.leads as lead where lead.telegram_id = me and (
      lead.id = (action.before ->> 'lead_id')::bigint
      or lead.id in (select events.lead_id from public.reminder_events as events
        where events.telegram_id = me and events.action_id = p_action_id)) order by lead.id for update;
    perform from public.scheduled_reminders as reminder where reminder.id in (
      select events.reminder_id from public.reminder_events as events
      where events.telegram_id = me and events.action_id = p_action_id) order by reminder.id for update;
    select * into action from public.user_actions where telegram_id = me and action_id = p_action_id for update;
    if action.undone_at is not null then
      return jsonb_build_object('action_id', p_action_id, 'action', action.action, 'already', true, 'restored', restored);
    end if;
    perform public.check_undo(me, action);
    person := public.settings_of(me);

    for event in
      select * from public.reminder_events where telegram_id = me and action_id = p_action_id order by id desc
    loop
      select * into current from public.scheduled_reminders where id = event.reminder_id;
      continue when not found;
      if event.before is null then
        -- The action made this row: taking it back ends it.
        continue when current.status not in ('pending', 'sent');
        update public.scheduled_reminders set status = 'cancelled', due_rev = due_rev + 1
          where id = current.id returning * into after;
      else
        update public.scheduled_reminders set
          status = event.before ->> 'status',
          wanted_at = (event.before ->> 'wanted_at')::timestamptz,
          due_at = case when current.reminder_count > 0
            then greatest((event.before ->> 'due_at')::timestamptz, public.add_awake_hours(public.app_now(), 4, person.zone,
              person.preferred_hour, person.quiet_from, person.quiet_to, person.working_days))
            else (event.before ->> 'due_at')::timestamptz end,
          level = (event.before ->> 'level')::smallint,
          exact = (event.before ->> 'exact')::boolean,
          snooze_count = (event.before ->> 'snooze_count')::int,
          due_reason = event.before ->> 'due_reason',
          due_rev = due_rev + 1
          where id = current.id returning * into after;
        if action.action in ('complete', 'skip') then
          stays_open := public.take_back_promotion(after, p_action_id, p_source) or stays_open;
        end if;
      end if;
      perform public.record_event(p_action_id || ':undo', 'undo', 'person', p_source, current, after, null);
      restored := restored || jsonb_build_object('id', after.id, 'status', after.status, 'wanted_at', after.wanted_at);
      if after.plan_id is not null and not after.plan_id = any (plan_ids) then
        plan_ids := plan_ids || after.plan_id;
      end if;
    end loop;

    perform public.undo_lead_and_plans(me, action);
    foreach plan_id in array plan_ids loop
      perform public.shift_later_steps(plan_id, p_action_id || ':undo', p_source);
    end loop;
    update public.user_actions set undone_at = public.app_now() where telegram_id = me and action_id = p_action_id;
    return jsonb_build_object('action_id', p_action_id, 'action', action.action, 'already', false,
      'restored', restored, 'next_stays_open', stays_open);
  exception
    when unique_violation then
      raise exception 'Another open reminder holds this step now, so it can''t be brought back.'
        using errcode = 'P0001', hint = 'STEP_TAKEN';
  end
  $$;

-- Refuses an Undo in words: too late, something newer happened to the same rows, the plan was replaced or the
-- lead closed since.
create or replace function public.check_undo(p_me bigint, p_action public.user_actions) returns void
  language plpgsql stable set search_path = ''
  as $$
  declare
    own_events constant bigint[] := array(
      select id from public.reminder_events where telegram_id = p_me and action_id = p_action.action_id);
  begin
    if p_action.action in ('create_lead', 'propose_plan', 'discard_plan', 'update_settings') then
      raise exception 'This can''t be undone.' using errcode = 'P0001', hint = 'UNDO_IMPOSSIBLE';
    end if;
    if p_action.at < public.app_now() - interval '24 hours' then
      raise exception 'Undo works for 24 hours; this was earlier.' using errcode = 'P0001', hint = 'UNDO_TOO_LATE';
    end if;
    if p_action.action <> 'set_lead_status' and exists (
      select from public.reminder_events as event join public.leads as lead on lead.id = event.lead_id
      where event.id = any (own_events) and (lead.status in ('closed_won', 'closed_lost') or lead.deleted_at is not null)
    ) then
      raise exception 'The lead was closed since. Open it again first.' using errcode = 'P0001', hint = 'LEAD_CLOSED';
    end if;
    if p_action.action <> 'accept_plan' and exists (
      select from public.reminder_events as event join public.engagement_plans as plan on plan.id = event.plan_id
      where event.id = any (own_events) and plan.status <> 'active'
    ) then
      raise exception 'The plan was replaced since, so this step can''t come back.'
        using errcode = 'P0001', hint = 'PLAN_REPLACED';
    end if;
    if p_action.action = 'accept_plan' and exists (
      select from public.engagement_plans
      where id = (p_action.before ->> 'plan_id')::bigint and status <> 'active'
    ) then
      raise exception 'The plan was replaced since.' using errcode = 'P0001', hint = 'PLAN_REPLACED';
    end if;
    if p_action.action = 'set_lead_status' and exists (
      select from public.user_actions as later
      where later.telegram_id = p_me and later.action = 'set_lead_status' and later.undone_at is null
        and later.at > p_action.at and later.before ->> 'lead_id' = p_action.before ->> 'lead_id'
    ) then
      raise exception 'The lead''s status changed again since. Undo the newer change first.'
        using errcode = 'P0001', hint = 'UNDO_SUPERSEDED';
    end if;
    -- What an Undo moved along, and new hours that moved a row this action made, do not stand in the way.
    if exists (
      select from public.reminder_events as mine
      join public.reminder_events as later on later.reminder_id = mine.reminder_id and later.id > mine.id
        and later.actor <> 'dispatcher' and later.action <> 'undo' and coalesce(later.action_id, '') not like '%:undo'
        and not (later.action = 'settings' and mine.before is null)
        and later.action_id is distinct from p_action.action_id
      left join public.user_actions as taken_back on taken_back.telegram_id = p_me
        and taken_back.action_id = later.action_id and taken_back.undone_at is not null
      where mine.id = any (own_events) and taken_back.action_id is null
    ) then
      raise exception 'You changed this again since. Undo the newer change first.'
        using errcode = 'P0001', hint = 'UNDO_SUPERSEDED';
    end if;
  end
  $$;

-- Done or skipped had asked for the next step. While that one is unsent the request goes back with the action;
-- afterwards both stay open, and the card says so (true).
create or replace function public.take_back_promotion(
  p_row public.scheduled_reminders, p_action_id text, p_source text
) returns boolean
  language plpgsql set search_path = ''
  as $$
  declare
    step public.outreach_steps;
    next_row public.scheduled_reminders;
    after public.scheduled_reminders;
  begin
    if p_row.plan_id is null or p_row.step_id is null then
      return false;
    end if;
    select * into next_row from public.scheduled_reminders
      where plan_id = p_row.plan_id and step_id > p_row.step_id and status in ('pending', 'sent')
      order by step_id limit 1 for update;
    select * into step from public.outreach_steps
      where plan_id = p_row.plan_id and step_id > p_row.step_id order by step_id limit 1 for update;
    if not found then
      return false;
    end if;
    if next_row.reminder_count > 0 and step.triggered_by = 'cadence' then
      return true;
    end if;
    if next_row.step_id = step.step_id and exists (
      select from public.engagement_plans where id = p_row.plan_id and pace = 'after_previous'
    ) then
      update public.scheduled_reminders set status = 'cancelled', due_rev = due_rev + 1
        where id = next_row.id returning * into after;
      perform public.record_event(p_action_id || ':undo', 'undo', 'person', p_source, next_row, after, null);
    end if;
    update public.outreach_steps
      set next_step_ready_at = null, triggered_by = null, scheduled_at = null
      where id = step.id and triggered_by = 'cadence';
    return false;
  end
  $$;

create or replace function public.undo_lead_and_plans(p_me bigint, p_action public.user_actions) returns void
  language plpgsql set search_path = ''
  as $$
  begin
    if p_action.action = 'set_lead_status' then
      update public.leads set status = p_action.before ->> 'lead_status', updated_at = public.app_now()
        where id = (p_action.before ->> 'lead_id')::bigint and telegram_id = p_me;
    elsif p_action.action = 'accept_plan' then
      update public.engagement_plans set status = 'draft', accepted_at = null
        where id = (p_action.before ->> 'plan_id')::bigint and telegram_id = p_me;
      update public.engagement_plans set status = 'active', ended_at = null
        where id = (p_action.before ->> 'replaced_plan_id')::bigint and telegram_id = p_me;
    end if;
    update public.outreach_steps as step set next_step_ready_at = (request ->> 'ready_at')::timestamptz
      from jsonb_array_elements(p_action.before -> 'requests') as request
      where step.id = (request ->> 'id')::bigint and step.telegram_id = p_me and step.next_step_ready_at is null;
  end
  $$;

-- Where a future step belongs after the person's hours changed. A step still where its plan put it is planned anew; one
-- that a rebase moved keeps its local date, and its time of day unless that was the preferred hour.
create or replace function public.step_under_new_hours(
  p_row public.scheduled_reminders, p_accepted_at timestamptz, p_old public.users, p_new public.users
) returns timestamptz
  language plpgsql stable set search_path = ''
  as $$
  declare
    local constant timestamp := p_row.wanted_at at time zone p_old.zone;
    wanted timestamptz;
  begin
    if exists (select from public.reminder_events where reminder_id = p_row.id and action = 'rebase') then
      wanted := public.local_to_instant(local::date
        + case when local::time = p_old.preferred_hour then p_new.preferred_hour else local::time end, p_new.zone);
    else
      wanted := public.step_wanted_at(p_accepted_at, p_row.delay_days, p_new.zone, p_new.preferred_hour,
        p_new.quiet_from, p_new.quiet_to, p_new.working_days);
    end if;
    return public.next_open(greatest(wanted, public.app_now()), p_new.zone, p_new.preferred_hour, p_new.quiet_from,
      p_new.quiet_to, p_new.working_days);
  end
  $$;

-- Moves the future, unsent plan steps of a person whose hours changed; never an instant the person picked, nor a step
-- across one. Returns how many moved.
create or replace function public.move_to_new_hours(
  p_old public.users, p_new public.users, p_action_id text, p_source text
) returns int
  language plpgsql set search_path = ''
  as $$
  declare
    fixed_after timestamptz;
    before public.scheduled_reminders;
    after public.scheduled_reminders;
    plan public.engagement_plans;
    running timestamptz;
    wanted timestamptz;
    moved int := 0;
  begin
    for plan in select * from public.engagement_plans where telegram_id = p_new.telegram_id and status = 'active' loop
      running := null;
      for before in
        select * from public.scheduled_reminders
        where plan_id = plan.id and status in ('pending', 'sent') order by step_id
      loop
        if not public.follows_hours(before) then
          running := greatest(running, before.wanted_at);
          continue;
        end if;
        wanted := public.step_under_new_hours(before, plan.accepted_at, p_old, p_new);
        if wanted < running + interval '15 minutes' then
          wanted := greatest(running + interval '15 minutes', public.next_open(running + interval '15 minutes', p_new.zone,
            p_new.preferred_hour, p_new.quiet_from, p_new.quiet_to, p_new.working_days));
        end if;
        select min(later.wanted_at) into fixed_after from public.scheduled_reminders as later
          where later.plan_id = plan.id and later.step_id > before.step_id and later.status in ('pending', 'sent')
            and not public.follows_hours(later);
        wanted := least(wanted, fixed_after);
        running := wanted;
        continue when wanted = before.wanted_at;
        update public.scheduled_reminders set wanted_at = wanted, due_at = wanted, due_rev = due_rev + 1
          where id = before.id returning * into after;
        perform public.record_event(p_action_id, 'settings', 'person', p_source, before, after, null);
        moved := moved + 1;
      end loop;
    end loop;
    return moved;
  end
  $$;

create or replace function public.follows_hours(p_row public.scheduled_reminders) returns boolean
  language sql stable set search_path = ''
  as $$
    select p_row.status = 'pending' and p_row.reminder_count = 0 and p_row.due_reason = 'plan' and not p_row.exact
      and p_row.wanted_at > public.app_now()
  $$;

-- Changes some of the person's settings: {"zone", "zone_source", "preferred_hour", "quiet_from", "quiet_to",
-- "working_days", "language", "paused_until"}; absent keys stay. New hours move the future, unsent plan steps
-- at once; the answer says how many.
create or replace function public.update_settings(p_action_id text, p_settings jsonb, p_source text default 'app')
  returns jsonb
  language plpgsql security definer set search_path = ''
  as $$
  declare
    me constant bigint := public.require_person();
    replay constant jsonb := public.begin_action(me, p_action_id, 'update_settings');
    hours_change constant boolean :=
      p_settings ?| array['zone', 'preferred_hour', 'quiet_from', 'quiet_to', 'working_days'];
    old_person public.users;
    person public.users;
    moved int := 0;
  begin
    if replay is not null then
      return replay;
    end if;
    if (p_settings ->> 'paused_until')::timestamptz > public.app_now() + interval '3 years' then
      raise exception 'Reminders can be paused for three years at most, not until %.', p_settings ->> 'paused_until'
        using errcode = 'P0001', hint = 'INSTANT_OUT_OF_RANGE';
    end if;
    -- Before the person's own row: settling a delivery locks reminders first, too.
    if hours_change then
      perform from public.leads where telegram_id = me and deleted_at is null order by id for update;
      perform from public.scheduled_reminders
        where telegram_id = me and status in ('pending', 'sent') order by id for update;
    end if;
    insert into public.users (telegram_id) values (me) on conflict (telegram_id) do nothing;
    select * into old_person from public.users where telegram_id = me for update;
    update public.users set
      zone = coalesce(p_settings ->> 'zone', zone),
      zone_source = coalesce(p_settings ->> 'zone_source', zone_source),
      preferred_hour = coalesce((p_settings ->> 'preferred_hour')::time, preferred_hour),
      quiet_from = coalesce((p_settings ->> 'quiet_from')::time, quiet_from),
      quiet_to = coalesce((p_settings ->> 'quiet_to')::time, quiet_to),
      working_days = case when p_settings ? 'working_days'
        then array(select day::smallint from jsonb_array_elements_text(p_settings -> 'working_days') as day)
        else working_days end,
      language = coalesce(p_settings ->> 'language', language),
      paused_until = case when p_settings ? 'paused_until'
        then (p_settings ->> 'paused_until')::timestamptz else paused_until end,
      updated_at = public.app_now()
      where telegram_id = me returning * into person;
    if hours_change then
      moved := public.move_to_new_hours(old_person, person, p_action_id, p_source);
    end if;
    return public.finish_action(me, p_action_id, jsonb_build_object('user', to_jsonb(person), 'moved', moved));
  end
  $$;

revoke all on function public.undo_action(text, text) from public, anon, authenticated;
revoke all on function public.check_undo(bigint, public.user_actions) from public, anon, authenticated;
revoke all on function public.take_back_promotion(public.scheduled_reminders, text, text) from public, anon, authenticated;
revoke all on function public.undo_lead_and_plans(bigint, public.user_actions) from public, anon, authenticated;
revoke all on function public.step_under_new_hours(public.scheduled_reminders, timestamptz, public.users, public.users)
  from public, anon, authenticated;
revoke all on function public.move_to_new_hours(public.users, public.users, text, text)
  from public, anon, authenticated;
revoke all on function public.follows_hours(public.scheduled_reminders) from public, anon, authenticated;
revoke all on function public.update_settings(text, jsonb, text) from public, anon, authenticated;
grant execute on function public.undo_action(text, text) to authenticated;
grant execute on function public.update_settings(text, jsonb, text) to authenticated;

insert into public.schema_versions (version, name) values ('20261101001100', 'undo-and-settings')
  on conflict (version) do nothing;
notify pgrst, 'reload schema';
