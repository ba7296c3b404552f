-- Claiming: which reminders go out now, in which send slot. INVOKER functions for the server key alone.
--
-- A claim never leaves a row it looked at both unsent and due because it may not go now: it gets its next
-- possible due_at in the same call. Otherwise one blocked person's rows would hide everybody else's for ever.

-- The rows of one batch as the worker needs them; also the answer to a replayed token.
create or replace function public.claimed_batch(p_token uuid) returns json
  language sql stable set search_path = ''
  as $$
    select coalesce(json_agg(claimed order by claimed.position, claimed.id), '[]'::json)
    from (
      select reminder.id, reminder.telegram_id, reminder.lead_id, reminder.plan_id, reminder.step_id, reminder.status,
        reminder.wanted_at, reminder.due_reason, reminder.draft_text, reminder.title, reminder.exact, reminder.retries,
        reminder.in_doubt, reminder.message_id, attempt.kind, attempt.level, attempt.position,
        greatest(0, round(extract(epoch from attempt.slot_at - clock_timestamp()) * 1000))::int as slot_in_ms,
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
    ) as claimed
  $$;

-- When a row that may not go now may be looked at next, and why; null = it may go now.
create or replace function public.hold_back(
  p_row public.scheduled_reminders, p_person public.users, p_lead public.leads, p_now timestamptz
) returns timestamptz
  language plpgsql stable set search_path = ''
  as $$
  declare
    again timestamptz;
  begin
    if p_person.telegram_id is null then
      return null;
    end if;
    if p_person.opted_out or p_person.unreachable_since is not null then
      -- until the person writes; looked at again now and then
      return p_now + interval '30 days';
    end if;
    if p_person.paused_until > p_now then
      return p_person.paused_until;
    end if;
    -- A sign of life since the last card puts the next level off: levels count from there.
    if p_row.status = 'sent' and p_row.level > 0 and p_person.last_seen_at > p_row.last_reminded_at then
      again := public.escalate_at(p_row.level, p_person.last_seen_at, p_person);
      if again > p_now then
        return again;
      end if;
    end if;
    if not (p_row.exact and p_row.level = 0) and not public.is_open(p_now, p_person.zone, p_person.quiet_from,
      p_person.quiet_to, p_person.working_days)
    then
      return public.next_open(p_now, p_person.zone, p_person.preferred_hour, p_person.quiet_from, p_person.quiet_to,
        p_person.working_days);
    end if;
    return null;
  end
  $$;

-- When the next level follows the one just delivered: 4 awake hours, then the next awake morning, then (level 3)
-- a week of rest.
create or replace function public.escalate_at(p_level int, p_from timestamptz, p_person public.users)
  returns timestamptz
  language sql stable set search_path = ''
  as $$
    select case p_level
      when 1 then public.add_awake_hours(p_from, 4, p_person.zone, p_person.preferred_hour, p_person.quiet_from,
        p_person.quiet_to, p_person.working_days)
      when 2 then public.working_morning((p_from at time zone p_person.zone)::date + 1, p_person.zone,
        p_person.preferred_hour, p_person.quiet_from, p_person.quiet_to, p_person.working_days)
      else public.working_morning((p_from at time zone p_person.zone)::date + 7, p_person.zone,
        p_person.preferred_hour, p_person.quiet_from, p_person.quiet_to, p_person.working_days)
    end
  $$;

-- Hands out up to p_limit due rows to a worker under a lease. Sent again with the same token it answers the same
-- batch. The planner settings keep every plan on the partial index, whatever the statistics say.
create or replace function public.claim_due_reminders(p_worker text, p_token uuid, p_limit int, p_lease_seconds int)
  returns json
  language plpgsql set search_path = '' set plan_cache_mode = 'force_custom_plan' set enable_seqscan = 'off'
  set enable_bitmapscan = 'off' set enable_hashjoin = 'off' set enable_mergejoin = 'off' set jit = 'off'
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
    capacity := least(p_limit, ceil(extract(epoch from machine_now + claim_horizon - first_slot)
      / extract(epoch from slot_step))::int);

    with due as materialized (
      select reminder as row, reminder.id, reminder.telegram_id
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
      select reminder as row, reminder.id, reminder.telegram_id
      from crowded join public.scheduled_reminders as reminder using (telegram_id)
      where reminder.status in ('pending', 'sent') and reminder.due_at <= product_now
        and reminder.id not in (select id from due)
        and not exists (select from public.open_attempts as open where open.reminder_id = reminder.id)
      limit 2000
      for update of reminder skip locked
    ),
    judged as materialized (
      select looked_at.id, looked_at.telegram_id, (looked_at.row).level, (looked_at.row).due_at, (looked_at.row).due_rev,
        lead.status in ('closed_won', 'closed_lost') or lead.deleted_at is not null as ended,
        public.hold_back(looked_at.row, person, lead, product_now) as held_until,
        (looked_at.row).level = 0 and (looked_at.row).wanted_at < product_now - late_after
          and ((looked_at.row).due_at < product_now - late_after or (looked_at.row).due_reason in ('window', 'parked')) as late,
        (looked_at.row).due_at < product_now - late_after as overdue,
        case when limiter.chat_gap_ms > 0 then chat.slot_at + chat_gap end as chat_free_at,
        person.opted_out or person.unreachable_since is not null or person.paused_until > product_now as parked
      from (select * from due union all select * from rest) as looked_at
      left join public.users as person on person.telegram_id = looked_at.telegram_id
      left join public.leads as lead on lead.id = (looked_at.row).lead_id and lead.telegram_id = looked_at.telegram_id
      left join public.chat_slots as chat on chat.telegram_id = looked_at.telegram_id
    ),
    ready as materialized (
      select judged.*,
        count(*) over person as of_person, count(*) filter (where late) over person as late_of_person,
        row_number() over (partition by telegram_id order by level > 0, due_at, id) as nth
      from judged where not coalesce(ended, false) and held_until is null
      window person as (partition by telegram_id)
    ),
    shaped as materialized (
      select ready.*, of_person > many_at_once or late_of_person > 1 as in_list from ready
    ),
    lists as (
      select count(distinct telegram_id) filter (where overdue) as overdue_people from shaped where in_list
    ),
    timed as materialized (
      select shaped.*,
        case
          when in_list and lists.overdue_people > crowd and bool_or(overdue) over (partition by telegram_id)
            then product_now + make_interval(secs => 1 + abs(hashint8(telegram_id)::bigint) % spread_over)
          when chat_free_at > first_slot then product_now + (chat_free_at - machine_now)
          when not in_list and nth > 1 and limiter.chat_gap_ms > 0 then product_now + chat_gap * (nth - 1)
        end as wait_until
      from shaped cross join lists
    ),
    -- One message per list, one per card: first notices before re-nags, then round by round over the people.
    headed as materialized (
      select timed.*, first_value(level) over message > 0 as re_nag, first_value(due_at) over message as head_due_at,
        first_value(id) over message as head_id, case when in_list then 1 else nth end as round
      from timed where wait_until is null
      window message as (partition by telegram_id, case when in_list then 0 else id end order by level > 0, due_at, id)
    ),
    placed as materialized (
      select headed.*, dense_rank() over (order by re_nag, round, head_due_at, head_id) as position from headed
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
        due_at = again.at, due_reason = again.reason, due_rev = reminder.due_rev + 1
      from (
        select id, held_until as at, case when parked then 'parked' else 'window' end as reason
        from judged where held_until is not null and not coalesce(ended, false)
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
      where limiter.chat_gap_ms > 0 group by telegram_id
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

revoke all on function public.claimed_batch(uuid) from public, anon, authenticated;
revoke all on function public.hold_back(public.scheduled_reminders, public.users, public.leads, timestamptz)
  from public, anon, authenticated;
revoke all on function public.escalate_at(int, timestamptz, public.users) from public, anon, authenticated;
revoke all on function public.claim_due_reminders(text, uuid, int, int) from public, anon, authenticated;
grant execute on function public.claim_due_reminders(text, uuid, int, int) to project_admin;

insert into public.schema_versions (version, name) values ('20261101001200', 'claim')
  on conflict (version) do nothing;
notify pgrst, 'reload schema';
