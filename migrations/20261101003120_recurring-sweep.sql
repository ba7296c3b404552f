-- The sweep of rules, and Undo. The sweep is asked for by any number of processes at once: each looks for rules that want
-- their next time, works out the dates, and hands them in; the rule's row and the place of a date decide who was first.

-- Rules that want to be looked at: the next time has come, no occurrence is open, the person's zone is another one, or the
-- lead is gone. A lead that answered, is closed or in the bin is not brought up, and nobody who cannot be reached.
create or replace function public.recurring_to_advance(p_limit int) returns json
  language sql stable set search_path = ''
  as $$
    select coalesce(json_agg(found), '[]'::json)
    from (
      select rule.id, rule.rev, rule.rule, rule.starts_on, rule.clock, coalesce(person.zone, 'UTC') as zone,
        rule.slot_on as last_slot_on, case when live.id is not null then rule.slot_on end as live_slot_on, rule.since,
        rule.lead_id is not null and lead.id is null as is_lead_gone, public.app_now() as now
      from public.recurring_reminders as rule
      left join public.users as person on person.telegram_id = rule.telegram_id
      left join public.leads as lead on lead.id = rule.lead_id and lead.telegram_id = rule.telegram_id
      left join public.scheduled_reminders as live
        on live.id = rule.reminder_id and live.status in ('pending', 'sent') and live.telegram_id = rule.telegram_id
      where rule.status = 'active'
        and (rule.next_at <= public.app_now() + interval '60 seconds' or live.id is null
          or rule.zone <> coalesce(person.zone, 'UTC') or (rule.next_at is null and rule.checked_rev < rule.rev)
          or (rule.lead_id is not null and lead.id is null))
        and (lead.id is null or (lead.deleted_at is null and lead.paused_at is null
          and lead.status not in ('closed_won', 'closed_lost')))
        and person.unreachable_since is null and person.opted_out is not true
      order by rule.next_at nulls first, rule.id limit p_limit
    ) as found
  $$;

-- Another zone: what was not sent yet keeps its date and time of day on the new clock.
create or replace function public.move_occurrence(p_rule public.recurring_reminders, p_zone text) returns void
  language plpgsql set search_path = ''
  as $$
  declare
    at constant timestamptz := public.local_to_instant(p_rule.slot_on + p_rule.clock, p_zone);
    before public.scheduled_reminders;
    after public.scheduled_reminders;
  begin
    select * into before from public.scheduled_reminders where id = p_rule.reminder_id and status = 'pending'
      and reminder_count = 0 and snooze_count = 0
      and wanted_at = public.local_to_instant(p_rule.slot_on + p_rule.clock, p_rule.zone) for update;
    if found and at > public.app_now() and at <> before.wanted_at then
      update public.scheduled_reminders set wanted_at = at, due_at = greatest(due_at + (at - wanted_at), at),
        due_rev = due_rev + 1 where id = before.id returning * into after;
      perform public.record_event(null, 'settings', 'dispatcher', 'worker', before, after, null);
    end if;
  end
  $$;

-- Takes worked-out dates: [{"id", "rev", "zone", "slot_on", "next_on"}]; slot_on null = the rule is over. Handed in twice
-- or by two processes it makes one reminder. Returns how many were made.
create or replace function public.advance_recurring(p_items jsonb) returns int
  language plpgsql set search_path = ''
  as $$
  declare
    furthest constant interval := interval '20 years'; -- further is as good as never
    item record;
    rule public.recurring_reminders;
    made_id bigint;
    is_live boolean;
    made int := 0;
  begin
    for item in
      select given.* from jsonb_to_recordset(p_items)
        as given (id bigint, rev int, zone text, slot_on date, next_on date)
      order by given.id
    loop
      select * into rule from public.recurring_reminders where id = item.id for update;
      continue when not found or rule.status <> 'active' or rule.rev <> item.rev
        or item.zone <> (public.settings_of(rule.telegram_id)).zone;
      if rule.zone <> item.zone and rule.slot_on is not null then
        perform public.move_occurrence(rule, item.zone);
      end if;
      if item.slot_on > (public.app_now() + furthest)::date then
        item.slot_on := null;
      end if;
      if item.next_on > (public.app_now() + furthest)::date then
        item.next_on := null;
      end if;
      if item.slot_on > coalesce(rule.slot_on, '-infinity') then
        perform public.drop_occurrences(rule.id, true, 'skipped', null, 'superseded', 'dispatcher', 'worker');
        made_id := public.make_occurrence(rule, item.slot_on, item.zone, null, 'dispatcher', 'worker');
        made := made + case when made_id is null then 0 else 1 end;
        update public.recurring_reminders
          set slot_on = item.slot_on, reminder_id = coalesce(made_id, reminder_id) where id = rule.id;
      end if;
      is_live := exists (select from public.scheduled_reminders
        where id = coalesce(made_id, rule.reminder_id) and status in ('pending', 'sent'));
      update public.recurring_reminders set zone = item.zone, checked_rev = rule.rev,
        next_at = public.local_to_instant(item.next_on + clock, item.zone),
        status = case when item.slot_on is null and not is_live then 'ended' else status end
        where id = rule.id;
      made_id := null;
    end loop;
    return made;
  end
  $$;

-- Runs when undo_action has put the reminders back: the rule follows them.
create or replace function public.restore_recurring() returns trigger
  language plpgsql set search_path = ''
  as $$
  declare
    rule public.recurring_reminders;
    old_rule public.recurring_reminders;
  begin
    select * into rule from public.recurring_reminders
      where id = (new.before ->> 'recurring_id')::bigint and telegram_id = new.telegram_id for update;
    if not found then
      return null;
    end if;
    old_rule := jsonb_populate_record(null::public.recurring_reminders, nullif(new.before -> 'recurring', 'null'));
    if rule.rev <> coalesce(old_rule.rev, 0) + 1 then
      raise exception 'You changed this again since. Undo the newer change first.'
        using errcode = 'P0001', hint = 'UNDO_SUPERSEDED';
    end if;
    -- What the rule made since has no place in the old one.
    update public.scheduled_reminders as reminder set status = 'cancelled', due_rev = due_rev + 1
      from public.recurring_occurrences as occurrence
      where occurrence.recurring_id = rule.id and reminder.id = occurrence.reminder_id
        and reminder.id is distinct from old_rule.reminder_id
        and reminder.status = 'pending' and reminder.reminder_count = 0;
    delete from public.recurring_occurrences as occurrence using public.scheduled_reminders as reminder
      where occurrence.recurring_id = rule.id and reminder.id = occurrence.reminder_id and reminder.status = 'cancelled';
    if old_rule.id is null then
      update public.recurring_reminders set status = 'ended', rev = rev + 1, next_at = null, updated_at = public.app_now()
        where id = rule.id;
      return null;
    end if;
    update public.recurring_reminders set title = old_rule.title, rule = old_rule.rule, starts_on = old_rule.starts_on,
      clock = old_rule.clock, status = old_rule.status, slot_on = old_rule.slot_on, reminder_id = old_rule.reminder_id,
      next_at = old_rule.next_at, since = old_rule.since, rev = rev + 1, updated_at = public.app_now()
      where id = rule.id;
    update public.scheduled_reminders set title = old_rule.title
      where id = old_rule.reminder_id and status in ('pending', 'sent');
    if found then
      insert into public.recurring_occurrences (recurring_id, slot_on, reminder_id, telegram_id)
        values (rule.id, old_rule.slot_on, old_rule.reminder_id, rule.telegram_id)
        on conflict (recurring_id, slot_on) do update set reminder_id = excluded.reminder_id;
    end if;
    return null;
  end
  $$;

-- An occurrence that Undo reopened is the one that waits again: the next one, if nobody has seen it, goes back.
create or replace function public.reopen_occurrence() returns trigger
  language plpgsql set search_path = ''
  as $$
  declare
    reopened record;
    rule public.recurring_reminders;
    later record;
  begin
    for reopened in
      select occurrence.recurring_id, occurrence.slot_on, occurrence.reminder_id
      from public.reminder_events as event
      join public.recurring_occurrences as occurrence on occurrence.reminder_id = event.reminder_id
      join public.scheduled_reminders as reminder on reminder.id = event.reminder_id
        and reminder.status in ('pending', 'sent')
      where event.telegram_id = new.telegram_id and event.action_id = new.action_id
      order by occurrence.recurring_id
    loop
      select * into rule from public.recurring_reminders where id = reopened.recurring_id for update;
      continue when not found or rule.slot_on is null or rule.slot_on <= reopened.slot_on;
      select reminder.* into later from public.scheduled_reminders as reminder
        where reminder.id = rule.reminder_id and reminder.status = 'pending' and reminder.reminder_count = 0
          and reminder.snooze_count = 0 for update;
      continue when not found;
      update public.scheduled_reminders set status = 'cancelled', due_rev = due_rev + 1 where id = later.id;
      delete from public.recurring_occurrences where reminder_id = later.id;
      update public.recurring_reminders
        set slot_on = reopened.slot_on, reminder_id = reopened.reminder_id, next_at = later.wanted_at where id = rule.id;
    end loop;
    return null;
  end
  $$;

drop trigger if exists actions_restore_recurring on public.user_actions;
create trigger actions_restore_recurring after update of undone_at on public.user_actions
  for each row when (old.undone_at is null and new.undone_at is not null and new.before ? 'recurring_id')
  execute function public.restore_recurring();
drop trigger if exists actions_reopen_occurrence on public.user_actions;
create trigger actions_reopen_occurrence after update of undone_at on public.user_actions
  for each row when (old.undone_at is null and new.undone_at is not null and new.action in ('complete', 'skip', 'cancel'))
  execute function public.reopen_occurrence();

revoke all on function public.recurring_to_advance(int) from public, anon, authenticated;
revoke all on function public.move_occurrence(public.recurring_reminders, text) from public, anon, authenticated;
revoke all on function public.advance_recurring(jsonb) from public, anon, authenticated;
revoke all on function public.restore_recurring() from public, anon, authenticated;
revoke all on function public.reopen_occurrence() from public, anon, authenticated;
grant execute on function public.recurring_to_advance(int) to project_admin;
grant execute on function public.advance_recurring(jsonb) to project_admin;

insert into public.schema_versions (version, name) values ('20261101003120', 'recurring-sweep')
  on conflict (version) do nothing;
notify pgrst, 'reload schema';
