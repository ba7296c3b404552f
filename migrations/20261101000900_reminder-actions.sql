-- What a person does with one reminder: done, skip, cancel, snooze, reschedule, a new free one, and rebasing a
-- plan. Each is one RPC with an action id, sent twice as safely as once, and says what comes next.

create or replace function public.finish_reminder(
  p_action_id text, p_action text, p_id bigint, p_status text, p_note text, p_source text
) returns jsonb
  language plpgsql set search_path = ''
  as $$
  declare
    me constant bigint := public.require_person();
    replay constant jsonb := public.begin_action(me, p_action_id, p_action);
    before public.scheduled_reminders;
    after public.scheduled_reminders;
  begin
    if replay is not null then
      return replay;
    end if;
    before := public.lock_own_reminder(me, p_id);
    if before.status = p_status then
      return public.finish_action(me, p_action_id,
        public.describe_reminder(before) || '{"already": true, "moved": []}'::jsonb);
    end if;
    if not public.reminder_may_move(before.status, p_status, false) then
      raise exception 'Reminder % is already %.', p_id, before.status using errcode = 'P0001', hint = 'REMINDER_CLOSED',
        detail = json_build_object('id', p_id, 'status', before.status)::text;
    end if;
    update public.scheduled_reminders set status = p_status, in_doubt = false, due_rev = due_rev + 1
      where id = p_id returning * into after;
    perform public.record_event(p_action_id, p_action, 'person', p_source, before, after, p_note);
    if p_status in ('completed', 'skipped') then
      perform public.request_next_step(after);
    end if;
    return public.finish_action(me, p_action_id,
      public.describe_reminder(after) || '{"already": false, "moved": []}'::jsonb);
  end
  $$;

create or replace function public.complete_reminder(p_action_id text, p_id bigint, p_source text default 'app')
  returns jsonb language sql security definer set search_path = ''
  as $$ select public.finish_reminder(p_action_id, 'complete', p_id, 'completed', null, p_source) $$;

create or replace function public.skip_reminder(
  p_action_id text, p_id bigint, p_reason text default null, p_source text default 'app'
) returns jsonb language sql security definer set search_path = ''
  as $$ select public.finish_reminder(p_action_id, 'skip', p_id, 'skipped', left(p_reason, 500), p_source) $$;

create or replace function public.cancel_reminder(p_action_id text, p_id bigint, p_source text default 'app')
  returns jsonb language sql security definer set search_path = ''
  as $$ select public.finish_reminder(p_action_id, 'cancel', p_id, 'cancelled', null, p_source) $$;

-- Moves one reminder to an instant the person picked. Clamped up to the plan's earlier open steps; later ones
-- that would now come first follow. A snooze counts, a reschedule does not.
create or replace function public.move_reminder(
  p_action_id text, p_action text, p_id bigint, p_until timestamptz, p_exact boolean, p_source text
) returns jsonb
  language plpgsql set search_path = ''
  as $$
  declare
    me constant bigint := public.require_person();
    replay constant jsonb := public.begin_action(me, p_action_id, p_action);
    before public.scheduled_reminders;
    after public.scheduled_reminders;
    earliest timestamptz;
    moved jsonb := '[]'::jsonb;
  begin
    if replay is not null then
      return replay;
    end if;
    if p_until is null or p_until <= public.app_now() or p_until > public.app_now() + interval '3 years' then
      raise exception 'A reminder can be moved to an instant between now and three years ahead, not to %.', p_until
        using errcode = 'P0001', hint = 'INSTANT_OUT_OF_RANGE';
    end if;
    before := public.lock_own_reminder(me, p_id);
    if before.status not in ('pending', 'sent') then
      raise exception 'Reminder % is already %.', p_id, before.status using errcode = 'P0001', hint = 'REMINDER_CLOSED',
        detail = json_build_object('id', p_id, 'status', before.status)::text;
    end if;
    select max(wanted_at) into earliest from public.scheduled_reminders
    where plan_id = before.plan_id and step_id < before.step_id and status in ('pending', 'sent');
    update public.scheduled_reminders
      set wanted_at = greatest(p_until, earliest), due_at = greatest(p_until, earliest), status = 'pending', level = 0,
        exact = p_exact, due_reason = 'snooze', in_doubt = false, due_rev = due_rev + 1,
        snooze_count = snooze_count + case when p_action = 'snooze' then 1 else 0 end
      where id = p_id returning * into after;
    perform public.record_event(p_action_id, p_action, 'person', p_source, before, after, null);
    if after.plan_id is not null then
      moved := public.shift_later_steps(after.plan_id, p_action_id, p_source);
    end if;
    return public.finish_action(me, p_action_id,
      public.describe_reminder(after) || jsonb_build_object('already', false, 'moved', moved));
  end
  $$;

create or replace function public.snooze_reminder(
  p_action_id text, p_id bigint, p_until timestamptz, p_exact boolean default true, p_source text default 'app'
) returns jsonb language sql security definer set search_path = ''
  as $$ select public.move_reminder(p_action_id, 'snooze', p_id, p_until, p_exact, p_source) $$;

create or replace function public.reschedule_reminder(
  p_action_id text, p_id bigint, p_until timestamptz, p_exact boolean default true, p_source text default 'app'
) returns jsonb language sql security definer set search_path = ''
  as $$ select public.move_reminder(p_action_id, 'reschedule', p_id, p_until, p_exact, p_source) $$;

-- Gives every open step of a plan its new instant at once: [{"id": 1, "wanted_at": "..."}]. Which instants is
-- decided by shared/rules/rebase.ts (keep gaps, keep dates, squeeze); here they are only checked.
create or replace function public.rebase_plan(
  p_action_id text, p_plan_id bigint, p_schedule jsonb, p_source text default 'app'
) returns jsonb
  language plpgsql security definer set search_path = ''
  as $$
  declare
    me constant bigint := public.require_person();
    replay constant jsonb := public.begin_action(me, p_action_id, 'rebase');
    before public.scheduled_reminders;
    after public.scheduled_reminders;
    wanted timestamptz;
    moved jsonb := '[]'::jsonb;
  begin
    if replay is not null then
      return replay;
    end if;
    perform from public.leads as lead join public.engagement_plans as plan on plan.lead_id = lead.id
      where plan.id = p_plan_id and plan.telegram_id = me and plan.status = 'active' for update of lead;
    if not found then
      raise exception 'There is no running plan % of yours.', p_plan_id
        using errcode = 'P0001', hint = 'PLAN_NOT_FOUND';
    end if;
    perform from public.scheduled_reminders
      where plan_id = p_plan_id and status in ('pending', 'sent') order by id for update;
    for before in
      select * from public.scheduled_reminders where plan_id = p_plan_id and status in ('pending', 'sent') order by step_id
    loop
      select (item ->> 'wanted_at')::timestamptz into wanted
      from jsonb_array_elements(p_schedule) as item where (item ->> 'id')::bigint = before.id;
      if wanted is null then
        raise exception 'The new dates do not name reminder %, which is open. Load the plan again.', before.id
          using errcode = 'P0001', hint = 'SCHEDULE_INCOMPLETE';
      end if;
      continue when wanted = before.wanted_at;
      if wanted not between public.app_now() - interval '5 minutes' and public.app_now() + interval '3 years' then
        raise exception 'Step % would come at %, which is past or more than three years ahead.', before.step_id, wanted
          using errcode = 'P0001', hint = 'INSTANT_OUT_OF_RANGE';
      end if;
      update public.scheduled_reminders
        set wanted_at = wanted, due_at = wanted, status = 'pending', level = 0, due_reason = 'plan', exact = false,
          in_doubt = false, due_rev = due_rev + 1
        where id = before.id returning * into after;
      perform public.record_event(p_action_id, 'rebase', 'person', p_source, before, after, null);
      moved := moved || jsonb_build_object('id', after.id, 'step_id', after.step_id, 'from', before.wanted_at, 'to', wanted);
    end loop;
    return public.finish_action(me, p_action_id, jsonb_build_object('plan_id', p_plan_id, 'moved', moved));
  end
  $$;

-- A free reminder, for a lead or for oneself.
create or replace function public.create_reminder(
  p_action_id text, p_due_at timestamptz, p_title text, p_lead_id bigint default null, p_draft_text text default null,
  p_exact boolean default true, p_source text default 'app'
) returns jsonb
  language plpgsql security definer set search_path = ''
  as $$
  declare
    me constant bigint := public.require_person();
    replay constant jsonb := public.begin_action(me, p_action_id, 'create_reminder');
    after public.scheduled_reminders;
  begin
    if replay is not null then
      return replay;
    end if;
    if char_length(trim(coalesce(p_title, ''))) not between 1 and 1000 then
      raise exception 'A reminder needs a text of 1 to 1000 characters.' using errcode = 'P0001', hint = 'TITLE_INVALID';
    end if;
    if p_due_at is null or p_due_at <= public.app_now() or p_due_at > public.app_now() + interval '3 years' then
      raise exception 'A reminder can be set between now and three years ahead, not for %.', p_due_at
        using errcode = 'P0001', hint = 'INSTANT_OUT_OF_RANGE';
    end if;
    -- The dispatcher ends what is due for a closed lead: such a reminder would never arrive.
    if p_lead_id is not null and (public.lock_own_lead(me, p_lead_id)).status in ('closed_won', 'closed_lost') then
      raise exception 'This lead is closed. Open it again before you set a reminder.'
        using errcode = 'P0001', hint = 'LEAD_CLOSED';
    end if;
    perform public.check_daily_reminders(me, 1);
    insert into public.scheduled_reminders (lead_id, telegram_id, due_at, title, draft_text, exact, created_at)
      values (p_lead_id, me, p_due_at, trim(p_title), p_draft_text, p_exact, public.app_now()) returning * into after;
    perform public.record_event(p_action_id, 'create', 'person', p_source, null, after, null);
    return public.finish_action(me, p_action_id, public.describe_reminder(after) || '{"moved": []}'::jsonb);
  end
  $$;

-- Two requests of one person at once would both count before either has written: here they wait for each other, until
-- the end of the transaction. Taken after the lead's lock, never before it.
create or replace function public.one_at_a_time(p_me bigint) returns void
  language sql set search_path = ''
  as $$ select pg_advisory_xact_lock(7305003, hashint8(p_me)) $$;

-- At most 200 new reminders in any 24 hours.
create or replace function public.check_daily_reminders(p_me bigint, p_more int) returns void
  language plpgsql set search_path = ''
  as $$
  begin
    perform public.one_at_a_time(p_me);
    if (select count(*) from public.scheduled_reminders
        where telegram_id = p_me and created_at > public.app_now() - interval '24 hours') + p_more > 200 then
      raise exception 'That would be more than 200 new reminders in a day. Try again tomorrow.'
        using errcode = 'P0001', hint = 'REMINDER_LIMIT';
    end if;
  end
  $$;

revoke all on function public.finish_reminder(text, text, bigint, text, text, text) from public, anon, authenticated;
revoke all on function public.move_reminder(text, text, bigint, timestamptz, boolean, text) from public, anon, authenticated;
revoke all on function public.one_at_a_time(bigint) from public, anon, authenticated;
revoke all on function public.check_daily_reminders(bigint, int) from public, anon, authenticated;
revoke all on function public.complete_reminder(text, bigint, text) from public, anon, authenticated;
revoke all on function public.skip_reminder(text, bigint, text, text) from public, anon, authenticated;
revoke all on function public.cancel_reminder(text, bigint, text) from public, anon, authenticated;
revoke all on function public.snooze_reminder(text, bigint, timestamptz, boolean, text) from public, anon, authenticated;
revoke all on function public.reschedule_reminder(text, bigint, timestamptz, boolean, text) from public, anon, authenticated;
revoke all on function public.rebase_plan(text, bigint, jsonb, text) from public, anon, authenticated;
revoke all on function public.create_reminder(text, timestamptz, text, bigint, text, boolean, text) from public, anon, authenticated;
grant execute on function public.complete_reminder(text, bigint, text) to authenticated;
grant execute on function public.skip_reminder(text, bigint, text, text) to authenticated;
grant execute on function public.cancel_reminder(text, bigint, text) to authenticated;
grant execute on function public.snooze_reminder(text, bigint, timestamptz, boolean, text) to authenticated;
grant execute on function public.reschedule_reminder(text, bigint, timestamptz, boolean, text) to authenticated;
grant execute on function public.rebase_plan(text, bigint, jsonb, text) to authenticated;
grant execute on function public.create_reminder(text, timestamptz, text, bigint, text, boolean, text) to authenticated;

insert into public.schema_versions (version, name) values ('20261101000900', 'reminder-actions')
  on conflict (version) do nothing;
notify pgrst, 'reload schema';
