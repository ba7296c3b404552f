-- A plan can be changed: its versions, and the one function that turns a plan's steps into other steps. The RPCs of the
-- next file only say which steps; what that means for delays, reminders and requests is decided here.
--   delays     never decrease: a later step is raised with an earlier one; steps that happened keep theirs
--   reminders  follow their step's words, and its delay by as many days; done, skipped, cancelled and sent ones and
--              instants the person picked stay as they are
alter table public.engagement_plans add column if not exists version int not null default 1;
alter table public.engagement_plans drop constraint if exists engagement_plans_version;
alter table public.engagement_plans add constraint engagement_plans_version check (version >= 1);

-- The plan as each change left it; version 1, as it was made, is written with the first change.
create table if not exists public.plan_versions (
  plan_id bigint not null references public.engagement_plans (id) on delete cascade,
  version int not null,
  telegram_id bigint not null,
  pace text not null,
  -- [{"id", "step_id", "action_type", "description", "suggested_text", "timing", "delay_days"}]; id stays with a step
  -- wherever it is moved
  steps jsonb not null,
  -- created, the RPC's name, or undo
  reason text not null,
  -- the action that first made this state: Undo is for the newest one
  action_id text,
  created_at timestamptz not null default now(),
  primary key (plan_id, version)
);
create index if not exists plan_versions_of_person on public.plan_versions (telegram_id);

do $$
declare
  old record;
begin
  for old in select policyname from pg_policies where schemaname = 'public' and tablename in ('plan_versions')
  loop
    execute format('drop policy %I on public.plan_versions', old.policyname);
  end loop;
end
$$;
alter table public.plan_versions enable row level security;
revoke all on table public.plan_versions from public, anon, authenticated;
grant select on table public.plan_versions to authenticated;
create policy plan_versions_read_own on public.plan_versions for select to authenticated
  using (telegram_id = (select public.requesting_telegram_id()));

-- A plan's steps in order, each with what became of it: state = status of its reminder, or waiting. Only a running plan
-- has reminders; those of a draft are left over from an acceptance that was undone.
create or replace function public.plan_state(p_plan_id bigint) returns jsonb
  language sql stable set search_path = ''
  as $$
    select coalesce(jsonb_agg(jsonb_build_object('id', step.id, 'step_id', step.step_id, 'action_type', step.action_type,
      'description', step.description, 'suggested_text', step.suggested_text, 'timing', coalesce(step.timing, ''),
      'delay_days', step.delay_days, 'state', coalesce(reminder.status, 'waiting'), 'wanted_at', reminder.wanted_at,
      'draft_text', case when reminder.status in ('pending', 'sent', 'failed') then reminder.draft_text
        else step.suggested_text end,
      'picked', coalesce(reminder.exact and reminder.status = 'pending', false),
      'was_sent', coalesce(reminder.status = 'sent' or reminder.reminder_count > 0, false)) order by step.step_id), '[]')
    from public.outreach_steps as step
    join public.engagement_plans as plan on plan.id = step.plan_id
    left join lateral (
      select * from public.scheduled_reminders as own
      where plan.status = 'active' and own.plan_id = step.plan_id and own.step_id = step.step_id
      order by own.status in ('pending', 'sent') desc, own.id desc limit 1
    ) as reminder on true
    where step.plan_id = p_plan_id
  $$;

-- Steps that happened: their words, numbers among each other and delays are history.
create or replace function public.is_history(p_item jsonb) returns boolean
  language sql immutable set search_path = ''
  as $$ select coalesce(p_item ->> 'state' in ('completed', 'skipped', 'cancelled', 'sent'), false) $$;

-- Delays that never decrease: each open step at least the one before it, at most the next that happened.
create or replace function public.monotonic_delays(p_steps jsonb) returns jsonb
  language plpgsql immutable set search_path = ''
  as $$
  declare
    steps jsonb := p_steps;
    least_days int := 0;
    most_days int := 365;
    days int;
  begin
    for place in 0 .. jsonb_array_length(steps) - 1 loop
      days := (steps -> place ->> 'delay_days')::int;
      least_days := case when public.is_history(steps -> place) then days else greatest(days, least_days) end;
      steps := jsonb_set(steps, array[place::text, 'delay_days'], to_jsonb(least_days));
    end loop;
    for place in reverse jsonb_array_length(steps) - 1 .. 0 loop
      most_days := least((steps -> place ->> 'delay_days')::int, most_days);
      steps := jsonb_set(steps, array[place::text, 'delay_days'], to_jsonb(most_days));
    end loop;
    return steps;
  end
  $$;

-- Writes the steps in their new order and returns them with their ids; those not named are gone. Numbers are unique at
-- every moment, hence the detour over 1000.
create or replace function public.write_steps(p_plan public.engagement_plans, p_steps jsonb) returns jsonb
  language plpgsql set search_path = ''
  as $$
  declare
    steps jsonb := p_steps;
    item jsonb;
    known_id bigint;
  begin
    update public.outreach_steps set step_id = step_id + 1000 where plan_id = p_plan.id;
    delete from public.outreach_steps where plan_id = p_plan.id and id not in (
      select (kept ->> 'id')::bigint from jsonb_array_elements(p_steps) as kept where kept ->> 'id' is not null);
    for place in 1 .. jsonb_array_length(p_steps) loop
      item := p_steps -> (place - 1);
      update public.outreach_steps set step_id = place, action_type = item ->> 'action_type',
        description = item ->> 'description', suggested_text = item ->> 'suggested_text', timing = item ->> 'timing',
        delay_days = (item ->> 'delay_days')::int, updated_at = public.app_now()
        where id = (item ->> 'id')::bigint and plan_id = p_plan.id returning id into known_id;
      if not found then
        -- A step that a revert brings back keeps its id, so that later reverts know it again.
        insert into public.outreach_steps (id, plan_id, lead_id, telegram_id, step_id, action_type, description,
          suggested_text, timing, delay_days, created_at, updated_at)
        values (coalesce((item ->> 'id')::bigint, nextval(pg_get_serial_sequence('public.outreach_steps', 'id'))),
          p_plan.id, p_plan.lead_id, p_plan.telegram_id, place, item ->> 'action_type', item ->> 'description',
          item ->> 'suggested_text', item ->> 'timing', (item ->> 'delay_days')::int, public.app_now(), public.app_now())
        returning id into known_id;
      end if;
      steps := jsonb_set(steps, array[(place - 1)::text, 'id'], to_jsonb(known_id));
    end loop;
    return steps;
  end
  $$;

-- The request that waits on a step without a reminder, if any (plans paced "after I finish the previous step").
create or replace function public.waiting_request(p_plan_id bigint) returns jsonb
  language sql stable set search_path = ''
  as $$
    select jsonb_build_object('at', step.next_step_ready_at, 'by', step.triggered_by)
    from public.outreach_steps as step
    where step.plan_id = p_plan_id and step.next_step_ready_at is not null and not exists (
      select from public.scheduled_reminders as reminder
      where reminder.plan_id = p_plan_id and reminder.step_id = step.step_id)
    order by step.step_id limit 1
  $$;

-- In such a plan either an open reminder or a request on the first waiting step carries it on. Steps may have changed
-- places around the request: it goes to the one that is first now. With neither left the plan would stand still, so the
-- first waiting step is asked for: p_freed = when the step that went away was wanted.
create or replace function public.carry_request(p_plan_id bigint, p_request jsonb, p_freed timestamptz) returns void
  language plpgsql set search_path = ''
  as $$
  declare
    next record;
    person public.users;
    ready timestamptz;
    is_carried constant boolean := exists (select from public.scheduled_reminders
      where plan_id = p_plan_id and step_id is not null and status in ('pending', 'sent', 'failed'));
  begin
    update public.outreach_steps as step set next_step_ready_at = null
      where step.plan_id = p_plan_id and step.next_step_ready_at is not null and not exists (
        select from public.scheduled_reminders where plan_id = p_plan_id and step_id = step.step_id);
    select step.id, step.telegram_id, step.delay_days - coalesce(before.delay_days, 0) as gap_days into next
    from public.outreach_steps as step
    join public.engagement_plans as plan on plan.id = step.plan_id and plan.status = 'active' and plan.pace = 'after_previous'
    left join public.outreach_steps as before on before.plan_id = step.plan_id and before.step_id = step.step_id - 1
    where step.plan_id = p_plan_id and not exists (
      select from public.scheduled_reminders where plan_id = p_plan_id and step_id = step.step_id)
    order by step.step_id limit 1;
    if not found or (is_carried and coalesce(p_request ->> 'by', 'cadence') = 'cadence') then
      return;
    end if;
    person := public.settings_of(next.telegram_id);
    ready := coalesce((p_request ->> 'at')::timestamptz,
      case when p_freed is not null then greatest(p_freed, public.app_now()) end,
      public.step_wanted_at(public.app_now(), greatest(next.gap_days, 0), person.zone, person.preferred_hour,
        person.quiet_from, person.quiet_to, person.working_days));
    update public.outreach_steps set next_step_ready_at = ready, triggered_by = coalesce(p_request ->> 'by', 'cadence')
      where id = next.id;
    perform pg_notify('nudge_due', '');
  end
  $$;

-- The plan as it stands becomes its next version. The newest fifty are kept, and the first.
create or replace function public.keep_version(p_plan_id bigint, p_version int, p_reason text, p_action_id text) returns void
  language plpgsql set search_path = ''
  as $$
  begin
    insert into public.plan_versions (plan_id, version, telegram_id, pace, steps, reason, action_id, created_at)
    select plan.id, p_version, plan.telegram_id, plan.pace, (
      select jsonb_agg(jsonb_build_object('id', step.id, 'step_id', step.step_id, 'action_type', step.action_type,
        'description', step.description, 'suggested_text', step.suggested_text, 'timing', coalesce(step.timing, ''),
        'delay_days', step.delay_days) order by step.step_id)
      from public.outreach_steps as step where step.plan_id = plan.id),
      p_reason, p_action_id, case when p_reason = 'created' then plan.created_at else public.app_now() end
    from public.engagement_plans as plan where plan.id = p_plan_id
    on conflict (plan_id, version) do nothing;
    delete from public.plan_versions where plan_id = p_plan_id and version > 1 and version <= p_version - 50;
  end
  $$;

revoke all on function public.plan_state(bigint) from public, anon, authenticated;
revoke all on function public.is_history(jsonb) from public, anon, authenticated;
revoke all on function public.monotonic_delays(jsonb) from public, anon, authenticated;
revoke all on function public.write_steps(public.engagement_plans, jsonb) from public, anon, authenticated;
revoke all on function public.waiting_request(bigint) from public, anon, authenticated;
revoke all on function public.carry_request(bigint, jsonb, timestamptz) from public, anon, authenticated;
revoke all on function public.keep_version(bigint, int, text, text) from public, anon, authenticated;

insert into public.schema_versions (version, name) values ('20261101001700', 'plan-versions')
  on conflict (version) do nothing;
notify pgrst, 'reload schema';
