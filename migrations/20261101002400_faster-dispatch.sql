-- The same claim and the same settling for a fraction of the work. What decides: the usual row is judged by plain
-- expressions and only an unusual one by the functions that know every rule; steps are asked for in one statement instead of
-- row by row; each statement is planned once a session; and what a function of ours moves needs no trigger to look at it.

-- A person's present in one look: is the hour open, and does it stay open for the four hours until a card is brought up
-- again? Null or false: unusual (a clock change near, a day off, quiet), the functions of the time rules decide. All its
-- arguments are plain values, so that it is inlined.
create or replace function public.is_plainly_open(
  p_local timestamp, p_before timestamp, p_after timestamp, p_quiet_from time, p_quiet_to time, p_days smallint[]
) returns boolean
  language sql immutable parallel safe
  as $$
    select p_after - p_before = interval '96 hours' and extract(isodow from p_local)::smallint = any (p_days)
      and case
        when p_quiet_from < p_quiet_to then not (p_local::time >= p_quiet_from and p_local::time < p_quiet_to)
        when p_quiet_from > p_quiet_to then p_local::time < p_quiet_from and p_local::time >= p_quiet_to
        else true
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

-- The rows of one batch as the worker needs them; also the answer to a replayed token.
create or replace function public.claimed_batch(p_token uuid) returns json
  language plpgsql stable set search_path = '' set plan_cache_mode = 'force_generic_plan'
  as $$
  begin
    return (select coalesce(json_agg(claimed), '[]'::json)
    from (
      select reminder.id, reminder.telegram_id, reminder.lead_id, reminder.plan_id, reminder.step_id, reminder.status,
        reminder.wanted_at, reminder.due_reason, reminder.draft_text, reminder.title, reminder.exact, reminder.retries,
        reminder.in_doubt, reminder.message_id, attempt.kind, attempt.level, attempt.position,
        greatest(0, round(date_part('epoch', attempt.slot_at - clock_timestamp()) * 1000))::int as slot_in_ms,
        lead.name as lead_name, lead.company as lead_company, lead.zone as lead_zone,
        step.description, step.action_type,
        coalesce(person.language, 'en') as language, coalesce(person.zone, 'UTC') as zone,
        public.app_now() as product_now
      from public.open_attempts as attempt
      join public.scheduled_reminders as reminder on reminder.id = attempt.reminder_id
      left join public.users as person on person.telegram_id = reminder.telegram_id
      left join public.leads as lead on lead.id = reminder.lead_id and lead.telegram_id = reminder.telegram_id
      left join public.outreach_steps as step on step.plan_id = reminder.plan_id and step.step_id = reminder.step_id
        and step.telegram_id = reminder.telegram_id
      -- asked again after the person finished a row, the answer leaves it out
      where attempt.token = p_token and reminder.status in ('pending', 'sent')
      order by attempt.position, attempt.reminder_id
    ) as claimed);
  end
  $$;

-- Hands out up to p_limit due rows to a worker under a lease. Sent again with the same token it answers the same
-- batch. The planner settings keep every plan on the partial index, whatever the statistics say.
create or replace function public.claim_due_reminders(p_worker text, p_token uuid, p_limit int, p_lease_seconds int)
  returns json
  language plpgsql set search_path = '' set plan_cache_mode = 'force_generic_plan' set enable_seqscan = 'off'
  set enable_bitmapscan = 'off' set enable_hashjoin = 'off' set enable_mergejoin = 'off'
  set enable_material = 'off' set jit = 'off'
  as $$
  declare
    claim_horizon constant interval := interval '2 seconds'; -- only slots that start this soon are handed out
    late_after constant interval := interval '2 hours'; -- older than this: one list a person
    many_at_once constant int := 3; -- more due rows of one person than this: one list
    spread_over constant int := 1800; -- seconds over which a crowd's late lists are spread
    crowd constant int := 20; -- late lists in one window from which they are spread
    product_now constant timestamptz := public.app_now();
    limiter public.dispatch_limiter;
    machine_now timestamptz;
    first_slot timestamptz;
    slot_step interval;
    chat_gap interval;
    has_gap boolean;
    capacity int;
    messages int;
  begin
    if p_limit not between 1 and 10000 or p_lease_seconds not between 1 and 3600 then
      raise exception 'A claim takes 1 to 10000 rows for 1 to 3600 seconds, not % rows for % seconds.', p_limit,
        p_lease_seconds using errcode = 'P0001', hint = 'CLAIM_SIZE';
    end if;
    if not exists (
      select from public.scheduled_reminders where due_at <= product_now and status in ('pending', 'sent')
    ) then
      return '[]'::json;
    end if;
    select * into limiter from public.dispatch_limiter where id = 'default' for update;
    if exists (select from public.claim_batches where token = p_token) then
      return public.claimed_batch(p_token);
    end if;

    machine_now := clock_timestamp();
    first_slot := greatest(machine_now, limiter.next_slot_at, limiter.block_until);
    if first_slot >= machine_now + claim_horizon then
      return '[]'::json;
    end if;
    -- Rounded up, so that slot starts never exceed the rate in any second.
    slot_step := make_interval(secs => ceil(1000000.0 / limiter.rate_per_second) / 1000000.0);
    chat_gap := make_interval(secs => limiter.chat_gap_ms / 1000.0);
    has_gap := limiter.chat_gap_ms > 0;
    capacity := least(p_limit, ceil(extract(epoch from machine_now + claim_horizon - first_slot)
      / extract(epoch from slot_step))::int);

    with due as materialized (
      select reminder.id, reminder.telegram_id, reminder.lead_id, reminder.status, reminder.level, reminder.due_at,
        reminder.due_rev, reminder.wanted_at, reminder.due_reason, reminder.exact, reminder.last_reminded_at
      from public.scheduled_reminders as reminder
      where reminder.due_at <= product_now and reminder.status in ('pending', 'sent')
        and not exists (select from public.open_attempts as open where open.reminder_id = reminder.id)
      order by reminder.due_at limit 2 * capacity
      for update of reminder skip locked
    ),
    crowded as materialized (
      select telegram_id from due group by telegram_id having count(*) > many_at_once
    ),
    -- A person with many rows gets all that are due in one list, not a list per claim.
    rest as materialized (
      select reminder.id, reminder.telegram_id, reminder.lead_id, reminder.status, reminder.level, reminder.due_at,
        reminder.due_rev, reminder.wanted_at, reminder.due_reason, reminder.exact, reminder.last_reminded_at
      from crowded join public.scheduled_reminders as reminder using (telegram_id)
      where reminder.status in ('pending', 'sent') and reminder.due_at <= product_now
        and reminder.id not in (select id from due)
        and not exists (select from public.open_attempts as open where open.reminder_id = reminder.id)
      limit 2000
      for update of reminder skip locked
    ),
    judged as materialized (
      select row.id, row.telegram_id, row.level, row.due_at, row.due_rev,
        coalesce(lead.status in ('closed_won', 'closed_lost') or lead.deleted_at is not null, false) as ended,
        -- hold_back() for the usual row: nothing is paused and the hour is open
        case when lead.paused_at is null and (person.telegram_id is null or (
            not person.opted_out and person.unreachable_since is null and person.paused_until is null
            and not (row.status = 'sent' and row.level > 0 and coalesce(person.last_seen_at > row.last_reminded_at, false))
            and (row.exact and row.level = 0 or coalesce(public.is_plainly_open(clock.local, clock.before, clock.after,
              person.quiet_from, person.quiet_to, person.working_days), false))))
          then null
          else (
            select public.hold_back(whole_row, whole_person, whole_lead, product_now)
            from public.scheduled_reminders as whole_row
            left join public.users as whole_person on whole_person.telegram_id = whole_row.telegram_id
            left join public.leads as whole_lead on whole_lead.id = whole_row.lead_id
              and whole_lead.telegram_id = whole_row.telegram_id
            where whole_row.id = row.id)
        end as held_until,
        row.level = 0 and row.wanted_at < product_now - late_after
          and (row.due_at < product_now - late_after or row.due_reason in ('window', 'parked')) as late,
        row.due_at < product_now - late_after as overdue,
        case when has_gap then (select chat.slot_at from public.chat_slots as chat
          where chat.telegram_id = row.telegram_id) + chat_gap end as chat_free_at,
        person.opted_out or person.unreachable_since is not null or person.paused_until > product_now as parked
      from (select * from due union all select * from rest) as row
      left join public.users as person on person.telegram_id = row.telegram_id
      left join public.leads as lead on lead.id = row.lead_id and lead.telegram_id = row.telegram_id
      cross join lateral (
        select product_now at time zone person.zone as local,
          (product_now - interval '48 hours') at time zone person.zone as before,
          (product_now + interval '48 hours') at time zone person.zone as after
        -- kept apart, so that each clock is read once
        offset 0
      ) as clock
    ),
    -- Rows that may go, with what their person's other rows make of them. The first of a person's rows heads their list.
    ready as materialized (
      select judged.*, count(*) over person as of_person, count(*) filter (where late) over person as late_of_person,
        bool_or(overdue) over person as person_overdue,
        row_number() over queue as nth, first_value(level) over queue as first_level,
        first_value(due_at) over queue as first_due_at, first_value(id) over queue as first_id
      from judged where not ended and held_until is null
      window person as (partition by telegram_id),
        queue as (partition by telegram_id order by level > 0, due_at, id)
    ),
    shaped as materialized (
      select ready.*, of_person > many_at_once or late_of_person > 1 as in_list from ready
    ),
    lists as materialized (
      select count(distinct telegram_id) filter (where overdue) as overdue_people from shaped where in_list
    ),
    timed as materialized (
      select shaped.*,
        case
          when in_list and lists.overdue_people > crowd and person_overdue
            then product_now + make_interval(secs => 1 + abs(hashint8(telegram_id)::bigint) % spread_over)
          when chat_free_at > first_slot then product_now + (chat_free_at - machine_now)
          when not in_list and nth > 1 and has_gap then product_now + chat_gap * (nth - 1)
        end as wait_until
      from shaped cross join lists
    ),
    -- One message per list, one per card: first notices before re-nags, then round by round over the people.
    placed as materialized (
      select timed.*, dense_rank() over (order by
        case when in_list then first_level else level end > 0,
        case when in_list then 1 else nth end,
        case when in_list then first_due_at else due_at end,
        case when in_list then first_id else id end) as position
      from timed where wait_until is null
    ),
    taken as materialized (select * from placed where position <= capacity),
    leased as (
      insert into public.open_attempts (reminder_id, token, telegram_id, kind, level, position, slot_at, due_at, due_rev)
      select id, p_token, telegram_id, case when in_list then 'list' else 'card' end, level, position,
        first_slot + slot_step * (position - 1), due_at, due_rev
      from taken
    ),
    held as (
      update public.scheduled_reminders as reminder set
        due_at = again.at, due_reason = again.reason, due_rev = reminder.due_rev + 1, updated_at = product_now
      from (
        select id, held_until as at, case when parked then 'parked' else 'window' end as reason
        from judged where held_until is not null and not ended
        union all
        select id, wait_until, 'window' from timed where wait_until is not null
      ) as again
      where reminder.id = again.id
    ),
    cancelled as (
      update public.scheduled_reminders as reminder set status = 'cancelled', due_rev = reminder.due_rev + 1
      from judged where judged.ended and reminder.id = judged.id
      returning reminder as row
    ),
    noted as (
      insert into public.reminder_events
        (telegram_id, reminder_id, lead_id, plan_id, action, actor, source, after, at)
      select (row).telegram_id, (row).id, (row).lead_id, (row).plan_id, 'close_lead', 'dispatcher', 'worker',
        public.reminder_snapshot(row), product_now
      from cancelled
    ),
    chats as (
      insert into public.chat_slots as chat (telegram_id, slot_at)
      select telegram_id, max(first_slot + slot_step * (position - 1)) from taken
      where has_gap group by telegram_id
      on conflict (telegram_id) do update set slot_at = excluded.slot_at
    )
    select coalesce(max(position), 0) into messages from taken;

    if messages = 0 then
      return '[]'::json;
    end if;
    insert into public.claim_batches (token, worker, lease_until)
      values (p_token, p_worker, machine_now + make_interval(secs => p_lease_seconds));
    update public.dispatch_limiter set next_slot_at = first_slot + slot_step * messages where id = 'default';
    return public.claimed_batch(p_token);
  end
  $$;

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

-- One call a batch (or part of it): [{"id", "outcome", "message_id"?, "retry_in_ms"?, "error_code"?, "error"?,
-- "unreachable"?, "block_ms"?}]. Attempt and message id are always recorded, even when the lease was lost or the
-- person acted meanwhile; only the row's own change is refused then. Sent twice, it changes nothing.
create or replace function public.settle_reminders(p_token uuid, p_results jsonb) returns jsonb
  language plpgsql set search_path = '' set plan_cache_mode = 'force_generic_plan' set enable_seqscan = 'off'
  set enable_bitmapscan = 'off' set enable_hashjoin = 'off' set enable_mergejoin = 'off'
  set enable_material = 'off' set jit = 'off'
  as $$
  declare
    product_now constant timestamptz := public.app_now();
    ids constant bigint[] := array(select (item ->> 'id')::bigint from jsonb_array_elements(p_results) as item);
    block_ms numeric;
    settled bigint[];
    first_sends bigint[];
  begin
    if p_results @? '$[*].block_ms' then
      -- A replay must not begin Telegram's pause anew.
      select max((item ->> 'block_ms')::numeric) into block_ms from jsonb_array_elements(p_results) as item
        where not exists (
          select from public.delivery_attempts as attempt
          where attempt.reminder_id = (item ->> 'id')::bigint and attempt.token = p_token and attempt.outcome <> 'in_doubt');
      if block_ms > 0 then
        update public.dispatch_limiter
          set block_until = greatest(block_until, clock_timestamp() + make_interval(secs => block_ms / 1000.0))
          where id = 'default';
      end if;
    end if;
    perform from public.scheduled_reminders where id = any (ids) order by id for update;

    with result as materialized (
      select * from jsonb_to_recordset(p_results) as result
        (id bigint, outcome text, message_id bigint, retry_in_ms bigint, error_code int, error text)
    ),
    lease as (
      delete from public.open_attempts as open using result
      where open.reminder_id = result.id and open.token = p_token
      returning open.reminder_id, open.telegram_id, open.kind, open.level, open.slot_at, open.due_at, open.due_rev,
        result.outcome in ('sent', 'bundled') as arrived, result.outcome, result.message_id, result.retry_in_ms,
        result.error_code, left(result.error, 500) as error
    ),
    attempted as (
      insert into public.delivery_attempts
        (reminder_id, token, telegram_id, kind, level, outcome, message_id, error_code, error, slot_at, product_at)
      select reminder_id, p_token, telegram_id, kind, level, outcome, message_id, error_code, error, slot_at, product_now
      from lease where outcome <> 'released'
      on conflict (reminder_id, token) do nothing
    ),
    changed as (
      update public.scheduled_reminders as reminder set
        status = case when lease.arrived then 'sent' when lease.outcome = 'failed' then 'failed' else reminder.status end,
        due_at = case
          -- escalate_at() for the usual row: four hours that lie in one open stretch of the same day
          when lease.arrived and lease.level = 0 and (person.telegram_id is null or (
              public.is_plainly_open(clock.local, clock.before, clock.after, person.quiet_from, person.quiet_to,
                person.working_days)
              and clock.local + interval '4 hours' < case
                when person.quiet_from <> person.quiet_to and clock.local::time < person.quiet_from
                  then clock.local::date + person.quiet_from
                else clock.local::date + interval '1 day' end))
            then product_now + interval '4 hours'
          when lease.arrived
            then public.escalate_at(lease.level + 1, product_now, coalesce(person, public.settings_of(lease.telegram_id)))
          when lease.outcome = 'failed' then reminder.due_at
          else product_now + make_interval(secs => coalesce(lease.retry_in_ms, 5000) / 1000.0) end,
        due_reason = case
          when lease.arrived then case when lease.level >= 2 then 'snooze' else 'escalation' end
          when lease.outcome = 'failed' then reminder.due_reason
          when lease.outcome = 'deferred' then 'window'
          else 'retry' end,
        level = case when lease.arrived then case when lease.level >= 2 then 0 else lease.level + 1 end
          else reminder.level end,
        snooze_count = reminder.snooze_count + case when lease.arrived and lease.level >= 2 then 1 else 0 end,
        reminder_count = reminder.reminder_count + case when lease.arrived then 1 else 0 end,
        last_reminded_at = case when lease.arrived then product_now else reminder.last_reminded_at end,
        message_id = coalesce(lease.message_id, reminder.message_id),
        -- a doubt lasts until a send is known to have arrived
        in_doubt = case when lease.arrived then false else reminder.in_doubt or lease.outcome = 'in_doubt' end,
        retries = case when lease.arrived then 0 else least(reminder.retries + 1, 1000) end,
        last_error = case when lease.arrived then null else lease.error end,
        due_rev = reminder.due_rev + 1,
        updated_at = product_now
      from lease left join public.users as person on person.telegram_id = lease.telegram_id
      cross join lateral (
        select product_now at time zone person.zone as local,
          (product_now - interval '48 hours') at time zone person.zone as before,
          (product_now + interval '48 hours') at time zone person.zone as after
        -- kept apart, so that each clock is read once
        offset 0
      ) as clock
      where reminder.id = lease.reminder_id and lease.outcome <> 'released'
        and reminder.status in ('pending', 'sent')
        and reminder.due_rev = lease.due_rev and reminder.due_at = lease.due_at
      returning reminder.id, lease.level, lease.arrived, reminder.plan_id
    ),
    -- Moved or finished by the person while it was on its way: only note that a card went out.
    overtaken as (
      update public.scheduled_reminders as reminder
      set message_id = coalesce(lease.message_id, reminder.message_id),
        reminder_count = reminder.reminder_count + 1, last_reminded_at = product_now
      from lease
      where reminder.id = lease.reminder_id and lease.arrived and lease.reminder_id not in (select id from changed)
    )
    select array(select reminder_id from lease),
      array(select id from changed where arrived and level = 0 and plan_id is not null)
      into settled, first_sends;

    -- A lease that was swept meanwhile: the attempt stands as in doubt and now gets its true outcome.
    if cardinality(settled) < cardinality(ids) then
      update public.delivery_attempts as attempt
        set outcome = result.outcome, message_id = result.message_id, error_code = result.error_code,
          error = left(result.error, 500), settled_at = clock_timestamp()
        from jsonb_to_recordset(p_results) as result
          (id bigint, outcome text, message_id bigint, error_code int, error text)
        where attempt.reminder_id = result.id and attempt.token = p_token and attempt.outcome = 'in_doubt'
          and result.outcome not in ('in_doubt', 'released') and result.id <> all (settled);
    end if;
    if p_results @? '$[*] ? (@.outcome == "failed")' then
      -- only what was settled now: a person who has written since a first call stays reachable
      perform public.note_failures(p_token, (select jsonb_agg(item) from jsonb_array_elements(p_results) as item
        where (item ->> 'id')::bigint = any (settled)));
    end if;
    if cardinality(first_sends) > 0 then
      perform public.request_next_steps(first_sends);
    end if;
    delete from public.claim_batches as batch where batch.token = p_token
      and not exists (select from public.open_attempts as open where open.token = p_token);
    return jsonb_build_object('settled', cardinality(settled));
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

revoke all on function public.is_plainly_open(timestamp, timestamp, timestamp, time, time, smallint[])
  from public, anon, authenticated;
revoke all on function public.claimed_batch(uuid) from public, anon, authenticated;
revoke all on function public.claim_due_reminders(text, uuid, int, int) from public, anon, authenticated;
revoke all on function public.request_next_steps(bigint[]) from public, anon, authenticated;
revoke all on function public.settle_reminders(uuid, jsonb) from public, anon, authenticated;
grant execute on function public.claim_due_reminders(text, uuid, int, int) to project_admin;
grant execute on function public.settle_reminders(uuid, jsonb) to project_admin;

insert into public.schema_versions (version, name) values ('20261101002400', 'faster-dispatch')
  on conflict (version) do nothing;
notify pgrst, 'reload schema';
