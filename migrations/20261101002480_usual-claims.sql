-- Most claims meet nothing unusual: everybody in the window has one row, none is from before an outage, nobody is paused or
-- asleep. Such a claim needs no ranking of people, and judges the rows it hands out alone.

-- Leases the first p_capacity due rows when nothing about them or their neighbours in the window is unusual.
-- Returns how many; null = something is unusual, nothing was leased.
create or replace function public.claim_usual(
  p_token uuid, p_capacity int, p_now timestamptz, p_late_before timestamptz, p_first_slot timestamptz, p_slot_step interval,
  p_chat_gap interval
) returns int
  language plpgsql set search_path = '' set plan_cache_mode = 'force_generic_plan'
  as $$
  declare
    has_gap constant boolean := p_chat_gap > interval '0';
    messages int;
  begin
    with due as materialized (
      select reminder.ctid as place, reminder.id, reminder.telegram_id, reminder.level, reminder.due_at
      from public.scheduled_reminders as reminder
      where reminder.due_at <= p_now and reminder.status in ('pending', 'sent')
        and not exists (select from public.open_attempts as open where open.reminder_id = reminder.id)
      order by reminder.due_at limit 2 * p_capacity
    ),
    -- First notices before re-nags.
    chosen as materialized (
      select place, row_number() over (order by level > 0, due_at, id) as position from due
    ),
    judged as materialized (
      select reminder.id, reminder.telegram_id, reminder.level, reminder.due_at, reminder.due_rev, chosen.position,
        (lead.id is null or lead.status not in ('closed_won', 'closed_lost') and lead.deleted_at is null
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
      from chosen
      join public.scheduled_reminders as reminder on reminder.ctid = chosen.place
      left join public.users as person on person.telegram_id = reminder.telegram_id
      left join public.leads as lead on lead.id = reminder.lead_id and lead.telegram_id = reminder.telegram_id
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
      where chosen.position <= p_capacity
      for update of reminder skip locked
    ),
    verdict as materialized (
      select (select bool_and(is_usual) from judged)
        and (select count(*) = count(distinct telegram_id) and min(due_at) >= p_late_before from due) as is_usual
    ),
    leased as (
      insert into public.open_attempts
        (reminder_id, token, telegram_id, kind, level, position, slot_at, due_at, due_rev, stays_open)
      select id, p_token, telegram_id, 'card', level, position, p_first_slot + p_slot_step * (position - 1), due_at, due_rev,
        stays_open
      from judged cross join verdict where verdict.is_usual
    ),
    chats as (
      insert into public.chat_slots as chat (telegram_id, slot_at)
      select telegram_id, p_first_slot + p_slot_step * (position - 1) from judged cross join verdict
      where verdict.is_usual and has_gap
      on conflict (telegram_id) do update set slot_at = excluded.slot_at
    )
    select max(position) into messages from judged cross join verdict where verdict.is_usual;
    return messages;
  end
  $$;

revoke all on function public.claim_usual(uuid, int, timestamptz, timestamptz, timestamptz, interval, interval)
  from public, anon, authenticated;

insert into public.schema_versions (version, name) values ('20261101002480', 'usual-claims')
  on conflict (version) do nothing;
notify pgrst, 'reload schema';
