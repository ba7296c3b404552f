-- Retention: what is deleted once its time is over. Each call deletes a limited number of rows and says of what, so that
-- no statement runs long; the retention job calls until nothing is left. Product time, but for machine-timed records.

create or replace function public.clear_old_rows(p_limit int) returns jsonb
  language plpgsql set search_path = ''
  as $$
  declare
    lead_ids bigint[];
    owned text;
    leads int := 0;
    attempts int := 0;
    updates int := 0;
    events int := 0;
    trays int := 0;
    executions int := 0;
    ended int := 0;
  begin
    -- Leads whose seven days in the bin are over, with everything about them.
    lead_ids := array(
      select id from public.leads
      where deleted_at < public.app_now() - interval '7 days' order by id limit least(p_limit, 200) for update skip locked);
    if cardinality(lead_ids) > 0 then
      perform from public.scheduled_reminders where lead_id = any (lead_ids) order by id for update;
      delete from public.open_attempts as open using public.scheduled_reminders as reminder
        where reminder.id = open.reminder_id and reminder.lead_id = any (lead_ids);
      delete from public.delivery_attempts as attempt using public.scheduled_reminders as reminder
        where reminder.id = attempt.reminder_id and reminder.lead_id = any (lead_ids);
      delete from public.scheduled_reminders where lead_id = any (lead_ids);
      delete from public.plan_versions as version using public.engagement_plans as plan
        where plan.id = version.plan_id and plan.lead_id = any (lead_ids);
      -- Every table that says which lead a row is about, those of later migrations too; events last, which deleting writes.
      for owned in
        select format('%I', class.relname)
        from pg_catalog.pg_class as class
        join pg_catalog.pg_attribute as part on part.attrelid = class.oid and part.attname = 'lead_id'
        where class.relnamespace = 'public'::regnamespace and class.relkind in ('r', 'p') and not part.attisdropped
        order by class.relname = 'reminder_events', class.relname
      loop
        execute format('delete from public.%s where lead_id = any ($1)', owned) using lead_ids;
      end loop;
      delete from public.leads where id = any (lead_ids);
      leads := cardinality(lead_ids);
    end if;
    delete from public.delivery_attempts where ctid in (
      select ctid from public.delivery_attempts where settled_at < clock_timestamp() - interval '90 days' limit p_limit);
    get diagnostics attempts = row_count;
    delete from public.processed_updates where update_id in (
      select update_id from public.processed_updates where started_at < clock_timestamp() - interval '30 days' limit p_limit);
    get diagnostics updates = row_count;
    delete from public.reminder_events where id in (
      select id from public.reminder_events where at < public.app_now() - interval '2 years' order by id limit p_limit);
    get diagnostics events = row_count;
    delete from public.lead_trays where id in (
      select id from public.lead_trays where created_at < public.app_now() - interval '7 days' limit p_limit);
    get diagnostics trays = row_count;
    delete from public.job_executions where id in (
      select execution.id from public.scheduled_jobs as job
      join public.job_executions as execution on execution.job_id = job.id
        and execution.created_at < public.app_now() - make_interval(days => job.keep_days)
        and execution.completed_at < public.app_now() - make_interval(days => job.keep_days)
      where execution.status not in ('pending', 'running') limit p_limit);
    get diagnostics executions = row_count;
    -- One-time jobs come in thousands: an ended one goes when nothing is left of its history.
    delete from public.scheduled_jobs where id in (
      select job.id from public.scheduled_jobs as job
      where job.type = 'one_time' and job.status in ('completed', 'failed', 'cancelled')
        and coalesce(job.completed_at, job.cancelled_at) < public.app_now() - make_interval(days => job.keep_days)
        and not exists (select from public.job_executions as execution where execution.job_id = job.id)
      limit p_limit);
    get diagnostics ended = row_count;
    return jsonb_build_object('leads', leads, 'attempts', attempts, 'updates', updates, 'events', events, 'trays', trays,
      'executions', executions, 'jobs', ended);
  end
  $$;

create index if not exists leads_in_bin on public.leads (deleted_at) where deleted_at is not null;

revoke all on function public.clear_old_rows(int) from public, anon, authenticated;
grant execute on function public.clear_old_rows(int) to project_admin;

insert into public.schema_versions (version, name) values ('20261101003040', 'retention')
  on conflict (version) do nothing;
notify pgrst, 'reload schema';
