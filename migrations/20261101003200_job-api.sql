-- What members of a platform are told about its jobs as a whole, and how owners and admins give a job another time.

-- The counts of a platform, for its members; null for anybody else.
create or replace function public.my_job_metrics(p_platform_id text) returns jsonb
  language plpgsql stable security definer set search_path = ''
  as $$
  declare
    me constant bigint := public.require_person();
  begin
    return (
      select public.job_metrics(member.platform_id) from public.platform_members as member
      where member.platform_id = p_platform_id and member.telegram_id = me);
  end
  $$;

-- The workers, which serve every platform, and this platform's loops and backlog, for its members; null for anybody else.
create or replace function public.my_job_health(p_platform_id text) returns jsonb
  language plpgsql stable security definer set search_path = ''
  as $$
  declare
    me constant bigint := public.require_person();
    facts jsonb;
  begin
    if not exists (
      select from public.platform_members where platform_id = p_platform_id and telegram_id = me)
    then
      return null;
    end if;
    facts := public.job_health();
    return facts || jsonb_build_object(
      'loops', (
        select coalesce(jsonb_agg(loop.value order by loop.value ->> 'id'), '[]')
        from jsonb_array_elements(facts -> 'loops') as loop (value)
        where exists (select from public.scheduled_jobs as job
          where job.id = loop.value ->> 'id' and job.platform_id = p_platform_id)),
      'oldest_due_ms', public.job_metrics(p_platform_id) -> 'oldest_due_ms');
  end
  $$;

-- Another rule, zone or instant, with the slot that follows from it: SQL does not read cron expressions. An instant of the
-- past means now. Jobs of the product itself get their rule anew at every start, so a change would be a promise broken.
create or replace function public.reschedule_job(p_action_id text, p_job_id text, p_schedule text, p_timezone text,
  p_next_run timestamptz) returns jsonb
  language plpgsql security definer set search_path = ''
  as $$
  declare
    me constant bigint := public.require_person();
    kind text;
    replay jsonb;
  begin
    perform public.require_job_role(p_job_id);
    perform public.refuse_product_job(p_job_id);
    replay := public.begin_action(me, p_action_id, 'reschedule_job');
    if replay is not null then
      return replay;
    end if;
    select type into kind from public.scheduled_jobs where id = p_job_id;
    if kind = 'event' or (kind = 'one_time') <> (p_schedule is null) or p_timezone is null
      or char_length(p_schedule) > 200 or p_schedule !~ '^\s*\S+(\s+\S+){4,5}\s*$'
    then
      raise exception 'A % job is not moved like that: cron and recurring jobs have an expression of 5 or 6 fields, one-time jobs have an instant, event jobs neither.', kind
        using errcode = 'P0001', hint = 'JOB_INVALID';
    end if;
    if p_next_run is null or not isfinite(p_next_run) or p_next_run > public.app_now() + interval '100 years' then
      raise exception 'The next slot must be an instant within the next 100 years.'
        using errcode = 'P0001', hint = 'JOB_INVALID';
    end if;
    return public.finish_action(me, p_action_id, jsonb_build_object('job',
      public.move_job(p_job_id, p_schedule, p_timezone, greatest(p_next_run, public.app_now()))));
  end
  $$;

revoke all on function public.my_job_metrics(text) from public, anon, authenticated;
revoke all on function public.my_job_health(text) from public, anon, authenticated;
revoke all on function public.reschedule_job(text, text, text, text, timestamptz) from public, anon, authenticated;
grant execute on function public.my_job_metrics(text) to authenticated;
grant execute on function public.my_job_health(text) to authenticated;
grant execute on function public.reschedule_job(text, text, text, text, timestamptz) to authenticated;

insert into public.schema_versions (version, name) values ('20261101003200', 'job-api')
  on conflict (version) do nothing;
notify pgrst, 'reload schema';
