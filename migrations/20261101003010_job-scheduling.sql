-- Storing, pausing and ending jobs, and putting executions into the queue. For the server key; owners and admins come in
-- through the functions of 3030, which check who asks and then call these.
-- Lock order: jobs by id, then executions by id, then workers.

-- 0 goes first. No search path of its own, though nothing here needs one: it would keep the function from being inlined.
create or replace function public.priority_rank(p_priority text) returns smallint
  language sql immutable parallel safe
  as $$
    select (case p_priority when 'critical' then 0 when 'high' then 1 when 'medium' then 2 else 3 end)::smallint
  $$;

-- Locks a job, or says that there is none.
create or replace function public.lock_job(p_job_id text) returns public.scheduled_jobs
  language plpgsql set search_path = ''
  as $$
  declare
    job public.scheduled_jobs;
  begin
    select * into job from public.scheduled_jobs where id = p_job_id for no key update;
    if not found then
      raise exception 'There is no job %.', left(p_job_id, 120) using errcode = 'P0001', hint = 'JOB_NOT_FOUND';
    end if;
    return job;
  end
  $$;

-- Gives free places to those who wait, longest first. The job's row is locked.
create or replace function public.fill_places(p_job public.scheduled_jobs) returns int
  language plpgsql set search_path = ''
  as $$
  declare
    taken int;
    freed int;
  begin
    if p_job.status not in ('pending', 'active') then
      return 0;
    end if;
    if p_job.concurrency is not null then
      select count(*) into taken from public.job_executions
        where job_id = p_job.id and status in ('pending', 'running') and not waits;
      if taken >= p_job.concurrency then
        return 0;
      end if;
    end if;
    update public.job_executions set waits = false
      where id in (
        select waiting.id from public.job_executions as waiting
        where waiting.job_id = p_job.id and waiting.status = 'pending' and waiting.waits
        order by waiting.rank, waiting.scheduled_at, waiting.id
        limit case when p_job.concurrency is not null then p_job.concurrency - taken end);
    get diagnostics freed = row_count;
    return freed;
  end
  $$;

-- Puts executions of one job into the queue, or writes down why they are left out: [{"key", "at", "run", "reason",
-- "payload", "metadata", "trace_id", "parent_span_id"}]. The key makes a repeat harmless. The job's row is locked.
-- Overlap is judged by what was there before: slots made up for together do not push each other out.
-- Returns how many may start now.
create or replace function public.enqueue_executions(p_job public.scheduled_jobs, p_entries jsonb) returns int
  language plpgsql set search_path = ''
  as $$
  declare
    unfinished int := 0;
    taken int := 0;
    entry jsonb;
    entry_id text;
    left_out text;
    ready int := 0;
  begin
    if p_job.concurrency is not null then
      select count(*), count(*) filter (where not waits) into unfinished, taken from public.job_executions
        where job_id = p_job.id and status in ('pending', 'running');
    end if;
    for entry in select value from jsonb_array_elements(p_entries) loop
      entry_id := p_job.id || '@' || (entry ->> 'key');
      continue when exists (select from public.job_executions where id = entry_id);
      left_out := case
        when not (entry ->> 'run')::boolean then entry ->> 'reason'
        when p_job.overlap = 'skip' and unfinished >= p_job.concurrency and (entry ->> 'forced') is null
          then format('The execution before it has not ended, and no more than %s of this job may be at work.',
            p_job.concurrency)
      end;
      if left_out is null and p_job.overlap = 'cancel_previous' and unfinished >= p_job.concurrency then
        taken := public.stop_executions(p_job.id, 'A newer execution took its place.');
        unfinished := 0;
      end if;
      insert into public.job_executions (id, job_id, platform_id, status, scheduled_at, completed_at, error, max_retries,
        metadata, payload, rank, waits, trace_id, parent_span_id, created_at)
      values (entry_id, p_job.id, p_job.platform_id, case when left_out is null then 'pending' else 'skipped' end,
        (entry ->> 'at')::timestamptz, case when left_out is not null then public.app_now() end, left_out,
        p_job.max_retries, coalesce(entry -> 'metadata', '{}'), nullif(entry -> 'payload', 'null'),
        public.priority_rank(p_job.priority),
        left_out is null and p_job.concurrency is not null and taken >= p_job.concurrency,
        coalesce(entry ->> 'trace_id', encode(uuid_send(gen_random_uuid()), 'hex')), entry ->> 'parent_span_id',
        public.app_now());
      if left_out is null then
        if p_job.concurrency is null or taken < p_job.concurrency then
          ready := ready + 1;
        end if;
        taken := taken + 1;
      end if;
    end loop;
    if ready > 0 then
      perform pg_notify('nudge_due', 'jobs');
    end if;
    return ready;
  end
  $$;

-- Cancels what waits and asks what runs to stop. Returns how many still hold a place until they have stopped.
create or replace function public.stop_executions(p_job_id text, p_reason text) returns int
  language plpgsql set search_path = ''
  as $$
  declare
    running int;
  begin
    perform from public.job_executions where job_id = p_job_id and status in ('pending', 'running') order by id for update;
    update public.job_executions
      set status = 'cancelled', completed_at = public.app_now(), error = p_reason, waits = false, next_retry_at = null
      where job_id = p_job_id and status = 'pending';
    update public.job_executions set stop_requested = true, error = p_reason where job_id = p_job_id and status = 'running';
    get diagnostics running = row_count;
    if running > 0 then
      perform pg_notify('nudge_due', 'jobs');
    end if;
    return running;
  end
  $$;

-- Counts executions that ended (the arrays go by job, "spent" are the successful ones' milliseconds), and ends one-time and
-- recurring jobs that have nothing left to run, a one-time job as its last execution ended. One update for both: a second one
-- of the same row would cost its foreign key's check and every index again. The jobs' rows are locked.
create or replace function public.account_jobs(p_job_ids text[], p_ended int[], p_succeeded int[], p_failed int[],
  p_spent_ms double precision[]) returns void
  language plpgsql set search_path = '' set plan_cache_mode = 'force_custom_plan' set enable_seqscan = 'off'
  set enable_nestloop = 'off' set jit = 'off'
  as $$
  begin
    update public.scheduled_jobs as job
      set execution_count = job.execution_count + told.ended, success_count = job.success_count + told.succeeded,
        failure_count = job.failure_count + told.failed,
        avg_duration_ms = case when told.succeeded = 0 then job.avg_duration_ms
          else (coalesce(job.avg_duration_ms, 0) * job.success_count + told.spent_ms) / (job.success_count + told.succeeded) end,
        status = coalesce(told.becomes, job.status),
        completed_at = case when told.becomes is null then job.completed_at else public.app_now() end,
        updated_at = case when told.becomes is null then job.updated_at else public.app_now() end
      from (
        select given.*,
          case
            when known.type not in ('one_time', 'recurring') or known.next_run is not null
              or known.status not in ('pending', 'active') then null
            -- Counted, not asked for with EXISTS: that would become a join with everybody's open executions. No LIMIT below:
            -- it would tempt the planner to walk everybody's history backwards.
            when (select count(*) from public.job_executions as open
                where open.job_id = known.id and open.status in ('pending', 'running')) > 0 then null
            when known.type = 'one_time' and known.failure_count + given.failed > 0 and (
                select (array_agg(last.status order by last.created_at desc, last.completed_at desc))[1]
                from public.job_executions as last where last.job_id = known.id) in ('failed', 'timeout') then 'failed'
            else 'completed' end as becomes
        from unnest(p_job_ids, p_ended, p_succeeded, p_failed, p_spent_ms) as given (id, ended, succeeded, failed, spent_ms)
        join public.scheduled_jobs as known on known.id = given.id and known.id = any (p_job_ids)
        -- judged once for each job, not at each place that asks
        offset 0
      ) as told
      where job.id = any (p_job_ids) and job.id = told.id and (told.ended > 0 or told.becomes is not null);
  end
  $$;

-- Stores a job as the scheduler made it. A known id is changed and keeps its history, its counts and its pause; the next
-- slot stays unless the rule for it changed. A live job with the same unique key is answered instead of a second one.
create or replace function public.store_job(p_job jsonb) returns jsonb
  language plpgsql set search_path = ''
  as $$
  declare
    given constant public.scheduled_jobs := jsonb_populate_record(null::public.scheduled_jobs, p_job);
    job public.scheduled_jobs;
    is_new boolean;
  begin
    if not exists (select from public.platforms where id = given.platform_id) then
      raise exception 'There is no platform "%".', given.platform_id using errcode = 'P0001', hint = 'JOB_INVALID';
    end if;
    if given.timezone <> 'UTC' and not exists (select from pg_timezone_names where name = given.timezone) then
      raise exception 'The time zone "%" does not exist. Use a name such as Europe/Berlin.', given.timezone
        using errcode = 'P0001', hint = 'ZONE_UNKNOWN';
    end if;
    select * into job from public.scheduled_jobs where id = given.id for no key update;
    is_new := not found;
    if is_new and given.unique_key is not null then
      select * into job from public.scheduled_jobs
        where platform_id = given.platform_id and unique_key = given.unique_key and status in ('pending', 'active', 'paused');
      if found then
        return to_jsonb(job);
      end if;
    end if;
    if is_new then
      insert into public.scheduled_jobs (id, platform_id, name, type, status, schedule, timezone, next_run, handler_name,
        handler_type, payload, max_retries, retry_delay_ms, timeout_ms, priority, overlap, concurrency, catch_up,
        catch_up_limit, catch_up_window_ms, max_executions, ends_at, unique_key, keep_days, tags, metadata, created_by,
        created_at, updated_at)
      values (given.id, given.platform_id, given.name, given.type,
        case when given.type = 'one_time' then 'pending' else 'active' end, given.schedule, given.timezone, given.next_run,
        given.handler_name, given.handler_type, given.payload, given.max_retries, given.retry_delay_ms, given.timeout_ms,
        given.priority, given.overlap, given.concurrency, given.catch_up, given.catch_up_limit, given.catch_up_window_ms,
        given.max_executions, given.ends_at, given.unique_key, given.keep_days, given.tags, given.metadata,
        given.created_by, public.app_now(), public.app_now())
      -- two at once with one id or one key: the first wins
      on conflict do nothing returning * into job;
      if not found then
        select * into job from public.scheduled_jobs
          where id = given.id or (platform_id = given.platform_id and unique_key = given.unique_key
            and status in ('pending', 'active', 'paused')) limit 1;
      end if;
    else
      if job.platform_id <> given.platform_id or job.type <> given.type then
        raise exception 'The job % is a % job of the platform %; unschedule it before it becomes another.', given.id,
          job.type, job.platform_id using errcode = 'P0001', hint = 'JOB_INVALID';
      end if;
      if job.status in ('completed', 'failed', 'cancelled') then
        raise exception 'The job % is %.', given.id, job.status using errcode = 'P0001', hint = 'JOB_CLOSED',
          detail = jsonb_build_object('status', job.status)::text;
      end if;
      update public.scheduled_jobs
        set name = given.name, schedule = given.schedule, timezone = given.timezone,
          next_run = case
            when (job.schedule, job.timezone) is distinct from (given.schedule, given.timezone)
              or job.type = 'one_time' and job.status <> 'active' then given.next_run
            else job.next_run end,
          handler_name = given.handler_name, handler_type = given.handler_type, payload = given.payload,
          max_retries = given.max_retries, retry_delay_ms = given.retry_delay_ms, timeout_ms = given.timeout_ms,
          priority = given.priority, overlap = given.overlap, concurrency = given.concurrency, catch_up = given.catch_up,
          catch_up_limit = given.catch_up_limit, catch_up_window_ms = given.catch_up_window_ms,
          max_executions = given.max_executions, ends_at = given.ends_at, unique_key = given.unique_key,
          keep_days = given.keep_days, tags = given.tags, metadata = given.metadata, updated_at = public.app_now()
        where id = given.id returning * into job;
      perform public.fill_places(job);
    end if;
    if p_job ->> 'event_name' is not null then
      delete from public.event_handlers where job_id = job.id and event_name <> p_job ->> 'event_name';
      insert into public.event_handlers (event_name, platform_id, job_id, created_at)
        values (p_job ->> 'event_name', job.platform_id, job.id, public.app_now())
        on conflict (job_id, event_name) do nothing;
    end if;
    perform pg_notify('nudge_due', 'jobs');
    return to_jsonb(job);
  end
  $$;

-- Another rule or instant for an open job.
create or replace function public.move_job(p_job_id text, p_schedule text, p_timezone text, p_next_run timestamptz)
  returns jsonb
  language plpgsql set search_path = ''
  as $$
  declare
    job public.scheduled_jobs := public.lock_job(p_job_id);
  begin
    if job.status not in ('pending', 'active', 'paused') or job.type = 'one_time' and job.next_run is null then
      raise exception 'The job % has run or ended; it cannot be moved.', p_job_id using errcode = 'P0001', hint = 'JOB_CLOSED',
        detail = jsonb_build_object('status', job.status)::text;
    end if;
    if p_timezone <> 'UTC' and not exists (select from pg_timezone_names where name = p_timezone) then
      raise exception 'The time zone "%" does not exist. Use a name such as Europe/Berlin.', p_timezone
        using errcode = 'P0001', hint = 'ZONE_UNKNOWN';
    end if;
    update public.scheduled_jobs
      set schedule = p_schedule, timezone = p_timezone, next_run = p_next_run, skip_before = null,
        updated_at = public.app_now()
      where id = p_job_id returning * into job;
    perform pg_notify('nudge_due', 'jobs');
    return to_jsonb(job);
  end
  $$;

create or replace function public.remove_job(p_job_id text) returns boolean
  language plpgsql set search_path = ''
  as $$
  begin
    delete from public.scheduled_jobs where id = p_job_id;
    return found;
  end
  $$;

-- No new executions: slots pass by, what waits keeps waiting, what runs goes on to its end.
create or replace function public.set_job_paused(p_job_id text, p_paused boolean) returns jsonb
  language plpgsql set search_path = ''
  as $$
  declare
    job public.scheduled_jobs := public.lock_job(p_job_id);
  begin
    if job.status in ('completed', 'failed', 'cancelled') then
      raise exception 'The job % is %.', p_job_id, job.status using errcode = 'P0001', hint = 'JOB_CLOSED',
        detail = jsonb_build_object('status', job.status)::text;
    end if;
    if p_paused and job.status <> 'paused' then
      update public.job_executions set waits = true where job_id = p_job_id and status = 'pending' and not waits;
      update public.scheduled_jobs set status = 'paused', updated_at = public.app_now() where id = p_job_id
        returning * into job;
    elsif not p_paused and job.status = 'paused' then
      update public.scheduled_jobs
        set status = case when job.type = 'one_time' and job.next_run is not null then 'pending' else 'active' end,
          -- what came due during the pause is not made up for; one time is one time
          skip_before = case when job.type <> 'one_time' then public.app_now() end, updated_at = public.app_now()
        where id = p_job_id returning * into job;
      perform public.fill_places(job);
      perform pg_notify('nudge_due', 'jobs');
    end if;
    return to_jsonb(job);
  end
  $$;

create or replace function public.end_job(p_job_id text) returns jsonb
  language plpgsql set search_path = ''
  as $$
  declare
    job public.scheduled_jobs := public.lock_job(p_job_id);
  begin
    if job.status in ('completed', 'failed') then
      raise exception 'The job % is %.', p_job_id, job.status using errcode = 'P0001', hint = 'JOB_CLOSED',
        detail = jsonb_build_object('status', job.status)::text;
    end if;
    if job.status <> 'cancelled' then
      perform public.stop_executions(p_job_id, 'The job was cancelled.');
      update public.scheduled_jobs
        set status = 'cancelled', cancelled_at = public.app_now(), next_run = null, updated_at = public.app_now()
        where id = p_job_id returning * into job;
    end if;
    return to_jsonb(job);
  end
  $$;

-- A job that had ended works once more, and ends again after that.
create or replace function public.reopen_job(p_job public.scheduled_jobs) returns public.scheduled_jobs
  language plpgsql set search_path = ''
  as $$
  declare
    job public.scheduled_jobs := p_job;
  begin
    if job.status in ('completed', 'failed') then
      update public.scheduled_jobs set status = 'active', completed_at = null, updated_at = public.app_now()
        where id = job.id returning * into job;
    end if;
    return job;
  end
  $$;

-- An execution out of turn, paused or not. The key makes a repeat harmless.
create or replace function public.run_job_now(p_job_id text, p_key text, p_metadata jsonb default '{}') returns jsonb
  language plpgsql set search_path = ''
  as $$
  declare
    job constant public.scheduled_jobs := public.lock_job(p_job_id);
    execution public.job_executions;
  begin
    if job.status = 'cancelled' or job.metadata @> '{"resident": true}' then
      raise exception 'The job % cannot be run: it is %.', p_job_id,
        case when job.status = 'cancelled' then 'cancelled' else 'a loop that runs all the time' end
        using errcode = 'P0001', hint = 'JOB_CLOSED', detail = jsonb_build_object('status', job.status)::text;
    end if;
    perform public.enqueue_executions(public.reopen_job(job), jsonb_build_array(jsonb_build_object('key', p_key,
      'at', public.app_now(), 'run', true, 'forced', true, 'metadata', p_metadata)));
    select * into execution from public.job_executions where id = p_job_id || '@' || p_key;
    return to_jsonb(execution);
  end
  $$;

-- Another try of an execution that came to nothing, as an execution of its own with the same payload and trace.
create or replace function public.repeat_execution(p_execution_id text, p_key text) returns jsonb
  language plpgsql set search_path = ''
  as $$
  declare
    old public.job_executions;
    job public.scheduled_jobs;
    again public.job_executions;
  begin
    select * into old from public.job_executions where id = p_execution_id;
    if not found then
      raise exception 'There is no execution %.', left(p_execution_id, 400)
        using errcode = 'P0001', hint = 'EXECUTION_NOT_FOUND';
    end if;
    if old.status in ('pending', 'running', 'success') then
      raise exception 'The execution is %: only one that failed, timed out, was cancelled or left out is tried again.',
        old.status using errcode = 'P0001', hint = 'EXECUTION_OPEN', detail = jsonb_build_object('status', old.status)::text;
    end if;
    job := public.lock_job(old.job_id);
    if job.status = 'cancelled' then
      raise exception 'The job % is cancelled.', job.id using errcode = 'P0001', hint = 'JOB_CLOSED',
        detail = jsonb_build_object('status', job.status)::text;
    end if;
    perform public.enqueue_executions(public.reopen_job(job), jsonb_build_array(jsonb_build_object('key', p_key,
      'at', old.scheduled_at,
      'run', true, 'forced', true, 'payload', old.payload, 'trace_id', old.trace_id, 'parent_span_id', old.span_id,
      'metadata', jsonb_build_object('retry_of', old.id) || case when old.metadata ? 'steps'
        then jsonb_build_object('steps', old.metadata -> 'steps') else '{}' end)));
    select * into again from public.job_executions where id = job.id || '@' || p_key;
    return to_jsonb(again);
  end
  $$;

-- Starts every job that listens to the event: {"name", "platform_id", "payload", "key", "trace_id", "parent_span_id"}.
create or replace function public.trigger_event(p_event jsonb) returns jsonb
  language plpgsql set search_path = ''
  as $$
  declare
    job public.scheduled_jobs;
    started jsonb := '[]';
    entry_key constant text := (p_event ->> 'name') || ':' || (p_event ->> 'key');
  begin
    for job in
      select listening.* from public.scheduled_jobs as listening
      where listening.status = 'active' and listening.type = 'event' and listening.id in (
        select handler.job_id from public.event_handlers as handler
        where handler.event_name = p_event ->> 'name' and handler.platform_id = p_event ->> 'platform_id' and handler.enabled)
      order by listening.id for no key update
    loop
      perform public.enqueue_executions(job, jsonb_build_array(jsonb_build_object('key', entry_key,
        'at', public.app_now(), 'run', true, 'payload', job.payload || (p_event -> 'payload'),
        'metadata', jsonb_build_object('event', p_event ->> 'name'),
        'trace_id', p_event -> 'trace_id', 'parent_span_id', p_event -> 'parent_span_id')));
      started := started || to_jsonb(job.id || '@' || entry_key);
    end loop;
    return jsonb_build_object('execution_ids', started);
  end
  $$;

revoke all on function public.priority_rank(text) from public, anon, authenticated;
revoke all on function public.lock_job(text) from public, anon, authenticated;
revoke all on function public.fill_places(public.scheduled_jobs) from public, anon, authenticated;
revoke all on function public.enqueue_executions(public.scheduled_jobs, jsonb) from public, anon, authenticated;
revoke all on function public.stop_executions(text, text) from public, anon, authenticated;
revoke all on function public.account_jobs(text[], int[], int[], int[], double precision[]) from public, anon, authenticated;
revoke all on function public.store_job(jsonb) from public, anon, authenticated;
revoke all on function public.move_job(text, text, text, timestamptz) from public, anon, authenticated;
revoke all on function public.remove_job(text) from public, anon, authenticated;
revoke all on function public.set_job_paused(text, boolean) from public, anon, authenticated;
revoke all on function public.end_job(text) from public, anon, authenticated;
revoke all on function public.reopen_job(public.scheduled_jobs) from public, anon, authenticated;
revoke all on function public.run_job_now(text, text, jsonb) from public, anon, authenticated;
revoke all on function public.repeat_execution(text, text) from public, anon, authenticated;
revoke all on function public.trigger_event(jsonb) from public, anon, authenticated;
grant execute on function public.store_job(jsonb) to project_admin;
grant execute on function public.move_job(text, text, text, timestamptz) to project_admin;
grant execute on function public.remove_job(text) to project_admin;
grant execute on function public.set_job_paused(text, boolean) to project_admin;
grant execute on function public.end_job(text) to project_admin;
grant execute on function public.run_job_now(text, text, jsonb) to project_admin;
grant execute on function public.repeat_execution(text, text) to project_admin;
grant execute on function public.trigger_event(jsonb) to project_admin;

insert into public.schema_versions (version, name) values ('20261101003010', 'job-scheduling')
  on conflict (version) do nothing;
notify pgrst, 'reload schema';
