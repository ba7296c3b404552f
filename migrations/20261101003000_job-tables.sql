-- The job scheduler's tables: jobs, their executions and logs, what events start which job, and the workers that live.
--
-- Slots (next_run, scheduled_at) and what people read are product time; leases, retries and heartbeats are machine time
-- (clock_timestamp()). A job's limit of executions at once is kept by the row's "waits": who waits is given a place when
-- another ends, under the job's row lock, so that claiming has nothing to count.

create table if not exists public.scheduled_jobs (
  -- "not one wrong letter": a counted pattern costs 20 µs, and every update checks it again
  id text primary key check (char_length(id) between 1 and 100 and id !~ '[^A-Za-z0-9._-]'),
  platform_id text not null default 'default' references public.platforms (id) on delete cascade,
  name text not null check (char_length(name) between 1 and 200),
  type text not null check (type in ('cron', 'one_time', 'recurring', 'event')),
  status text not null default 'active'
    check (status in ('pending', 'active', 'paused', 'completed', 'failed', 'cancelled')),
  schedule text,
  timezone text not null default 'UTC',
  next_run timestamptz,
  last_run timestamptz,
  handler_name text not null,
  handler_type text not null check (handler_type in ('function', 'agent', 'workflow')),
  payload jsonb not null default '{}' check (jsonb_typeof(payload) = 'object'),
  max_retries int not null default 3 check (max_retries >= 0),
  retry_delay_ms int not null default 60000 check (retry_delay_ms >= 0),
  timeout_ms int not null default 300000 check (timeout_ms > 0),
  priority text not null default 'medium' check (priority in ('low', 'medium', 'high', 'critical')),
  overlap text not null default 'skip' check (overlap in ('skip', 'queue', 'cancel_previous')),
  concurrency int check (concurrency > 0),
  catch_up text not null default 'once' check (catch_up in ('skip', 'once', 'all')),
  catch_up_limit int not null default 10 check (catch_up_limit >= 0),
  catch_up_window_ms bigint not null default 86400000 check (catch_up_window_ms >= 0),
  max_executions int check (max_executions > 0),
  ends_at timestamptz,
  slot_count int not null default 0,
  skip_before timestamptz,
  unique_key text,
  keep_days int not null default 30 check (keep_days > 0),
  execution_count int not null default 0,
  success_count int not null default 0,
  failure_count int not null default 0,
  avg_duration_ms double precision,
  tags text[] not null default '{}',
  metadata jsonb not null default '{}' check (jsonb_typeof(metadata) = 'object'),
  heartbeat_at timestamptz,
  created_by bigint,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  completed_at timestamptz,
  cancelled_at timestamptz
);
alter table public.scheduled_jobs drop constraint if exists scheduled_jobs_kind;
alter table public.scheduled_jobs add constraint scheduled_jobs_kind check (
  (type in ('cron', 'recurring')) = (schedule is not null)
  and (type <> 'event' or next_run is null));
alter table public.scheduled_jobs drop constraint if exists scheduled_jobs_end;
alter table public.scheduled_jobs add constraint scheduled_jobs_end check (
  (status in ('completed', 'failed')) = (completed_at is not null)
  and (status = 'cancelled') = (cancelled_at is not null)
  and (status not in ('completed', 'failed', 'cancelled') or next_run is null));

create table if not exists public.job_executions (
  id text primary key,
  job_id text not null references public.scheduled_jobs (id) on delete cascade,
  platform_id text not null,
  status text not null default 'pending'
    check (status in ('pending', 'running', 'success', 'failed', 'timeout', 'cancelled', 'skipped')),
  scheduled_at timestamptz not null,
  started_at timestamptz,
  completed_at timestamptz,
  duration_ms double precision,
  result jsonb,
  error text,
  error_stack text,
  retry_count int not null default 0,
  max_retries int not null default 0,
  next_retry_at timestamptz,
  worker_id text,
  progress real check (progress between 0 and 1),
  metadata jsonb not null default '{}',
  trace_id text not null default encode(uuid_send(gen_random_uuid()), 'hex')
    check (char_length(trace_id) = 32 and trace_id !~ '[^0-9a-f]'),
  span_id text not null default left(encode(uuid_send(gen_random_uuid()), 'hex'), 16)
    check (char_length(span_id) = 16 and span_id !~ '[^0-9a-f]'),
  parent_span_id text check (char_length(parent_span_id) = 16 and parent_span_id !~ '[^0-9a-f]'),
  created_at timestamptz not null default now(),
  -- the event's own; null = the job's
  payload jsonb,
  -- of the priority: 0 goes first
  rank smallint not null default 2,
  -- as many of the job as may are at work already
  waits boolean not null default false,
  stop_requested boolean not null default false,
  claim_token uuid
);
alter table public.job_executions drop constraint if exists job_executions_state;
alter table public.job_executions add constraint job_executions_state check (
  (status = 'running') = (claim_token is not null)
  and (status not in ('pending', 'running')) = (completed_at is not null)
  and (status <> 'running' or (worker_id is not null and started_at is not null))
  and (status = 'pending' or (not waits and next_retry_at is null)));

create table if not exists public.job_execution_logs (
  id bigint generated by default as identity primary key,
  execution_id text not null references public.job_executions (id) on delete cascade,
  timestamp timestamptz not null default now(),
  level text not null check (level in ('debug', 'info', 'warn', 'error')),
  message text not null,
  data jsonb
);

-- Which event starts which job; several jobs may listen to one.
create table if not exists public.event_handlers (
  id bigint generated by default as identity primary key,
  event_name text not null check (event_name ~ '^[a-z0-9_.]{1,100}$'),
  platform_id text not null references public.platforms (id) on delete cascade,
  job_id text not null references public.scheduled_jobs (id) on delete cascade,
  enabled boolean not null default true,
  created_at timestamptz not null default now(),
  unique (job_id, event_name)
);

-- A worker process and its lease. All it holds is held under this one row, so that a beat is one update.
create table if not exists public.job_workers (
  id text primary key,
  lease_until timestamptz not null,
  joined_at timestamptz not null default clock_timestamp(),
  beat_at timestamptz not null default clock_timestamp()
);

-- Partial wherever a null has no business in it: every change of a row writes all of its indexes anew.
create index if not exists scheduled_jobs_due on public.scheduled_jobs (next_run)
  where status in ('pending', 'active') and next_run is not null;
create index if not exists scheduled_jobs_status on public.scheduled_jobs (status);
create index if not exists scheduled_jobs_type on public.scheduled_jobs (type);
create index if not exists scheduled_jobs_platform on public.scheduled_jobs (platform_id, name);
create index if not exists scheduled_jobs_handler on public.scheduled_jobs (handler_name);
create index if not exists scheduled_jobs_created on public.scheduled_jobs (created_at);
create index if not exists scheduled_jobs_tags on public.scheduled_jobs using gin (tags);
create unique index if not exists scheduled_jobs_unique_key on public.scheduled_jobs (platform_id, unique_key)
  where unique_key is not null and status in ('pending', 'active', 'paused');

-- What may start at once, in the order of starting; and what will be tried again.
create index if not exists job_executions_ready on public.job_executions (rank, scheduled_at)
  where status = 'pending' and not waits and next_retry_at is null;
create index if not exists job_executions_retry on public.job_executions (next_retry_at)
  where status = 'pending' and next_retry_at is not null;
create index if not exists job_executions_open on public.job_executions (job_id, waits, rank, scheduled_at)
  where status in ('pending', 'running');
create index if not exists job_executions_claimed on public.job_executions (claim_token) where status = 'running';
create index if not exists job_executions_of_worker on public.job_executions (worker_id) where status = 'running';
create index if not exists job_executions_job on public.job_executions (job_id, scheduled_at);
create index if not exists job_executions_status on public.job_executions (status, completed_at);
create index if not exists job_executions_started on public.job_executions (started_at)
  where started_at is not null;
create index if not exists job_executions_scheduled on public.job_executions (scheduled_at);
create index if not exists job_executions_trace on public.job_executions (trace_id);
create index if not exists job_executions_created on public.job_executions (created_at);
create index if not exists job_execution_logs_of_execution on public.job_execution_logs (execution_id, timestamp);
create index if not exists job_execution_logs_level on public.job_execution_logs (level);
create index if not exists event_handlers_event on public.event_handlers (event_name, platform_id) where enabled;
create index if not exists event_handlers_enabled on public.event_handlers (enabled);
create index if not exists event_handlers_platform on public.event_handlers (platform_id);

do $$
declare
  old record;
begin
  for old in
    select tablename, policyname from pg_policies
    where schemaname = 'public' and tablename in ('scheduled_jobs', 'job_executions', 'job_execution_logs',
      'event_handlers', 'job_workers')
  loop
    execute format('drop policy %I on public.%I', old.policyname, old.tablename);
  end loop;
end
$$;

alter table public.scheduled_jobs enable row level security;
alter table public.job_executions enable row level security;
alter table public.job_execution_logs enable row level security;
alter table public.event_handlers enable row level security;
alter table public.job_workers enable row level security;

revoke all on table public.scheduled_jobs from public, anon, authenticated;
revoke all on table public.job_executions from public, anon, authenticated;
revoke all on table public.job_execution_logs from public, anon, authenticated;
revoke all on table public.event_handlers from public, anon, authenticated;
revoke all on table public.job_workers from public, anon, authenticated;
revoke all on sequence public.job_execution_logs_id_seq from public, anon, authenticated;
revoke all on sequence public.event_handlers_id_seq from public, anon, authenticated;

-- Members read; owners and admins change through functions. The stack of an error names files of the server and is its
-- operator's.
grant select on table public.scheduled_jobs to authenticated;
grant select (id, job_id, platform_id, status, scheduled_at, started_at, completed_at, duration_ms, result, error,
  retry_count, max_retries, next_retry_at, worker_id, progress, metadata, trace_id, span_id, parent_span_id,
  created_at) on table public.job_executions to authenticated;
grant select on table public.job_execution_logs to authenticated;
grant select on table public.event_handlers to authenticated;

create policy scheduled_jobs_read_team on public.scheduled_jobs for select to authenticated
  using (platform_id in (
    select member.platform_id from public.platform_members as member
    where member.telegram_id = (select public.requesting_telegram_id())));
create policy job_executions_read_team on public.job_executions for select to authenticated
  using (platform_id in (
    select member.platform_id from public.platform_members as member
    where member.telegram_id = (select public.requesting_telegram_id())));
create policy job_execution_logs_read_team on public.job_execution_logs for select to authenticated
  using (exists (
    select from public.job_executions as execution
    where execution.id = execution_id and execution.platform_id in (
      select member.platform_id from public.platform_members as member
      where member.telegram_id = (select public.requesting_telegram_id()))));
create policy event_handlers_read_team on public.event_handlers for select to authenticated
  using (platform_id in (
    select member.platform_id from public.platform_members as member
    where member.telegram_id = (select public.requesting_telegram_id())));

insert into public.schema_versions (version, name) values ('20261101003000', 'job-tables')
  on conflict (version) do nothing;
notify pgrst, 'reload schema';
