-- Jobs as their team sees them in the chat and in the mini-app: a list with what became of each job's last execution. A
-- button of a chat holds 64 bytes and a job's id up to 100, so each job has a short name of its own for buttons.

create index if not exists scheduled_jobs_code on public.scheduled_jobs (left(md5(id), 16));

-- Jobs of the caller's teams with the caller's role and the newest execution: 'open' ones, those that 'ended', or the one
-- with this code, whatever became of it. Resident loops come last: nothing can be done about them.
create or replace function public.my_jobs(p_shelf text, p_limit int, p_offset int, p_code text default null) returns json
  language plpgsql stable security definer set search_path = ''
  as $$
  declare
    me constant bigint := public.require_person();
    wanted constant text[] := case
      when p_code is not null then array['pending', 'active', 'paused', 'completed', 'failed', 'cancelled']
      when p_shelf = 'ended' then array['completed', 'failed', 'cancelled']
      else array['pending', 'active', 'paused'] end;
  begin
    return (
      select coalesce(json_agg(listed), '[]'::json)
      from (
        select job.*, left(md5(job.id), 16) as code, member.role,
          greatest(0, ceil(extract(epoch from clock_timestamp() - job.heartbeat_at) * 1000))::bigint as beat_ms_ago,
          (select to_json(newest) from (
            select id, status, scheduled_at, started_at, completed_at, duration_ms, error from public.job_executions
            where job_id = job.id order by scheduled_at desc, id desc limit 1) as newest) as last_execution
        from public.scheduled_jobs as job
        join public.platform_members as member on member.platform_id = job.platform_id and member.telegram_id = me
        where job.status = any (wanted) and (p_code is null or left(md5(job.id), 16) = p_code)
        order by job.metadata @> '{"resident": true}', coalesce(job.completed_at, job.cancelled_at) desc nulls last,
          job.name, job.id
        limit least(greatest(p_limit, 1), 200) offset greatest(p_offset, 0)
      ) as listed);
  end
  $$;

revoke all on function public.my_jobs(text, int, int, text) from public, anon, authenticated;
grant execute on function public.my_jobs(text, int, int, text) to authenticated;

insert into public.schema_versions (version, name) values ('20261101003220', 'team-jobs')
  on conflict (version) do nothing;
notify pgrst, 'reload schema';
