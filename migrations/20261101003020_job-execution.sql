-- The worker's side of the job scheduler: slots that came, claiming, settling, beating, rescuing. For the server key alone.
-- Lock order: jobs by id, then executions by id, then workers.
--
-- A plan made while a table was empty is kept by the session, and reads all of it once a history has grown (a minute for
-- 4,000 jobs, tried). So the functions that write hundreds of rows plan each time, for the rows they were given; those that
-- are called all the time forbid plans without an index. Nothing of either is worth compiling (jit).

-- Jobs whose slot has come, and the product time it was asked at.
create or replace function public.due_jobs(p_limit int) returns json
  language sql stable set search_path = ''
  as $$
    select json_build_object('now', public.app_now(), 'jobs', coalesce(json_agg(due order by due.next_run), '[]'::json))
    from (
      select id, type, schedule, timezone, next_run, catch_up, catch_up_limit, catch_up_window_ms, max_executions, ends_at,
        slot_count, skip_before
      from public.scheduled_jobs
      where status in ('pending', 'active') and next_run <= public.app_now()
      order by next_run limit p_limit
    ) as due
  $$;

-- Writes what became of slots: [{"id", "from", "next", "slots": [{"at", "run", "reason"}]}]. Only while the job's next_run
-- is still "from": of two workers that planned the same slots one writes them. Returns how many executions may start now.
create or replace function public.advance_jobs(p_jobs jsonb) returns int
  language plpgsql set search_path = '' set plan_cache_mode = 'force_custom_plan' set enable_seqscan = 'off'
  set enable_nestloop = 'off' set jit = 'off'
  as $$
  declare
    given constant text[] := array(select value ->> 'id' from jsonb_array_elements(p_jobs));
    single_ids text[];
    single_keys text[];
    repeated_ids text[];
    job record;
    ready int;
  begin
    select array_agg(locked.id) filter (where locked.type = 'one_time' and locked.status = 'pending'),
        array_agg(planned.key) filter (where locked.type = 'one_time' and locked.status = 'pending'),
        array_agg(locked.id) filter (where locked.type in ('cron', 'recurring') and locked.status in ('pending', 'active'))
      into single_ids, single_keys, repeated_ids
      from (
        select id, type, status, next_run from public.scheduled_jobs where id = any (given) order by id for no key update
      ) as locked
      join (
        select entry.id, entry."from", entry.slots -> 0 ->> 'at' as key
        from jsonb_to_recordset(p_jobs) as entry (id text, "from" timestamptz, slots jsonb)
      ) as planned on planned.id = locked.id and planned."from" = locked.next_run;
    -- One-time jobs come in thousands, and have neither overlap nor anything to leave out: two statements for all. In this
    -- order: a foreign key's check of a row changed in between would have to lock it anew.
    insert into public.job_executions (id, job_id, platform_id, scheduled_at, max_retries, rank, created_at)
    select job_id || '@' || single.key, job_id, known.platform_id, known.next_run, known.max_retries,
      public.priority_rank(known.priority), public.app_now()
    from unnest(single_ids, single_keys) as single (job_id, key)
    join public.scheduled_jobs as known on known.id = single.job_id and known.id = any (single_ids)
    on conflict (id) do nothing;
    get diagnostics ready = row_count;
    update public.scheduled_jobs
      set next_run = null, status = 'active', last_run = next_run, slot_count = slot_count + 1
      where id = any (single_ids);
    if ready > 0 then
      perform pg_notify('nudge_due', 'jobs');
    end if;
    for job in
      select known as row, entry.value as entry
      from public.scheduled_jobs as known join jsonb_array_elements(p_jobs) as entry (value) on known.id = entry.value ->> 'id'
      where known.id = any (repeated_ids)
      order by known.id
    loop
      ready := ready + public.enqueue_executions(job.row, (
        select coalesce(jsonb_agg(slot.value || jsonb_build_object('key', slot.value ->> 'at') order by slot.value ->> 'at'),
          '[]') from jsonb_array_elements(job.entry -> 'slots') as slot (value)));
      update public.scheduled_jobs
        set next_run = (job.entry ->> 'next')::timestamptz, skip_before = null,
          slot_count = slot_count + (
            select count(*) from jsonb_array_elements(job.entry -> 'slots') as slot (value)
            where (slot.value ->> 'run')::boolean),
          last_run = coalesce((
            select max((slot.value ->> 'at')::timestamptz) from jsonb_array_elements(job.entry -> 'slots') as slot (value)
            where (slot.value ->> 'run')::boolean), last_run)
        where id = (job.row).id;
      if job.entry ->> 'next' is null then
        perform public.account_jobs(array[(job.row).id], '{0}', '{0}', '{0}', '{0}');
      end if;
    end loop;
    return ready;
  end
  $$;

-- Retries whose time has come may start now.
create or replace function public.release_retries() returns void
  language plpgsql set search_path = ''
  as $$
  begin
    if exists (select from public.job_executions where status = 'pending' and next_retry_at <= clock_timestamp()) then
      update public.job_executions set next_retry_at = null
        where id in (
          select id from public.job_executions where status = 'pending' and next_retry_at <= clock_timestamp()
          order by next_retry_at limit 1000 for update skip locked);
    end if;
  end
  $$;

-- Hands out executions that may start now, the most urgent first. The same token gets the same ones. A worker without a
-- lease gets nothing: it would be rescued at once. p_ids: only these (an outside queue delivered them).
create or replace function public.claim_executions(p_worker text, p_token uuid, p_limit int, p_ids text[] default null)
  returns json
  language plpgsql set search_path = '' set enable_seqscan = 'off' set enable_hashjoin = 'off'
  set enable_mergejoin = 'off'
  as $$
  begin
    if p_limit not between 1 and 10000 then
      raise exception 'A claim takes 1 to 10000 rows, not %.', p_limit using errcode = 'P0001', hint = 'CLAIM_SIZE';
    end if;
    perform public.release_retries();
    if not exists (select from public.job_executions where status = 'pending' and not waits and next_retry_at is null)
      and not exists (select from public.job_executions where status = 'running' and claim_token = p_token)
    then
      return '[]'::json;
    end if;
    if not exists (select from public.job_executions where status = 'running' and claim_token = p_token)
      and exists (select from public.job_workers where id = p_worker and lease_until > clock_timestamp())
    then
      -- two statements: one for both would read all that is ready for every few ids
      if p_ids is null then
        update public.job_executions
          set status = 'running', worker_id = p_worker, claim_token = p_token, started_at = public.app_now(), error = null,
            error_stack = null
          where id in (
            select id from public.job_executions
            where status = 'pending' and not waits and next_retry_at is null
            order by rank, scheduled_at limit p_limit for update skip locked);
      else
        update public.job_executions
          set status = 'running', worker_id = p_worker, claim_token = p_token, started_at = public.app_now(), error = null,
            error_stack = null
          where id in (
            select id from public.job_executions
            where id = any (p_ids) and status = 'pending' and not waits and next_retry_at is null
            order by id limit p_limit for update skip locked);
      end if;
    end if;
    return (
      select coalesce(json_agg(claimed order by claimed.rank, claimed.scheduled_at), '[]'::json)
      from (
        select execution.id, execution.job_id, job.handler_name, job.handler_type,
          coalesce(execution.payload, job.payload) as payload, execution.scheduled_at, execution.retry_count,
          execution.max_retries, job.retry_delay_ms, job.timeout_ms, execution.trace_id, execution.span_id,
          coalesce(execution.metadata -> 'steps', '{}') as steps, execution.rank
        from public.job_executions as execution join public.scheduled_jobs as job on job.id = execution.job_id
        where execution.status = 'running' and execution.claim_token = p_token
      ) as claimed);
  end
  $$;

-- What may start now, for an outside queue to carry.
create or replace function public.ready_executions(p_limit int) returns json
  language plpgsql set search_path = ''
  as $$
  begin
    perform public.release_retries();
    return (
      select coalesce(json_agg(ready), '[]'::json)
      from (
        select id, retry_count, rank from public.job_executions
        where status = 'pending' and not waits and next_retry_at is null order by rank, scheduled_at limit p_limit
      ) as ready);
  end
  $$;

-- Writes log lines: [{"id", "logs": [{"ago_ms", "level", "message", "data"}]}].
create or replace function public.write_job_logs(p_entries jsonb) returns void
  language sql set search_path = ''
  as $$
    insert into public.job_execution_logs (execution_id, timestamp, level, message, data)
    select entry.value ->> 'id', public.app_now() - make_interval(secs => (line.value ->> 'ago_ms')::double precision / 1000),
      line.value ->> 'level', line.value ->> 'message', nullif(line.value -> 'data', 'null')
    from jsonb_array_elements(p_entries) as entry (value)
    cross join jsonb_array_elements(entry.value -> 'logs') with ordinality as line (value, position)
    where exists (select from public.job_executions as execution where execution.id = entry.value ->> 'id')
    order by entry.value ->> 'id', line.position
  $$;

-- Ends attempts: [{"id", "outcome", "duration_ms", "result", "error", "error_stack", "retry_in_ms", "logs", "steps"}],
-- outcomes success | failed | timeout | cancelled | released; what is absent is null. Only what this worker still holds is
-- changed; asked again, or after a rescue, nothing happens.
create or replace function public.settle_executions(p_worker text, p_results jsonb) returns int
  language plpgsql set search_path = '' set plan_cache_mode = 'force_custom_plan' set enable_seqscan = 'off'
  set enable_nestloop = 'off' set jit = 'off'
  as $$
  declare
    given constant text[] := array(select value ->> 'id' from jsonb_array_elements(p_results));
    held text[];
    stopped text[];
    job_ids text[];
    job public.scheduled_jobs;
    freed int := 0;
    ended int[];
    succeeded int[];
    failed int[];
    spent_ms double precision[];
  begin
    job_ids := array(
      select distinct execution.job_id from public.job_executions as execution
      where execution.id = any (given) and execution.status = 'running' and execution.worker_id = p_worker
      order by execution.job_id);
    perform from public.scheduled_jobs where id = any (job_ids) order by id for no key update;
    select coalesce(array_agg(mine.id), '{}'), coalesce(array_agg(mine.id) filter (where mine.stop_requested), '{}')
      into held, stopped
      from (
        select id, stop_requested from public.job_executions
        where id = any (given) and status = 'running' and worker_id = p_worker order by id for update
      ) as mine;
    if cardinality(held) = 0 then
      return 0;
    end if;
    if exists (select from jsonb_array_elements(p_results) where jsonb_array_length(value -> 'logs') > 0) then
      perform public.write_job_logs((
        select jsonb_agg(value) from jsonb_array_elements(p_results)
        where value ->> 'id' = any (held) and jsonb_array_length(value -> 'logs') > 0));
    end if;
    -- Read once, as a table: looking each key of each result up again was a third of the whole.
    with decided as materialized (
      select entry.*,
        case
          when entry.outcome = 'success' then 'success'
          when entry.id = any (stopped) or entry.outcome = 'cancelled' then 'cancelled'
          when entry.outcome = 'released' or entry.retry_in_ms is not null then 'pending'
          else entry.outcome
        end as becomes
      from jsonb_to_recordset(p_results) as entry (id text, outcome text, duration_ms double precision, result jsonb,
        error text, error_stack text, retry_in_ms double precision, steps jsonb)
    ), changed as (
      update public.job_executions as execution
        set status = decided.becomes,
          -- a pause that came while it ran keeps it waiting
          waits = decided.becomes = 'pending'
            and exists (select from public.scheduled_jobs as paused where paused.id = execution.job_id and paused.status = 'paused'),
          claim_token = null, worker_id = case when decided.becomes = 'pending' then null else p_worker end,
          completed_at = case when decided.becomes <> 'pending' then public.app_now() end,
          started_at = public.app_now() - make_interval(secs => decided.duration_ms / 1000),
          duration_ms = decided.duration_ms,
          result = case when decided.becomes = 'success' then nullif(decided.result, 'null') end,
          error = case when decided.becomes = 'cancelled' then coalesce(execution.error, decided.error) else decided.error end,
          error_stack = decided.error_stack,
          progress = case when decided.becomes = 'success' then 1 else execution.progress end,
          retry_count = execution.retry_count + case when decided.becomes = 'pending' and decided.outcome <> 'released'
            then 1 else 0 end,
          next_retry_at = case when decided.becomes = 'pending' and decided.outcome <> 'released'
            then clock_timestamp() + make_interval(secs => decided.retry_in_ms / 1000) end,
          metadata = case when jsonb_typeof(decided.steps) = 'object'
            then execution.metadata || jsonb_build_object('steps', decided.steps) else execution.metadata end
        from decided where execution.id = any (held) and execution.id = decided.id
        returning execution.job_id, execution.status, execution.duration_ms
    ), counted as (
      select job_id, count(*) filter (where status in ('success', 'failed', 'timeout')) as ended,
        count(*) filter (where status = 'success') as succeeded,
        count(*) filter (where status in ('failed', 'timeout')) as failed,
        coalesce(sum(duration_ms) filter (where status = 'success'), 0) as spent_ms
      from changed group by job_id
    )
    select array_agg(counted.job_id), array_agg(counted.ended), array_agg(counted.succeeded), array_agg(counted.failed),
        array_agg(counted.spent_ms)
      into job_ids, ended, succeeded, failed, spent_ms
      from counted;
    perform public.account_jobs(job_ids, ended, succeeded, failed, spent_ms);
    for job in
      select * from public.scheduled_jobs where id = any (job_ids) and concurrency is not null and type <> 'one_time' order by id
    loop
      freed := freed + public.fill_places(job);
    end loop;
    if freed > 0 then
      perform pg_notify('nudge_due', 'jobs');
    end if;
    return cardinality(held);
  end
  $$;

-- A worker begins, or begins anew under another name after it lost its lease.
create or replace function public.join_job_worker(p_worker text, p_lease_seconds int) returns void
  language sql set search_path = ''
  as $$
    insert into public.job_workers (id, lease_until)
      values (p_worker, clock_timestamp() + make_interval(secs => p_lease_seconds))
      on conflict (id) do update set lease_until = excluded.lease_until, beat_at = clock_timestamp()
  $$;

-- Keeps the lease, takes news of what runs ([{"id", "progress", "logs", "steps"}]), stamps resident loops, and answers what
-- is to be stopped. "held": false = the lease was lost and what ran under it was given to others.
create or replace function public.beat_job_worker(p_worker text, p_lease_seconds int, p_news jsonb, p_loops text[])
  returns jsonb
  language plpgsql set search_path = '' set enable_seqscan = 'off' set enable_hashjoin = 'off'
  set enable_mergejoin = 'off'
  as $$
  begin
    update public.scheduled_jobs set heartbeat_at = clock_timestamp()
      where id in (select id from public.scheduled_jobs where id = any (p_loops) order by id for no key update);
    if jsonb_array_length(p_news) > 0 then
      perform from public.job_executions
        where id = any (array(select value ->> 'id' from jsonb_array_elements(p_news))) order by id for update;
      perform public.write_job_logs((
        select coalesce(jsonb_agg(entry), '[]') from jsonb_array_elements(p_news) as news (entry)
        join public.job_executions as execution on execution.id = entry ->> 'id'
        where execution.status = 'running' and execution.worker_id = p_worker));
      update public.job_executions as execution
        set progress = coalesce((entry ->> 'progress')::real, execution.progress),
          metadata = case when jsonb_typeof(entry -> 'steps') = 'object'
            then execution.metadata || jsonb_build_object('steps', entry -> 'steps') else execution.metadata end
        from jsonb_array_elements(p_news) as news (entry)
        where execution.id = entry ->> 'id' and execution.status = 'running' and execution.worker_id = p_worker;
    end if;
    update public.job_workers
      set lease_until = clock_timestamp() + make_interval(secs => p_lease_seconds), beat_at = clock_timestamp()
      where id = p_worker and lease_until > clock_timestamp();
    return jsonb_build_object('held', found, 'stop', (
      select coalesce(jsonb_agg(id), '[]') from public.job_executions
      where status = 'running' and worker_id = p_worker and stop_requested));
  end
  $$;

-- Takes back what is held by nobody: its worker's lease ended, or the worker has left. An attempt that died counts as one.
create or replace function public.rescue_executions() returns int
  language plpgsql set search_path = '' set enable_seqscan = 'off' set enable_hashjoin = 'off'
  set enable_mergejoin = 'off'
  as $$
  declare
    job_ids text[];
    job public.scheduled_jobs;
    rescued int;
    touched text[];
    failed int[];
    none int[];
    spent_ms double precision[];
  begin
    job_ids := array(
      select distinct execution.job_id from public.job_executions as execution
      where execution.status = 'running' and not exists (
        select from public.job_workers as worker
        where worker.id = execution.worker_id and worker.lease_until > clock_timestamp())
      order by execution.job_id);
    if cardinality(job_ids) > 0 then
      perform from public.scheduled_jobs where id = any (job_ids) order by id for no key update;
      with lost as (
        select execution.id, execution.worker_id from public.job_executions as execution
        where execution.status = 'running' and execution.job_id = any (job_ids) and not exists (
          select from public.job_workers as worker
          where worker.id = execution.worker_id and worker.lease_until > clock_timestamp())
        order by execution.id for update
      ), changed as (
        update public.job_executions as execution
          set status = case when execution.stop_requested then 'cancelled'
              when execution.retry_count < execution.max_retries then 'pending' else 'failed' end,
            waits = not execution.stop_requested and execution.retry_count < execution.max_retries
              and exists (select from public.scheduled_jobs as paused
                where paused.id = execution.job_id and paused.status = 'paused'),
            completed_at = case when execution.stop_requested or execution.retry_count >= execution.max_retries
              then public.app_now() end,
            retry_count = execution.retry_count + case when not execution.stop_requested
              and execution.retry_count < execution.max_retries then 1 else 0 end,
            error = case when execution.stop_requested then execution.error
              else 'The worker died or lost touch while it ran.' end,
            claim_token = null,
            worker_id = case when not execution.stop_requested and execution.retry_count < execution.max_retries
              then null else execution.worker_id end
          from lost where execution.id = lost.id
          returning execution.id, execution.job_id, execution.status, lost.worker_id
      ), logged as (
        insert into public.job_execution_logs (execution_id, timestamp, level, message, data)
        select id, public.app_now(), 'warn', 'The worker died or lost touch while it ran.',
          jsonb_build_object('worker', worker_id)
        from changed
      ), counted as (
        select job_id, count(*) filter (where status = 'failed') as failed, count(*) as lost from changed group by job_id
      )
      select coalesce(sum(counted.lost), 0), array_agg(counted.job_id), array_agg(counted.failed),
          array_agg(0), array_agg(0)
        into rescued, touched, failed, none, spent_ms from counted;
      perform public.account_jobs(touched, failed, none, failed, spent_ms);
      for job in select * from public.scheduled_jobs where id = any (job_ids) order by id loop
        perform public.fill_places(job);
      end loop;
      if rescued > 0 then
        perform pg_notify('nudge_due', 'jobs');
      end if;
    end if;
    -- Workers that are gone; a minute, so that a late one learns from its own beat that it is late.
    if exists (select from public.job_workers where lease_until < clock_timestamp() - interval '1 minute') then
      delete from public.job_workers where lease_until < clock_timestamp() - interval '1 minute';
    end if;
    return coalesce(rescued, 0);
  end
  $$;

-- A worker stops: what it could not end is free at once.
create or replace function public.leave_job_worker(p_worker text) returns void
  language plpgsql set search_path = ''
  as $$
  begin
    delete from public.job_workers where id = p_worker;
    if exists (select from public.job_executions where status = 'running' and worker_id = p_worker) then
      perform public.rescue_executions();
    end if;
  end
  $$;

-- How long the job worker may sleep, in milliseconds, 60 s at most: until a slot, a retry or the end of a dead worker's
-- lease; 0 when something waits to start.
create or replace function public.next_job_ms() returns int
  language sql stable set search_path = '' set enable_seqscan = 'off' set enable_bitmapscan = 'off'
  as $$
    select case
      when exists (select from public.job_executions where status = 'pending' and not waits and next_retry_at is null) then 0
      else least(60000, greatest(0, ceil(extract(epoch from least(
        (select next_run - public.app_now() from public.scheduled_jobs
          where status in ('pending', 'active') and next_run is not null order by next_run limit 1),
        (select next_retry_at - clock_timestamp() from public.job_executions
          where status = 'pending' and next_retry_at is not null order by next_retry_at limit 1),
        interval '60 seconds'
      )) * 1000)))::int
    end
  $$;

revoke all on function public.due_jobs(int) from public, anon, authenticated;
revoke all on function public.advance_jobs(jsonb) from public, anon, authenticated;
revoke all on function public.claim_executions(text, uuid, int, text[]) from public, anon, authenticated;
revoke all on function public.release_retries() from public, anon, authenticated;
revoke all on function public.ready_executions(int) from public, anon, authenticated;
revoke all on function public.write_job_logs(jsonb) from public, anon, authenticated;
revoke all on function public.settle_executions(text, jsonb) from public, anon, authenticated;
revoke all on function public.join_job_worker(text, int) from public, anon, authenticated;
revoke all on function public.beat_job_worker(text, int, jsonb, text[]) from public, anon, authenticated;
revoke all on function public.rescue_executions() from public, anon, authenticated;
revoke all on function public.leave_job_worker(text) from public, anon, authenticated;
revoke all on function public.next_job_ms() from public, anon, authenticated;
grant execute on function public.due_jobs(int) to project_admin;
grant execute on function public.advance_jobs(jsonb) to project_admin;
grant execute on function public.claim_executions(text, uuid, int, text[]) to project_admin;
grant execute on function public.ready_executions(int) to project_admin;
grant execute on function public.settle_executions(text, jsonb) to project_admin;
grant execute on function public.join_job_worker(text, int) to project_admin;
grant execute on function public.beat_job_worker(text, int, jsonb, text[]) to project_admin;
grant execute on function public.rescue_executions() to project_admin;
grant execute on function public.leave_job_worker(text) to project_admin;
grant execute on function public.next_job_ms() to project_admin;

insert into public.schema_versions (version, name) values ('20261101003020', 'job-execution')
  on conflict (version) do nothing;
notify pgrst, 'reload schema';
