-- The pieces every action of a person is made of. None of them can be called by a client: the RPCs of the next
-- files are SECURITY DEFINER, because they write columns and events that a client may not, and each begins with
-- require_person(). Lock order everywhere: limiter, lead, reminders by id, steps.

-- The caller's Telegram id, or a refusal.
create or replace function public.require_person() returns bigint
  language plpgsql stable set search_path = ''
  as $$
  declare
    me constant bigint := public.requesting_telegram_id();
  begin
    if me is null then
      raise exception 'This needs a person''s token. Open Nudge from Telegram again.'
        using errcode = 'PT403', hint = 'NOT_A_PERSON';
    end if;
    return me;
  end
  $$;

-- Begins an action. Null: go on. Otherwise this action id was used before and here is its answer: two replays at
-- once wait for each other on the primary key.
create or replace function public.begin_action(p_me bigint, p_action_id text, p_action text) returns jsonb
  language plpgsql set search_path = ''
  as $$
  declare
    earlier public.user_actions;
  begin
    if p_action_id is null or char_length(p_action_id) not between 1 and 100 then
      raise exception 'An action needs an id of 1 to 100 characters, not "%".', left(p_action_id, 120)
        using errcode = 'P0001', hint = 'ACTION_ID_INVALID';
    end if;
    insert into public.user_actions (telegram_id, action_id, action, at)
      values (p_me, p_action_id, p_action, public.app_now())
      on conflict (telegram_id, action_id) do nothing;
    if found then
      return null;
    end if;
    select * into earlier from public.user_actions where telegram_id = p_me and action_id = p_action_id;
    if earlier.action <> p_action then
      raise exception 'The action id "%" was already used for "%".', p_action_id, earlier.action
        using errcode = 'P0001', hint = 'ACTION_ID_REUSED';
    end if;
    return coalesce(earlier.result, '{}'::jsonb) || '{"replayed": true}'::jsonb;
  end
  $$;

create or replace function public.finish_action(p_me bigint, p_action_id text, p_result jsonb) returns jsonb
  language plpgsql set search_path = ''
  as $$
  declare
    answer constant jsonb := p_result || jsonb_build_object('action_id', p_action_id, 'replayed', false);
  begin
    update public.user_actions set result = answer where telegram_id = p_me and action_id = p_action_id;
    return answer;
  end
  $$;

-- What Undo and the time line need to know of a row.
create or replace function public.reminder_snapshot(p_row public.scheduled_reminders) returns jsonb
  language sql stable set search_path = ''
  as $$
    select jsonb_build_object('status', p_row.status, 'due_at', p_row.due_at, 'wanted_at', p_row.wanted_at,
      'level', p_row.level, 'exact', p_row.exact, 'snooze_count', p_row.snooze_count, 'due_reason', p_row.due_reason,
      'reminder_count', p_row.reminder_count)
  $$;

create or replace function public.record_event(
  p_action_id text, p_action text, p_actor text, p_source text, p_before public.scheduled_reminders,
  p_after public.scheduled_reminders, p_note text
) returns void
  language sql set search_path = ''
  as $$
    insert into public.reminder_events
      (telegram_id, reminder_id, lead_id, plan_id, action_id, action, actor, source, before, after, note, at)
    values (p_after.telegram_id, p_after.id, p_after.lead_id, p_after.plan_id, p_action_id, p_action, p_actor, p_source,
      case when p_before.id is not null then public.reminder_snapshot(p_before) end, public.reminder_snapshot(p_after),
      p_note, public.app_now())
  $$;

-- Locks the lead, then the reminder, and gives the row; somebody else's row is "not found" like a missing one.
create or replace function public.lock_own_reminder(p_me bigint, p_id bigint) returns public.scheduled_reminders
  language plpgsql set search_path = ''
  as $$
  declare
    row public.scheduled_reminders;
  begin
    perform from public.leads as lead
      join public.scheduled_reminders as reminder on reminder.lead_id = lead.id
      where reminder.id = p_id and reminder.telegram_id = p_me for update of lead;
    select * into row from public.scheduled_reminders where id = p_id and telegram_id = p_me for update;
    if not found then
      raise exception 'There is no reminder % of yours.', p_id using errcode = 'P0001', hint = 'REMINDER_NOT_FOUND';
    end if;
    return row;
  end
  $$;

create or replace function public.lock_own_lead(p_me bigint, p_lead_id bigint) returns public.leads
  language plpgsql set search_path = ''
  as $$
  declare
    row public.leads;
  begin
    select * into row from public.leads where id = p_lead_id and telegram_id = p_me and deleted_at is null for update;
    if not found then
      raise exception 'There is no lead % of yours.', p_lead_id using errcode = 'P0001', hint = 'LEAD_NOT_FOUND';
    end if;
    return row;
  end
  $$;

-- The person's hours; a person unknown so far gets the defaults.
create or replace function public.settings_of(p_telegram_id bigint) returns public.users
  language plpgsql stable set search_path = ''
  as $$
  declare
    person public.users;
  begin
    select * into person from public.users where telegram_id = p_telegram_id;
    if not found then
      person.telegram_id := p_telegram_id;
      person.language := 'en';
      person.zone := 'UTC';
      person.preferred_hour := '09:30';
      person.quiet_from := '00:00';
      person.quiet_to := '00:00';
      person.working_days := '{1,2,3,4,5,6,7}';
      person.opted_out := false;
    end if;
    return person;
  end
  $$;

-- A step was completed, skipped or sent: asks for the next one. For dated plans the next step keeps its date, so
-- the usual promotion only stamps it; a plan paced "after I finish the previous step" counts from now, and not
-- from a mere delivery.
create or replace function public.request_next_step(p_row public.scheduled_reminders) returns void
  language plpgsql set search_path = ''
  as $$
  declare
    next record;
    person public.users;
    ready timestamptz;
  begin
    if p_row.plan_id is null or p_row.step_id is null then
      return;
    end if;
    select step.id, step.delay_days - coalesce(p_row.delay_days, 0) as gap_days, plan.pace,
      reminder.id as reminder_id, reminder.status as reminder_status, reminder.wanted_at
      into next
    from public.outreach_steps as step
    join public.engagement_plans as plan on plan.id = step.plan_id and plan.status = 'active'
    join public.leads as lead on lead.id = step.lead_id and lead.status not in ('closed_won', 'closed_lost')
      and lead.deleted_at is null
    left join lateral (
      select * from public.scheduled_reminders as any_reminder
      where any_reminder.plan_id = step.plan_id and any_reminder.step_id = step.step_id
      order by any_reminder.status in ('pending', 'sent') desc, any_reminder.id desc limit 1
    ) as reminder on true
    where step.plan_id = p_row.plan_id and step.step_id > p_row.step_id
    order by step.step_id limit 1;
    if not found then
      return;
    end if;
    if next.reminder_id is not null and next.reminder_status = 'pending' then
      ready := greatest(public.app_now(), next.wanted_at);
    elsif next.reminder_id is null and next.pace = 'after_previous' and p_row.status in ('completed', 'skipped') then
      person := public.settings_of(p_row.telegram_id);
      ready := public.step_wanted_at(public.app_now(), greatest(next.gap_days, 0), person.zone, person.preferred_hour,
        person.quiet_from, person.quiet_to, person.working_days);
    end if;
    update public.outreach_steps
      set next_step_ready_at = ready, triggered_by = case when ready is null then triggered_by else 'cadence' end
      where id = next.id and next_step_ready_at is distinct from ready
        -- an engagement trigger that waits for the sweep is not pushed back to the usual date
        and not (next_step_ready_at is not null and triggered_by is distinct from 'cadence'
          and (ready is null or next_step_ready_at <= ready));
  end
  $$;

-- Keeps a plan's open steps in order after one of them moved later: each later step that would now come first
-- follows 15 minutes behind, in an open window. Returns what moved.
create or replace function public.shift_later_steps(p_plan_id bigint, p_action_id text, p_source text) returns jsonb
  language plpgsql set search_path = ''
  as $$
  declare
    row public.scheduled_reminders;
    moved_row public.scheduled_reminders;
    person public.users;
    running timestamptz;
    target timestamptz;
    moved jsonb := '[]'::jsonb;
  begin
    perform from public.scheduled_reminders
      where plan_id = p_plan_id and status in ('pending', 'sent') order by id for update;
    for row in
      select * from public.scheduled_reminders
      where plan_id = p_plan_id and status in ('pending', 'sent') order by step_id, id
    loop
      if running is null or row.wanted_at >= running then
        running := row.wanted_at;
        continue;
      end if;
      person := public.settings_of(row.telegram_id);
      target := public.next_open(running + interval '15 minutes', person.zone, person.preferred_hour, person.quiet_from,
        person.quiet_to, person.working_days);
      update public.scheduled_reminders
        set wanted_at = target, due_at = greatest(due_at, target), due_rev = due_rev + 1
        where id = row.id returning * into moved_row;
      perform public.record_event(p_action_id, 'shift', 'person', p_source, row, moved_row, null);
      moved := moved || jsonb_build_object('id', row.id, 'step_id', row.step_id, 'from', row.wanted_at, 'to', target);
      running := target;
    end loop;
    return moved;
  end
  $$;

-- What comes next for this lead, in the words of an answer; null = nothing.
create or replace function public.next_for_lead(p_lead_id bigint, p_telegram_id bigint, p_except bigint) returns jsonb
  language sql stable set search_path = ''
  as $$
    select jsonb_build_object('id', reminder.id, 'step_id', reminder.step_id, 'wanted_at', reminder.wanted_at,
      'description', coalesce(step.description, reminder.title), 'action_type', coalesce(step.action_type, 'other'))
    from public.scheduled_reminders as reminder
    left join public.outreach_steps as step on step.plan_id = reminder.plan_id and step.step_id = reminder.step_id
    where reminder.lead_id = p_lead_id and reminder.telegram_id = p_telegram_id and reminder.id <> p_except
      and reminder.status in ('pending', 'sent')
    order by reminder.wanted_at, reminder.step_id limit 1
  $$;

-- The answer to an action on one reminder.
create or replace function public.describe_reminder(p_row public.scheduled_reminders) returns jsonb
  language sql stable set search_path = ''
  as $$
    select jsonb_build_object(
      'reminder', public.reminder_snapshot(p_row) || jsonb_build_object('id', p_row.id, 'lead_id', p_row.lead_id,
        'plan_id', p_row.plan_id, 'step_id', p_row.step_id),
      'next', public.next_for_lead(p_row.lead_id, p_row.telegram_id, p_row.id))
  $$;

-- A plain UPDATE (REST, an operator's SQL) leaves its event too; due_rev tells it from our own functions.
create or replace function public.log_outside_change() returns trigger
  language plpgsql security definer set search_path = ''
  as $$
  begin
    perform public.record_event(null,
      case when new.status <> old.status and new.status <> 'pending' then new.status else 'reschedule' end,
      case when public.requesting_telegram_id() is null then 'operator' else 'person' end,
      case when public.requesting_telegram_id() is null then 'sql' else 'rest' end, old, new, null);
    if new.plan_id is not null and new.status in ('completed', 'skipped') then
      update public.reminder_events set follow_up = true
        where id = currval(pg_get_serial_sequence('public.reminder_events', 'id'));
    end if;
    return null;
  end
  $$;
drop trigger if exists reminders_log_outside on public.scheduled_reminders;
create trigger reminders_log_outside after update of status, due_at on public.scheduled_reminders
  for each row when (new.due_rev = old.due_rev and (new.status <> old.status or new.due_at <> old.due_at))
  execute function public.log_outside_change();

revoke all on function public.require_person() from public, anon, authenticated;
revoke all on function public.begin_action(bigint, text, text) from public, anon, authenticated;
revoke all on function public.finish_action(bigint, text, jsonb) from public, anon, authenticated;
revoke all on function public.reminder_snapshot(public.scheduled_reminders) from public, anon, authenticated;
revoke all on function public.record_event(text, text, text, text, public.scheduled_reminders,
  public.scheduled_reminders, text) from public, anon, authenticated;
revoke all on function public.lock_own_reminder(bigint, bigint) from public, anon, authenticated;
revoke all on function public.lock_own_lead(bigint, bigint) from public, anon, authenticated;
revoke all on function public.settings_of(bigint) from public, anon, authenticated;
revoke all on function public.request_next_step(public.scheduled_reminders) from public, anon, authenticated;
revoke all on function public.shift_later_steps(bigint, text, text) from public, anon, authenticated;
revoke all on function public.next_for_lead(bigint, bigint, bigint) from public, anon, authenticated;
revoke all on function public.describe_reminder(public.scheduled_reminders) from public, anon, authenticated;
revoke all on function public.log_outside_change() from public, anon, authenticated;

insert into public.schema_versions (version, name) values ('20261101000800', 'action-helpers')
  on conflict (version) do nothing;
notify pgrst, 'reload schema';
