-- The step sweep, engagement triggers, the bot's record of updates, signs of life, and the small repository
-- functions that must be atomic. For the server key alone.

-- Promotes ready steps. A step without a reminder (plans paced "after I finish the previous step") gets one; an
-- unsent one is pulled to the next open window at or after next_step_ready_at, earlier only, never later. The
-- usual promotion therefore changes no date. Returns how many steps were promoted.
create or replace function public.promote_steps(p_limit int) returns int
  language plpgsql set search_path = ''
  as $$
  declare
    event public.reminder_events;
    changed public.scheduled_reminders;
    step public.outreach_steps;
    before public.scheduled_reminders;
    after public.scheduled_reminders;
    person public.users;
    target timestamptz;
    lead_ids bigint[];
    promoted int := 0;
  begin
    -- Steps finished by a plain UPDATE have not asked for the next one yet.
    for event in
      select * from public.reminder_events where follow_up order by id limit p_limit for update skip locked
    loop
      select * into changed from public.scheduled_reminders where id = event.reminder_id;
      perform public.request_next_step(changed);
      update public.reminder_events set follow_up = false where id = event.id;
    end loop;
    if not exists (
      select from public.outreach_steps where next_step_ready_at <= public.app_now()
    ) then
      return 0;
    end if;
    -- Lock order: leads, reminders by id, steps. What another worker holds is left to it.
    lead_ids := array(
      select lead.id from public.leads as lead where lead.id in (
        select ready.lead_id from public.outreach_steps as ready
        where ready.next_step_ready_at <= public.app_now() order by ready.next_step_ready_at limit p_limit)
      order by lead.id for update skip locked);
    perform from public.scheduled_reminders as reminder
      where reminder.lead_id = any (lead_ids) and reminder.status in ('pending', 'sent') order by reminder.id for update;
    for step in
      select ready.* from public.outreach_steps as ready
      where ready.next_step_ready_at <= public.app_now() and ready.lead_id = any (lead_ids)
      order by ready.plan_id, ready.step_id limit p_limit for update
    loop
      update public.outreach_steps set next_step_ready_at = null where id = step.id;
      continue when not exists (
        select from public.engagement_plans as plan join public.leads as lead on lead.id = plan.lead_id
        where plan.id = step.plan_id and plan.status = 'active' and lead.deleted_at is null
          and lead.status not in ('closed_won', 'closed_lost'));
      person := public.settings_of(step.telegram_id);
      target := public.next_open(step.next_step_ready_at, person.zone, person.preferred_hour, person.quiet_from,
        person.quiet_to, person.working_days);
      select * into before from public.scheduled_reminders as reminder
        where reminder.plan_id = step.plan_id and reminder.step_id = step.step_id
        order by reminder.status in ('pending', 'sent') desc, reminder.id desc limit 1;
      if not found then
        insert into public.scheduled_reminders
          (lead_id, telegram_id, step_id, due_at, draft_text, plan_id, delay_days, title, due_reason, created_at)
        values (step.lead_id, step.telegram_id, step.step_id, target, step.suggested_text, step.plan_id, step.delay_days,
          step.description, 'trigger', public.app_now())
        returning * into after;
        perform public.record_event(null, 'promote', 'dispatcher', 'worker', null, after, step.triggered_by);
      -- The usual promotion changes no date: the person may have moved the step since it was asked for.
      elsif before.status = 'pending' and target < before.wanted_at and step.triggered_by is distinct from 'cadence' then
        -- Never before an earlier open step of the plan.
        select greatest(target, max(wanted_at)) into target from public.scheduled_reminders as earlier
          where earlier.plan_id = step.plan_id and earlier.step_id < step.step_id
            and earlier.status in ('pending', 'sent');
        if target < before.wanted_at then
          update public.scheduled_reminders
            set wanted_at = target, due_at = least(due_at, target), due_reason = 'trigger', due_rev = due_rev + 1
            where id = before.id returning * into after;
          perform public.record_event(null, 'promote', 'dispatcher', 'worker', before, after, step.triggered_by);
        end if;
      elsif before.status not in ('pending', 'sent') then
        continue;
      end if;
      update public.outreach_steps
        set scheduled_at = public.app_now(), triggered_by = coalesce(step.triggered_by, 'cadence'),
          updated_at = public.app_now()
        where id = step.id;
      promoted := promoted + 1;
    end loop;
    return promoted;
  end
  $$;

-- An engagement trigger (a reply, a download, a wizard step) makes the lead's next unsent step ready now. The key
-- makes a repeated call harmless.
create or replace function public.trigger_next_step(
  p_key text, p_telegram_id bigint, p_lead_id bigint, p_trigger text
) returns jsonb
  language plpgsql set search_path = ''
  as $$
  declare
    replay constant jsonb := public.begin_action(p_telegram_id, 'event:' || p_key, 'trigger');
    triggered public.outreach_steps;
  begin
    if replay is not null then
      return replay;
    end if;
    perform public.lock_own_lead(p_telegram_id, p_lead_id);
    select step.* into triggered from public.outreach_steps as step
    join public.engagement_plans as plan on plan.id = step.plan_id and plan.status = 'active'
    left join public.scheduled_reminders as reminder
      on reminder.plan_id = step.plan_id and reminder.step_id = step.step_id
    where step.lead_id = p_lead_id and coalesce(reminder.status, 'pending') = 'pending'
      and coalesce(reminder.reminder_count, 0) = 0
    order by step.step_id limit 1;
    if found then
      update public.outreach_steps
        set next_step_ready_at = public.app_now(), triggered_by = left(p_trigger, 100)
        where id = triggered.id;
      perform pg_notify('nudge_due', '');
    end if;
    return public.finish_action(p_telegram_id, 'event:' || p_key,
      jsonb_build_object('lead_id', p_lead_id, 'step_id', triggered.step_id));
  end
  $$;

-- A sign of life: keeps the profile, ends "unreachable", and wakes what was parked or refused because of it.
create or replace function public.touch_person(p_telegram_id bigint, p_profile jsonb) returns jsonb
  language plpgsql set search_path = ''
  as $$
  declare
    person public.users;
    needs_revival boolean;
  begin
    -- A failed row comes back when the person writes again, whatever it had failed of.
    needs_revival := exists (select from public.users where telegram_id = p_telegram_id and unreachable_since is not null)
      or exists (select from public.scheduled_reminders where telegram_id = p_telegram_id and status = 'failed');
    if needs_revival then
      perform from public.scheduled_reminders
        where telegram_id = p_telegram_id and status in ('pending', 'sent', 'failed') order by id for update;
    end if;
    insert into public.users (telegram_id, first_name, username, language, last_seen_at)
    values (p_telegram_id, left(p_profile ->> 'first_name', 200), left(p_profile ->> 'username', 100),
      coalesce(p_profile ->> 'language', 'en'), public.app_now())
    on conflict (telegram_id) do update set first_name = coalesce(excluded.first_name, users.first_name),
      username = coalesce(excluded.username, users.username), unreachable_since = null,
      last_seen_at = greatest(users.last_seen_at, excluded.last_seen_at)
    returning * into person;
    if needs_revival then
      -- Parked rows come back at once, those Telegram refused come back as pending; the late policy spares a pile.
      -- Of a step that has another open row, or several failed ones, only one may live.
      update public.scheduled_reminders as reminder
        set status = case when status = 'failed' then 'pending' else status end, due_at = greatest(wanted_at, public.app_now()),
          due_rev = due_rev + 1, retries = 0
        where telegram_id = p_telegram_id
          and ((status in ('pending', 'sent') and due_reason = 'parked') or (status = 'failed' and not exists (
            select from public.scheduled_reminders as other
            where other.telegram_id = p_telegram_id and other.id <> reminder.id
              and other.lead_id = reminder.lead_id and other.step_id = reminder.step_id
              and other.plan_id is not distinct from reminder.plan_id
              and (other.status in ('pending', 'sent') or (other.status = 'failed' and other.id > reminder.id)))));
    end if;
    return to_jsonb(person);
  end
  $$;

-- The bot's door: 'new' (work on it), 'done' (a repeat, drop it) or 'busy' (another process works on it now; ask
-- again later). Long polling has one reader, so an update left unfinished by a dead process is taken over at once.
create or replace function public.begin_update(
  p_update_id bigint, p_worker text, p_sole_reader boolean, p_telegram_id bigint default null, p_profile jsonb default null
) returns jsonb
  language plpgsql set search_path = ''
  as $$
  declare
    known public.processed_updates;
  begin
    insert into public.processed_updates (update_id, worker) values (p_update_id, p_worker)
      on conflict (update_id) do nothing;
    if not found then
      select * into known from public.processed_updates where update_id = p_update_id for update;
      if known.done_at is not null then
        return '{"state": "done"}'::jsonb;
      end if;
      if not p_sole_reader and known.worker <> p_worker and known.started_at > clock_timestamp() - interval '1 minute' then
        return '{"state": "busy"}'::jsonb;
      end if;
      update public.processed_updates set worker = p_worker, started_at = clock_timestamp() where update_id = p_update_id;
    end if;
    return jsonb_build_object('state', 'new',
      'user', case when p_telegram_id is not null then public.touch_person(p_telegram_id, p_profile) end);
  end
  $$;

create or replace function public.finish_update(p_update_id bigint) returns void
  language sql set search_path = ''
  as $$ update public.processed_updates set done_at = clock_timestamp() where update_id = p_update_id $$;

-- Repository operations that must be atomic (product.md, system A).
create or replace function public.mark_reminded(p_id bigint, p_message_id bigint default null) returns boolean
  language plpgsql set search_path = ''
  as $$
  begin
    update public.scheduled_reminders
      set status = 'sent', reminder_count = reminder_count + 1, last_reminded_at = public.app_now(),
        level = least(level + 1, 3), due_at = public.escalate_at(least(level + 1, 3), public.app_now(),
          public.settings_of(telegram_id)), due_reason = 'escalation', in_doubt = false,
        message_id = coalesce(p_message_id, message_id), due_rev = due_rev + 1
      where id = p_id and status in ('pending', 'sent');
    return found;
  end
  $$;

create or replace function public.cancel_pending_for_lead(p_lead_id bigint, p_telegram_id bigint) returns int
  language plpgsql set search_path = ''
  as $$
  begin
    perform public.lock_own_lead(p_telegram_id, p_lead_id);
    return public.cancel_open_reminders(p_lead_id, p_telegram_id, false, null, 'cancel', 'bot');
  end
  $$;

create or replace function public.make_owner(p_platform_id text, p_telegram_id bigint) returns void
  language sql set search_path = ''
  as $$
    insert into public.platform_members (platform_id, telegram_id, role) values (p_platform_id, p_telegram_id, 'owner')
    on conflict (platform_id, telegram_id) do update set role = 'owner'
  $$;

revoke all on function public.promote_steps(int) from public, anon, authenticated;
revoke all on function public.trigger_next_step(text, bigint, bigint, text) from public, anon, authenticated;
revoke all on function public.touch_person(bigint, jsonb) from public, anon, authenticated;
revoke all on function public.begin_update(bigint, text, boolean, bigint, jsonb) from public, anon, authenticated;
revoke all on function public.finish_update(bigint) from public, anon, authenticated;
revoke all on function public.mark_reminded(bigint, bigint) from public, anon, authenticated;
revoke all on function public.cancel_pending_for_lead(bigint, bigint) from public, anon, authenticated;
revoke all on function public.make_owner(text, bigint) from public, anon, authenticated;
grant execute on function public.promote_steps(int) to project_admin;
grant execute on function public.trigger_next_step(text, bigint, bigint, text) to project_admin;
grant execute on function public.touch_person(bigint, jsonb) to project_admin;
grant execute on function public.begin_update(bigint, text, boolean, bigint, jsonb) to project_admin;
grant execute on function public.finish_update(bigint) to project_admin;
grant execute on function public.mark_reminded(bigint, bigint) to project_admin;
grant execute on function public.cancel_pending_for_lead(bigint, bigint) to project_admin;
grant execute on function public.make_owner(text, bigint) to project_admin;

insert into public.schema_versions (version, name) values ('20261101001400', 'promotion-and-updates')
  on conflict (version) do nothing;
notify pgrst, 'reload schema';
