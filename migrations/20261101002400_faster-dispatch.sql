-- The same claim and the same settling for a fraction of the work. What decides: the usual row is judged by plain
-- expressions and only an unusual one by the functions that know every rule; steps are asked for in one statement instead of
-- row by row; each statement is planned once a session; and what a function of ours moves needs no trigger to look at it.

-- Four hours from the claim lie in one open stretch of the person's day: settling need not ask again.
alter table public.open_attempts add column if not exists stays_open boolean not null default false;
-- Files that are not published yet had another form of it.
drop function if exists public.is_plainly_open(timestamp, timestamp, timestamp, time, time, smallint[]);

-- The local time until which a person is plainly awake; null = asleep, a day off, or a clock change near: the functions of the
-- time rules decide. All its arguments are plain values, so that it is inlined.
create or replace function public.plainly_open_until(
  p_local timestamp, p_before timestamp, p_after timestamp, p_quiet_from time, p_quiet_to time, p_days smallint[]
) returns timestamp
  language sql immutable parallel safe
  as $$
    select case
      when p_after - p_before <> interval '96 hours' or not extract(isodow from p_local)::smallint = any (p_days) then null
      when p_quiet_from < p_quiet_to and p_local::time >= p_quiet_to then p_local::date + interval '1 day'
      when p_quiet_from < p_quiet_to and p_local::time < p_quiet_from then p_local::date + p_quiet_from
      when p_quiet_from > p_quiet_to and p_local::time >= p_quiet_to and p_local::time < p_quiet_from
        then p_local::date + p_quiet_from
      when p_quiet_from = p_quiet_to then p_local::date + interval '1 day'
    end
  $$;

-- Moves by our own functions between open states are legal and stamped by them: only what else happens to a row is looked at.
drop trigger if exists reminders_rules on public.scheduled_reminders;
create trigger reminders_rules before update on public.scheduled_reminders
  for each row when (
    (old.status is distinct from new.status or old.due_at is distinct from new.due_at)
    and not (new.due_rev > old.due_rev and old.status in ('pending', 'sent') and new.status in ('pending', 'sent')
      and new.updated_at is distinct from old.updated_at))
  execute function public.keep_reminder_rules();

-- request_next_step() for many steps that were sent for the first time: the same question in one statement. A plan paced
-- "after I finish the previous step" counts from a finished step, so a mere delivery never makes one ready by itself.
create or replace function public.request_next_steps(p_ids bigint[]) returns void
  language plpgsql set search_path = '' set plan_cache_mode = 'force_generic_plan'
  as $$
  begin
    update public.outreach_steps as step
      set next_step_ready_at = wanted.ready,
        triggered_by = case when wanted.ready is null then step.triggered_by else 'cadence' end
      from (
        select distinct on (next.id) next.id,
          case when next.reminder_status = 'pending' then greatest(public.app_now(), next.wanted_at) end as ready
        from public.scheduled_reminders as sent
        cross join lateral (
          select later.id, reminder.status as reminder_status, reminder.wanted_at
          from public.outreach_steps as later
          join public.engagement_plans as plan on plan.id = later.plan_id and plan.status = 'active'
          join public.leads as lead on lead.id = later.lead_id and lead.status not in ('closed_won', 'closed_lost')
            and lead.deleted_at is null
          left join lateral (
            select any_reminder.status, any_reminder.wanted_at from public.scheduled_reminders as any_reminder
            where any_reminder.plan_id = later.plan_id and any_reminder.step_id = later.step_id
            order by any_reminder.status in ('pending', 'sent') desc, any_reminder.id desc limit 1
          ) as reminder on true
          where later.plan_id = sent.plan_id and later.step_id > sent.step_id
            and coalesce(reminder.status, 'waiting') not in ('completed', 'skipped', 'cancelled')
          order by later.step_id limit 1
        ) as next
        where sent.id = any (p_ids) and sent.plan_id is not null and sent.step_id is not null
        order by next.id, sent.id desc
      ) as wanted
      where step.id = wanted.id and step.next_step_ready_at is distinct from wanted.ready
        -- an engagement trigger that waits for the sweep is not pushed back to the usual date
        and not (step.next_step_ready_at is not null and step.triggered_by is distinct from 'cadence'
          and (wanted.ready is null or step.next_step_ready_at <= wanted.ready));
  end
  $$;

-- Each delivery leaves dead entries at the left edge of the due index, where every poll begins to read. Counted from the
-- table's size, as by default, they would be cleared away after millions of deliveries; and skipping the indexes, as
-- PostgreSQL does for few dead rows in a large table, would leave them there.
alter table public.scheduled_reminders set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000,
  vacuum_index_cleanup = on);
alter table public.open_attempts set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
-- Tokens are all different: a sample of the few that are open at some moment says nothing.
alter table public.open_attempts alter column token set statistics 0;
alter table public.claim_batches set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);
-- One row that every claim updates: with room on its page it stays there.
alter table public.dispatch_limiter set (fillfactor = 20);

revoke all on function public.plainly_open_until(timestamp, timestamp, timestamp, time, time, smallint[])
  from public, anon, authenticated;
revoke all on function public.request_next_steps(bigint[]) from public, anon, authenticated;

insert into public.schema_versions (version, name) values ('20261101002400', 'faster-dispatch')
  on conflict (version) do nothing;
notify pgrst, 'reload schema';
