-- What is known about jobs, and what owners and admins may do with them. Members read the tables themselves; what has to be
-- counted for them has a function of their own.

create or replace function public.job_stats(p_job_id text) returns jsonb
  language sql stable set search_path = ''
  as $$
    select jsonb_build_object('job_id', job.id,
      'executions', ended.executions, 'successes', ended.successes, 'failures', ended.failures, 'timeouts', ended.timeouts,
      'skipped', ended.skipped,
      'success_rate', case when ended.executions > 0 then ended.successes::double precision / ended.executions end,
      'avg_duration_ms', ended.average, 'p95_duration_ms', ended.p95,
      'last_error', last.error, 'last_error_at', last.completed_at)
    from public.scheduled_jobs as job
    cross join lateral (
      select count(*) filter (where status in ('success', 'failed', 'timeout')) as executions,
        count(*) filter (where status = 'success') as successes, count(*) filter (where status = 'failed') as failures,
        count(*) filter (where status = 'timeout') as timeouts, count(*) filter (where status = 'skipped') as skipped,
        avg(duration_ms) filter (where status in ('success', 'failed', 'timeout')) as average,
        percentile_cont(0.95) within group (order by duration_ms)
          filter (where status in ('success', 'failed', 'timeout')) as p95
      -- the newest ten thousand say enough, and cost the same however long the history is
      from (
        select status, duration_ms from public.job_executions
        where job_id = job.id and status not in ('pending', 'running') order by scheduled_at desc limit 10000
      ) as newest
    ) as ended
    left join lateral (
      select error, completed_at from public.job_executions
      where job_id = job.id and status in ('failed', 'timeout') order by scheduled_at desc limit 1
    ) as last on true
    where job.id = p_job_id
  $$;

-- How far the oldest slot that nobody took, or execution that nobody started, is behind; resident loops have none.
create or replace function public.oldest_job_due_ms() returns bigint
  language sql stable set search_path = '' set enable_seqscan = 'off' set enable_bitmapscan = 'off'
  as $$
    select greatest(0, coalesce(ceil(extract(epoch from public.app_now() - least(
      (select next_run from public.scheduled_jobs
        where status in ('pending', 'active') and next_run is not null order by next_run limit 1),
      -- since it could start, not since its slot: one made up for is not late
      (select min(created_at) from (
        select created_at from public.job_executions
        where status = 'pending' and not waits and next_retry_at is null order by rank, scheduled_at limit 100
      ) as ready))) * 1000), 0))::bigint
  $$;

-- Of one platform; null = of all.
create or replace function public.job_metrics(p_platform_id text default null) returns jsonb
  language sql stable set search_path = ''
  as $$
    select jsonb_build_object(
      'jobs', (
        select jsonb_object_agg(known.status, coalesce(counted.jobs, 0))
        from unnest(array['pending', 'active', 'paused', 'completed', 'failed', 'cancelled']) as known (status)
        left join (
          select status, count(*) as jobs from public.scheduled_jobs
          where p_platform_id is null or platform_id = p_platform_id group by status
        ) as counted on counted.status = known.status),
      'pending', (select count(*) from public.job_executions
        where status = 'pending' and (p_platform_id is null or platform_id = p_platform_id)),
      'running', (select count(*) from public.job_executions
        where status = 'running' and (p_platform_id is null or platform_id = p_platform_id)),
      'last_hour', (
        select jsonb_object_agg(known.status, coalesce(counted.executions, 0))
        from unnest(array['success', 'failed', 'timeout', 'cancelled', 'skipped']) as known (status)
        left join (
          select status, count(*) as executions from public.job_executions
          where status in ('success', 'failed', 'timeout', 'cancelled', 'skipped')
            and completed_at > public.app_now() - interval '1 hour'
            and (p_platform_id is null or platform_id = p_platform_id)
          group by status
        ) as counted on counted.status = known.status),
      'oldest_due_ms', greatest(0, coalesce((
        select ceil(extract(epoch from public.app_now() - min(next_run)) * 1000) from public.scheduled_jobs
        where status in ('pending', 'active') and next_run <= public.app_now()
          and (p_platform_id is null or platform_id = p_platform_id)), 0))::bigint)
  $$;

-- Facts for the health check: workers whose lease holds, resident loops, and what waits. For the server.
create or replace function public.job_health() returns jsonb
  language sql stable set search_path = ''
  as $$
    select jsonb_build_object(
      'workers', (
        select coalesce(jsonb_agg(jsonb_build_object('id', worker.id,
          'beat_ms_ago', greatest(0, ceil(extract(epoch from clock_timestamp() - worker.beat_at) * 1000))::bigint,
          'running', (select count(*) from public.job_executions as execution
            where execution.status = 'running' and execution.worker_id = worker.id)) order by worker.joined_at), '[]')
        from public.job_workers as worker where worker.lease_until > clock_timestamp()),
      'loops', (
        select coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', name,
          'beat_ms_ago', greatest(0, ceil(extract(epoch from clock_timestamp() - heartbeat_at) * 1000))::bigint) order by id), '[]')
        from public.scheduled_jobs where type = 'event' and status = 'active' and metadata @> '{"resident": true}'),
      'oldest_due_ms', public.oldest_job_due_ms())
  $$;

-- The statistics of a job, for a member of its team; null for anybody else.
create or replace function public.my_job_stats(p_job_id text) returns jsonb
  language plpgsql stable security definer set search_path = ''
  as $$
  declare
    me constant bigint := public.require_person();
  begin
    return (
      select public.job_stats(job.id) from public.scheduled_jobs as job
      join public.platform_members as member on member.platform_id = job.platform_id and member.telegram_id = me
      where job.id = p_job_id);
  end
  $$;

-- The job, if the caller may change it: an owner or admin of its team. A stranger learns nothing: "there is no such job".
-- A resident loop runs as long as its process does: nothing done to its row would be true.
create or replace function public.require_job_role(p_job_id text) returns void
  language plpgsql stable set search_path = ''
  as $$
  declare
    role constant text := (select public.member_role(platform_id) from public.scheduled_jobs where id = p_job_id);
  begin
    if role is null then
      raise exception 'There is no job % of your teams.', left(p_job_id, 120) using errcode = 'P0001', hint = 'JOB_NOT_FOUND';
    end if;
    if role not in ('owner', 'admin') then
      raise exception 'Only owners and admins of the team may do that; you are its %.', role
        using errcode = 'P0001', hint = 'ROLE_NEEDED', detail = jsonb_build_object('role', role)::text;
    end if;
    if exists (select from public.scheduled_jobs where id = p_job_id and metadata @> '{"resident": true}') then
      raise exception 'The job % is a loop of the product itself, which runs all the time.', p_job_id
        using errcode = 'P0001', hint = 'JOB_BUILT_IN';
    end if;
  end
  $$;

-- What the product brings along may be paused, not ended: nothing would bring it back.
create or replace function public.refuse_product_job(p_job_id text) returns void
  language plpgsql immutable set search_path = ''
  as $$
  begin
    if starts_with(p_job_id, 'nudge.') then
      raise exception 'The job % belongs to the product itself. Pause it instead.', p_job_id
        using errcode = 'P0001', hint = 'JOB_BUILT_IN';
    end if;
  end
  $$;

-- An execution as people see it: without the stack of its error and what a worker needs to hold it.
create or replace function public.execution_view(p_execution jsonb) returns jsonb
  language sql immutable parallel safe set search_path = ''
  as $$
    select p_execution - array['error_stack', 'payload', 'rank', 'waits', 'stop_requested', 'claim_token']
  $$;

create or replace function public.pause_job(p_action_id text, p_job_id text) returns jsonb
  language plpgsql security definer set search_path = ''
  as $$
  declare
    me constant bigint := public.require_person();
    replay jsonb;
  begin
    perform public.require_job_role(p_job_id);
    -- Without it the reminders of a worker that died would never be sent.
    if p_job_id = 'nudge.sweep' then
      raise exception 'The job % brings back what a dead worker held, so it does not rest.', p_job_id
        using errcode = 'P0001', hint = 'JOB_BUILT_IN';
    end if;
    replay := public.begin_action(me, p_action_id, 'pause_job');
    return coalesce(replay, public.finish_action(me, p_action_id,
      jsonb_build_object('job', public.set_job_paused(p_job_id, true))));
  end
  $$;

create or replace function public.resume_job(p_action_id text, p_job_id text) returns jsonb
  language plpgsql security definer set search_path = ''
  as $$
  declare
    me constant bigint := public.require_person();
    replay jsonb;
  begin
    perform public.require_job_role(p_job_id);
    replay := public.begin_action(me, p_action_id, 'resume_job');
    return coalesce(replay, public.finish_action(me, p_action_id,
      jsonb_build_object('job', public.set_job_paused(p_job_id, false))));
  end
  $$;

create or replace function public.cancel_job(p_action_id text, p_job_id text) returns jsonb
  language plpgsql security definer set search_path = ''
  as $$
  declare
    me constant bigint := public.require_person();
    replay jsonb;
  begin
    perform public.require_job_role(p_job_id);
    perform public.refuse_product_job(p_job_id);
    replay := public.begin_action(me, p_action_id, 'cancel_job');
    return coalesce(replay, public.finish_action(me, p_action_id, jsonb_build_object('job', public.end_job(p_job_id))));
  end
  $$;

create or replace function public.run_job(p_action_id text, p_job_id text) returns jsonb
  language plpgsql security definer set search_path = ''
  as $$
  declare
    me constant bigint := public.require_person();
    replay jsonb;
  begin
    perform public.require_job_role(p_job_id);
    replay := public.begin_action(me, p_action_id, 'run_job');
    return coalesce(replay, public.finish_action(me, p_action_id, jsonb_build_object('execution', public.execution_view(
      public.run_job_now(p_job_id, 'run:' || me || ':' || p_action_id, jsonb_build_object('started_by', me))))));
  end
  $$;

create or replace function public.retry_execution(p_action_id text, p_execution_id text) returns jsonb
  language plpgsql security definer set search_path = ''
  as $$
  declare
    me constant bigint := public.require_person();
    of_job constant text := (select job_id from public.job_executions where id = p_execution_id);
    replay jsonb;
  begin
    if of_job is null or (select public.member_role(platform_id) from public.scheduled_jobs where id = of_job) is null then
      raise exception 'There is no execution % of your teams.', left(p_execution_id, 400)
        using errcode = 'P0001', hint = 'EXECUTION_NOT_FOUND';
    end if;
    perform public.require_job_role(of_job);
    replay := public.begin_action(me, p_action_id, 'retry_execution');
    return coalesce(replay, public.finish_action(me, p_action_id, jsonb_build_object('execution', public.execution_view(
      public.repeat_execution(p_execution_id, 'retry:' || me || ':' || p_action_id)))));
  end
  $$;

revoke all on function public.job_stats(text) from public, anon, authenticated;
revoke all on function public.oldest_job_due_ms() from public, anon, authenticated;
revoke all on function public.job_metrics(text) from public, anon, authenticated;
revoke all on function public.job_health() from public, anon, authenticated;
revoke all on function public.my_job_stats(text) from public, anon, authenticated;
revoke all on function public.require_job_role(text) from public, anon, authenticated;
revoke all on function public.refuse_product_job(text) from public, anon, authenticated;
revoke all on function public.execution_view(jsonb) from public, anon, authenticated;
revoke all on function public.pause_job(text, text) from public, anon, authenticated;
revoke all on function public.resume_job(text, text) from public, anon, authenticated;
revoke all on function public.cancel_job(text, text) from public, anon, authenticated;
revoke all on function public.run_job(text, text) from public, anon, authenticated;
revoke all on function public.retry_execution(text, text) from public, anon, authenticated;
grant execute on function public.job_stats(text) to project_admin;
grant execute on function public.job_metrics(text) to project_admin;
grant execute on function public.my_job_stats(text) to authenticated;
grant execute on function public.oldest_job_due_ms() to project_admin;
grant execute on function public.job_health() to project_admin;
grant execute on function public.pause_job(text, text) to authenticated;
grant execute on function public.resume_job(text, text) to authenticated;
grant execute on function public.cancel_job(text, text) to authenticated;
grant execute on function public.run_job(text, text) to authenticated;
grant execute on function public.retry_execution(text, text) to authenticated;

insert into public.schema_versions (version, name) values ('20261101003030', 'job-reading')
  on conflict (version) do nothing;
notify pgrst, 'reload schema';
