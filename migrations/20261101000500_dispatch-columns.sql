-- What the dispatcher and the person's own clock need on each reminder, the states that may be stored and the
-- row trigger that keeps them.
--
-- Three instants: due_at is the dispatcher's next action and never shown; wanted_at is when the person expects
-- it; first_due_at is the first wanted_at. due_rev counts writes by our own functions: a write that moves a row
-- without raising it came from outside (REST, an operator's SQL) and is read as the person's own change.

alter table public.scheduled_reminders
  add column if not exists plan_id bigint,
  add column if not exists delay_days int check (delay_days >= 0),
  add column if not exists wanted_at timestamptz,
  add column if not exists first_due_at timestamptz,
  add column if not exists due_reason text not null default 'plan'
    check (due_reason in ('plan', 'snooze', 'escalation', 'window', 'retry', 'parked', 'trigger')),
  add column if not exists due_rev int not null default 0,
  -- how often it was brought up without an answer: 0 = not yet, 3 = for the last time
  add column if not exists level smallint not null default 0 check (level between 0 and 3),
  -- the person picked this very instant: quiet hours do not move it
  add column if not exists exact boolean not null default false,
  add column if not exists title text check (char_length(title) <= 1000),
  -- the newest card of this reminder in the chat
  add column if not exists message_id bigint,
  -- a send of this row is in doubt: the next one says that the first may have arrived
  add column if not exists in_doubt boolean not null default false,
  -- failed sends in a row, for the back-off
  add column if not exists retries smallint not null default 0,
  add column if not exists last_error text;

update public.scheduled_reminders set due_at = least(greatest(due_at, '2000-01-01+00'), '2200-01-01+00')
  where due_at not between '2000-01-01+00' and '2200-01-01+00';
update public.scheduled_reminders
  set wanted_at = coalesce(wanted_at, due_at), first_due_at = coalesce(first_due_at, wanted_at, due_at)
  where wanted_at is null or first_due_at is null;
-- Rows of an older version. Of several open rows of one step the first stays, so that nobody is reminded twice; a
-- due_at outside the years below would stop the dispatcher's arithmetic for everybody.
update public.scheduled_reminders as reminder set status = 'cancelled'
  where status in ('pending', 'sent') and lead_id is not null and step_id is not null and exists (
    select from public.scheduled_reminders as other
    where other.lead_id = reminder.lead_id and other.step_id = reminder.step_id
      and other.plan_id is not distinct from reminder.plan_id and other.status in ('pending', 'sent')
      and (other.due_at, other.id) < (reminder.due_at, reminder.id));
update public.scheduled_reminders set completed_at = null where completed_at is not null and status <> 'completed';
update public.scheduled_reminders set completed_at = updated_at where completed_at is null and status = 'completed';

alter table public.scheduled_reminders drop constraint if exists scheduled_reminders_completed;
alter table public.scheduled_reminders add constraint scheduled_reminders_completed
  check ((status = 'completed') = (completed_at is not null));
alter table public.scheduled_reminders drop constraint if exists scheduled_reminders_instants;
alter table public.scheduled_reminders add constraint scheduled_reminders_instants
  check (wanted_at is not null and first_due_at is not null);
-- '-infinity' and its like cannot be calculated with: one such row would stop the dispatcher for everybody.
alter table public.scheduled_reminders drop constraint if exists scheduled_reminders_years;
alter table public.scheduled_reminders add constraint scheduled_reminders_years check (
  due_at between '2000-01-01+00' and '2200-01-01+00' and wanted_at between '2000-01-01+00' and '2200-01-01+00');
alter table public.scheduled_reminders drop constraint if exists scheduled_reminders_draft_length;
alter table public.scheduled_reminders add constraint scheduled_reminders_draft_length
  check (char_length(draft_text) <= 10000) not valid;

-- Status, due_at and counters change often; room on each page keeps updates beside their row.
alter table public.scheduled_reminders set (fillfactor = 80);

create unique index if not exists scheduled_reminders_one_live
  on public.scheduled_reminders (lead_id, plan_id, step_id) nulls not distinct
  where status in ('pending', 'sent') and lead_id is not null and step_id is not null;
create index if not exists scheduled_reminders_plan on public.scheduled_reminders (plan_id, step_id)
  where plan_id is not null;

-- The legal moves of a reminder. Leaving a finished state is Undo's alone (p_by_function).
create or replace function public.reminder_may_move(p_from text, p_to text, p_by_function boolean) returns boolean
  language sql immutable parallel safe set search_path = ''
  as $$
    select case p_from
      when 'pending' then p_to in ('sent', 'completed', 'skipped', 'cancelled', 'failed')
      when 'sent' then p_to in ('pending', 'completed', 'skipped', 'cancelled', 'failed')
      when 'failed' then p_to in ('pending', 'cancelled')
      else p_by_function and p_to in ('pending', 'sent')
    end
  $$;

create or replace function public.fill_new_reminder() returns trigger
  language plpgsql set search_path = ''
  as $$
  begin
    new.wanted_at := coalesce(new.wanted_at, new.due_at);
    new.first_due_at := coalesce(new.first_due_at, new.wanted_at);
    if new.status = 'completed' then
      new.completed_at := coalesce(new.completed_at, public.app_now());
    end if;
    return new;
  end
  $$;

-- Looks at and stamps only the row itself. Everything that moves other rows (shifts, promotions, re-plans,
-- closings) lives in functions: a shifting trigger deadlocks against settle and fails on column grants.
create or replace function public.keep_reminder_rules() returns trigger
  language plpgsql set search_path = ''
  as $$
  declare
    by_function constant boolean := new.due_rev > old.due_rev;
    earliest timestamptz;
  begin
    if new.status <> old.status then
      if not public.reminder_may_move(old.status, new.status, by_function) then
        raise exception 'Reminder % is % and cannot become %.', old.id, old.status, new.status
          using errcode = 'P0001', hint = 'ILLEGAL_MOVE',
            detail = json_build_object('id', old.id, 'from', old.status, 'to', new.status)::text;
      end if;
      if not by_function and current_user = 'authenticated' and new.status in ('sent', 'failed') then
        raise exception 'Only the dispatcher marks a reminder as %.', new.status
          using errcode = 'P0001', hint = 'ILLEGAL_MOVE';
      end if;
    end if;
    if not by_function and new.due_at <> old.due_at then
      if new.status not in ('pending', 'sent') then
        raise exception 'Reminder % is %; only an open reminder can be moved.', old.id, new.status
          using errcode = 'P0001', hint = 'REMINDER_CLOSED';
      end if;
      if new.due_at not between '2000-01-01+00' and public.app_now() + interval '3 years' then
        raise exception 'A reminder can be moved to an instant at most three years ahead, not to %.', new.due_at
          using errcode = 'P0001', hint = 'INSTANT_OUT_OF_RANGE';
      end if;
      -- Within a plan no step may come before an earlier open one.
      if new.plan_id is not null then
        select max(wanted_at) into earliest from public.scheduled_reminders
        where plan_id = new.plan_id and step_id < new.step_id and status in ('pending', 'sent');
        new.due_at := greatest(new.due_at, earliest);
      end if;
      new.wanted_at := new.due_at;
      new.status := 'pending';
      new.due_reason := 'snooze';
      new.snooze_count := old.snooze_count + 1;
      new.exact := true;
      new.in_doubt := false;
      new.level := 0;
    elsif not by_function and old.status = 'sent' and new.status = 'pending' then
      new.level := 0;
    end if;
    if new.status = 'completed' then
      new.completed_at := coalesce(new.completed_at, public.app_now());
    else
      new.completed_at := null;
    end if;
    new.updated_at := public.app_now();
    return new;
  end
  $$;

create or replace function public.stamp_updated_at() returns trigger
  language plpgsql set search_path = ''
  as $$
  begin
    new.updated_at := public.app_now();
    return new;
  end
  $$;

-- At commit: a change that left a plan's open steps out of order is refused. Our functions shift the later
-- steps themselves; this stops a plain UPDATE that jumps over a later step, and our own mistakes.
create or replace function public.check_plan_order() returns trigger
  language plpgsql security definer set search_path = ''
  as $$
  declare
    wrong record;
  begin
    select later.step_id, earlier.step_id as earlier_id into wrong
    from public.scheduled_reminders as later
    join public.scheduled_reminders as earlier
      on earlier.plan_id = later.plan_id and earlier.step_id < later.step_id
      and earlier.status in ('pending', 'sent') and earlier.wanted_at > later.wanted_at
    where later.plan_id = new.plan_id and later.status in ('pending', 'sent')
    limit 1;
    if found then
      raise exception 'Step % would come before step %. Move the later steps too, with rebase_plan.',
        wrong.step_id, wrong.earlier_id using errcode = 'P0001', hint = 'STEPS_OUT_OF_ORDER';
    end if;
    return null;
  end
  $$;

drop trigger if exists reminders_fill on public.scheduled_reminders;
create trigger reminders_fill before insert on public.scheduled_reminders
  for each row execute function public.fill_new_reminder();
drop trigger if exists reminders_rules on public.scheduled_reminders;
create trigger reminders_rules before update on public.scheduled_reminders
  for each row when (old.status is distinct from new.status or old.due_at is distinct from new.due_at)
  execute function public.keep_reminder_rules();
drop trigger if exists reminders_stamp on public.scheduled_reminders;
create trigger reminders_stamp before update of draft_text, title on public.scheduled_reminders
  for each row execute function public.stamp_updated_at();
drop trigger if exists reminders_order on public.scheduled_reminders;
create constraint trigger reminders_order after update of wanted_at, due_at on public.scheduled_reminders
  deferrable initially deferred
  for each row when (new.plan_id is not null and new.wanted_at is distinct from old.wanted_at)
  execute function public.check_plan_order();

-- Whoever waits on a direct connection is woken at once by new work.
create or replace function public.notify_due() returns trigger
  language plpgsql set search_path = ''
  as $$
  begin
    perform pg_notify('nudge_due', '');
    return null;
  end
  $$;
drop trigger if exists reminders_notify on public.scheduled_reminders;
create trigger reminders_notify after insert on public.scheduled_reminders
  for each statement execute function public.notify_due();

revoke all on function public.reminder_may_move(text, text, boolean) from public, anon, authenticated;
grant execute on function public.reminder_may_move(text, text, boolean) to authenticated;
revoke all on function public.fill_new_reminder() from public, anon, authenticated;
revoke all on function public.keep_reminder_rules() from public, anon, authenticated;
revoke all on function public.stamp_updated_at() from public, anon, authenticated;
revoke all on function public.check_plan_order() from public, anon, authenticated;
revoke all on function public.notify_due() from public, anon, authenticated;

grant select (plan_id, delay_days, wanted_at, first_due_at, due_reason, level, exact, title)
  on table public.scheduled_reminders to authenticated;

insert into public.schema_versions (version, name) values ('20261101000500', 'dispatch-columns')
  on conflict (version) do nothing;
notify pgrst, 'reload schema';
