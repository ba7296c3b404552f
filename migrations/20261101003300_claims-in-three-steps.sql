-- The usual claim in three steps that each do one thing: look at what is due, judge it, lease it. The rows go from the judging to
-- the answer and to the leases as they are, instead of being kept aside for one another and read a second time for the
-- answer.

-- Leases the first p_capacity due rows when nothing about them or their neighbours in the window is unusual: everybody in the
-- window has one row, none is from before an outage, nobody is paused or asleep. `messages` says how many, and `batch` is
-- their claimed_batch(); null = something is unusual, nothing was leased. Only for claim_due_reminders(): its lock on the
-- limiter keeps other claims away meanwhile.
create or replace function public.lease_usual_rows(
  p_token uuid, p_capacity int, p_now timestamptz, p_late_before timestamptz, p_first_slot timestamptz, p_slot_step interval,
  p_chat_gap interval, out messages int, out batch json
)
  language plpgsql set search_path = '' set plan_cache_mode = 'force_generic_plan'
  as $$
  declare
    has_gap constant boolean := p_chat_gap > interval '0';
    first_at_ms constant float8 := date_part('epoch', p_first_slot) * 1000;
    step_ms constant float8 := date_part('epoch', p_slot_step) * 1000;
    first_in_ms float8;
    is_usual boolean;
    places tid[];
    positions int[];
    ids bigint[];
    people bigint[];
    levels smallint[];
    due_ats timestamptz[];
    due_revs int[];
    stay_open boolean[];
  begin
    -- First notices before re-nags.
    select array_agg(due.place order by due.level > 0, due.due_at, due.id),
        count(*) = count(distinct due.telegram_id) and min(due.due_at) >= p_late_before
      into places, is_usual
      from (
        select reminder.ctid as place, reminder.id, reminder.telegram_id, reminder.level, reminder.due_at
        from public.scheduled_reminders as reminder
        where reminder.due_at <= p_now and reminder.status in ('pending', 'sent')
          and not exists (select from public.open_attempts as open where open.reminder_id = reminder.id)
        order by reminder.due_at limit 2 * p_capacity
      ) as due;
    if is_usual is not true then
      return;
    end if;
    places := places[:p_capacity];

    first_in_ms := date_part('epoch', p_first_slot - clock_timestamp()) * 1000;
    select count(*) = cardinality(places) and bool_and(judged.is_usual), count(*), array_agg(judged.position),
        array_agg(judged.id), array_agg(judged.telegram_id), array_agg(judged.level), array_agg(judged.due_at),
        array_agg(judged.due_rev), array_agg(judged.stays_open), json_agg(told order by told.position)
      into is_usual, messages, positions, ids, people, levels, due_ats, due_revs, stay_open, batch
      from (
        select reminder.*, chosen.position::int as position, person.language, person.zone, lead.name as lead_name,
          lead.company as lead_company, step.description,
          -- looked at again: it may have been finished meanwhile
          reminder.status in ('pending', 'sent') and reminder.due_at <= p_now
            and (lead.id is null or lead.status not in ('closed_won', 'closed_lost') and lead.deleted_at is null
              and lead.paused_at is null)
            and (person.telegram_id is null or not person.opted_out and person.unreachable_since is null
              and person.paused_until is null
              and not (reminder.status = 'sent' and reminder.level > 0
                and coalesce(person.last_seen_at > reminder.last_reminded_at, false))
              and (hours.open_until is not null or reminder.exact and reminder.level = 0))
            and not (has_gap and exists (select from public.chat_slots as chat
              where chat.telegram_id = reminder.telegram_id and chat.slot_at + p_chat_gap > p_first_slot)) as is_usual,
          person.telegram_id is null or coalesce(hours.local + interval '4 hours 10 minutes' < hours.open_until, false)
            as stays_open
        from unnest(places) with ordinality as chosen (place, position)
        join public.scheduled_reminders as reminder on reminder.ctid = chosen.place
        left join public.users as person on person.telegram_id = reminder.telegram_id
        left join public.leads as lead on lead.id = reminder.lead_id and lead.telegram_id = reminder.telegram_id
        left join public.outreach_steps as step on step.plan_id = reminder.plan_id and step.step_id = reminder.step_id
          and step.telegram_id = reminder.telegram_id
        cross join lateral (
          select clock.local, public.plainly_open_until(clock.local, clock.before, clock.after, person.quiet_from,
            person.quiet_to, person.working_days) as open_until
          from (
            select p_now at time zone person.zone as local, (p_now - interval '48 hours') at time zone person.zone as before,
              (p_now + interval '48 hours') at time zone person.zone as after
            -- kept apart, so that each clock is read once
            offset 0
          ) as clock
          offset 0
        ) as hours
        -- one that somebody has in hand at this moment is left out, without waiting
        for update of reminder skip locked
      ) as judged
      -- The columns of claimed_batch(). Those of fixed length that are always there come first: json_agg() finds each
      -- column by walking over the ones before it.
      cross join lateral (
        select judged.id, judged.telegram_id, judged.wanted_at, p_now as product_now,
          (first_in_ms + step_ms * (judged.position - 1))::int as slot_in_ms,
          (first_at_ms + step_ms * (judged.position - 1))::bigint as slot_at_ms, judged.position, judged.level, judged.retries,
          judged.in_doubt, judged.lead_id, judged.step_id, judged.message_id, 'card' as kind,
          coalesce(judged.language, 'en') as language, coalesce(judged.zone, 'UTC') as zone, judged.lead_name,
          judged.lead_company, judged.draft_text, judged.title, judged.description
      ) as told;
    if is_usual is not true then
      messages := null;
      batch := null;
      return;
    end if;

    insert into public.open_attempts
      (reminder_id, token, telegram_id, kind, level, position, slot_at, due_at, due_rev, stays_open)
      select lease.id, p_token, lease.telegram_id, 'card', lease.level, lease.position,
        p_first_slot + p_slot_step * (lease.position - 1), lease.due_at, lease.due_rev, lease.stays_open
      from unnest(positions, ids, people, levels, due_ats, due_revs, stay_open)
        as lease (position, id, telegram_id, level, due_at, due_rev, stays_open);
    if has_gap then
      insert into public.chat_slots (telegram_id, slot_at)
        select chat.telegram_id, p_first_slot + p_slot_step * (chat.position - 1)
        from unnest(people, positions) as chat (telegram_id, position)
        on conflict (telegram_id) do update set slot_at = excluded.slot_at;
    end if;
  end
  $$;

-- claim_due_reminders() as it was, but for its first way out.
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
    batch json;
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
    select usual.messages, usual.batch into messages, batch from public.lease_usual_rows(
      p_token, capacity, product_now, product_now - late_after, first_slot, slot_step, chat_gap) as usual;
    if messages is not null then
      insert into public.claim_batches (token, worker, lease_until)
        values (p_token, p_worker, machine_now + make_interval(secs => p_lease_seconds));
      update public.dispatch_limiter set next_slot_at = first_slot + slot_step * messages where id = 'default';
      return batch;
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

drop function if exists
  public.claim_usual(uuid, int, timestamptz, timestamptz, timestamptz, interval, interval);

-- The same limit. Every delivery writes the row anew, and counting a text's characters is a hundred times the work of reading
-- its length in bytes, which says enough about nearly all of them.
alter table public.scheduled_reminders drop constraint if exists scheduled_reminders_draft_length;
alter table public.scheduled_reminders add constraint scheduled_reminders_draft_length
  check (octet_length(draft_text) <= 10000 or char_length(draft_text) <= 10000) not valid;

revoke all on function public.lease_usual_rows(uuid, int, timestamptz, timestamptz, timestamptz, interval, interval)
  from public, anon, authenticated;
revoke all on function public.claim_due_reminders(text, uuid, int, int) from public, anon, authenticated;
grant execute on function public.claim_due_reminders(text, uuid, int, int) to project_admin;

insert into public.schema_versions (version, name) values ('20261101003300', 'claims-in-three-steps')
  on conflict (version) do nothing;
notify pgrst, 'reload schema';
