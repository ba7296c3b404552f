-- The person's hours, in SQL: the same rules as shared/rules/ (a property test holds both against each other).
-- Needed here because claims, promotions and settings changes must find the next open window in the same
-- transaction that moves the row.

-- A wall clock reading in a zone as an instant, by Temporal's "compatible" rule: a reading inside a spring gap
-- moves forward by the gap, one inside an autumn overlap means the first of the two. PostgreSQL alone takes the
-- second, so the offset of the day before is tried first.
create or replace function public.local_to_instant(p_local timestamp, p_zone text) returns timestamptz
  language plpgsql immutable parallel safe set search_path = ''
  as $$
  declare
    plain constant timestamptz := p_local at time zone p_zone;
    day_before constant timestamptz := plain - interval '24 hours';
    by_old_offset constant timestamptz :=
      (p_local - ((day_before at time zone p_zone) - (day_before at time zone 'UTC'))) at time zone 'UTC';
  begin
    if by_old_offset at time zone p_zone <> p_local and plain at time zone p_zone = p_local then
      return plain;
    end if;
    return by_old_offset;
  end
  $$;

-- Is this time of day inside the quiet hours? They may run over midnight; equal ends mean none.
create or replace function public.is_quiet(p_time time, p_from time, p_to time) returns boolean
  language sql immutable parallel safe
  as $$
    select case
      when p_from < p_to then p_time >= p_from and p_time < p_to
      when p_from > p_to then p_time >= p_from or p_time < p_to
      else false
    end
  $$;

-- May a message that has no instant of its own arrive now?
create or replace function public.is_open(
  p_at timestamptz, p_zone text, p_quiet_from time, p_quiet_to time, p_days smallint[]
) returns boolean
  language sql immutable parallel safe
  as $$
    select extract(isodow from p_at at time zone p_zone)::smallint = any (p_days)
      and not public.is_quiet((p_at at time zone p_zone)::time, p_quiet_from, p_quiet_to)
  $$;

-- The preferred hour of the first working day on or after a date; after the quiet hours if it lies inside them.
create or replace function public.working_morning(
  p_date date, p_zone text, p_preferred time, p_quiet_from time, p_quiet_to time, p_days smallint[]
) returns timestamptz
  language sql immutable parallel safe set search_path = ''
  as $$
    select public.local_to_instant(
      day.on_date + case when public.is_quiet(p_preferred, p_quiet_from, p_quiet_to) then p_quiet_to else p_preferred end,
      p_zone)
    from (
      select p_date + step as on_date from generate_series(0, 6) as step
      where extract(isodow from p_date + step)::smallint = any (p_days)
      order by step limit 1
    ) as day
  $$;

-- The first instant at or after p_at at which the person may be written to: the end of the quiet hours, or on a
-- day off the next working day's preferred hour.
create or replace function public.next_open(
  p_at timestamptz, p_zone text, p_preferred time, p_quiet_from time, p_quiet_to time, p_days smallint[]
) returns timestamptz
  language plpgsql immutable parallel safe set search_path = ''
  as $$
  declare
    local constant timestamp := p_at at time zone p_zone;
    wake_date date := local::date;
  begin
    if public.is_open(p_at, p_zone, p_quiet_from, p_quiet_to, p_days) then
      return p_at;
    end if;
    if not extract(isodow from local)::smallint = any (p_days) then
      return public.working_morning(wake_date + 1, p_zone, p_preferred, p_quiet_from, p_quiet_to, p_days);
    end if;
    if p_quiet_from > p_quiet_to and local::time >= p_quiet_from then
      wake_date := wake_date + 1;
    end if;
    if not extract(isodow from wake_date)::smallint = any (p_days) then
      return public.working_morning(wake_date, p_zone, p_preferred, p_quiet_from, p_quiet_to, p_days);
    end if;
    return public.local_to_instant(wake_date + p_quiet_to, p_zone);
  end
  $$;

-- The instant after so many awake hours: time in quiet hours and on days off does not count.
create or replace function public.add_awake_hours(
  p_at timestamptz, p_hours numeric, p_zone text, p_preferred time, p_quiet_from time, p_quiet_to time,
  p_days smallint[]
) returns timestamptz
  language plpgsql immutable parallel safe set search_path = ''
  as $$
  declare
    remaining interval := make_interval(secs => (p_hours * 3600)::double precision);
    at timestamptz := public.next_open(p_at, p_zone, p_preferred, p_quiet_from, p_quiet_to, p_days);
    local timestamp;
    window_end timestamptz;
  begin
    for round in 1 .. 400 loop
      local := at at time zone p_zone;
      window_end := public.local_to_instant(
        case
          when p_quiet_from <> p_quiet_to and local::time < p_quiet_from then local::date + p_quiet_from
          else (local::date + 1)::timestamp
        end, p_zone);
      if at + remaining < window_end then
        return at + remaining;
      end if;
      remaining := remaining - (window_end - at);
      at := public.next_open(window_end, p_zone, p_preferred, p_quiet_from, p_quiet_to, p_days);
    end loop;
    return at;
  end
  $$;

-- When a plan's step is wanted: the start's local date plus delay_days at the preferred hour; day 0 is now, or
-- the next open window.
create or replace function public.step_wanted_at(
  p_start timestamptz, p_delay_days int, p_zone text, p_preferred time, p_quiet_from time, p_quiet_to time,
  p_days smallint[]
) returns timestamptz
  language sql immutable parallel safe set search_path = ''
  as $$
    select case
      when p_delay_days = 0
        then public.next_open(p_start, p_zone, p_preferred, p_quiet_from, p_quiet_to, p_days)
      else public.working_morning((p_start at time zone p_zone)::date + p_delay_days, p_zone, p_preferred,
        p_quiet_from, p_quiet_to, p_days)
    end
  $$;

revoke all on function public.local_to_instant(timestamp, text) from public, anon, authenticated;
revoke all on function public.is_quiet(time, time, time) from public, anon, authenticated;
revoke all on function public.is_open(timestamptz, text, time, time, smallint[]) from public, anon, authenticated;
revoke all on function public.working_morning(date, text, time, time, time, smallint[])
  from public, anon, authenticated;
revoke all on function public.next_open(timestamptz, text, time, time, time, smallint[])
  from public, anon, authenticated;
revoke all on function public.add_awake_hours(timestamptz, numeric, text, time, time, time, smallint[])
  from public, anon, authenticated;
revoke all on function public.step_wanted_at(timestamptz, int, text, time, time, time, smallint[])
  from public, anon, authenticated;

insert into public.schema_versions (version, name) values ('20261101000600', 'time-rules')
  on conflict (version) do nothing;
notify pgrst, 'reload schema';
