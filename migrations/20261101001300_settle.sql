-- Settling what was sent, extending and sweeping leases, the limiter's dials. For the server key alone.

-- One call a batch (or part of it): [{"id", "outcome", "message_id"?, "retry_in_ms"?, "error_code"?, "error"?,
-- "unreachable"?, "block_ms"?}]. Attempt and message id are always recorded, even when the lease was lost or the
-- person acted meanwhile; only the row's own change is refused then. Sent twice, it changes nothing.
create or replace function public.settle_reminders(p_token uuid, p_results jsonb) returns jsonb
  language plpgsql set search_path = '' set jit = 'off'
  as $$
  declare
    product_now constant timestamptz := public.app_now();
    -- A replay must not begin Telegram's pause anew.
    block_ms constant numeric := (
      select max((item ->> 'block_ms')::numeric) from jsonb_array_elements(p_results) as item
      where not exists (
        select from public.delivery_attempts as attempt
        where attempt.reminder_id = (item ->> 'id')::bigint and attempt.token = p_token and attempt.outcome <> 'in_doubt'));
    ids constant bigint[] := array(select (item ->> 'id')::bigint from jsonb_array_elements(p_results) as item);
    sent_row public.scheduled_reminders;
    settled bigint[];
    first_sends bigint[];
  begin
    if block_ms > 0 then
      update public.dispatch_limiter
        set block_until = greatest(block_until, clock_timestamp() + make_interval(secs => block_ms / 1000.0))
        where id = 'default';
    end if;
    perform from public.scheduled_reminders where id = any (ids) order by id for update;

    -- A lease that was swept meanwhile: the attempt stands as in doubt and now gets its true outcome.
    update public.delivery_attempts as attempt
      set outcome = result.outcome, message_id = result.message_id, error_code = result.error_code,
        error = left(result.error, 500), settled_at = clock_timestamp()
      from jsonb_to_recordset(p_results) as result
        (id bigint, outcome text, message_id bigint, error_code int, error text)
      where attempt.reminder_id = result.id and attempt.token = p_token and attempt.outcome = 'in_doubt'
        and result.outcome not in ('in_doubt', 'released')
        and not exists (select from public.open_attempts as open where open.reminder_id = result.id and open.token = p_token);

    with result as materialized (
      select * from jsonb_to_recordset(p_results) as result
        (id bigint, outcome text, message_id bigint, retry_in_ms bigint, error_code int, error text, unreachable boolean)
    ),
    lease as (
      delete from public.open_attempts as open using result
      where open.reminder_id = result.id and open.token = p_token
      returning open.*, result.outcome, result.message_id, result.retry_in_ms, result.error_code, result.error
    ),
    attempted as (
      insert into public.delivery_attempts
        (reminder_id, token, telegram_id, kind, level, outcome, message_id, error_code, error, slot_at, product_at)
      select reminder_id, token, telegram_id, kind, level, outcome, message_id, error_code, left(error, 500), slot_at,
        product_now
      from lease where outcome <> 'released'
      on conflict (reminder_id, token) do nothing
    ),
    changed as (
      update public.scheduled_reminders as reminder set
        status = case lease.outcome when 'failed' then 'failed' when 'sent' then 'sent' when 'bundled' then 'sent'
          else reminder.status end,
        due_at = case
          when lease.outcome in ('sent', 'bundled') then
            case when person.telegram_id is null and lease.level = 0 then product_now + interval '4 hours'
              else public.escalate_at(lease.level + 1, product_now, coalesce(person, public.settings_of(lease.telegram_id)))
            end
          when lease.outcome = 'failed' then reminder.due_at
          else product_now + make_interval(secs => coalesce(lease.retry_in_ms, 5000) / 1000.0) end,
        due_reason = case
          when lease.outcome in ('sent', 'bundled') then case when lease.level >= 2 then 'snooze' else 'escalation' end
          when lease.outcome = 'failed' then reminder.due_reason
          when lease.outcome = 'deferred' then 'window'
          else 'retry' end,
        level = case
          when lease.outcome in ('sent', 'bundled') then case when lease.level >= 2 then 0 else lease.level + 1 end
          else reminder.level end,
        snooze_count = reminder.snooze_count
          + case when lease.outcome in ('sent', 'bundled') and lease.level >= 2 then 1 else 0 end,
        reminder_count = reminder.reminder_count + case when lease.outcome in ('sent', 'bundled') then 1 else 0 end,
        last_reminded_at = case when lease.outcome in ('sent', 'bundled') then product_now else reminder.last_reminded_at end,
        message_id = coalesce(lease.message_id, reminder.message_id),
        -- a doubt lasts until a send is known to have arrived
        in_doubt = case when lease.outcome in ('sent', 'bundled') then false else reminder.in_doubt or lease.outcome = 'in_doubt' end,
        retries = case when lease.outcome in ('sent', 'bundled') then 0 else least(reminder.retries + 1, 1000) end,
        last_error = case when lease.outcome in ('sent', 'bundled') then null else left(lease.error, 500) end,
        due_rev = reminder.due_rev + 1
      from lease left join public.users as person on person.telegram_id = lease.telegram_id
      where reminder.id = lease.reminder_id and lease.outcome <> 'released'
        and reminder.status in ('pending', 'sent')
        and reminder.due_rev = lease.due_rev and reminder.due_at = lease.due_at
      returning reminder.id, lease.level, lease.outcome, reminder.plan_id
    ),
    -- Moved or finished by the person while it was on its way: only note that a card went out.
    overtaken as (
      update public.scheduled_reminders as reminder
      set message_id = coalesce(lease.message_id, reminder.message_id),
        reminder_count = reminder.reminder_count + 1, last_reminded_at = product_now
      from lease
      where reminder.id = lease.reminder_id and lease.outcome in ('sent', 'bundled')
        and not (reminder.status in ('pending', 'sent') and reminder.due_rev = lease.due_rev and reminder.due_at = lease.due_at)
    )
    select array(select reminder_id from lease),
      array(select id from changed where outcome in ('sent', 'bundled') and level = 0 and plan_id is not null)
      into settled, first_sends;

    if exists (select from jsonb_array_elements(p_results) as item where item ->> 'outcome' = 'failed') then
      -- only what was settled now: a person who has written since a first call stays reachable
      perform public.note_failures(p_token, (select jsonb_agg(item) from jsonb_array_elements(p_results) as item
        where (item ->> 'id')::bigint = any (settled)));
    end if;
    for sent_row in
      select * from public.scheduled_reminders where id = any (first_sends) order by id
    loop
      perform public.request_next_step(sent_row);
    end loop;
    delete from public.claim_batches as batch where batch.token = p_token
      and not exists (select from public.open_attempts as open where open.token = p_token);
    return jsonb_build_object('settled', cardinality(settled));
  end
  $$;

-- Telegram refused for good: an event for each, and a person who blocked the bot is unreachable until they write.
create or replace function public.note_failures(p_token uuid, p_results jsonb) returns void
  language plpgsql set search_path = ''
  as $$
  begin
    insert into public.reminder_events
      (telegram_id, reminder_id, lead_id, plan_id, action, actor, source, after, note, at)
    select reminder.telegram_id, reminder.id, reminder.lead_id, reminder.plan_id, 'failed', 'dispatcher', 'worker',
      public.reminder_snapshot(reminder), left(item ->> 'error', 500), public.app_now()
    from jsonb_array_elements(p_results) as item
    join public.scheduled_reminders as reminder on reminder.id = (item ->> 'id')::bigint and reminder.status = 'failed'
    where item ->> 'outcome' = 'failed';
    insert into public.users (telegram_id, unreachable_since)
    select distinct attempt.telegram_id, public.app_now()
    from jsonb_array_elements(p_results) as item
    join public.delivery_attempts as attempt on attempt.reminder_id = (item ->> 'id')::bigint and attempt.token = p_token
    where (item ->> 'unreachable')::boolean
    on conflict (telegram_id) do update set unreachable_since = coalesce(users.unreachable_since, excluded.unreachable_since);
  end
  $$;

-- Keeps a batch that takes longer than its lease. False: the lease is gone, stop sending.
create or replace function public.extend_claims(p_token uuid, p_lease_seconds int) returns boolean
  language plpgsql set search_path = ''
  as $$
  begin
    update public.claim_batches set lease_until = clock_timestamp() + make_interval(secs => p_lease_seconds)
      where token = p_token;
    return found;
  end
  $$;

-- Alone turns expired leases into attempts in doubt and queues their rows again: sent once more, level unchanged.
-- Returns how many.
create or replace function public.sweep_reminders() returns int
  language plpgsql set search_path = ''
  as $$
  declare
    tokens constant uuid[] := array(select token from public.claim_batches where lease_until < clock_timestamp());
    swept int;
  begin
    if cardinality(tokens) = 0 then
      return 0;
    end if;
    perform from public.scheduled_reminders where id in (
      select reminder_id from public.open_attempts where token = any (tokens)) order by id for update;
    with lost as (
      delete from public.open_attempts as open using public.claim_batches as batch
      where open.token = any (tokens) and batch.token = open.token and batch.lease_until < clock_timestamp()
      returning open.*
    ),
    attempted as (
      insert into public.delivery_attempts
        (reminder_id, token, telegram_id, kind, level, outcome, slot_at, product_at, error)
      select reminder_id, token, telegram_id, kind, level, 'in_doubt', slot_at, public.app_now(), 'the worker''s lease ended'
      from lost on conflict (reminder_id, token) do nothing
    ),
    requeued as (
      update public.scheduled_reminders as reminder
      set in_doubt = true, due_reason = 'retry', due_rev = reminder.due_rev + 1
      from lost
      where reminder.id = lost.reminder_id and reminder.status in ('pending', 'sent')
        and reminder.due_rev = lost.due_rev and reminder.due_at = lost.due_at
    )
    select count(*) into swept from lost;
    delete from public.claim_batches as batch where batch.token = any (tokens)
      and not exists (select from public.open_attempts as open where open.token = batch.token);
    return swept;
  end
  $$;

create or replace function public.set_dispatch_rate(p_rate_per_second int, p_chat_gap_ms int) returns void
  language sql set search_path = ''
  as $$
    update public.dispatch_limiter set rate_per_second = p_rate_per_second, chat_gap_ms = p_chat_gap_ms
    where id = 'default' and (rate_per_second, chat_gap_ms) is distinct from (p_rate_per_second, p_chat_gap_ms)
  $$;

-- How long the resident loops may sleep, in milliseconds: until the next row falls due or a step becomes ready,
-- not before the limiter has a slot again; 60 s at most.
create or replace function public.next_wake_ms() returns int
  language sql stable set search_path = '' set enable_seqscan = 'off' set enable_bitmapscan = 'off'
  set enable_hashjoin = 'off'
  as $$
    select least(60000, greatest(0, ceil(extract(epoch from least(
      (select greatest(reminder.due_at - public.app_now(), greatest(limiter.block_until,
           limiter.next_slot_at - interval '2 seconds') - clock_timestamp())
       from public.scheduled_reminders as reminder, public.dispatch_limiter as limiter
       where reminder.status in ('pending', 'sent') and limiter.id = 'default'
         and not exists (select from public.open_attempts as open where open.reminder_id = reminder.id)
       order by reminder.due_at limit 1),
      (select min(next_step_ready_at) - public.app_now() from public.outreach_steps where next_step_ready_at is not null),
      interval '60 seconds'
    )) * 1000)))::int
  $$;

-- How far the oldest due and unsent reminder is behind, in milliseconds of product time; 0 = nothing is due.
create or replace function public.oldest_due_ms() returns bigint
  language sql stable set search_path = '' set enable_seqscan = 'off' set enable_bitmapscan = 'off'
  as $$
    select greatest(0, coalesce((
      select extract(epoch from public.app_now() - due_at) * 1000 from public.scheduled_reminders
      where status in ('pending', 'sent') order by due_at limit 1), 0))::bigint
  $$;

revoke all on function public.oldest_due_ms() from public, anon, authenticated;
grant execute on function public.oldest_due_ms() to project_admin;
revoke all on function public.settle_reminders(uuid, jsonb) from public, anon, authenticated;
revoke all on function public.note_failures(uuid, jsonb) from public, anon, authenticated;
revoke all on function public.extend_claims(uuid, int) from public, anon, authenticated;
revoke all on function public.sweep_reminders() from public, anon, authenticated;
revoke all on function public.set_dispatch_rate(int, int) from public, anon, authenticated;
revoke all on function public.next_wake_ms() from public, anon, authenticated;
grant execute on function public.settle_reminders(uuid, jsonb) to project_admin;
grant execute on function public.extend_claims(uuid, int) to project_admin;
grant execute on function public.sweep_reminders() to project_admin;
grant execute on function public.set_dispatch_rate(int, int) to project_admin;
grant execute on function public.next_wake_ms() to project_admin;

insert into public.schema_versions (version, name) values ('20261101001300', 'settle')
  on conflict (version) do nothing;
notify pgrst, 'reload schema';
