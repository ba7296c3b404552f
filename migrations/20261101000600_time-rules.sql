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

-- The awake windows of a local date as [start, end, start, end], ends exclusive. In a night when clocks change they are
-- what decides: comparing wall clocks would call the repeated hour open, closed and open again.
create or replace function public.awake_windows(
  p_date date, p_zone text, p_quiet_from time, p_quiet_to time, p_days smallint[]
) returns timestamptz[]
  language plpgsql immutable parallel safe set search_path = ''
  as $$
  declare
    day_start timestamptz;
    quiet_start timestamptz;
    quiet_end timestamptz;
    windows timestamptz[] := '{}';
  begin
    if not extract(isodow from p_date)::smallint = any (p_days) then
      return windows;
    end if;
    day_start := public.local_to_instant(p_date::timestamp, p_zone);
    -- An island that crossed the date line skipped a date: it has no moments of its own.
    if (day_start at time zone p_zone)::date <> p_date then
      return windows;
    end if;
    if p_quiet_from = p_quiet_to then
      return array[day_start, public.local_to_instant((p_date + 1)::timestamp, p_zone)];
    end if;
    quiet_start := public.local_to_instant(p_date + p_quiet_from, p_zone);
    quiet_end := public.local_to_instant(p_date + p_quiet_to, p_zone);
    if p_quiet_from > p_quiet_to then
      return case when quiet_end < quiet_start then array[quiet_end, quiet_start] else windows end;
    end if;
    if day_start < quiet_start then
      windows := array[day_start, quiet_start];
    end if;
    day_start := public.local_to_instant((p_date + 1)::timestamp, p_zone);
    return case when quiet_end < day_start then windows || array[quiet_end, day_start] else windows end;
  end
  $$;

-- Does no clock of this zone change within two days of p_at? Then wall clocks may be compared, which is what most rows
-- meet. Instants are shifted as UTC timestamps: timestamptz + interval is only STABLE and would not be inlined.
create or replace function public.is_steady(p_at timestamptz, p_zone text) returns boolean
  language sql immutable parallel safe
  as $$
    select (((p_at at time zone 'UTC') + interval '48 hours') at time zone 'UTC' at time zone p_zone)
      - (((p_at at time zone 'UTC') - interval '48 hours') at time zone 'UTC' at time zone p_zone) = interval '96 hours'
  $$;

-- The first awake instant at or after p_at, whatever the preferred hour. Begins a day early: clocks set back over
-- midnight show a date again after the next one has begun. One working day a week whose only window falls into a
-- clock change leaves 14 days without any; the rest is margin.
create or replace function public.next_awake(
  p_at timestamptz, p_zone text, p_quiet_from time, p_quiet_to time, p_days smallint[]
) returns timestamptz
  language plpgsql immutable parallel safe set search_path = ''
  as $$
  declare
    local constant timestamp := p_at at time zone p_zone;
    first_date constant date := local::date - 1;
    wake_date date := local::date;
    windows timestamptz[];
  begin
    if public.is_steady(p_at, p_zone) and extract(isodow from local)::smallint = any (p_days) then
      if not public.is_quiet(local::time, p_quiet_from, p_quiet_to) then
        return p_at;
      end if;
      if local::time >= p_quiet_to then
        wake_date := wake_date + 1;
      end if;
      if extract(isodow from wake_date)::smallint = any (p_days) then
        return p_at + ((wake_date + p_quiet_to) - local);
      end if;
    end if;
    for ahead in 0 .. 33 loop
      windows := public.awake_windows(first_date + ahead, p_zone, p_quiet_from, p_quiet_to, p_days);
      if p_at < windows[2] then
        return greatest(p_at, windows[1]);
      elsif p_at < windows[4] then
        return greatest(p_at, windows[3]);
      end if;
    end loop;
    raise exception 'No awake hour within 33 days of %: quiet from % to %, working days %.', p_at, p_quiet_from, p_quiet_to,
      p_days using errcode = 'XX000'; -- the checks of users do not let it happen
  end
  $$;

-- May a message that has no instant of its own arrive now? Asked for every claimed row.
create or replace function public.is_open(
  p_at timestamptz, p_zone text, p_quiet_from time, p_quiet_to time, p_days smallint[]
) returns boolean
  language sql immutable parallel safe
  as $$
    select case when public.is_steady(p_at, p_zone)
      then extract(isodow from p_at at time zone p_zone)::smallint = any (p_days)
        and not public.is_quiet((p_at at time zone p_zone)::time, p_quiet_from, p_quiet_to)
      else public.next_awake(p_at, p_zone, p_quiet_from, p_quiet_to, p_days) = p_at
    end
  $$;

-- The preferred hour of the first working day on or after a date; after the quiet hours if it lies inside them. A clock
-- change can push even that into the quiet hours.
create or replace function public.working_morning(
  p_date date, p_zone text, p_preferred time, p_quiet_from time, p_quiet_to time, p_days smallint[]
) returns timestamptz
  language plpgsql immutable parallel safe set search_path = ''
  as $$
  declare
    day date := p_date;
    morning timestamptz;
  begin
    while not extract(isodow from day)::smallint = any (p_days) and day < p_date + 6 loop
      day := day + 1;
    end loop;
    morning := public.local_to_instant(
      day + case when public.is_quiet(p_preferred, p_quiet_from, p_quiet_to) then p_quiet_to else p_preferred end, p_zone);
    if public.is_open(morning, p_zone, p_quiet_from, p_quiet_to, p_days) then
      return morning;
    end if;
    return public.next_awake(morning, p_zone, p_quiet_from, p_quiet_to, p_days);
  end
  $$;

-- When a message that may not go now goes instead: at the end of the quiet hours or, if a day off lies in between, at
-- the preferred hour of the next working day.
create or replace function public.next_open(
  p_at timestamptz, p_zone text, p_preferred time, p_quiet_from time, p_quiet_to time, p_days smallint[]
) returns timestamptz
  language plpgsql immutable parallel safe set search_path = ''
  as $$
  declare
    awake timestamptz;
    asked_on date;
    open_on date;
  begin
    if public.is_open(p_at, p_zone, p_quiet_from, p_quiet_to, p_days) then
      return p_at;
    end if;
    awake := public.next_awake(p_at, p_zone, p_quiet_from, p_quiet_to, p_days);
    asked_on := (p_at at time zone p_zone)::date;
    open_on := (awake at time zone p_zone)::date;
    if extract(isodow from asked_on)::smallint = any (p_days) and open_on - asked_on <= 1 then
      return awake;
    end if;
    return greatest(awake,
      public.working_morning(open_on, p_zone, p_preferred, p_quiet_from, p_quiet_to, p_days));
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
    at timestamptz := p_at;
    local timestamp;
    window_end timestamptz;
  begin
    -- A person awake for one hour a week reaches any wait that is asked for within these windows.
    for round in 1 .. 1000 loop
      at := public.next_awake(at, p_zone, p_quiet_from, p_quiet_to, p_days);
      local := at at time zone p_zone;
      if public.is_steady(at, p_zone) then
        window_end := at + (case
          when p_quiet_from <> p_quiet_to and local::time < p_quiet_from then local::date + p_quiet_from
          else (local::date + 1)::timestamp
        end - local);
      else
        select min(instant) into window_end
        from generate_series(-1, 1) as ahead,
          unnest(public.awake_windows(local::date + ahead, p_zone, p_quiet_from, p_quiet_to, p_days)) as instant
        where instant > at;
      end if;
      if at + remaining < window_end then
        return at + remaining;
      end if;
      remaining := remaining - (window_end - at);
      at := window_end;
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
revoke all on function public.is_steady(timestamptz, text) from public, anon, authenticated;
revoke all on function public.is_open(timestamptz, text, time, time, smallint[]) from public, anon, authenticated;
revoke all on function public.awake_windows(date, text, time, time, smallint[]) from public, anon, authenticated;
revoke all on function public.next_awake(timestamptz, text, time, time, smallint[]) from public, anon, authenticated;
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
