-- After "pause everything until …" the backlog is paid back over days: at most five reminders a day, the oldest first, in
-- open windows, a plan's steps in their order. `wanted_at` stays, so each says honestly how late it is. What falls into
-- the pause gets its day when the pause is set, moved or ended; what comes to fall into it later gets the next free place
-- at the claim that looks at it, so no claim leaves a row both unsent and due.

-- The next p_count places of a backlog: an hour apart, five on a local date, in open windows; the next date begins with its
-- working morning. p_on_day places were given out on p_from's date, the last of them at p_from; 0 = the first may be
-- p_from itself.
create or replace function public.pay_back_slots(
  p_from timestamptz, p_on_day int, p_count int, p_zone text, p_preferred time, p_quiet_from time, p_quiet_to time,
  p_days smallint[]
) returns timestamptz[]
  language plpgsql immutable parallel safe set search_path = ''
  as $$
  declare
    a_day constant int := 5;
    apart constant interval := interval '60 minutes';
    slots timestamptz[] := '{}';
    given int := p_on_day;
    place timestamptz := p_from;
    later timestamptz;
  begin
    while cardinality(slots) < p_count loop
      later := place + apart;
      if given = 0 then
        place := public.next_open(place, p_zone, p_preferred, p_quiet_from, p_quiet_to, p_days);
        given := 1;
      elsif given < a_day and (later at time zone p_zone)::date = (place at time zone p_zone)::date
        and public.is_open(later, p_zone, p_quiet_from, p_quiet_to, p_days)
      then
        place := later;
        given := given + 1;
      else
        place := public.working_morning((place at time zone p_zone)::date + 1, p_zone, p_preferred, p_quiet_from,
          p_quiet_to, p_days);
        given := 1;
      end if;
      slots := slots || place;
    end loop;
    return slots;
  end
  $$;

-- The place behind everything of this person that waits for its day already; of several rows due at once each its own.
create or replace function public.next_pay_back(
  p_row public.scheduled_reminders, p_person public.users, p_from timestamptz, p_now timestamptz
) returns timestamptz
  language plpgsql stable set search_path = ''
  as $$
  declare
    last timestamptz;
    on_day int := 0;
    ahead int;
    slots timestamptz[];
  begin
    select max(row.due_at) into last from public.scheduled_reminders as row
      left join public.leads as lead on lead.id = row.lead_id
      where row.telegram_id = p_person.telegram_id and row.status in ('pending', 'sent') and row.due_reason = 'parked'
        and row.due_at >= p_from and not public.waits_for_lead(row, lead.paused_at);
    if last is not null then
      select count(*) into on_day from public.scheduled_reminders as row
        where row.telegram_id = p_person.telegram_id and row.status in ('pending', 'sent') and row.due_reason = 'parked'
          and (row.due_at at time zone p_person.zone)::date = (last at time zone p_person.zone)::date;
    end if;
    select count(*) into ahead from public.scheduled_reminders as row
      left join public.leads as lead on lead.id = row.lead_id
      where row.telegram_id = p_person.telegram_id and row.status in ('pending', 'sent') and row.due_at <= p_now
        and (row.wanted_at, coalesce(row.step_id, 0), row.id)
          < (p_row.wanted_at, coalesce(p_row.step_id, 0), p_row.id)
        and not public.waits_for_lead(row, lead.paused_at);
    slots := public.pay_back_slots(coalesce(last, p_from), on_day, ahead + 1, p_person.zone, p_person.preferred_hour,
      p_person.quiet_from, p_person.quiet_to, p_person.working_days);
    return slots[ahead + 1];
  end
  $$;

-- Gives every open reminder of the person its place after a pause that ends at p_from; those that are not held any more
-- get their own time back. Returns how many wait for their day.
create or replace function public.spread_backlog(p_person public.users, p_from timestamptz) returns int
  language plpgsql set search_path = ''
  as $$
  declare
    row public.scheduled_reminders;
    natural_at timestamptz;
    behind timestamptz;
    place timestamptz := p_from;
    before_date date;
    on_day int := 0;
    held int := 0;
  begin
    for row in
      select reminder.* from public.scheduled_reminders as reminder
      left join public.leads as lead on lead.id = reminder.lead_id
      where reminder.telegram_id = p_person.telegram_id and reminder.status in ('pending', 'sent')
        and not public.waits_for_lead(reminder, lead.paused_at)
      order by reminder.wanted_at, coalesce(reminder.step_id, 0), reminder.id
    loop
      -- Held by an earlier pause, it is wanted when it was; a repeat of what was delivered is part of the backlog.
      natural_at := case when row.due_reason <> 'parked' then row.due_at when row.level = 0 then row.wanted_at
        else row.last_reminded_at end;
      select max(earlier.due_at) into behind from public.scheduled_reminders as earlier
        where earlier.plan_id = row.plan_id and earlier.step_id < row.step_id and earlier.status in ('pending', 'sent')
          and earlier.due_reason = 'parked';
      if natural_at < p_from or natural_at < behind then
        before_date := (place at time zone p_person.zone)::date;
        place := (public.pay_back_slots(place, on_day, 1, p_person.zone, p_person.preferred_hour, p_person.quiet_from,
          p_person.quiet_to, p_person.working_days))[1];
        on_day := case when on_day > 0 and (place at time zone p_person.zone)::date = before_date then on_day + 1 else 1 end;
        update public.scheduled_reminders set due_at = place, due_reason = 'parked', due_rev = due_rev + 1
          where id = row.id;
        held := held + 1;
      elsif row.due_reason = 'parked' then
        update public.scheduled_reminders set due_at = natural_at, due_rev = due_rev + 1,
          due_reason = case when snooze_count > 0 or exact then 'snooze' else 'plan' end
          where id = row.id;
      end if;
    end loop;
    perform pg_notify('nudge_due', '');
    return held;
  end
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
    if p_lead.paused_at is not null and public.waits_for_lead(p_row, p_lead.paused_at) then
      return p_now + interval '30 days';
    end if;
    if p_person.telegram_id is null then
      return null;
    end if;
    if p_person.opted_out or p_person.unreachable_since is not null then
      -- until the person writes; looked at again now and then
      return p_now + interval '30 days';
    end if;
    if p_person.paused_until > p_now then
      return public.next_pay_back(p_row, p_person, p_person.paused_until, p_now);
    end if;
    -- A step of a plan does not pass an earlier one that still waits for its day after a pause.
    if p_person.paused_until is not null and p_row.plan_id is not null and exists (
      select from public.scheduled_reminders as earlier
      where earlier.plan_id = p_row.plan_id and earlier.step_id < p_row.step_id and earlier.status = 'pending'
        and earlier.due_reason in ('parked', 'window') and earlier.due_at > p_now + interval '5 minutes'
        and earlier.wanted_at <= p_row.wanted_at
    ) then
      return public.next_pay_back(p_row, p_person, p_now, p_now);
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

-- Changes some of the person's settings: {"zone", "zone_source", "preferred_hour", "quiet_from", "quiet_to",
-- "working_days", "language", "paused_until", "digest_on", "digest_at"}; absent keys stay. New hours move the future, unsent
-- plan steps at once; the answer says how many. A pause that begins, moves or ends gives what it holds its days.
create or replace function public.update_settings(p_action_id text, p_settings jsonb, p_source text default 'app')
  returns jsonb
  language plpgsql security definer set search_path = ''
  as $$
  declare
    me constant bigint := public.require_person();
    replay constant jsonb := public.begin_action(me, p_action_id, 'update_settings');
    problem constant text := public.settings_problem(p_settings);
    hours_change constant boolean :=
      p_settings ?| array['zone', 'preferred_hour', 'quiet_from', 'quiet_to', 'working_days'];
    old_person public.users;
    person public.users;
    moved int := 0;
  begin
    if replay is not null then
      return replay;
    end if;
    if problem is not null then
      raise exception '%', problem using errcode = 'P0001', hint = 'SETTINGS_INVALID';
    end if;
    if (p_settings ->> 'paused_until')::timestamptz > public.app_now() + interval '3 years' then
      raise exception 'Reminders can be paused for three years at most, not until %.', p_settings ->> 'paused_until'
        using errcode = 'P0001', hint = 'INSTANT_OUT_OF_RANGE';
    end if;
    -- Before the person's own row: settling a delivery locks reminders first, too.
    if hours_change or p_settings ? 'paused_until' then
      perform from public.leads where telegram_id = me and deleted_at is null order by id for update;
      perform from public.scheduled_reminders
        where telegram_id = me and status in ('pending', 'sent') order by id for update;
    end if;
    insert into public.users (telegram_id) values (me) on conflict (telegram_id) do nothing;
    select * into old_person from public.users where telegram_id = me for update;
    begin
      update public.users set
        zone = coalesce(p_settings ->> 'zone', zone),
        zone_source = coalesce(p_settings ->> 'zone_source', zone_source),
        preferred_hour = coalesce((p_settings ->> 'preferred_hour')::time, preferred_hour),
        quiet_from = coalesce((p_settings ->> 'quiet_from')::time, quiet_from),
        quiet_to = coalesce((p_settings ->> 'quiet_to')::time, quiet_to),
        working_days = case when p_settings ? 'working_days'
          then array(select distinct day::smallint from jsonb_array_elements_text(p_settings -> 'working_days') as day order by 1)
          else working_days end,
        language = coalesce(p_settings ->> 'language', language),
        paused_until = case when p_settings ? 'paused_until'
          then (p_settings ->> 'paused_until')::timestamptz else paused_until end,
        digest_on = coalesce((p_settings ->> 'digest_on')::boolean, digest_on),
        digest_at = coalesce((p_settings ->> 'digest_at')::time, digest_at),
        updated_at = public.app_now()
        where telegram_id = me returning * into person;
    exception when check_violation then
      -- What is left for the table's own checks is quiet hours that leave less than an hour awake, and a pause in the past
      -- of all calendars.
      raise exception 'These settings do not fit together: at least one hour of the day must not be quiet.'
        using errcode = 'P0001', hint = 'SETTINGS_INVALID';
    end;
    if hours_change then
      moved := public.move_to_new_hours(old_person, person, p_action_id, p_source);
    end if;
    if p_settings ? 'paused_until'
      and greatest(old_person.paused_until, person.paused_until) > public.app_now() then
      perform public.spread_backlog(person, greatest(person.paused_until, public.app_now()));
    end if;
    return public.finish_action(me, p_action_id, jsonb_build_object('user', to_jsonb(person), 'moved', moved));
  end
  $$;

-- A sign of life: keeps the profile, ends "unreachable", and wakes what was parked or refused because of it.
create or replace function public.touch_person(p_telegram_id bigint, p_profile jsonb) returns jsonb
  language plpgsql set search_path = ''
  as $$
  declare
    person public.users;
    needs_revival boolean;
  begin
    -- A failed row comes back when the person writes again, whatever it had failed of.
    needs_revival := exists (select from public.users where telegram_id = p_telegram_id and unreachable_since is not null)
      or exists (select from public.scheduled_reminders where telegram_id = p_telegram_id and status = 'failed');
    if needs_revival then
      perform from public.scheduled_reminders
        where telegram_id = p_telegram_id and status in ('pending', 'sent', 'failed') order by id for update;
    end if;
    insert into public.users (telegram_id, first_name, username, language, last_seen_at)
    values (p_telegram_id, left(p_profile ->> 'first_name', 200), left(p_profile ->> 'username', 100),
      coalesce(p_profile ->> 'language', 'en'), public.app_now())
    on conflict (telegram_id) do update set first_name = coalesce(excluded.first_name, users.first_name),
      username = coalesce(excluded.username, users.username), unreachable_since = null,
      last_seen_at = greatest(users.last_seen_at, excluded.last_seen_at)
    returning * into person;
    if needs_revival then
      -- Parked rows come back at once, those Telegram refused come back as pending; the late policy spares a pile.
      -- Of a step that has another open row, or several failed ones, only one may live.
      update public.scheduled_reminders as reminder
        set status = case when status = 'failed' then 'pending' else status end, due_at = greatest(wanted_at, public.app_now()),
          due_rev = due_rev + 1, retries = 0
        where telegram_id = p_telegram_id
          and ((status in ('pending', 'sent') and due_reason = 'parked') or (status = 'failed' and not exists (
            select from public.scheduled_reminders as other
            where other.telegram_id = p_telegram_id and other.id <> reminder.id
              and other.lead_id = reminder.lead_id and other.step_id = reminder.step_id
              and other.plan_id is not distinct from reminder.plan_id
              and (other.status in ('pending', 'sent') or (other.status = 'failed' and other.id > reminder.id)))));
      -- What waits for its day after a pause goes on waiting.
      if person.paused_until is not null then
        perform public.spread_backlog(person, greatest(person.paused_until, public.app_now()));
      end if;
    end if;
    return to_jsonb(person);
  end
  $$;

revoke all on function public.pay_back_slots(timestamptz, int, int, text, time, time, time, smallint[])
  from public, anon, authenticated;
revoke all on function public.next_pay_back(public.scheduled_reminders, public.users, timestamptz, timestamptz)
  from public, anon, authenticated;
revoke all on function public.spread_backlog(public.users, timestamptz) from public, anon, authenticated;
revoke all on function public.hold_back(public.scheduled_reminders, public.users, public.leads, timestamptz)
  from public, anon, authenticated;
revoke all on function public.update_settings(text, jsonb, text) from public, anon, authenticated;
revoke all on function public.touch_person(bigint, jsonb) from public, anon, authenticated;
grant execute on function public.update_settings(text, jsonb, text) to authenticated;
grant execute on function public.touch_person(bigint, jsonb) to project_admin;

insert into public.schema_versions (version, name) values ('20261101002210', 'vacation')
  on conflict (version) do nothing;
notify pgrst, 'reload schema';
