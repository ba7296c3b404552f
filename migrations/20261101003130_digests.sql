-- The daily digest: one silent message on a working morning to whoever wants one, and only if there is something to say.
-- A digest is claimed by writing its row (person, local date), in a send slot of the one limiter, so that two workers never
-- send two; what became of it is written back. A claim ends with its lease: then its worker has died, and the digest is sent
-- once more, saying that the first may have arrived. What Telegram left unanswered is never sent again.

create table if not exists public.digests (
  telegram_id bigint not null,
  -- the person's local date
  on_date date not null,
  state text not null check (state in ('empty', 'claimed', 'sent', 'retry', 'in_doubt', 'failed')),
  token uuid,
  -- machine time; the worker of a claim that is older has died
  lease_until timestamptz,
  -- an earlier claim of this day ended like that: whether it was sent, nobody knows
  doubtful boolean not null default false,
  -- the last one before silence: the person has not been here for long
  is_farewell boolean not null default false,
  tries smallint not null default 0,
  -- product time; a retry is not sent before it
  again_at timestamptz,
  message_id bigint,
  error text,
  at timestamptz not null default now(),
  primary key (telegram_id, on_date)
);
create index if not exists digests_claimed on public.digests (lease_until) where state = 'claimed';
create index if not exists users_digest on public.users (telegram_id) where digest_on;

do $$
declare
  old record;
begin
  for old in select policyname from pg_policies where schemaname = 'public' and tablename = 'digests' loop
    execute format('drop policy %I on public.digests', old.policyname);
  end loop;
end
$$;
alter table public.digests enable row level security;
revoke all on table public.digests from public, anon, authenticated;

-- When the digest of a local date goes out: at the hour asked for, or when the quiet hours around it end; null = a day off.
create or replace function public.digest_time(p_person public.users, p_date date) returns timestamptz
  language sql stable set search_path = ''
  as $$
    select case when extract(isodow from p_date)::smallint = any (p_person.working_days)
        and (opens.at at time zone p_person.zone)::date = p_date then opens.at end
    from (select public.next_open(public.local_to_instant(p_date + p_person.digest_at, p_person.zone), p_person.zone,
      p_person.preferred_hour, p_person.quiet_from, p_person.quiet_to, p_person.working_days) as at) as opens
  $$;

-- What there is to say to a person on a local date; null = nothing. Lists hold the first few, counts all. A reminder that
-- waits for its lead's answer is not brought up.
create or replace function public.digest_facts(p_person public.users, p_date date) returns jsonb
  language sql stable set search_path = ''
  as $$
    with bounds as (
      select public.local_to_instant(p_date::timestamp, p_person.zone) as day_start,
        public.local_to_instant((p_date + 1)::timestamp, p_person.zone) as day_end,
        public.local_to_instant((p_date - 1)::timestamp, p_person.zone) as yesterday
    ),
    open as (
      select reminder.id, reminder.title, reminder.wanted_at, lead.name as lead_name, step.description,
        reminder.wanted_at < bounds.day_start as late,
        row_number() over (partition by reminder.wanted_at < bounds.day_start order by reminder.wanted_at, reminder.id) as nth
      from bounds join public.scheduled_reminders as reminder
        on reminder.telegram_id = p_person.telegram_id and reminder.status in ('pending', 'sent')
          and reminder.wanted_at < bounds.day_end
      left join public.leads as lead on lead.id = reminder.lead_id and lead.telegram_id = reminder.telegram_id
      left join public.outreach_steps as step on step.plan_id = reminder.plan_id and step.step_id = reminder.step_id
      where not coalesce(public.waits_for_lead(reminder, lead.paused_at), false)
    ),
    done as (
      select count(*) filter (where reminder.status = 'completed') as completed,
        count(*) filter (where reminder.status = 'skipped' and exists (select from public.reminder_events as event
          where event.reminder_id = reminder.id and event.action in ('skip', 'skipped'))) as skipped
      from bounds join public.scheduled_reminders as reminder on reminder.telegram_id = p_person.telegram_id
        and reminder.status in ('completed', 'skipped')
        and coalesce(reminder.completed_at, reminder.updated_at) >= bounds.yesterday
        and coalesce(reminder.completed_at, reminder.updated_at) < bounds.day_start
    )
    select case when exists (select from open) or done.completed + done.skipped > 0 then jsonb_build_object(
      'late', (select count(*) from open where late), 'today', (select count(*) from open where not late),
      'done', done.completed, 'skipped', done.skipped,
      'lines', coalesce((select jsonb_agg(jsonb_build_object('id', id, 'lead_name', lead_name,
          'text', left(coalesce(description, title, ''), 200), 'wanted_at', wanted_at, 'late', late)
          order by late desc, wanted_at, id) from open where nth <= 8), '[]')) end
    from done
  $$;

-- Hands out digests whose time has come, at most four hours late, each with its send slot. A person who showed no sign of
-- life for 14 days gets one that says it is the last, and then none until they are back.
create or replace function public.claim_digests(p_token uuid, p_limit int) returns jsonb
  language plpgsql set search_path = ''
  as $$
  declare
    claim_horizon constant interval := interval '2 seconds'; -- only slots that start this soon are handed out
    longest_delay constant interval := interval '4 hours'; -- a morning's summary is of no use in the evening
    absent_after constant interval := interval '14 days';
    most_tries constant int := 5;
    lease constant interval := interval '1 minute'; -- a claim's slots begin within 2 s, and a send gives up after 24 s
    product_now constant timestamptz := public.app_now();
    limiter public.dispatch_limiter;
    machine_now timestamptz;
    slot timestamptz;
    slot_step interval;
    candidate record;
    facts jsonb;
    claimed jsonb := '[]'::jsonb;
    empty int := 0;
  begin
    select * into limiter from public.dispatch_limiter where id = 'default' for update;
    machine_now := clock_timestamp();
    slot := greatest(machine_now, limiter.next_slot_at, limiter.block_until);
    slot_step := make_interval(secs => ceil(1000000.0 / limiter.rate_per_second) / 1000000.0);
    -- Twice is enough, and what was for the morning ends with it.
    update public.digests set state = 'in_doubt', error = 'Its worker died.'
      where state = 'claimed' and lease_until < machine_now and (doubtful or at <= product_now - longest_delay);
    for candidate in
      select person, today.on_date, digest.tries, digest.state = 'claimed' or digest.doubtful as is_doubtful,
        coalesce(person.last_seen_at, person.created_at) < product_now - absent_after as is_absent
      from public.users as person
      cross join lateral (select (product_now at time zone person.zone)::date as on_date) as today
      left join public.digests as digest
        on digest.telegram_id = person.telegram_id and digest.on_date = today.on_date
      cross join lateral (select public.digest_time(person, today.on_date) as at) as planned
      left join public.chat_slots as chat on chat.telegram_id = person.telegram_id
      where person.digest_on and not person.opted_out and person.unreachable_since is null
        and (person.paused_until is null or person.paused_until <= product_now)
        and planned.at <= product_now and planned.at > product_now - longest_delay
        and (digest.state is null or (digest.state = 'retry' and digest.again_at <= product_now and digest.tries < most_tries)
          or (digest.state = 'claimed' and digest.lease_until < machine_now))
        and (chat.slot_at is null or limiter.chat_gap_ms = 0
          or chat.slot_at + make_interval(secs => limiter.chat_gap_ms / 1000.0) <= slot)
        and not (coalesce(person.last_seen_at, person.created_at) < product_now - absent_after and exists (
          select from public.digests as earlier where earlier.telegram_id = person.telegram_id and earlier.is_farewell
            and earlier.on_date <> today.on_date
            and earlier.at > coalesce(person.last_seen_at, person.created_at)))
      order by planned.at, person.telegram_id limit p_limit
    loop
      exit when slot >= machine_now + claim_horizon;
      facts := public.digest_facts(candidate.person, candidate.on_date);
      insert into public.digests as digest (telegram_id, on_date, state, token, lease_until, doubtful, is_farewell,
          tries, at)
        values ((candidate.person).telegram_id, candidate.on_date, case when facts is null then 'empty' else 'claimed' end, p_token,
          machine_now + lease, coalesce(candidate.is_doubtful, false),
          facts is not null and coalesce(candidate.is_absent, false), coalesce(candidate.tries, 0) + 1, product_now)
        on conflict (telegram_id, on_date) do update set state = excluded.state, token = excluded.token,
          lease_until = excluded.lease_until, doubtful = excluded.doubtful,
          is_farewell = excluded.is_farewell, tries = excluded.tries, again_at = null;
      if facts is null then
        empty := empty + 1;
        continue;
      end if;
      claimed := claimed || jsonb_build_object('telegram_id', (candidate.person).telegram_id, 'on_date', candidate.on_date,
        'language', (candidate.person).language, 'zone', (candidate.person).zone, 'product_now', product_now,
        'is_farewell', coalesce(candidate.is_absent, false), 'in_doubt', coalesce(candidate.is_doubtful, false),
        'retries', coalesce(candidate.tries, 0), 'facts', facts,
        'slot_in_ms', greatest(0, round(extract(epoch from slot - clock_timestamp()) * 1000))::int);
      if limiter.chat_gap_ms > 0 then
        insert into public.chat_slots as chat (telegram_id, slot_at) values ((candidate.person).telegram_id, slot)
          on conflict (telegram_id) do update set slot_at = excluded.slot_at;
      end if;
      slot := slot + slot_step;
    end loop;
    if claimed <> '[]' then
      update public.dispatch_limiter set next_slot_at = slot where id = 'default';
    end if;
    return jsonb_build_object('digests', claimed, 'empty', empty);
  end
  $$;

-- What became of one: {"outcome", "message_id"?, "error"?, "retry_in_ms"?, "block_ms"?, "unreachable"?}. Sent twice, it
-- changes nothing.
create or replace function public.settle_digest(p_token uuid, p_telegram_id bigint, p_on_date date, p_result jsonb)
  returns boolean
  language plpgsql set search_path = ''
  as $$
  declare
    outcome constant text := p_result ->> 'outcome';
  begin
    if (p_result ->> 'block_ms')::numeric > 0 then
      update public.dispatch_limiter set block_until = greatest(block_until,
        clock_timestamp() + make_interval(secs => (p_result ->> 'block_ms')::numeric / 1000.0)) where id = 'default';
    end if;
    update public.digests set
      state = case outcome when 'released' then 'retry' else outcome end,
      tries = tries - case when outcome = 'released' then 1 else 0 end,
      again_at = case when outcome in ('retry', 'released')
        then public.app_now() + make_interval(secs => coalesce((p_result ->> 'retry_in_ms')::numeric, 0) / 1000.0) end,
      is_farewell = is_farewell and outcome in ('sent', 'in_doubt'),
      message_id = (p_result ->> 'message_id')::bigint, error = left(p_result ->> 'error', 500)
      where telegram_id = p_telegram_id and on_date = p_on_date and token = p_token and state = 'claimed';
    if found and (p_result ->> 'unreachable')::boolean then
      update public.users set unreachable_since = coalesce(unreachable_since, public.app_now())
        where telegram_id = p_telegram_id;
    end if;
    -- What is older than any rule here looks back on.
    delete from public.digests where telegram_id = p_telegram_id and on_date < p_on_date - 60 and not is_farewell;
    return true;
  end
  $$;

-- Everything the person has, for their own use.
create or replace function public.export_my_data() returns jsonb
  language plpgsql stable security definer set search_path = ''
  as $$
  declare
    me constant bigint := public.require_person();
  begin
    return jsonb_build_object(
      'person', (select to_jsonb(person) from public.users as person where person.telegram_id = me),
      'leads', coalesce((select jsonb_agg(to_jsonb(lead) order by lead.id)
        from public.leads as lead where lead.telegram_id = me), '[]'),
      'plans', coalesce((select jsonb_agg(to_jsonb(plan) order by plan.id)
        from public.engagement_plans as plan where plan.telegram_id = me), '[]'),
      'steps', coalesce((select jsonb_agg(to_jsonb(step) order by step.plan_id, step.step_id)
        from public.outreach_steps as step where step.telegram_id = me), '[]'),
      'reminders', coalesce((select jsonb_agg(to_jsonb(reminder) - 'due_rev' order by reminder.id)
        from public.scheduled_reminders as reminder where reminder.telegram_id = me), '[]'),
      -- without what belongs to the sweep
      'recurring', coalesce((select jsonb_agg(to_jsonb(recurring) - array['rev', 'checked_rev'] order by recurring.id)
        from public.recurring_reminders as recurring where recurring.telegram_id = me), '[]'),
      'occurrences', coalesce((select jsonb_agg(to_jsonb(occurrence) order by occurrence.recurring_id, occurrence.slot_on)
        from public.recurring_occurrences as occurrence where occurrence.telegram_id = me), '[]'),
      'digests', coalesce((select jsonb_agg(to_jsonb(digest) - array['token', 'lease_until'] order by digest.on_date)
        from public.digests as digest where digest.telegram_id = me), '[]'),
      'events', coalesce((select jsonb_agg(to_jsonb(event) - 'follow_up' order by event.id)
        from public.reminder_events as event where event.telegram_id = me), '[]'),
      'versions', coalesce((select jsonb_agg(to_jsonb(older) order by older.plan_id, older.version)
        from public.plan_versions as older where older.telegram_id = me), '[]'),
      -- without what belongs to the worker
      'runs', coalesce((select jsonb_agg(to_jsonb(run) - array['token', 'worker', 'lease_until'] order by run.id)
        from public.planning_runs as run where run.telegram_id = me), '[]'),
      'deliveries', coalesce((select jsonb_agg(to_jsonb(attempt) - 'token' order by attempt.product_at, attempt.reminder_id)
        from public.delivery_attempts as attempt where attempt.telegram_id = me), '[]'),
      'actions', coalesce((select jsonb_agg(to_jsonb(deed) order by deed.at, deed.action_id)
        from public.user_actions as deed where deed.telegram_id = me), '[]'));
  end
  $$;

revoke all on function public.digest_time(public.users, date) from public, anon, authenticated;
revoke all on function public.digest_facts(public.users, date) from public, anon, authenticated;
revoke all on function public.claim_digests(uuid, int) from public, anon, authenticated;
revoke all on function public.settle_digest(uuid, bigint, date, jsonb) from public, anon, authenticated;
revoke all on function public.export_my_data() from public, anon, authenticated;
grant execute on function public.claim_digests(uuid, int) to project_admin;
grant execute on function public.settle_digest(uuid, bigint, date, jsonb) to project_admin;
grant execute on function public.export_my_data() to authenticated;

insert into public.schema_versions (version, name) values ('20261101003130', 'digests')
  on conflict (version) do nothing;
notify pgrst, 'reload schema';
