-- What a person did with their reminders, for the mini-app's Insights: one read, in the person's zone and by product
-- time. SECURITY DEFINER, because whether an action was undone and which status a lead once had stand in user_actions,
-- which no client may read; every part of it asks for the caller's own rows by require_person().

create or replace function public.my_insights(p_weeks int default 8) returns jsonb
  language plpgsql stable security definer set search_path = ''
  as $$
  declare
    me constant bigint := public.require_person();
    my_zone constant text := (public.settings_of(me)).zone;
    today constant date := (public.app_now() at time zone my_zone)::date;
    first_week constant date :=
      date_trunc('week', today::timestamp)::date - 7 * (least(greatest(coalesce(p_weeks, 8), 1), 53) - 1);
    since constant timestamptz := public.local_to_instant(first_week::timestamp, my_zone);
    -- delivery_attempts are kept for 90 days: what was sent in the weeks before is not known, and not 0
    sent_known_from constant date := today - 90;
    -- as far back as a streak is looked for
    first_day constant date := today - 400;
    by_week jsonb;
    best_done int;
    done_days jsonb;
    busy jsonb;
    answers jsonb;
    funnel jsonb;
  begin
    with acts as (
      select (event.at at time zone my_zone)::date as day, event.action
      from public.reminder_events as event
      where event.telegram_id = me and event.action in ('complete', 'completed', 'snooze', 'skip', 'skipped')
        and not exists (select from public.user_actions as act
          where act.telegram_id = me and act.action_id = event.action_id and act.undone_at is not null)
    ),
    counted as (
      select date_trunc('week', acts.day::timestamp)::date as week,
        count(*) filter (where acts.action in ('complete', 'completed')) as done,
        count(*) filter (where acts.action = 'snooze') as snoozed,
        count(*) filter (where acts.action in ('skip', 'skipped')) as skipped
      from acts group by 1
    ),
    brought_up as (
      select date_trunc('week', attempt.product_at at time zone my_zone)::date as week,
        count(distinct attempt.reminder_id) as sent
      from public.delivery_attempts as attempt
      where attempt.telegram_id = me and attempt.product_at >= since and attempt.outcome in ('sent', 'bundled')
      group by 1
    )
    select
      (select jsonb_agg(jsonb_build_object('week', week.first_day,
          'sent', case when week.first_day >= sent_known_from then coalesce(brought_up.sent, 0) end,
          'done', coalesce(counted.done, 0), 'snoozed', coalesce(counted.snoozed, 0),
          'skipped', coalesce(counted.skipped, 0)) order by week.first_day)
        from (select day::date as first_day
          from generate_series(first_week::timestamp, today::timestamp, interval '7 days') as day) as week
        left join counted on counted.week = week.first_day
        left join brought_up on brought_up.week = week.first_day),
      (select max(counted.done) from counted),
      (select jsonb_agg(distinct acts.day) from acts
        where acts.action in ('complete', 'completed') and acts.day between first_day and today)
      into by_week, best_done, done_days;

    -- Days on which something waited, as spans: a day without anything to do is no gap in a streak.
    select jsonb_agg(jsonb_build_object('from', lower(span), 'to', upper(span) - 1)) into busy
    from unnest((
      select range_agg(daterange(greatest(row.wanted, first_day), row.ended, '[]'))
      from (
        select (reminder.wanted_at at time zone my_zone)::date as wanted,
          case reminder.status
            when 'completed' then (reminder.completed_at at time zone my_zone)::date
            when 'skipped' then (reminder.updated_at at time zone my_zone)::date
            else today end as ended
        from public.scheduled_reminders as reminder
        where reminder.telegram_id = me and reminder.status in ('pending', 'sent', 'completed', 'skipped')
      ) as row
      where greatest(row.wanted, first_day) <= least(row.ended, today)
    )) as span;

    -- A step was answered when it was the lead's last one done before the lead moved on or wrote back.
    with moved_on as (
      select (act.result ->> 'lead_id')::bigint as lead_id, act.at
      from public.user_actions as act
      where act.telegram_id = me and act.undone_at is null and act.action = 'set_lead_status'
        and act.result ->> 'from' in ('new', 'reached_out')
        and act.result ->> 'status' in ('in_progress', 'meeting_booked', 'closed_won')
      union
      select (act.result ->> 'lead_id')::bigint, act.at
      from public.user_actions as act
      join public.outreach_steps as step on step.lead_id = (act.result ->> 'lead_id')::bigint
        and step.telegram_id = me and step.step_id = (act.result ->> 'step_id')::int
      where act.telegram_id = me and act.action = 'trigger' and step.triggered_by like '%reply%'
    ),
    finished as (
      select reminder.id, reminder.lead_id, reminder.plan_id, reminder.step_id, reminder.completed_at,
        lead(reminder.completed_at) over (partition by reminder.lead_id order by reminder.completed_at, reminder.id) as next_at
      from public.scheduled_reminders as reminder
      where reminder.telegram_id = me and reminder.status = 'completed' and reminder.lead_id is not null
    ),
    answered as (
      select distinct finished.id
      from finished join moved_on on moved_on.lead_id = finished.lead_id and moved_on.at >= finished.completed_at
        and (finished.next_at is null or moved_on.at < finished.next_at)
    ),
    steps as (
      select finished.step_id, step.action_type, answered.id is not null as answered
      from finished
      join public.outreach_steps as step on step.plan_id = finished.plan_id and step.step_id = finished.step_id
      left join answered on answered.id = finished.id
      where finished.completed_at >= since
    )
    select jsonb_agg(jsonb_build_object('step_id', grouped.step_id, 'action_type', grouped.action_type,
        'done', grouped.done, 'answered', grouped.answered) order by grouped.step_id, grouped.action_type)
      into answers
      from (select steps.step_id, steps.action_type, count(*) as done, count(*) filter (where steps.answered) as answered
        from steps group by 1, 2) as grouped;

    -- How far each lead got, whatever became of it: a lost lead keeps the furthest status it had.
    with stages as (
      select * from unnest(array['new', 'reached_out', 'in_progress', 'meeting_booked', 'closed_won'])
        with ordinality as named (status, stage)
    ),
    history as (
      select (act.result ->> 'lead_id')::bigint as lead_id, max(stages.stage) as stage
      from public.user_actions as act
      join stages on stages.status in (act.result ->> 'from', act.result ->> 'status')
      where act.telegram_id = me and act.action = 'set_lead_status' and act.undone_at is null
      group by 1
    ),
    reached as (
      select lead.status = 'closed_lost' as lost,
        greatest(1, stages.stage, history.stage, case when done.lead_id is not null then 2 end) as stage
      from public.leads as lead
      left join stages on stages.status = lead.status
      left join history on history.lead_id = lead.id
      left join (select distinct reminder.lead_id from public.scheduled_reminders as reminder
        where reminder.telegram_id = me and reminder.status = 'completed') as done on done.lead_id = lead.id
      where lead.telegram_id = me and lead.deleted_at is null
    )
    select jsonb_build_object('new', count(*), 'reached_out', count(*) filter (where reached.stage >= 2),
      'in_progress', count(*) filter (where reached.stage >= 3),
      'meeting_booked', count(*) filter (where reached.stage >= 4),
      'closed_won', count(*) filter (where reached.stage >= 5), 'closed_lost', count(*) filter (where reached.lost))
      into funnel from reached;

    return jsonb_build_object('today', today, 'weeks', by_week, 'best_done', coalesce(best_done, 0),
      'done_days', coalesce(done_days, '[]'), 'busy', coalesce(busy, '[]'), 'answers', coalesce(answers, '[]'),
      'funnel', funnel);
  end
  $$;

revoke all on function public.my_insights(int) from public, anon, authenticated;
grant execute on function public.my_insights(int) to authenticated;

insert into public.schema_versions (version, name) values ('20261101002000', 'insights')
  on conflict (version) do nothing;
notify pgrst, 'reload schema';
