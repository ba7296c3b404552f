-- What a person does with leads and plans. A plan is proposed (draft), then accepted or discarded. Accepting is
-- also re-planning: the lead's open step reminders end and the new ones begin in one transaction, or nothing
-- changes.

-- Writes a draft plan and its steps: {"source", "situation", "language", "pace", "prompt_version", "steps": [...]}
-- in the shapes of shared/schemas/plan.ts; 3 to 10 steps.
create or replace function public.write_plan(p_me bigint, p_lead_id bigint, p_plan jsonb) returns bigint
  language plpgsql set search_path = ''
  as $$
  declare
    new_plan_id bigint;
    steps constant jsonb := p_plan -> 'steps';
  begin
    if jsonb_typeof(steps) is distinct from 'array' or jsonb_array_length(steps) not between 3 and 10 then
      raise exception 'A plan has 3 to 10 steps.' using errcode = 'P0001', hint = 'PLAN_SIZE';
    end if;
    perform public.one_at_a_time(p_me);
    if (select count(*) from public.engagement_plans
        where telegram_id = p_me and created_at > public.app_now() - interval '24 hours') >= 20 then
      raise exception 'That would be more than 20 new plans in a day. Try again tomorrow.'
        using errcode = 'P0001', hint = 'PLAN_LIMIT';
    end if;
    insert into public.engagement_plans
      (lead_id, telegram_id, source, situation, language, pace, prompt_version, created_at)
    values (p_lead_id, p_me, coalesce(p_plan ->> 'source', 'template'), p_plan ->> 'situation',
      coalesce(p_plan ->> 'language', 'en'), coalesce(p_plan ->> 'pace', 'fixed_dates'), p_plan ->> 'prompt_version',
      public.app_now())
    returning id into new_plan_id;
    insert into public.outreach_steps
      (plan_id, lead_id, telegram_id, step_id, action_type, description, suggested_text, timing, delay_days, created_at)
    select new_plan_id, p_lead_id, p_me, position, step ->> 'action_type', step ->> 'description',
      step ->> 'suggested_text', step ->> 'timing', (step ->> 'delay_days')::int, public.app_now()
    from jsonb_array_elements(steps) with ordinality as item (step, position);
    return new_plan_id;
  end
  $$;

-- Stores a lead and, if one is given, its first draft plan.
create or replace function public.create_lead(
  p_action_id text, p_lead jsonb, p_plan jsonb default null, p_source text default 'app'
) returns jsonb
  language plpgsql security definer set search_path = ''
  as $$
  declare
    me constant bigint := public.require_person();
    replay constant jsonb := public.begin_action(me, p_action_id, 'create_lead');
    new_lead_id bigint;
    new_plan_id bigint;
  begin
    if replay is not null then
      return replay;
    end if;
    if char_length(trim(coalesce(p_lead ->> 'name', ''))) = 0 then
      raise exception 'A lead needs a name.' using errcode = 'P0001', hint = 'LEAD_NAME_MISSING';
    end if;
    perform public.one_at_a_time(me);
    if (select count(*) from public.leads where telegram_id = me and deleted_at is null) >= 500 then
      raise exception 'You have 500 leads, the most there can be. Delete some first.'
        using errcode = 'P0001', hint = 'LEAD_LIMIT';
    end if;
    insert into public.leads (telegram_id, name, company, title, contacts, notes, zone, language, created_at, updated_at)
    values (me, trim(p_lead ->> 'name'), p_lead ->> 'company', p_lead ->> 'title', coalesce(p_lead -> 'contacts', '{}'),
      p_lead ->> 'notes', p_lead ->> 'zone', p_lead ->> 'language', public.app_now(), public.app_now())
    returning id into new_lead_id;
    if p_plan is not null and jsonb_typeof(p_plan) <> 'null' then
      new_plan_id := public.write_plan(me, new_lead_id, p_plan);
    end if;
    return public.finish_action(me, p_action_id, jsonb_build_object('lead_id', new_lead_id, 'plan_id', new_plan_id));
  end
  $$;

create or replace function public.propose_plan(p_action_id text, p_lead_id bigint, p_plan jsonb) returns jsonb
  language plpgsql security definer set search_path = ''
  as $$
  declare
    me constant bigint := public.require_person();
    replay constant jsonb := public.begin_action(me, p_action_id, 'propose_plan');
  begin
    if replay is not null then
      return replay;
    end if;
    perform public.lock_own_lead(me, p_lead_id);
    return public.finish_action(me, p_action_id,
      jsonb_build_object('lead_id', p_lead_id, 'plan_id', public.write_plan(me, p_lead_id, p_plan)));
  end
  $$;

-- Locks the plan's lead, then gives the plan.
create or replace function public.lock_own_plan(p_me bigint, p_plan_id bigint) returns public.engagement_plans
  language plpgsql set search_path = ''
  as $$
  declare
    plan public.engagement_plans;
  begin
    perform public.lock_own_lead(p_me, lead_id) from public.engagement_plans
      where id = p_plan_id and telegram_id = p_me;
    select * into plan from public.engagement_plans where id = p_plan_id and telegram_id = p_me for update;
    if not found then
      raise exception 'There is no plan % of yours.', p_plan_id using errcode = 'P0001', hint = 'PLAN_NOT_FOUND';
    end if;
    return plan;
  end
  $$;

-- Cancels open reminders of a lead and records each; p_only_steps leaves free reminders alone. Requests for a next step
-- end too; the action keeps them, because a plan paced "after I finish the previous step" lives on nothing else when
-- Undo brings it back.
create or replace function public.cancel_open_reminders(
  p_lead_id bigint, p_telegram_id bigint, p_only_steps boolean, p_action_id text, p_action text, p_source text
) returns int
  language plpgsql set search_path = ''
  as $$
  declare
    before public.scheduled_reminders;
    after public.scheduled_reminders;
    ended int := 0;
  begin
    for before in
      select * from public.scheduled_reminders
      where lead_id = p_lead_id and telegram_id = p_telegram_id and status in ('pending', 'sent')
        and (step_id is not null or not p_only_steps)
      order by id for update
    loop
      update public.scheduled_reminders set status = 'cancelled', in_doubt = false, due_rev = due_rev + 1
        where id = before.id returning * into after;
      perform public.record_event(p_action_id, p_action, 'person', p_source, before, after, null);
      ended := ended + 1;
    end loop;
    update public.user_actions as action
      set before = coalesce(action.before, '{}') || jsonb_build_object('requests', (
        select coalesce(jsonb_agg(jsonb_build_object('id', step.id, 'ready_at', step.next_step_ready_at)), '[]')
        from public.outreach_steps as step where step.lead_id = p_lead_id and step.next_step_ready_at is not null))
      where action.telegram_id = p_telegram_id and action.action_id = p_action_id;
    update public.outreach_steps set next_step_ready_at = null
      where lead_id = p_lead_id and next_step_ready_at is not null;
    return ended;
  end
  $$;

-- The dates come from the one planner (shared/rules/plan-schedule.ts), which also drew the preview:
-- [{"step_id": 1, "wanted_at": "..."}]. Checked here: every step named (for "after I finish the previous step"
-- only the first), in order, not in the past.
create or replace function public.accept_plan(
  p_action_id text, p_plan_id bigint, p_schedule jsonb, p_source text default 'app'
) returns jsonb
  language plpgsql security definer set search_path = ''
  as $$
  declare
    me constant bigint := public.require_person();
    replay constant jsonb := public.begin_action(me, p_action_id, 'accept_plan');
    plan public.engagement_plans;
    replaced_plan_id bigint;
    ended int;
    step record;
    created public.scheduled_reminders;
    running timestamptz := public.app_now() - interval '5 minutes';
    reminders jsonb := '[]'::jsonb;
  begin
    if replay is not null then
      return replay;
    end if;
    plan := public.lock_own_plan(me, p_plan_id);
    if plan.status = 'active' then
      return public.finish_action(me, p_action_id,
        jsonb_build_object('lead_id', plan.lead_id, 'plan_id', plan.id, 'already', true, 'reminders', '[]'::jsonb));
    end if;
    if plan.status <> 'draft' then
      raise exception 'This plan was %; make a new one.', plan.status using errcode = 'P0001', hint = 'PLAN_ENDED',
        detail = json_build_object('status', plan.status)::text;
    end if;
    if exists (select from public.leads where id = plan.lead_id and status in ('closed_won', 'closed_lost')) then
      raise exception 'This lead is closed. Open it again before you start a plan.'
        using errcode = 'P0001', hint = 'LEAD_CLOSED';
    end if;
    perform public.check_daily_reminders(me, (select count(*)::int from public.outreach_steps where plan_id = plan.id));
    ended := public.cancel_open_reminders(plan.lead_id, me, true, p_action_id, 'replan', p_source);
    update public.engagement_plans set status = 'replaced', ended_at = public.app_now()
      where lead_id = plan.lead_id and status = 'active' returning id into replaced_plan_id;
    for step in
      select steps.*, (item.entry ->> 'wanted_at')::timestamptz as wanted_at
      from public.outreach_steps as steps
      left join jsonb_array_elements(p_schedule) as item (entry) on (item.entry ->> 'step_id')::int = steps.step_id
      where steps.plan_id = plan.id order by steps.step_id
    loop
      exit when plan.pace = 'after_previous' and jsonb_array_length(reminders) = 1;
      if step.wanted_at is null then
        raise exception 'Step % has no date.', step.step_id using errcode = 'P0001', hint = 'SCHEDULE_INCOMPLETE';
      end if;
      if step.wanted_at < running or step.wanted_at > public.app_now() + interval '3 years' then
        raise exception 'Step % would come at %, before the step in front of it, in the past or years ahead.',
          step.step_id, step.wanted_at using errcode = 'P0001', hint = 'STEPS_OUT_OF_ORDER';
      end if;
      running := step.wanted_at;
      insert into public.scheduled_reminders
        (lead_id, telegram_id, step_id, due_at, draft_text, plan_id, delay_days, title, created_at)
      values (plan.lead_id, me, step.step_id, step.wanted_at, step.suggested_text, plan.id, step.delay_days,
        step.description, public.app_now())
      returning * into created;
      perform public.record_event(p_action_id, 'accept_plan', 'person', p_source, null, created, null);
      reminders := reminders
        || jsonb_build_object('id', created.id, 'step_id', created.step_id, 'wanted_at', created.wanted_at);
    end loop;
    update public.outreach_steps set scheduled_at = public.app_now(), triggered_by = 'manual'
      where plan_id = plan.id and step_id = 1;
    update public.engagement_plans set status = 'active', accepted_at = public.app_now() where id = plan.id;
    update public.user_actions
      set before = coalesce(before, '{}') || jsonb_build_object(
        'plan_id', plan.id, 'lead_id', plan.lead_id, 'replaced_plan_id', replaced_plan_id)
      where telegram_id = me and action_id = p_action_id;
    return public.finish_action(me, p_action_id, jsonb_build_object('lead_id', plan.lead_id, 'plan_id', plan.id,
      'already', false, 'ended', ended, 'reminders', reminders));
  end
  $$;

create or replace function public.discard_plan(p_action_id text, p_plan_id bigint) returns jsonb
  language plpgsql security definer set search_path = ''
  as $$
  declare
    me constant bigint := public.require_person();
    replay constant jsonb := public.begin_action(me, p_action_id, 'discard_plan');
    plan public.engagement_plans;
  begin
    if replay is not null then
      return replay;
    end if;
    plan := public.lock_own_plan(me, p_plan_id);
    if plan.status = 'active' then
      raise exception 'This plan is running. Cancel its steps or make a new plan instead.'
        using errcode = 'P0001', hint = 'PLAN_RUNNING';
    end if;
    update public.engagement_plans set status = 'discarded', ended_at = public.app_now()
      where id = plan.id and status = 'draft';
    return public.finish_action(me, p_action_id,
      jsonb_build_object('lead_id', plan.lead_id, 'plan_id', plan.id, 'already', plan.status <> 'draft'));
  end
  $$;

-- A lead's status. Closing it ends its open reminders, free ones too.
create or replace function public.set_lead_status(
  p_action_id text, p_lead_id bigint, p_status text, p_source text default 'app'
) returns jsonb
  language plpgsql security definer set search_path = ''
  as $$
  declare
    me constant bigint := public.require_person();
    replay constant jsonb := public.begin_action(me, p_action_id, 'set_lead_status');
    lead public.leads;
    ended int := 0;
  begin
    if replay is not null then
      return replay;
    end if;
    lead := public.lock_own_lead(me, p_lead_id);
    update public.leads set status = p_status, updated_at = public.app_now() where id = lead.id;
    if p_status in ('closed_won', 'closed_lost') then
      ended := public.cancel_open_reminders(lead.id, me, false, p_action_id, 'close_lead', p_source);
    end if;
    update public.user_actions
      set before = coalesce(before, '{}') || jsonb_build_object('lead_id', lead.id, 'lead_status', lead.status)
      where telegram_id = me and action_id = p_action_id;
    return public.finish_action(me, p_action_id,
      jsonb_build_object('lead_id', lead.id, 'status', p_status, 'from', lead.status, 'ended', ended));
  end
  $$;

revoke all on function public.write_plan(bigint, bigint, jsonb) from public, anon, authenticated;
revoke all on function public.lock_own_plan(bigint, bigint) from public, anon, authenticated;
revoke all on function public.cancel_open_reminders(bigint, bigint, boolean, text, text, text) from public, anon, authenticated;
revoke all on function public.create_lead(text, jsonb, jsonb, text) from public, anon, authenticated;
revoke all on function public.propose_plan(text, bigint, jsonb) from public, anon, authenticated;
revoke all on function public.accept_plan(text, bigint, jsonb, text) from public, anon, authenticated;
revoke all on function public.discard_plan(text, bigint) from public, anon, authenticated;
revoke all on function public.set_lead_status(text, bigint, text, text) from public, anon, authenticated;
grant execute on function public.create_lead(text, jsonb, jsonb, text) to authenticated;
grant execute on function public.propose_plan(text, bigint, jsonb) to authenticated;
grant execute on function public.accept_plan(text, bigint, jsonb, text) to authenticated;
grant execute on function public.discard_plan(text, bigint) to authenticated;
grant execute on function public.set_lead_status(text, bigint, text, text) to authenticated;

insert into public.schema_versions (version, name) values ('20261101001000', 'lead-and-plan-actions')
  on conflict (version) do nothing;
notify pgrst, 'reload schema';
