-- After an outage the window of a claim holds one old row each of many people. Their other rows belong to the same list:
-- looked at row by row, each would be "a single old one" and everybody would get a card for every row.

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
    messages := public.claim_usual(p_token, capacity, product_now, product_now - late_after, first_slot, slot_step, chat_gap);
    if messages is not null then
      insert into public.claim_batches (token, worker, lease_until)
        values (p_token, p_worker, machine_now + make_interval(secs => p_lease_seconds));
      update public.dispatch_limiter set next_slot_at = first_slot + slot_step * messages where id = 'default';
      return public.claimed_batch(p_token);
    end if;

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
      select telegram_id from due group by telegram_id
      having count(*) > many_at_once or min(due_at) < product_now - late_after
    ),
    -- A person with many rows, or with a row from before an outage, gets all that are due in one list, not a list per claim.
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
            and (row.exact and row.level = 0 or hours.open_until is not null)))
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
        person.opted_out or person.unreachable_since is not null or person.paused_until > product_now as parked,
        person.telegram_id is null or coalesce(hours.local + interval '4 hours 10 minutes' < hours.open_until, false)
          as stays_open
      from (select * from due union all select * from rest) as row
      left join public.users as person on person.telegram_id = row.telegram_id
      left join public.leads as lead on lead.id = row.lead_id and lead.telegram_id = row.telegram_id
      cross join lateral (
        select clock.local, public.plainly_open_until(clock.local, clock.before, clock.after, person.quiet_from,
          person.quiet_to, person.working_days) as open_until
        from (
          select product_now at time zone person.zone as local,
            (product_now - interval '48 hours') at time zone person.zone as before,
            (product_now + interval '48 hours') at time zone person.zone as after
          -- kept apart, so that each clock is read once
          offset 0
        ) as clock
        offset 0
      ) as hours
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
      insert into public.open_attempts
        (reminder_id, token, telegram_id, kind, level, position, slot_at, due_at, due_rev, stays_open)
      select id, p_token, telegram_id, case when in_list then 'list' else 'card' end, level, position,
        first_slot + slot_step * (position - 1), due_at, due_rev, stays_open
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

revoke all on function public.claim_due_reminders(text, uuid, int, int) from public, anon, authenticated;
grant execute on function public.claim_due_reminders(text, uuid, int, int) to project_admin;

insert into public.schema_versions (version, name) values ('20261101002470', 'late-lists')
  on conflict (version) do nothing;
notify pgrst, 'reload schema';
