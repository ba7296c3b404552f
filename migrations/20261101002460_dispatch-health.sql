-- What a look from outside needs to know of dispatch, in one call. For the server key alone.

-- Counts stop at 10,000: a look must stay cheap when the backlog is large. Times in milliseconds.
create or replace function public.dispatch_health() returns jsonb
  language plpgsql set search_path = '' set enable_seqscan = 'off' set enable_bitmapscan = 'off'
  as $$
  declare
    most constant int := 10000;
    poll_plan json;
    limiter public.dispatch_limiter;
  begin
    -- What a quiet poll costs by the planner's reckoning: far more than usual = it walks more than the index's edge.
    execute 'explain (format json) select exists (select from public.scheduled_reminders
      where due_at <= public.app_now() and status in (''pending'', ''sent''))' into poll_plan;
    select * into limiter from public.dispatch_limiter where id = 'default';
    return jsonb_build_object(
      'due', (select count(*) from (
        select from public.scheduled_reminders as reminder
        where due_at <= public.app_now() and status in ('pending', 'sent')
          and not exists (select from public.open_attempts as open where open.reminder_id = reminder.id)
        order by due_at limit most) as due),
      'oldest_due_ms', public.oldest_due_ms(),
      'claimed', (select count(*) from (select from public.open_attempts limit most) as claimed),
      'leases_over', (select count(*) from public.claim_batches where lease_until < clock_timestamp()),
      'blocked_ms', greatest(0, round(extract(epoch from limiter.block_until - clock_timestamp()) * 1000)),
      'poll_cost', poll_plan -> 0 -> 'Plan' -> 'Total Cost');
  end
  $$;

revoke all on function public.dispatch_health() from public, anon, authenticated;
grant execute on function public.dispatch_health() to project_admin;

insert into public.schema_versions (version, name) values ('20261101002460', 'dispatch-health')
  on conflict (version) do nothing;
notify pgrst, 'reload schema';
