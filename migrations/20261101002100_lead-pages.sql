-- What the mini-app's lead pages show, each in one read: the list of leads with the progress of their plans, and one
-- lead with everything about it. SECURITY DEFINER, because what a person did with a lead stands in user_actions, which
-- no client may read; every part asks for the caller's own rows by require_person().

-- All leads of the person with their plan's progress and next reminder, those in the bin too.
-- "marks" has one letter a step of the running plan: d done, s skipped, o open, c cancelled, f failed, w not begun.
-- Every part is small and one person's, but the planner takes each for one row and would compare all with all.
create or replace function public.my_leads() returns jsonb
  language plpgsql stable security definer set search_path = '' set enable_nestloop = off
  as $$
  declare
    me constant bigint := public.require_person();
    board jsonb;
  begin
    with plans as (
      select distinct on (plan.lead_id) plan.id, plan.lead_id, plan.status
      from public.engagement_plans as plan
      where plan.telegram_id = me and plan.status in ('active', 'draft')
      order by plan.lead_id, plan.status = 'active' desc, plan.id desc
    ),
    -- what became of each step: its live row, else its newest
    outcomes as (
      select distinct on (reminder.plan_id, reminder.step_id) reminder.plan_id, reminder.step_id, reminder.status
      from public.scheduled_reminders as reminder join plans on plans.id = reminder.plan_id
      where reminder.telegram_id = me and reminder.step_id is not null
      order by reminder.plan_id, reminder.step_id, reminder.status in ('pending', 'sent') desc, reminder.id desc
    ),
    progress as (
      select step.plan_id, string_agg(case
          when outcomes.status = 'completed' then 'd' when outcomes.status = 'skipped' then 's'
          when outcomes.status in ('pending', 'sent') then 'o' when outcomes.status = 'cancelled' then 'c'
          when outcomes.status = 'failed' then 'f' else 'w' end, '' order by step.step_id) as marks
      from public.outreach_steps as step
      join plans on plans.id = step.plan_id and plans.status = 'active'
      left join outcomes on outcomes.plan_id = step.plan_id and outcomes.step_id = step.step_id
      where step.telegram_id = me
      group by step.plan_id
    ),
    upcoming as (
      select distinct on (reminder.lead_id) reminder.lead_id, reminder.id, reminder.wanted_at, reminder.title,
        reminder.plan_id, reminder.step_id
      from public.scheduled_reminders as reminder
      join public.leads as lead on lead.id = reminder.lead_id
      where reminder.telegram_id = me and reminder.status in ('pending', 'sent')
        -- what waits because its lead answered comes some day, but is neither next nor late
        and (lead.paused_at is null or not public.waits_for_lead(reminder, lead.paused_at))
      order by reminder.lead_id, reminder.wanted_at, reminder.step_id, reminder.id
    )
    select jsonb_agg(jsonb_build_object('id', lead.id, 'name', lead.name, 'company', lead.company, 'title', lead.title,
        'contacts', lead.contacts, 'notes', lead.notes, 'status', lead.status, 'deleted_at', lead.deleted_at,
        'created_at', lead.created_at, 'updated_at', lead.updated_at, 'paused_at', lead.paused_at,
        'draft_plan_id', case when plans.status = 'draft' then plans.id end, 'marks', coalesce(progress.marks, ''),
        'next', case when upcoming.id is not null then jsonb_build_object('id', upcoming.id,
          'wanted_at', upcoming.wanted_at, 'title', upcoming.title) end) order by lead.id)
      into board
    from public.leads as lead
    left join plans on plans.lead_id = lead.id
    left join progress on progress.plan_id = plans.id
    left join upcoming on upcoming.lead_id = lead.id
    where lead.telegram_id = me;
    return coalesce(board, '[]');
  end
  $$;

-- What happened with a lead, newest first: the person's actions, the cadence's and what was delivered.
create or replace function public.lead_activity(p_me bigint, p_lead_id bigint, p_limit int) returns jsonb
  language sql stable set search_path = ''
  as $$
    with mine as (
      select id, title, step_id from public.scheduled_reminders where telegram_id = p_me and lead_id = p_lead_id
    ),
    deeds as (
      select action.action_id, action.action, action.at, action.undone_at is not null as undone,
        action.result ->> 'status' as status, (action.result ->> 'ended')::int as ended
      from public.user_actions as action
      where action.telegram_id = p_me and coalesce(action.before ->> 'lead_id', action.result ->> 'lead_id') = p_lead_id::text
        and action.result is not null
    ),
    -- One action may have touched many reminders: it is one line.
    moves as (
      select coalesce(event.action_id, 'event-' || event.id) as key, event.action, min(event.at) as at, event.actor,
        count(*) as reminders, min(mine.title) as title, min(mine.step_id) as step_id,
        max(event.after ->> 'wanted_at') as wanted_at, max(event.note) as note
      from public.reminder_events as event join mine on mine.id = event.reminder_id
      -- an undone action is marked as such; it needs no line for the Undo
      where event.telegram_id = p_me and event.action <> 'undo'
        and not exists (select from deeds where deeds.action_id = event.action_id)
      group by 1, event.action, event.actor
    ),
    lines as (
      select deeds.action_id as key, deeds.action, deeds.at, 'person' as actor, deeds.undone, deeds.status,
        deeds.ended as reminders, null as title, null::int as step_id, null as wanted_at, null as note
      from deeds
      union all
      select moves.key, moves.action, moves.at, moves.actor, coalesce(action.undone_at is not null, false), null,
        moves.reminders::int, moves.title, moves.step_id, moves.wanted_at, moves.note
      from moves left join public.user_actions as action
        on action.telegram_id = p_me and action.action_id = moves.key
      union all
      select 'sent-' || attempt.token || '-' || attempt.reminder_id, 'sent', attempt.product_at, 'dispatcher', false, null,
        attempt.level + 1, mine.title, mine.step_id, null, null
      from public.delivery_attempts as attempt join mine on mine.id = attempt.reminder_id
      where attempt.outcome in ('sent', 'bundled')
    )
    select coalesce(jsonb_agg(to_jsonb(newest) order by newest.at desc, newest.key desc), '[]')
    from (select * from lines order by lines.at desc, lines.key desc limit p_limit) as newest
  $$;

-- One lead of the person: its row, its running plan and newest draft with their steps, its reminders and its activity.
create or replace function public.lead_page(p_lead_id bigint) returns jsonb
  language plpgsql stable security definer set search_path = ''
  as $$
  declare
    me constant bigint := public.require_person();
    lead public.leads;
    page jsonb;
  begin
    select * into lead from public.leads where id = p_lead_id and telegram_id = me;
    if not found then
      raise exception 'There is no lead % of yours.', p_lead_id using errcode = 'P0001', hint = 'LEAD_NOT_FOUND';
    end if;
    with plans as (
      select distinct on (plan.status) plan.* from public.engagement_plans as plan
      where plan.telegram_id = me and plan.lead_id = lead.id and plan.status in ('active', 'draft')
      order by plan.status, plan.id desc
    )
    select jsonb_build_object(
        'plans', (select coalesce(jsonb_agg(to_jsonb(plans) || jsonb_build_object('steps', (
            select jsonb_agg(to_jsonb(step) order by step.step_id) from public.outreach_steps as step
            where step.plan_id = plans.id))), '[]') from plans),
        'reminders', (select coalesce(jsonb_agg(jsonb_build_object('id', row.id, 'lead_id', row.lead_id,
            'telegram_id', row.telegram_id, 'step_id', row.step_id, 'due_at', row.due_at, 'status', row.status,
            'snooze_count', row.snooze_count, 'reminder_count', row.reminder_count,
            'last_reminded_at', row.last_reminded_at, 'draft_text', row.draft_text, 'completed_at', row.completed_at,
            'created_at', row.created_at, 'updated_at', row.updated_at, 'plan_id', row.plan_id,
            'delay_days', row.delay_days, 'wanted_at', row.wanted_at, 'first_due_at', row.first_due_at,
            'due_reason', row.due_reason, 'level', row.level, 'exact', row.exact, 'title', row.title)
            order by row.wanted_at, row.step_id, row.id), '[]')
          from public.scheduled_reminders as row
          where row.telegram_id = me and row.lead_id = lead.id
            and (row.status in ('pending', 'sent') or row.plan_id in (select plans.id from plans))))
      into page;
    return page || jsonb_build_object('lead', to_jsonb(lead), 'activity', public.lead_activity(me, lead.id, 40));
  end
  $$;

revoke all on function public.my_leads() from public, anon, authenticated;
revoke all on function public.lead_activity(bigint, bigint, int) from public, anon, authenticated;
revoke all on function public.lead_page(bigint) from public, anon, authenticated;
grant execute on function public.my_leads() to authenticated;
grant execute on function public.lead_page(bigint) to authenticated;

insert into public.schema_versions (version, name) values ('20261101002100', 'lead-pages')
  on conflict (version) do nothing;
notify pgrst, 'reload schema';
