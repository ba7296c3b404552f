-- A lead answered: everything planned for it waits until the person decides (Resume, a new plan, a status), in one
-- transaction and with one Undo. The mark stands on the lead, so that whatever moves a reminder meanwhile (a promotion, a
-- revival, new hours) meets it in hold_back (next file) again; the rows are parked far ahead, so that no claim has to look at them.

alter table public.leads add column if not exists paused_at timestamptz;

-- May this reminder not go because its lead is paused? What the person moved or made since the pause goes as asked.
create or replace function public.waits_for_lead(p_row public.scheduled_reminders, p_paused_at timestamptz) returns boolean
  language sql immutable parallel safe
  as $$
    select p_paused_at is not null and p_row.due_reason <> 'snooze'
      and (p_row.plan_id is not null or p_row.created_at <= p_paused_at)
  $$;

-- Pauses a lead whose answer is p_text, which is kept under its notes as far as it fits. Requests for a next step wait,
-- too: the action keeps them for Undo and Resume. The answer counts all reminders that wait now.
create or replace function public.pause_lead(
  p_action_id text, p_lead_id bigint, p_text text, p_source text default 'app'
) returns jsonb
  language plpgsql security definer set search_path = ''
  as $$
  declare
    notes_limit constant int := 4000;
    me constant bigint := public.require_person();
    replay constant jsonb := public.begin_action(me, p_action_id, 'pause_lead');
    said constant text := trim(coalesce(p_text, ''), E' \n\t');
    lead public.leads;
    kept_notes text;
    before public.scheduled_reminders;
    after public.scheduled_reminders;
    requests jsonb;
    waiting int := 0;
  begin
    if replay is not null then
      return replay;
    end if;
    lead := public.lock_own_lead(me, p_lead_id);
    kept_notes := case when said = '' then lead.notes else concat_ws(E'\n', nullif(lead.notes, ''),
      to_char(public.app_now() at time zone (public.settings_of(me)).zone, 'YYYY-MM-DD') || ': ' || said) end;
    perform public.keep_lead_before(me, p_action_id, lead.id,
      jsonb_build_object('paused_at', lead.paused_at, 'notes', lead.notes));
    for before in
      select * from public.scheduled_reminders
      where lead_id = lead.id and telegram_id = me and status in ('pending', 'sent') order by id for update
    loop
      waiting := waiting + 1;
      continue when lead.paused_at is not null and public.waits_for_lead(before, lead.paused_at);
      update public.scheduled_reminders
        set due_at = public.app_now() + interval '1 year', due_reason = 'parked', due_rev = due_rev + 1
        where id = before.id returning * into after;
      perform public.record_event(p_action_id, 'pause_lead', 'person', p_source, before, after, null);
    end loop;
    select jsonb_agg(jsonb_build_object('id', step.id, 'ready_at', step.next_step_ready_at)) into requests
      from public.outreach_steps as step where step.lead_id = lead.id and step.next_step_ready_at is not null;
    if requests is not null then
      update public.user_actions as action set before = action.before || jsonb_build_object('requests', requests)
        where action.telegram_id = me and action.action_id = p_action_id;
      update public.outreach_steps set next_step_ready_at = null
        where lead_id = lead.id and next_step_ready_at is not null;
    end if;
    update public.leads set notes = left(kept_notes, notes_limit), updated_at = public.app_now(),
      -- nothing waits: nothing has to be resumed either
      paused_at = case when waiting > 0 or requests is not null then public.app_now() else leads.paused_at end
      where id = lead.id returning * into lead;
    perform public.record_lead_event(me, lead.id, p_action_id, 'pause_lead', p_source, said);
    return public.finish_action(me, p_action_id, jsonb_build_object('lead', to_jsonb(lead), 'waiting', waiting,
      'notes_fit', char_length(coalesce(kept_notes, '')) <= notes_limit));
  end
  $$;

-- Ends the pause of a lead whose row is locked. Reminders come when they are wanted; what was wanted meanwhile comes in the
-- next open window, as late; what was delivered before the pause comes no earlier than four awake hours from now.
-- Returns how many reminders wait no longer.
create or replace function public.end_lead_pause(
  p_lead public.leads, p_action_id text, p_action text, p_source text
) returns int
  language plpgsql set search_path = ''
  as $$
  declare
    person constant public.users := public.settings_of(p_lead.telegram_id);
    at constant timestamptz := public.app_now();
    before public.scheduled_reminders;
    after public.scheduled_reminders;
    old_reason text;
    resumed int := 0;
  begin
    if p_lead.paused_at is null then
      return 0;
    end if;
    for before in
      select * from public.scheduled_reminders
      where lead_id = p_lead.id and telegram_id = p_lead.telegram_id and status in ('pending', 'sent')
      order by id for update
    loop
      continue when not public.waits_for_lead(before, p_lead.paused_at) or before.due_at <= greatest(before.wanted_at, at);
      select event.before ->> 'due_reason' into old_reason from public.reminder_events as event
        where event.reminder_id = before.id and event.action = 'pause_lead' order by event.id desc limit 1;
      update public.scheduled_reminders set
        due_at = case
          when reminder_count > 0 then greatest(wanted_at, public.add_awake_hours(at, 4, person.zone,
            person.preferred_hour, person.quiet_from, person.quiet_to, person.working_days))
          when wanted_at > at then wanted_at
          else public.next_open(at, person.zone, person.preferred_hour, person.quiet_from, person.quiet_to,
            person.working_days) end,
        due_reason = case when wanted_at > at or level > 0 then coalesce(old_reason, 'plan') else 'parked' end,
        due_rev = due_rev + 1
        where id = before.id returning * into after;
      perform public.record_event(p_action_id, p_action, 'person', p_source, before, after, null);
      resumed := resumed + 1;
    end loop;
    update public.outreach_steps as step set next_step_ready_at = (request ->> 'ready_at')::timestamptz
      from public.user_actions as pause, jsonb_array_elements(pause.before -> 'requests') as request
      where pause.telegram_id = p_lead.telegram_id and pause.action = 'pause_lead' and pause.undone_at is null
        and pause.before ->> 'lead_id' = p_lead.id::text and step.id = (request ->> 'id')::bigint
        and step.lead_id = p_lead.id and step.next_step_ready_at is null
        and pause.at >= coalesce((select max(earlier.at) from public.user_actions as earlier
          where earlier.telegram_id = p_lead.telegram_id and earlier.before ->> 'lead_id' = p_lead.id::text
            and earlier.action in ('resume_lead', 'accept_plan') and earlier.undone_at is null
            and earlier.action_id <> p_action_id), '-infinity')
        and exists (select from public.engagement_plans where id = step.plan_id and status = 'active')
        and not exists (select from public.scheduled_reminders as done where done.plan_id = step.plan_id
          and done.step_id = step.step_id and done.status not in ('pending', 'sent'));
    update public.leads set paused_at = null, updated_at = at where id = p_lead.id;
    perform pg_notify('nudge_due', '');
    return resumed;
  end
  $$;

-- Everything planned for the lead goes on.
create or replace function public.resume_lead(p_action_id text, p_lead_id bigint, p_source text default 'app')
  returns jsonb
  language plpgsql security definer set search_path = ''
  as $$
  declare
    me constant bigint := public.require_person();
    replay constant jsonb := public.begin_action(me, p_action_id, 'resume_lead');
    lead public.leads;
    resumed int;
  begin
    if replay is not null then
      return replay;
    end if;
    lead := public.lock_own_lead(me, p_lead_id);
    perform public.keep_lead_before(me, p_action_id, lead.id, jsonb_build_object('paused_at', lead.paused_at));
    resumed := public.end_lead_pause(lead, p_action_id, 'resume_lead', p_source);
    return public.finish_action(me, p_action_id, jsonb_build_object('lead', to_jsonb(lead) || '{"paused_at": null}',
      'already', lead.paused_at is null, 'resumed', resumed));
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
    lead public.leads;
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
    -- A new plan is the answer to the lead's answer: what else waited for it goes on.
    select * into lead from public.leads where id = plan.lead_id;
    perform public.end_lead_pause(lead, p_action_id, 'accept_plan', p_source);
    update public.outreach_steps set scheduled_at = public.app_now(), triggered_by = 'manual'
      where plan_id = plan.id and step_id = 1;
    update public.engagement_plans set status = 'active', accepted_at = public.app_now() where id = plan.id;
    update public.user_actions
      set before = coalesce(before, '{}') || jsonb_build_object(
        'plan_id', plan.id, 'lead_id', plan.lead_id, 'replaced_plan_id', replaced_plan_id,
        'paused_at', lead.paused_at)
      where telegram_id = me and action_id = p_action_id;
    return public.finish_action(me, p_action_id, jsonb_build_object('lead_id', plan.lead_id, 'plan_id', plan.id,
      'already', false, 'ended', ended, 'reminders', reminders));
  end
  $$;

create or replace function public.undo_lead_and_plans(p_me bigint, p_action public.user_actions) returns void
  language plpgsql set search_path = ''
  as $$
  declare
    old constant jsonb := coalesce(p_action.before -> 'lead', '{}');
  begin
    if p_action.action = 'set_lead_status' then
      update public.leads set status = p_action.before ->> 'lead_status', updated_at = public.app_now()
        where id = (p_action.before ->> 'lead_id')::bigint and telegram_id = p_me;
    elsif p_action.action = 'accept_plan' then
      update public.engagement_plans set status = 'draft', accepted_at = null
        where id = (p_action.before ->> 'plan_id')::bigint and telegram_id = p_me;
      update public.engagement_plans set status = 'active', ended_at = null
        where id = (p_action.before ->> 'replaced_plan_id')::bigint and telegram_id = p_me;
      update public.leads set paused_at = (p_action.before ->> 'paused_at')::timestamptz
        where id = (p_action.before ->> 'lead_id')::bigint and telegram_id = p_me
          and p_action.before ->> 'paused_at' is not null;
    elsif p_action.before ? 'steps' then
      perform public.restore_plan(p_action);
    elsif old <> '{}' then
      update public.leads set
        name = case when old ? 'name' then old ->> 'name' else name end,
        company = case when old ? 'company' then old ->> 'company' else company end,
        title = case when old ? 'title' then old ->> 'title' else title end,
        contacts = case when old ? 'contacts' then old -> 'contacts' else contacts end,
        notes = case when old ? 'notes' then old ->> 'notes' else notes end,
        zone = case when old ? 'zone' then old ->> 'zone' else zone end,
        language = case when old ? 'language' then old ->> 'language' else language end,
        status = case when old ? 'status' then old ->> 'status' else status end,
        paused_at = case when old ? 'paused_at' then (old ->> 'paused_at')::timestamptz else paused_at end,
        deleted_at = case when old ? 'deleted_at' then (old ->> 'deleted_at')::timestamptz else deleted_at end,
        updated_at = public.app_now()
        where id = (p_action.before ->> 'lead_id')::bigint and telegram_id = p_me;
    end if;
    update public.outreach_steps as step set next_step_ready_at = (request ->> 'ready_at')::timestamptz
      from jsonb_array_elements(p_action.before -> 'requests') as request
      where step.id = (request ->> 'id')::bigint and step.telegram_id = p_me and step.next_step_ready_at is null;
  end
  $$;

revoke all on function public.waits_for_lead(public.scheduled_reminders, timestamptz) from public, anon, authenticated;
revoke all on function public.pause_lead(text, bigint, text, text) from public, anon, authenticated;
revoke all on function public.end_lead_pause(public.leads, text, text, text) from public, anon, authenticated;
revoke all on function public.resume_lead(text, bigint, text) from public, anon, authenticated;
revoke all on function public.accept_plan(text, bigint, jsonb, text) from public, anon, authenticated;
revoke all on function public.undo_lead_and_plans(bigint, public.user_actions) from public, anon, authenticated;
grant execute on function public.pause_lead(text, bigint, text, text) to authenticated;
grant execute on function public.resume_lead(text, bigint, text) to authenticated;
grant execute on function public.accept_plan(text, bigint, jsonb, text) to authenticated;

insert into public.schema_versions (version, name) values ('20261101002200', 'lead-pause')
  on conflict (version) do nothing;
notify pgrst, 'reload schema';
