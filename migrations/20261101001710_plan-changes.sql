-- From one list of steps to another, in one transaction with the reminders. A list is what plan_state returns, its items
-- changed; an item may also say:
--   pick_at, exact  the instant its reminder gets, and whether quiet hours may not move it
--   rows_of         the id of the step whose reminder it takes over (two steps changed places); 0 = none

-- Ends a reminder whose step is gone or waits again. Without its number it stands in no other step's way.
create or replace function public.release_reminder(
  p_row public.scheduled_reminders, p_action_id text, p_action text, p_source text
) returns void
  language plpgsql set search_path = ''
  as $$
  declare
    after public.scheduled_reminders;
  begin
    update public.scheduled_reminders
      set status = case when status in ('pending', 'sent', 'failed') then 'cancelled' else status end, step_id = null,
        in_doubt = false, due_rev = due_rev + 1
      where id = p_row.id returning * into after;
    perform public.record_event(p_action_id, p_action, 'person', p_source, p_row, after, null);
  end
  $$;

-- Gives the plan's reminders their steps' new numbers; those of steps that are gone end. Returns when the last of these
-- was wanted, null = none was open.
create or replace function public.renumber_reminders(
  p_plan_id bigint, p_old jsonb, p_new jsonb, p_action_id text, p_action text, p_source text
) returns timestamptz
  language plpgsql set search_path = ''
  as $$
  declare
    item jsonb;
    place int := 0;
    row public.scheduled_reminders;
    freed timestamptz;
  begin
    update public.scheduled_reminders set step_id = step_id + 1000 where plan_id = p_plan_id and step_id is not null;
    for item in select * from jsonb_array_elements(p_new) loop
      place := place + 1;
      update public.scheduled_reminders set step_id = place where plan_id = p_plan_id and step_id = (
        select 1000 + (old ->> 'step_id')::int from jsonb_array_elements(p_old) as old
        where old -> 'id' = coalesce(item -> 'rows_of', item -> 'id'));
    end loop;
    for row in
      select * from public.scheduled_reminders where plan_id = p_plan_id and step_id > 1000 order by id
    loop
      if row.status in ('pending', 'sent') then
        freed := greatest(freed, row.wanted_at);
      end if;
      perform public.release_reminder(row, p_action_id, p_action, p_source);
    end loop;
    return freed;
  end
  $$;

-- When a step is wanted by itself, before its neighbours are looked at.
create or replace function public.wanted_by_itself(
  p_item jsonb, p_old jsonb, p_row public.scheduled_reminders, p_anchor timestamptz, p_gap_days int, p_person public.users
) returns timestamptz
  language sql stable set search_path = ''
  as $$
    select case
      when p_item ->> 'pick_at' is not null then (p_item ->> 'pick_at')::timestamptz
      when p_row.id is null then public.next_open(greatest(public.app_now(), public.step_wanted_at(p_anchor, p_gap_days,
        p_person.zone, p_person.preferred_hour, p_person.quiet_from, p_person.quiet_to, p_person.working_days)),
        p_person.zone, p_person.preferred_hour, p_person.quiet_from, p_person.quiet_to, p_person.working_days)
      -- It takes over an instant that somebody picked for another step.
      when p_item ? 'rows_of' and p_row.exact then public.next_open(p_row.wanted_at, p_person.zone,
        p_person.preferred_hour, p_person.quiet_from, p_person.quiet_to, p_person.working_days)
      when p_item ? 'rows_of' or p_row.exact or p_row.status = 'sent' or p_old -> 'delay_days' = p_item -> 'delay_days'
        then p_row.wanted_at
      else public.next_open(greatest(public.app_now(), public.local_to_instant(
        (p_row.wanted_at at time zone p_person.zone)
          + make_interval(days => (p_item ->> 'delay_days')::int - (p_old ->> 'delay_days')::int), p_person.zone)),
        p_person.zone, p_person.preferred_hour, p_person.quiet_from, p_person.quiet_to, p_person.working_days)
    end
  $$;

-- Words, delays and dates of a running plan's reminders, in order; a step without one gets it when the plan has fixed
-- dates or a later step has one. What keeps its date by itself is never moved: a step that would have to pass it is refused.
create or replace function public.follow_plan(
  p_plan public.engagement_plans, p_old jsonb, p_new jsonb, p_pace text, p_action_id text, p_action text, p_source text
) returns jsonb
  language plpgsql set search_path = ''
  as $$
  declare
    person constant public.users := public.settings_of(p_plan.telegram_id);
    item jsonb;
    old_item jsonb;
    row public.scheduled_reminders;
    after public.scheduled_reminders;
    place int := 0;
    running timestamptz;
    held_from timestamptz;
    wanted timestamptz;
    is_picked boolean;
    is_held boolean;
    anchor timestamptz := p_plan.accepted_at;
    anchor_days int := 0;
    moved jsonb := '[]';
    created int := 0;
  begin
    for item in select * from jsonb_array_elements(p_new) loop
      place := place + 1;
      select * into row from public.scheduled_reminders where plan_id = p_plan.id and step_id = place
        order by status in ('pending', 'sent') desc, id desc limit 1;
      if row.status in ('completed', 'skipped', 'cancelled') then
        anchor := coalesce(row.completed_at, row.updated_at);
        anchor_days := (item ->> 'delay_days')::int;
        continue;
      end if;
      continue when row.id is null and p_pace = 'after_previous' and not exists (select from public.scheduled_reminders
        where plan_id = p_plan.id and step_id > place and status in ('pending', 'sent'));
      select old into old_item from jsonb_array_elements(p_old) as old where old -> 'id' = item -> 'id';
      is_picked := item ->> 'pick_at' is not null;
      is_held := row.id is not null and not is_picked and (row.status = 'sent' or (row.exact and not item ? 'rows_of'));
      wanted := public.wanted_by_itself(item, coalesce(old_item, item), row, anchor,
        greatest((item ->> 'delay_days')::int - anchor_days, 0), person);
      select min(wanted_at) into held_from from public.scheduled_reminders
        where plan_id = p_plan.id and step_id > place and (status = 'sent' or (status = 'pending' and exact));
      if is_held and wanted < running then
        raise exception 'Step % stays at %, so the step before it cannot come later.', place, wanted
          using errcode = 'P0001', hint = 'STEP_IN_THE_WAY',
            detail = json_build_object('step_id', place, 'wanted_at', wanted)::text;
      elsif is_picked then
        wanted := greatest(wanted, running);
      elsif not is_held then
        if wanted < running then
          wanted := public.next_open(running + interval '15 minutes', person.zone, person.preferred_hour,
            person.quiet_from, person.quiet_to, person.working_days);
        end if;
        wanted := least(wanted, held_from);
      end if;
      if row.id is null then
        perform public.check_daily_reminders(p_plan.telegram_id, 1);
        insert into public.scheduled_reminders (lead_id, telegram_id, step_id, due_at, draft_text, plan_id, delay_days,
          title, exact, created_at)
        values (p_plan.lead_id, p_plan.telegram_id, place, wanted, item ->> 'draft_text', p_plan.id,
          (item ->> 'delay_days')::int, item ->> 'description', is_picked and coalesce((item ->> 'exact')::boolean, true),
          public.app_now()) returning * into after;
        perform public.record_event(p_action_id, p_action, 'person', p_source, null, after, null);
        created := created + 1;
      elsif is_picked or wanted <> row.wanted_at or (row.exact and item ? 'rows_of') then
        update public.scheduled_reminders
          set wanted_at = wanted, due_at = wanted, due_reason = 'plan', due_rev = due_rev + 1,
            exact = case when is_picked then coalesce((item ->> 'exact')::boolean, true) else false end,
            status = case when is_picked then 'pending' else status end, level = case when is_picked then 0 else level end,
            in_doubt = in_doubt and not is_picked
          where id = row.id returning * into after;
        perform public.record_event(p_action_id, p_action, 'person', p_source, row, after, null);
        if wanted <> row.wanted_at then
          moved := moved || jsonb_build_object('id', row.id, 'step_id', place, 'from', row.wanted_at, 'to', wanted);
        end if;
      end if;
      update public.scheduled_reminders set title = item ->> 'description', draft_text = item ->> 'draft_text',
        delay_days = (item ->> 'delay_days')::int
        where id = row.id and (title is distinct from item ->> 'description'
          or draft_text is distinct from item ->> 'draft_text' or delay_days is distinct from (item ->> 'delay_days')::int);
      running := greatest(running, wanted);
      anchor := wanted;
      anchor_days := (item ->> 'delay_days')::int;
    end loop;
    return jsonb_build_object('moved', moved, 'created', created);
  end
  $$;

-- From fixed dates to "after I finish the previous step": the first open step keeps its reminder, and so does everything
-- up to the last one that was sent or that the person gave a time; the others wait for their turn.
create or replace function public.release_later_steps(p_plan_id bigint, p_action_id text, p_action text, p_source text)
  returns void
  language plpgsql set search_path = ''
  as $$
  declare
    row public.scheduled_reminders;
    kept_until int;
  begin
    select greatest(min(step_id), max(step_id) filter (where status = 'sent' or exact or reminder_count > 0))
      into kept_until
    from public.scheduled_reminders
    where plan_id = p_plan_id and step_id is not null and status in ('pending', 'sent');
    for row in
      select * from public.scheduled_reminders
      where plan_id = p_plan_id and step_id > kept_until and status = 'pending' order by id
    loop
      perform public.release_reminder(row, p_action_id, p_action, p_source);
    end loop;
  end
  $$;

-- What Undo needs: steps, pace and what the reminders say. draft_after = as the change left it; a draft that the person
-- rewrites later is not taken back.
create or replace function public.plan_snapshot(p_plan public.engagement_plans) returns jsonb
  language sql stable set search_path = ''
  as $$
    select jsonb_build_object('lead_id', p_plan.lead_id, 'plan_id', p_plan.id, 'plan_status', p_plan.status,
      'pace', p_plan.pace, 'version', p_plan.version,
      'steps', (select jsonb_agg(to_jsonb(step) order by step.step_id) from public.outreach_steps as step
        where step.plan_id = p_plan.id),
      -- Nothing open and nothing asked for: the plan stood still, and does so again after Undo.
      'is_still', not exists (select from public.scheduled_reminders as row
          where row.plan_id = p_plan.id and row.step_id is not null and row.status in ('pending', 'sent', 'failed'))
        and not exists (select from public.outreach_steps as step
          where step.plan_id = p_plan.id and step.next_step_ready_at is not null),
      'rows', (select coalesce(jsonb_agg(jsonb_build_object('id', row.id, 'step_id', row.step_id, 'title', row.title,
          'draft_text', row.draft_text, 'delay_days', row.delay_days, 'reminder_count', row.reminder_count)), '[]')
        from public.scheduled_reminders as row
        where p_plan.status = 'active' and row.plan_id = p_plan.id and row.step_id is not null))
  $$;

-- Turns p_old (plan_state) into p_new. The answer of every RPC of the next file.
create or replace function public.change_plan(
  p_plan public.engagement_plans, p_old jsonb, p_new jsonb, p_pace text, p_step int, p_action_id text, p_action text,
  p_source text
) returns jsonb
  language plpgsql set search_path = ''
  as $$
  declare
    saved jsonb := public.plan_snapshot(p_plan);
    request constant jsonb := public.waiting_request(p_plan.id);
    open_before constant int := (select count(*) from public.scheduled_reminders
      where plan_id = p_plan.id and status in ('pending', 'sent', 'failed'));
    steps jsonb;
    freed timestamptz;
    effect jsonb := '{"moved": [], "created": 0}';
    ended int := 0;
  begin
    if p_new = p_old and p_pace = p_plan.pace then
      return public.finish_action(p_plan.telegram_id, p_action_id, effect || jsonb_build_object('plan_id', p_plan.id,
        'lead_id', p_plan.lead_id, 'version', p_plan.version, 'step_id', p_step, 'already', true, 'ended', 0,
        'delays', '[]'::jsonb));
    end if;
    if jsonb_array_length(p_new) not between 3 and 10 then
      raise exception 'A plan has 3 to 10 steps; this would make %.', jsonb_array_length(p_new)
        using errcode = 'P0001', hint = 'PLAN_SIZE';
    end if;
    perform public.keep_version(p_plan.id, p_plan.version, 'created', null);
    steps := public.write_steps(p_plan, public.monotonic_delays(p_new));
    if p_plan.status = 'active' then
      freed := public.renumber_reminders(p_plan.id, p_old, steps, p_action_id, p_action, p_source);
      if p_pace = 'after_previous' and p_plan.pace <> p_pace then
        perform public.release_later_steps(p_plan.id, p_action_id, p_action, p_source);
      end if;
      effect := public.follow_plan(p_plan, p_old, steps, p_pace, p_action_id, p_action, p_source);
      ended := open_before + (effect ->> 'created')::int - (select count(*) from public.scheduled_reminders
        where plan_id = p_plan.id and status in ('pending', 'sent', 'failed'));
    else
      update public.scheduled_reminders set step_id = null where plan_id = p_plan.id and step_id is not null;
    end if;
    update public.engagement_plans set pace = p_pace, version = version + 1 where id = p_plan.id;
    perform public.carry_request(p_plan.id, request, freed);
    perform public.keep_version(p_plan.id, p_plan.version + 1, p_action, p_action_id);
    saved := jsonb_set(saved, '{rows}', (select coalesce(jsonb_agg(item || jsonb_build_object('draft_after', (
        select row.draft_text from public.scheduled_reminders as row where row.id = (item ->> 'id')::bigint))), '[]')
      from jsonb_array_elements(saved -> 'rows') as item));
    update public.user_actions set before = saved
      where telegram_id = p_plan.telegram_id and action_id = p_action_id;
    return public.finish_action(p_plan.telegram_id, p_action_id, effect || jsonb_build_object('plan_id', p_plan.id,
      'lead_id', p_plan.lead_id, 'version', p_plan.version + 1, 'step_id', p_step, 'already', false, 'ended', ended,
      'delays', (select coalesce(jsonb_agg(jsonb_build_object('step_id', step.step_id, 'from', old -> 'delay_days',
          'to', step.delay_days) order by step.step_id), '[]')
        from public.outreach_steps as step
        join jsonb_array_elements(p_old) as old on (old ->> 'id')::bigint = step.id
        where step.plan_id = p_plan.id and (old ->> 'delay_days')::int <> step.delay_days)));
  end
  $$;

revoke all on function public.release_reminder(public.scheduled_reminders, text, text, text)
  from public, anon, authenticated;
revoke all on function public.renumber_reminders(bigint, jsonb, jsonb, text, text, text) from public, anon, authenticated;
revoke all on function public.wanted_by_itself(jsonb, jsonb, public.scheduled_reminders, timestamptz, int, public.users)
  from public, anon, authenticated;
revoke all on function public.follow_plan(public.engagement_plans, jsonb, jsonb, text, text, text, text)
  from public, anon, authenticated;
revoke all on function public.release_later_steps(bigint, text, text, text) from public, anon, authenticated;
revoke all on function public.plan_snapshot(public.engagement_plans) from public, anon, authenticated;
revoke all on function public.change_plan(public.engagement_plans, jsonb, jsonb, text, int, text, text, text)
  from public, anon, authenticated;

insert into public.schema_versions (version, name) values ('20261101001710', 'plan-changes')
  on conflict (version) do nothing;
notify pgrst, 'reload schema';
