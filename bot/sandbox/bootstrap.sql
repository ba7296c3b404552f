-- Makes a database a sandbox: its product clock can run ahead, its rows can be shown, it can be emptied.
-- Applied by the sandbox alone, as project_admin, after the migrations and at every start. It must never lie in
-- migrations/: there is no production database in which time may be moved.

-- The mark. A sandbox is started only on a database that carries it, so that nobody's real leads are emptied.
create table if not exists public.sandbox_state (
  id boolean primary key default true check (id),
  -- how far product time runs ahead of the machine's, in seconds
  offset_seconds bigint not null default 0 check (offset_seconds >= 0)
);
insert into public.sandbox_state (id) values (true) on conflict (id) do nothing;
alter table public.sandbox_state enable row level security;
revoke all on table public.sandbox_state from public, anon, authenticated;

-- Everybody's clock reads it, also under a person's role: SECURITY DEFINER opens this one number and no table.
create or replace function public.sandbox_offset() returns interval
  language sql stable security definer parallel safe set search_path = ''
  as $$ select make_interval(secs => offset_seconds) from public.sandbox_state $$;
revoke all on function public.sandbox_offset() from public, anon, authenticated;
grant execute on function public.sandbox_offset() to authenticated, project_admin;

-- Still STABLE and still inlined: a sub-select in its body would stop the planner from doing that, a call does not.
-- "due_at <= app_now()" remains a condition of the due index, worked out once per scan.
create or replace function public.app_now() returns timestamptz
  language sql stable parallel safe
  as $$ select now() + public.sandbox_offset() $$;

-- Transactions that wrote what the page shows. The job worker writes every few seconds for itself (leases, heartbeats,
-- its own executions): were that a change, the page would read its rows again all the time.
create table if not exists public.sandbox_writes (xid xid8 primary key);
alter table public.sandbox_writes enable row level security;
revoke all on table public.sandbox_writes from public, anon, authenticated;
-- Only differences are looked at, and each page reads everything when it connects.
delete from public.sandbox_writes;

-- SECURITY DEFINER: also people write, by the mini-app. A transaction is noted once; rolled back, its note is too.
create or replace function public.sandbox_note_write() returns trigger
  language plpgsql security definer set search_path = ''
  as $$
  begin
    insert into public.sandbox_writes (xid) values (pg_current_xact_id()) on conflict (xid) do nothing;
    return null;
  end
  $$;
revoke all on function public.sandbox_note_write() from public, anon, authenticated;

do $$
declare
  shown text;
begin
  foreach shown in array array['users', 'leads', 'outreach_steps', 'scheduled_reminders', 'delivery_attempts',
    'reminder_events']
  loop
    execute format('create or replace trigger sandbox_note_write after insert or update or delete on public.%I
      for each row execute function public.sandbox_note_write()', shown);
  end loop;
end
$$;

-- What the page's clock shows. "mark" changes whenever the clock was moved or something was written that the page shows:
-- it looks at its rows again then, and only then. Counted, not the newest: an older transaction may end later.
create or replace function public.sandbox_clock() returns jsonb
  language sql stable set search_path = ''
  as $$
    select jsonb_build_object(
      'now', public.app_now(),
      'offset_seconds', (select offset_seconds from public.sandbox_state),
      -- what waits because its lead answered has a date far ahead, and is not what anybody waits for
      'next_due_at', (select min(reminder.due_at) from public.scheduled_reminders as reminder
        left join public.leads as lead on lead.id = reminder.lead_id
        where reminder.status in ('pending', 'sent') and reminder.due_at > public.app_now()
          and not public.waits_for_lead(reminder, lead.paused_at)),
      'mark', (select offset_seconds from public.sandbox_state) || ':' || (select count(*) from public.sandbox_writes))
  $$;

-- Moves product time forward, by seconds or to an instant. There is no way back: what was sent, was sent.
create or replace function public.sandbox_move_clock(p_by_seconds bigint default null, p_to timestamptz default null)
  returns jsonb
  language plpgsql set search_path = ''
  as $$
  declare
    -- Reminders, plans and zones are made for years, not for centuries.
    furthest constant bigint := 5 * 366 * 86400;
    present bigint;
    wanted bigint;
  begin
    select offset_seconds into strict present from public.sandbox_state for update;
    if (p_by_seconds is null) = (p_to is null) then
      raise exception 'Say either how many seconds to move the clock by, or to which instant.'
        using errcode = 'P0001', hint = 'CLOCK_ARGUMENTS';
    end if;
    -- Rounded up to whole seconds, so that the instant asked for is reached and not missed by a fraction.
    wanted := coalesce(present + p_by_seconds, ceil(extract(epoch from p_to - now()))::bigint);
    if wanted < present then
      raise exception 'The sandbox''s clock only runs forward; it shows % already. Real time begins with a reset.',
        to_char(now() + make_interval(secs => present), 'YYYY-MM-DD HH24:MI "UTC"')
        using errcode = 'P0001', hint = 'CLOCK_BACKWARDS';
    end if;
    if wanted > furthest then
      raise exception 'The sandbox''s clock runs at most five years ahead.'
        using errcode = 'P0001', hint = 'CLOCK_TOO_FAR';
    end if;
    update public.sandbox_state set offset_seconds = wanted;
    return public.sandbox_clock();
  end
  $$;

-- A person's newest rows, newest change first, for the drawer.
create or replace function public.sandbox_rows(p_telegram_id bigint, p_limit int default 50) returns jsonb
  language sql stable set search_path = ''
  as $$
    with reminders as (
      select reminder.id, lead.name as lead, reminder.step_id, reminder.title, reminder.due_at, reminder.wanted_at,
        reminder.status, reminder.snooze_count, reminder.reminder_count, event.action, event.source, event.at as event_at,
        attempt.outcome, attempt.kind, attempt.at as attempt_at,
        greatest(reminder.updated_at, event.at, attempt.at) as changed_at
      from public.scheduled_reminders as reminder
      left join public.leads as lead on lead.id = reminder.lead_id
      left join lateral (select action, source, at from public.reminder_events
        where reminder_id = reminder.id order by id desc limit 1) as event on true
      left join lateral (select outcome, kind, product_at as at from public.delivery_attempts
        where reminder_id = reminder.id order by product_at desc limit 1) as attempt on true
      where reminder.telegram_id = p_telegram_id
      order by changed_at desc, reminder.due_at, reminder.id limit p_limit
    ), steps as (
      select step.id, lead.name as lead, step.step_id, step.action_type, step.description, step.delay_days,
        step.scheduled_at, step.triggered_by, step.next_step_ready_at, step.updated_at as changed_at
      from public.outreach_steps as step
      left join public.leads as lead on lead.id = step.lead_id
      where step.telegram_id = p_telegram_id
      order by step.updated_at desc, step.plan_id desc, step.step_id limit p_limit
    ), sends as (
      select attempt.token || '/' || attempt.reminder_id as id, lead.name as lead, reminder.step_id, attempt.kind,
        attempt.level, attempt.outcome, attempt.message_id, attempt.error, attempt.product_at as changed_at
      from public.delivery_attempts as attempt
      left join public.scheduled_reminders as reminder on reminder.id = attempt.reminder_id
      left join public.leads as lead on lead.id = reminder.lead_id
      where attempt.telegram_id = p_telegram_id
      order by attempt.product_at desc, attempt.reminder_id desc limit p_limit
    ), events as (
      select event.id, lead.name as lead, reminder.step_id, event.action, event.actor, event.source,
        event.before ->> 'status' as was, event.after ->> 'status' as became, event.note, event.at as changed_at
      from public.reminder_events as event
      left join public.scheduled_reminders as reminder on reminder.id = event.reminder_id
      left join public.leads as lead on lead.id = event.lead_id
      where event.telegram_id = p_telegram_id
      order by event.id desc limit p_limit
    )
    select jsonb_build_object(
      'zone', (select zone from public.users where telegram_id = p_telegram_id),
      'now', public.app_now(),
      'counts', jsonb_build_object(
        'reminders', (select count(*) from public.scheduled_reminders where telegram_id = p_telegram_id),
        'steps', (select count(*) from public.outreach_steps where telegram_id = p_telegram_id),
        'sends', (select count(*) from public.delivery_attempts where telegram_id = p_telegram_id),
        'events', (select count(*) from public.reminder_events where telegram_id = p_telegram_id)),
      'reminders', (select coalesce(jsonb_agg(to_jsonb(reminders)), '[]') from reminders),
      'steps', (select coalesce(jsonb_agg(to_jsonb(steps)), '[]') from steps),
      'sends', (select coalesce(jsonb_agg(to_jsonb(sends)), '[]') from sends),
      'events', (select coalesce(jsonb_agg(to_jsonb(events)), '[]') from events))
  $$;

-- Empties everything a person could have caused and returns to real time. Tables that hold the product itself
-- stay; a table added later is emptied unless it is named here.
create or replace function public.sandbox_reset() returns void
  language plpgsql set search_path = ''
  as $$
  declare
    -- jobs are the product's own, written when it starts
    kept constant text[] := array['schema_versions', 'sandbox_state', 'platforms', 'dispatch_limiter', 'scheduled_jobs'];
    emptied text;
  begin
    select string_agg(format('public.%I', relname), ', ' order by relname) into emptied
    from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relname <> all (kept)
      -- tables of an extension or of another program in the same database are not ours
      and pg_has_role(relowner, 'MEMBER');
    execute 'truncate ' || emptied || ' restart identity';
    delete from public.platforms where id <> 'default';
    -- Only the product's own jobs are written again at a start, and only their ids begin like this.
    delete from public.scheduled_jobs where id not like 'nudge.%';
    -- The clock goes back, so slots that lie in the future are planned anew; none of them is made up for. What a person
    -- paused or cancelled runs again.
    update public.scheduled_jobs set status = 'active', cancelled_at = null, completed_at = null, skip_before = now(),
      next_run = case when type <> 'event' then now() end,
      execution_count = 0, success_count = 0, failure_count = 0, avg_duration_ms = null, last_run = null;
    update public.dispatch_limiter set next_slot_at = 'epoch', block_until = 'epoch';
    update public.sandbox_state set offset_seconds = 0;
  end
  $$;

revoke all on function public.app_now() from public, anon, authenticated;
grant execute on function public.app_now() to authenticated, project_admin;
revoke all on function public.sandbox_clock() from public, anon, authenticated;
grant execute on function public.sandbox_clock() to project_admin;
revoke all on function public.sandbox_move_clock(bigint, timestamptz) from public, anon, authenticated;
grant execute on function public.sandbox_move_clock(bigint, timestamptz) to project_admin;
revoke all on function public.sandbox_rows(bigint, int) from public, anon, authenticated;
grant execute on function public.sandbox_rows(bigint, int) to project_admin;
revoke all on function public.sandbox_reset() from public, anon, authenticated;
grant execute on function public.sandbox_reset() to project_admin;
notify pgrst, 'reload schema';
