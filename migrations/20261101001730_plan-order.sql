-- Removing and moving steps, the pace, and the way back to an earlier version.

-- Takes a step out of the plan; its open reminder ends.
create or replace function public.remove_step(
  p_action_id text, p_plan_id bigint, p_step_id int, p_expected int default null, p_source text default 'app'
) returns jsonb
  language plpgsql security definer set search_path = ''
  as $$
  declare
    me constant bigint := public.require_person();
    replay constant jsonb := public.begin_action(me, p_action_id, 'remove_step');
    plan public.engagement_plans;
    state jsonb;
  begin
    if replay is not null then
      return replay;
    end if;
    plan := public.lock_editable_plan(me, p_plan_id, p_expected);
    state := public.plan_state(plan.id);
    return public.change_plan(plan, state, state - public.open_place(state, p_step_id), plan.pace, p_step_id, p_action_id,
      'remove_step', p_source);
  end
  $$;

-- May another step take this place? Not if a message about it went out, it is over, or the person gave it a time.
create or replace function public.is_movable(p_item jsonb) returns boolean
  language sql immutable set search_path = ''
  as $$
    select p_item ->> 'state' in ('waiting', 'pending') and not (p_item ->> 'was_sent')::boolean
      and not (p_item ->> 'picked')::boolean
  $$;

-- The words of p_words at the place of p_place: days and dates belong to places.
create or replace function public.words_at(p_words jsonb, p_place jsonb) returns jsonb
  language sql immutable set search_path = ''
  as $$
    select p_words || jsonb_build_object('delay_days', p_place -> 'delay_days', 'timing', p_place -> 'timing',
      'state', p_place -> 'state', 'rows_of', p_place -> 'id')
  $$;

-- Moves a step to the place p_to. Places keep their days and dates, the words change places, so delays and dates stay in
-- order by themselves. Places that may not be taken (is_movable) are passed over; the moved step may give up its own time.
create or replace function public.move_step(
  p_action_id text, p_plan_id bigint, p_step_id int, p_to int, p_expected int default null, p_source text default 'app'
) returns jsonb
  language plpgsql security definer set search_path = ''
  as $$
  declare
    me constant bigint := public.require_person();
    replay constant jsonb := public.begin_action(me, p_action_id, 'move_step');
    plan public.engagement_plans;
    state jsonb;
    steps jsonb;
    source int;
    target int;
    free int;
    other int;
  begin
    if replay is not null then
      return replay;
    end if;
    plan := public.lock_editable_plan(me, p_plan_id, p_expected);
    state := public.plan_state(plan.id);
    steps := state;
    source := public.open_place(state, p_step_id);
    target := p_to - 1;
    if p_to is null or target not between 0 and jsonb_array_length(state) - 1 then
      raise exception 'This plan has no place %.', p_to using errcode = 'P0001', hint = 'STEP_NOT_FOUND';
    end if;
    if not public.is_movable((state -> source) || '{"picked": false}')
      or (target <> source and not public.is_movable(state -> target)) then
      raise exception 'Step % cannot move to place %: what was sent, is over or has a time of its own keeps its place.',
        p_step_id, p_to using errcode = 'P0001', hint = 'STEP_FIXED';
    end if;
    free := source;
    other := source;
    while other <> target loop
      other := other + sign(target - source)::int;
      if public.is_movable(state -> other) then
        steps := jsonb_set(steps, array[free::text], public.words_at(state -> other, state -> free));
        free := other;
      end if;
    end loop;
    if target <> source then
      steps := jsonb_set(steps, array[target::text], public.words_at(state -> source, state -> target));
    end if;
    return public.change_plan(plan, state, steps, plan.pace, p_to, p_action_id, 'move_step', p_source);
  end
  $$;

create or replace function public.set_plan_pace(
  p_action_id text, p_plan_id bigint, p_pace text, p_expected int default null, p_source text default 'app'
) returns jsonb
  language plpgsql security definer set search_path = ''
  as $$
  declare
    me constant bigint := public.require_person();
    replay constant jsonb := public.begin_action(me, p_action_id, 'set_plan_pace');
    plan public.engagement_plans;
    state jsonb;
  begin
    if replay is not null then
      return replay;
    end if;
    if p_pace is null or p_pace not in ('fixed_dates', 'after_previous') then
      raise exception 'A plan''s pace is fixed_dates or after_previous, not "%".', left(p_pace, 50)
        using errcode = 'P0001', hint = 'STEP_INVALID';
    end if;
    plan := public.lock_editable_plan(me, p_plan_id, p_expected);
    state := public.plan_state(plan.id);
    return public.change_plan(plan, state, state, p_pace, null, p_action_id, 'set_plan_pace', p_source);
  end
  $$;

-- The steps a revert leads to. What happened stays and comes first; everything else becomes as it was in that version. In
-- a plan paced "after I finish the previous step" the reminder that nobody has seen yet stays at the head of the rest.
create or replace function public.reverted_steps(p_plan public.engagement_plans, p_state jsonb, p_version jsonb)
  returns jsonb
  language sql stable set search_path = ''
  as $$
    with rest as (
      select row_number() over (order by position) as place, kept || jsonb_build_object(
        'state', coalesce(now ->> 'state', 'waiting'), 'picked', coalesce(now -> 'picked', 'false'),
        'was_sent', coalesce(now -> 'was_sent', 'false'),
        'draft_text', case when now is not null and now -> 'suggested_text' = kept -> 'suggested_text'
          then now -> 'draft_text' else kept -> 'suggested_text' end) as item
      from jsonb_array_elements(p_version) with ordinality as old (kept, position)
      left join jsonb_array_elements(p_state) as now on now -> 'id' = kept -> 'id'
      where not coalesce(public.is_history(now), false)
    ), unseen as (
      select row_number() over (order by position) as place, item -> 'id' as id
      from jsonb_array_elements(p_state) with ordinality as entry (item, position)
      where item ->> 'state' = 'pending' and not (item ->> 'was_sent')::boolean
    ), steps as (
      select 0 as part, position as place, item
      from jsonb_array_elements(p_state) with ordinality as entry (item, position) where public.is_history(item)
      union all
      select 1, rest.place, rest.item || case
        when p_plan.status = 'active' and p_plan.pace = 'after_previous' and not (rest.item ->> 'was_sent')::boolean
          and unseen.id is distinct from rest.item -> 'id'
        then jsonb_build_object('rows_of', coalesce(unseen.id, '0')) else '{}' end
      from rest left join unseen on unseen.place = rest.place
    )
    select jsonb_agg(item order by part, place) from steps
  $$;

-- Back to an earlier version, as a new one; the pace too.
create or replace function public.revert_plan(
  p_action_id text, p_plan_id bigint, p_version int, p_expected int default null, p_source text default 'app'
) returns jsonb
  language plpgsql security definer set search_path = ''
  as $$
  declare
    me constant bigint := public.require_person();
    replay constant jsonb := public.begin_action(me, p_action_id, 'revert_plan');
    plan public.engagement_plans;
    version public.plan_versions;
    state jsonb;
  begin
    if replay is not null then
      return replay;
    end if;
    plan := public.lock_editable_plan(me, p_plan_id, p_expected);
    state := public.plan_state(plan.id);
    select * into version from public.plan_versions as kept where kept.plan_id = plan.id and kept.version = p_version;
    if not found then
      raise exception 'This plan has no version %.', p_version using errcode = 'P0001', hint = 'VERSION_NOT_FOUND';
    end if;
    return public.change_plan(plan, state, case when version.version = plan.version then state
      else public.reverted_steps(plan, state, version.steps) end, version.pace, null, p_action_id, 'revert_plan', p_source);
  end
  $$;

revoke all on function public.is_movable(jsonb) from public, anon, authenticated;
revoke all on function public.words_at(jsonb, jsonb) from public, anon, authenticated;
revoke all on function public.remove_step(text, bigint, int, int, text) from public, anon, authenticated;
revoke all on function public.move_step(text, bigint, int, int, int, text) from public, anon, authenticated;
revoke all on function public.set_plan_pace(text, bigint, text, int, text) from public, anon, authenticated;
revoke all on function public.reverted_steps(public.engagement_plans, jsonb, jsonb) from public, anon, authenticated;
revoke all on function public.revert_plan(text, bigint, int, int, text) from public, anon, authenticated;
grant execute on function public.remove_step(text, bigint, int, int, text) to authenticated;
grant execute on function public.move_step(text, bigint, int, int, int, text) to authenticated;
grant execute on function public.set_plan_pace(text, bigint, text, int, text) to authenticated;
grant execute on function public.revert_plan(text, bigint, int, int, text) to authenticated;

insert into public.schema_versions (version, name) values ('20261101001730', 'plan-order')
  on conflict (version) do nothing;
notify pgrst, 'reload schema';
