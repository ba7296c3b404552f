-- Changing and adding a step, in a draft and in a running plan; the other changes are in the next file. p_expected = the version the person was looking at; when the plan is another one by now, nothing
-- happens, because step 4 may be another step.

-- Locks lead, plan and reminders, and refuses what cannot be changed any more.
create or replace function public.lock_editable_plan(p_me bigint, p_plan_id bigint, p_expected int)
  returns public.engagement_plans
  language plpgsql set search_path = ''
  as $$
  declare
    plan constant public.engagement_plans := public.lock_own_plan(p_me, p_plan_id);
  begin
    if plan.status not in ('draft', 'active') then
      raise exception 'This plan was %; make a new one.', plan.status using errcode = 'P0001', hint = 'PLAN_ENDED',
        detail = json_build_object('status', plan.status)::text;
    end if;
    if exists (select from public.leads where id = plan.lead_id and status in ('closed_won', 'closed_lost')) then
      raise exception 'This lead is closed. Open it again before you change its plan.'
        using errcode = 'P0001', hint = 'LEAD_CLOSED';
    end if;
    if p_expected <> plan.version then
      raise exception 'The plan was changed meanwhile: it is at version %, not %.', plan.version, p_expected
        using errcode = 'P0001', hint = 'PLAN_CHANGED', detail = json_build_object('version', plan.version)::text;
    end if;
    perform from public.scheduled_reminders where plan_id = plan.id order by id for update;
    return plan;
  end
  $$;

-- The place of a step that can still be changed, from 0; a refusal otherwise.
create or replace function public.open_place(p_state jsonb, p_step_id int) returns int
  language plpgsql immutable set search_path = ''
  as $$
  declare
    place int;
    state text;
  begin
    select (position - 1)::int, item ->> 'state' into place, state
    from jsonb_array_elements(p_state) with ordinality as entry (item, position) where (item ->> 'step_id')::int = p_step_id;
    if place is null then
      raise exception 'This plan has no step %.', p_step_id using errcode = 'P0001', hint = 'STEP_NOT_FOUND';
    end if;
    if state in ('completed', 'skipped', 'cancelled') then
      raise exception 'Step % is already %.', p_step_id, state using errcode = 'P0001', hint = 'STEP_CLOSED',
        detail = json_build_object('step_id', p_step_id, 'status', state)::text;
    end if;
    return place;
  end
  $$;

-- A step with the changed words and days put in: {"action_type", "description", "suggested_text", "delay_days",
-- "wanted_at", "exact"}; absent keys stay. The limits of shared/schemas/plan.ts.
create or replace function public.changed_step(p_item jsonb, p_change jsonb) returns jsonb
  language plpgsql stable set search_path = ''
  as $$
  declare
    item jsonb := p_item;
    wrong text;
  begin
    if jsonb_typeof(p_change) is distinct from 'object' then
      raise exception 'A change of a step is an object.' using errcode = 'P0001', hint = 'STEP_INVALID';
    end if;
    select key into wrong from jsonb_object_keys(p_change) as key
      where key not in ('action_type', 'description', 'suggested_text', 'delay_days', 'wanted_at', 'exact') limit 1;
    if p_change ? 'description' then
      item := item || jsonb_build_object('description', trim(coalesce(p_change ->> 'description', '')));
    end if;
    if p_change ? 'suggested_text' then
      item := item || jsonb_build_object('suggested_text', nullif(trim(p_change ->> 'suggested_text'), ''),
        'draft_text', nullif(trim(p_change ->> 'suggested_text'), ''));
    end if;
    if p_change ? 'action_type' then
      item := item || jsonb_build_object('action_type', p_change -> 'action_type');
    end if;
    if p_change ? 'delay_days' and item -> 'delay_days' is distinct from p_change -> 'delay_days' then
      item := item || jsonb_build_object('delay_days', p_change -> 'delay_days', 'timing', '');
    end if;
    wrong := case
      when wrong is not null then 'there is nothing called ' || wrong
      when coalesce(item ->> 'action_type', '') not in ('linkedin_like', 'linkedin_comment', 'linkedin_connect',
        'linkedin_dm', 'email_outreach', 'call', 'mutual_intro', 'followup_message', 'meeting_request', 'other')
        then 'its channel is unknown'
      when char_length(coalesce(item ->> 'description', '')) not between 1 and 1000 then 'it needs a text of 1 to 1000 characters'
      when char_length(item ->> 'suggested_text') > 4000 then 'its draft has more than 4000 characters'
      when coalesce(item ->> 'delay_days', '') !~ '^[0-9]{1,3}$' or (item ->> 'delay_days')::int > 365
        then 'its day is a whole number from 0 to 365' end;
    if wrong is not null then
      raise exception 'The step cannot be changed so: %.', left(wrong, 200) using errcode = 'P0001', hint = 'STEP_INVALID';
    end if;
    if item ->> 'action_type' = 'linkedin_connect' and char_length(item ->> 'suggested_text') >= 200 then
      raise exception 'A LinkedIn invitation must be under 200 characters; this draft has %.',
        char_length(item ->> 'suggested_text') using errcode = 'P0001', hint = 'INVITATION_TOO_LONG',
          detail = json_build_object('length', char_length(item ->> 'suggested_text'))::text;
    end if;
    return item;
  end
  $$;

-- A picked instant. A running plan's reminder gets it; the delay follows by as many days as the date moved. A draft has
-- days only: the instant's day, counted from today.
create or replace function public.picked_instant(p_plan public.engagement_plans, p_item jsonb, p_change jsonb)
  returns jsonb
  language plpgsql stable set search_path = ''
  as $$
  declare
    at timestamptz;
    zone constant text := (public.settings_of(p_plan.telegram_id)).zone;
    base constant timestamptz := coalesce((p_item ->> 'wanted_at')::timestamptz, public.app_now());
    days int;
  begin
    if p_change ->> 'wanted_at' is null then
      return p_item;
    end if;
    begin
      at := (p_change ->> 'wanted_at')::timestamptz;
    exception when others then
      raise exception 'A step can not be set to "%".', left(p_change ->> 'wanted_at', 50)
        using errcode = 'P0001', hint = 'INSTANT_OUT_OF_RANGE';
    end;
    if p_plan.status = 'active' and p_plan.pace = 'after_previous' and p_item ->> 'state' = 'waiting' then
      raise exception 'This step has no date yet: it comes after the one before it is done.'
        using errcode = 'P0001', hint = 'STEP_WITHOUT_DATE';
    end if;
    if at <= public.app_now() or at > public.app_now() + interval '3 years'
      or (p_plan.status = 'draft' and at > public.app_now() + interval '365 days') then
      raise exception 'A step can come between now and three years ahead (in a draft one year), not at %.', at
        using errcode = 'P0001', hint = 'INSTANT_OUT_OF_RANGE';
    end if;
    days := (at at time zone zone)::date - (base at time zone zone)::date
      + case when p_plan.status = 'active' then (p_item ->> 'delay_days')::int else 0 end;
    return p_item
      || jsonb_build_object('delay_days', least(greatest(days, 0), 365), 'timing', '')
      || case when p_plan.status = 'active'
        then jsonb_build_object('pick_at', at, 'exact', coalesce((p_change ->> 'exact')::boolean, true)) else '{}' end;
  end
  $$;

create or replace function public.edit_step(
  p_action_id text, p_plan_id bigint, p_step_id int, p_change jsonb, p_expected int default null,
  p_source text default 'app'
) returns jsonb
  language plpgsql security definer set search_path = ''
  as $$
  declare
    me constant bigint := public.require_person();
    replay constant jsonb := public.begin_action(me, p_action_id, 'edit_step');
    plan public.engagement_plans;
    state jsonb;
    place int;
    item jsonb;
  begin
    if replay is not null then
      return replay;
    end if;
    plan := public.lock_editable_plan(me, p_plan_id, p_expected);
    state := public.plan_state(plan.id);
    place := public.open_place(state, p_step_id);
    item := public.picked_instant(plan, public.changed_step(state -> place, p_change), p_change);
    -- The person moves it, so it is not history, even if it was sent.
    if item ? 'pick_at' then
      item := item || '{"state": "pending"}';
    end if;
    return public.change_plan(plan, state, jsonb_set(state, array[place::text], item), plan.pace, p_step_id, p_action_id,
      'edit_step', p_source);
  end
  $$;

-- A new step behind step p_after (0 = first). What happened stays in front. Without a day it comes three days after the
-- step before it, but not after the next one.
create or replace function public.add_step(
  p_action_id text, p_plan_id bigint, p_after int, p_step jsonb, p_expected int default null, p_source text default 'app'
) returns jsonb
  language plpgsql security definer set search_path = ''
  as $$
  declare
    me constant bigint := public.require_person();
    replay constant jsonb := public.begin_action(me, p_action_id, 'add_step');
    plan public.engagement_plans;
    state jsonb;
    before jsonb := '{}';
    item jsonb;
  begin
    if replay is not null then
      return replay;
    end if;
    plan := public.lock_editable_plan(me, p_plan_id, p_expected);
    state := public.plan_state(plan.id);
    if p_after is null or p_after not between 0 and jsonb_array_length(state) then
      raise exception 'This plan has no step %.', p_after using errcode = 'P0001', hint = 'STEP_NOT_FOUND';
    end if;
    if p_after < (select max(position) from jsonb_array_elements(state) with ordinality as entry (old, position)
        where public.is_history(old)) then
      raise exception 'A new step cannot come before one that was sent, done, skipped or cancelled.'
        using errcode = 'P0001', hint = 'STEP_FIXED';
    end if;
    if p_after > 0 then
      before := state -> (p_after - 1);
    end if;
    item := public.changed_step(jsonb_build_object('id', null, 'state', 'waiting', 'action_type', 'other', 'timing', '',
      'suggested_text', null, 'draft_text', null, 'delay_days', least(
        coalesce((before ->> 'delay_days')::int + 3, 0), (state -> p_after ->> 'delay_days')::int, 365)), p_step);
    if p_step ->> 'wanted_at' is not null then
      -- Days count from the step in front, wherever the plan has moved since it began.
      item := public.picked_instant(plan, item || jsonb_build_object(
        'delay_days', coalesce(before -> 'delay_days', '0'),
        'wanted_at', coalesce(before ->> 'wanted_at', plan.accepted_at::text)), p_step);
    end if;
    return public.change_plan(plan, state, jsonb_insert(state, array[p_after::text], item), plan.pace, p_after + 1,
      p_action_id, 'add_step', p_source);
  end
  $$;

revoke all on function public.lock_editable_plan(bigint, bigint, int) from public, anon, authenticated;
revoke all on function public.open_place(jsonb, int) from public, anon, authenticated;
revoke all on function public.changed_step(jsonb, jsonb) from public, anon, authenticated;
revoke all on function public.picked_instant(public.engagement_plans, jsonb, jsonb) from public, anon, authenticated;
revoke all on function public.edit_step(text, bigint, int, jsonb, int, text) from public, anon, authenticated;
revoke all on function public.add_step(text, bigint, int, jsonb, int, text) from public, anon, authenticated;
grant execute on function public.edit_step(text, bigint, int, jsonb, int, text) to authenticated;
grant execute on function public.add_step(text, bigint, int, jsonb, int, text) to authenticated;

insert into public.schema_versions (version, name) values ('20261101001720', 'plan-editing')
  on conflict (version) do nothing;
notify pgrst, 'reload schema';
