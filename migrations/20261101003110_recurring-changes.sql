-- What a person changes about a rule: its text, its times, a pause, its end. Each with one Undo (next file).

-- Another text, or another rule with its first date and time of day, for this time and all that follow. Open occurrences
-- give way to the first of the new rule; one that stands in the chat already stays until then.
create or replace function public.change_recurring_reminder(
  p_action_id text, p_id bigint, p_title text default null, p_rule text default null, p_starts_on date default null,
  p_clock time default null, p_source text default 'app'
) returns jsonb
  language plpgsql security definer set search_path = ''
  as $$
  declare
    me constant bigint := public.require_person();
    replay constant jsonb := public.begin_action(me, p_action_id, 'change_recurring');
    my_zone constant text := (public.settings_of(me)).zone;
    before public.recurring_reminders;
    after public.recurring_reminders;
    first_id bigint;
  begin
    if replay is not null then
      return replay;
    end if;
    before := public.lock_own_recurring(me, p_id);
    if before.status = 'ended' then
      raise exception 'This repeating reminder has ended.' using errcode = 'P0001', hint = 'RECURRING_ENDED';
    end if;
    if p_rule is not null then
      perform public.check_recurring(coalesce(p_title, before.title), p_rule, p_starts_on, p_clock, my_zone);
      perform public.check_daily_reminders(me, 1);
    elsif char_length(trim(coalesce(p_title, ''))) not between 1 and 1000 then
      raise exception 'A reminder needs a text of 1 to 1000 characters.' using errcode = 'P0001', hint = 'TITLE_INVALID';
    end if;
    update public.recurring_reminders set
      title = coalesce(trim(p_title), title), rule = coalesce(p_rule, rule),
      starts_on = case when p_rule is null then starts_on else p_starts_on end,
      clock = case when p_rule is null then clock else p_clock end,
      since = case when p_rule is null then since else public.app_now() end,
      next_at = case when p_rule is null then next_at end,
      zone = my_zone, rev = rev + 1, updated_at = public.app_now()
      where id = p_id returning * into after;
    if p_rule is not null then
      perform public.drop_occurrences(p_id, false, 'cancelled', p_action_id, 'change_recurring', 'person', p_source);
      if after.status = 'active' then
        first_id := public.make_occurrence(after, p_starts_on, my_zone, p_action_id, 'person', p_source);
        update public.recurring_reminders set slot_on = p_starts_on, reminder_id = coalesce(first_id, reminder_id)
          where id = p_id returning * into after;
      end if;
    end if;
    update public.scheduled_reminders as reminder set title = after.title
      from public.recurring_occurrences as occurrence
      where occurrence.recurring_id = p_id and reminder.id = occurrence.reminder_id
        and reminder.status in ('pending', 'sent') and reminder.title is distinct from after.title;
    perform public.keep_recurring_before(me, p_action_id, p_id, before);
    return public.finish_action(me, p_action_id, public.describe_recurring(after));
  end
  $$;

-- Active, paused or ended. What was not sent yet is taken back; what stands in the chat stays there.
create or replace function public.set_recurring_status(
  p_action_id text, p_action text, p_id bigint, p_status text, p_source text
) returns jsonb
  language plpgsql set search_path = ''
  as $$
  declare
    me constant bigint := public.require_person();
    replay constant jsonb := public.begin_action(me, p_action_id, p_action);
    before public.recurring_reminders;
    after public.recurring_reminders;
  begin
    if replay is not null then
      return replay;
    end if;
    before := public.lock_own_recurring(me, p_id);
    if before.status = p_status then
      return public.finish_action(me, p_action_id, public.describe_recurring(before) || '{"already": true}');
    end if;
    if before.status = 'ended' then
      raise exception 'This repeating reminder has ended.' using errcode = 'P0001', hint = 'RECURRING_ENDED';
    end if;
    -- Resumed, it begins with its next time from now: the sweep makes it.
    update public.recurring_reminders
      set status = p_status, rev = rev + 1, next_at = null, updated_at = public.app_now(),
        since = case when p_status = 'active' then public.app_now() else since end,
        slot_on = case when p_status = 'active' and not exists (select from public.scheduled_reminders as live
          where live.id = before.reminder_id and live.status in ('pending', 'sent')) then null else slot_on end
      where id = p_id returning * into after;
    perform public.drop_occurrences(p_id, false, 'cancelled', p_action_id, p_action, 'person', p_source);
    perform public.keep_recurring_before(me, p_action_id, p_id, before);
    return public.finish_action(me, p_action_id, public.describe_recurring(after));
  end
  $$;

create or replace function public.pause_recurring_reminder(p_action_id text, p_id bigint, p_source text default 'app')
  returns jsonb language sql security definer set search_path = ''
  as $$ select public.set_recurring_status(p_action_id, 'pause_recurring', p_id, 'paused', p_source) $$;

create or replace function public.resume_recurring_reminder(p_action_id text, p_id bigint, p_source text default 'app')
  returns jsonb language sql security definer set search_path = ''
  as $$ select public.set_recurring_status(p_action_id, 'resume_recurring', p_id, 'active', p_source) $$;

create or replace function public.end_recurring_reminder(p_action_id text, p_id bigint, p_source text default 'app')
  returns jsonb language sql security definer set search_path = ''
  as $$ select public.set_recurring_status(p_action_id, 'end_recurring', p_id, 'ended', p_source) $$;

revoke all on function public.set_recurring_status(text, text, bigint, text, text) from public, anon, authenticated;
revoke all on function public.change_recurring_reminder(text, bigint, text, text, date, time, text)
  from public, anon, authenticated;
revoke all on function public.pause_recurring_reminder(text, bigint, text) from public, anon, authenticated;
revoke all on function public.resume_recurring_reminder(text, bigint, text) from public, anon, authenticated;
revoke all on function public.end_recurring_reminder(text, bigint, text) from public, anon, authenticated;
grant execute on function public.change_recurring_reminder(text, bigint, text, text, date, time, text) to authenticated;
grant execute on function public.pause_recurring_reminder(text, bigint, text) to authenticated;
grant execute on function public.resume_recurring_reminder(text, bigint, text) to authenticated;
grant execute on function public.end_recurring_reminder(text, bigint, text) to authenticated;

insert into public.schema_versions (version, name) values ('20261101003110', 'recurring-changes')
  on conflict (version) do nothing;
notify pgrst, 'reload schema';
