-- Settling finds each lease by its reminder and carries no more of a person than it reads. As joins, the planner could take
-- every lease of a batch against every result, and copied each person's whole row (a quarter of the time).

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

    -- Each result is fetched for its lease: as a join, the planner would believe that next to nothing is being sent at any
    -- moment, and compare every lease with every result.
    with freed as (
      delete from public.open_attempts as open
      where open.reminder_id = any (ids) and open.token is not distinct from p_token
      returning open.reminder_id, open.telegram_id, open.kind, open.level, open.slot_at, open.due_at, open.due_rev,
        open.stays_open
    ),
    lease as materialized (
      select freed.*, result.outcome in ('sent', 'bundled') as arrived, result.outcome, result.message_id,
        result.retry_in_ms, result.error_code, left(result.error, 500) as error
      from freed
      cross join lateral jsonb_to_record(p_results -> (array_position(ids, freed.reminder_id) - 1)) as result
        (outcome text, message_id bigint, retry_in_ms bigint, error_code int, error text)
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
          -- escalate_at() for the usual row: four hours that lie in one open stretch, as the claim saw
          when lease.arrived and lease.level = 0 and lease.stays_open then product_now + interval '4 hours'
          when lease.arrived
            -- the whole person is fetched here alone: carried along, it would be copied for every row
            then public.escalate_at(lease.level + 1, product_now, coalesce(
              (select whole_person from public.users as whole_person where whole_person.telegram_id = lease.telegram_id),
              public.settings_of(lease.telegram_id)))
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
      from lease
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

revoke all on function public.settle_reminders(uuid, jsonb) from public, anon, authenticated;
grant execute on function public.settle_reminders(uuid, jsonb) to project_admin;

insert into public.schema_versions (version, name) values ('20261101002410', 'settle-by-lease')
  on conflict (version) do nothing;
notify pgrst, 'reload schema';
