-- Undo of what changes a lead or a plan's steps, and the next step of a plan whose steps were moved about. What puts the old
-- state back, undo_lead_and_plans, stands in the lead-pause file, which has the last of the columns.

-- The legal moves of a reminder. Leaving a finished state is Undo's alone (p_by_function): what was cancelled may have been
-- refused by Telegram before.
create or replace function public.reminder_may_move(p_from text, p_to text, p_by_function boolean) returns boolean
  language sql immutable parallel safe set search_path = ''
  as $$
    select case p_from
      when 'pending' then p_to in ('sent', 'completed', 'skipped', 'cancelled', 'failed')
      when 'sent' then p_to in ('pending', 'completed', 'skipped', 'cancelled', 'failed')
      when 'failed' then p_to in ('pending', 'cancelled')
      when 'cancelled' then p_by_function and p_to in ('pending', 'sent', 'failed')
      else p_by_function and p_to in ('pending', 'sent')
    end
  $$;

-- What an action was about; null = Undo takes nothing of it back: neither reminders nor anything it kept.
create or replace function public.undo_kind(p_me bigint, p_action public.user_actions) returns text
  language sql stable set search_path = ''
  as $$
    select case
      when p_action.action in ('create_lead', 'propose_plan', 'discard_plan', 'update_settings') then null
      when p_action.action = 'accept_plan' then 'accept'
      when p_action.action = 'set_lead_status' then 'lead_status'
      when p_action.before ? 'recurring_id' then 'recurring'
      when p_action.before ? 'lead' then 'lead'
      when p_action.before ? 'steps' then 'plan'
      when p_action.result ->> 'already' = 'true' or exists (select from public.reminder_events
        where telegram_id = p_me and action_id = p_action.action_id and reminder_id is not null) then 'reminder'
    end
  $$;

-- Refuses an Undo in words: too late, something newer happened to the same rows, the plan was replaced or the
-- lead closed since.
create or replace function public.check_undo(p_me bigint, p_action public.user_actions) returns void
  language plpgsql stable set search_path = ''
  as $$
  declare
    kind constant text := public.undo_kind(p_me, p_action);
    own_events constant bigint[] := array(select id from public.reminder_events
      where telegram_id = p_me and action_id = p_action.action_id and reminder_id is not null);
  begin
    if kind is null then
      raise exception 'This can''t be undone.' using errcode = 'P0001', hint = 'UNDO_IMPOSSIBLE';
    end if;
    if p_action.at < public.app_now() - interval '24 hours' then
      raise exception 'Undo works for 24 hours; this was earlier.' using errcode = 'P0001', hint = 'UNDO_TOO_LATE';
    end if;
    if kind not in ('lead', 'lead_status') and exists (
      select from public.leads as lead
      where (lead.id = (p_action.before ->> 'lead_id')::bigint
          or lead.id in (select event.lead_id from public.reminder_events as event where event.id = any (own_events)))
        and (lead.status in ('closed_won', 'closed_lost') or lead.deleted_at is not null)
    ) then
      raise exception 'The lead was closed since. Open it again first.' using errcode = 'P0001', hint = 'LEAD_CLOSED';
    end if;
    if kind not in ('accept', 'lead') and exists (
      select from public.reminder_events as event join public.engagement_plans as plan on plan.id = event.plan_id
      where event.id = any (own_events) and plan.status <> 'active'
    ) or kind in ('accept', 'plan') and exists (
      select from public.engagement_plans where id = (p_action.before ->> 'plan_id')::bigint
        and (status in ('replaced', 'discarded') or (kind = 'accept' and status <> 'active'))
    ) then
      raise exception 'The plan was replaced since, so this step can''t come back.'
        using errcode = 'P0001', hint = 'PLAN_REPLACED';
    end if;
    if kind = 'lead_status' and exists (
      select from public.user_actions as later
      where later.telegram_id = p_me and later.action = 'set_lead_status' and later.undone_at is null
        and later.at > p_action.at and later.before ->> 'lead_id' = p_action.before ->> 'lead_id'
    ) then
      raise exception 'The lead''s status changed again since. Undo the newer change first.'
        using errcode = 'P0001', hint = 'UNDO_SUPERSEDED';
    end if;
    -- What an Undo moved along, and new hours that moved a row this action made, do not stand in the way.
    if exists (
      select from public.reminder_events as mine
      join public.reminder_events as later on later.reminder_id = mine.reminder_id and later.id > mine.id
        and later.actor <> 'dispatcher' and later.action <> 'undo' and coalesce(later.action_id, '') not like '%:undo'
        and not (later.action = 'settings' and mine.before is null)
        and later.action_id is distinct from p_action.action_id
      left join public.user_actions as taken_back on taken_back.telegram_id = p_me
        and taken_back.action_id = later.action_id and taken_back.undone_at is not null
      where mine.id = any (own_events) and taken_back.action_id is null
    ) or public.is_overtaken(p_me, p_action, kind) then
      raise exception 'You changed this again since. Undo the newer change first.'
        using errcode = 'P0001', hint = 'UNDO_SUPERSEDED';
    end if;
  end
  $$;

-- Changes that leave no event on the same reminder and are newer all the same.
create or replace function public.is_overtaken(p_me bigint, p_action public.user_actions, p_kind text) returns boolean
  language plpgsql stable set search_path = ''
  as $$
  declare
    plan public.engagement_plans;
    made_by text;
  begin
    if p_kind = 'lead' then
      return exists (
        select from public.user_actions as later
        where later.telegram_id = p_me and later.undone_at is null and later.at > p_action.at
          and later.before ->> 'lead_id' = p_action.before ->> 'lead_id'
          and later.before -> 'lead' ?| array(select jsonb_object_keys(p_action.before -> 'lead')));
    end if;
    -- The step of this reminder was taken out of its plan.
    if p_kind = 'reminder' then
      return exists (
        select from public.reminder_events as event join public.scheduled_reminders as row on row.id = event.reminder_id
        where event.telegram_id = p_me and event.action_id = p_action.action_id
          and row.plan_id is not null and row.step_id is null);
    end if;
    if p_kind not in ('accept', 'plan') then
      return false;
    end if;
    select * into plan from public.engagement_plans where id = (p_action.before ->> 'plan_id')::bigint;
    select action_id into made_by from public.plan_versions where plan_id = plan.id and version = plan.version;
    if p_kind = 'accept' then
      return exists (select from public.user_actions
        where telegram_id = p_me and action_id = made_by and at > p_action.at);
    end if;
    return plan.status <> p_action.before ->> 'plan_status' or made_by is distinct from p_action.action_id
      -- a step began since, or a message with the new words went out
      or exists (
        select from public.scheduled_reminders as row
        left join jsonb_array_elements(p_action.before -> 'rows') as old on (old ->> 'id')::bigint = row.id
        where plan.status = 'active' and row.plan_id = plan.id and row.step_id is not null
          and case when old is null
            then not exists (select from public.reminder_events
              where telegram_id = p_me and action_id = p_action.action_id and reminder_id = row.id)
            else row.reminder_count > (old ->> 'reminder_count')::int and p_action.action <> 'edit_step'
              and row.title is distinct from old ->> 'title' end);
  end
  $$;

-- The plan as it was before the action: steps, numbers, words, pace. A draft rewritten since stays.
create or replace function public.restore_plan(p_action public.user_actions) returns void
  language plpgsql set search_path = ''
  as $$
  declare
    saved constant jsonb := p_action.before;
    plan public.engagement_plans;
    request jsonb;
  begin
    select * into plan from public.engagement_plans where id = (saved ->> 'plan_id')::bigint for update;
    request := public.waiting_request(plan.id);
    update public.outreach_steps set step_id = step_id + 1000 where plan_id = plan.id;
    delete from public.outreach_steps
      where plan_id = plan.id and id not in (select (step ->> 'id')::bigint from jsonb_array_elements(saved -> 'steps') as step);
    insert into public.outreach_steps
      select * from jsonb_populate_recordset(null::public.outreach_steps, saved -> 'steps')
      on conflict (id) do update set step_id = excluded.step_id, action_type = excluded.action_type,
        description = excluded.description, suggested_text = excluded.suggested_text, timing = excluded.timing,
        delay_days = excluded.delay_days, updated_at = public.app_now();
    update public.scheduled_reminders
      set step_id = case when exists (select from jsonb_array_elements(saved -> 'rows') as old
        where (old ->> 'id')::bigint = scheduled_reminders.id) then step_id + 1000 end
      where plan_id = plan.id and step_id is not null;
    update public.scheduled_reminders as row
      set step_id = old.step_id, title = old.title, delay_days = old.delay_days,
        draft_text = case when row.draft_text is distinct from old.draft_after then row.draft_text else old.draft_text end
      from jsonb_to_recordset(saved -> 'rows')
        as old (id bigint, step_id int, title text, draft_text text, draft_after text, delay_days int)
      where row.id = old.id;
    update public.engagement_plans set pace = saved ->> 'pace', version = version + 1 where id = plan.id;
    if (saved ->> 'is_still')::boolean then
      update public.outreach_steps set next_step_ready_at = null where plan_id = plan.id and next_step_ready_at is not null;
    else
      -- Carried by the present request, or by the one there was.
      perform public.carry_request(plan.id, coalesce(request, (
        select jsonb_build_object('at', step -> 'next_step_ready_at', 'by', step -> 'triggered_by')
        from jsonb_array_elements(saved -> 'steps') as step where step ->> 'next_step_ready_at' is not null limit 1)), null);
      -- A request beside an open reminder, which the change had let go; what had asked for it is still done.
      update public.outreach_steps as step set next_step_ready_at = (old ->> 'next_step_ready_at')::timestamptz,
          triggered_by = coalesce(old ->> 'triggered_by', 'cadence')
        from jsonb_array_elements(saved -> 'steps') as old
        where step.id = (old ->> 'id')::bigint and old ->> 'next_step_ready_at' is not null
          and step.next_step_ready_at is null and public.waiting_request(plan.id) is null
          and not exists (select from public.scheduled_reminders as row
            where row.plan_id = plan.id and row.step_id = step.step_id)
          and exists (select from public.scheduled_reminders as row
            where row.plan_id = plan.id and row.step_id < step.step_id and row.status in ('completed', 'skipped'));
    end if;
    -- The usual request of a step that has its reminder back: it only stamps.
    update public.outreach_steps as step set next_step_ready_at = (old ->> 'next_step_ready_at')::timestamptz
      from jsonb_array_elements(saved -> 'steps') as old
      where step.id = (old ->> 'id')::bigint and step.next_step_ready_at is null and old ->> 'triggered_by' = 'cadence'
        and exists (select from public.scheduled_reminders as row
          where row.plan_id = plan.id and row.step_id = step.step_id and row.status = 'pending');
    perform public.keep_version(plan.id, plan.version + 1, 'undo', (
      select action_id from public.plan_versions where plan_id = plan.id and version = (saved ->> 'version')::int));
  end
  $$;

-- A step was completed, skipped or sent: asks for the next one that is still open; a step moved behind one that is done
-- must not end the plan there. For dated plans the next step keeps its date, so the usual promotion only stamps it; a plan
-- paced "after I finish the previous step" counts from now, and not from a mere delivery.
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
      and coalesce(reminder.status, 'waiting') not in ('completed', 'skipped', 'cancelled')
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

revoke all on function public.reminder_may_move(text, text, boolean) from public, anon, authenticated;
grant execute on function public.reminder_may_move(text, text, boolean) to authenticated;
revoke all on function public.undo_kind(bigint, public.user_actions) from public, anon, authenticated;
revoke all on function public.check_undo(bigint, public.user_actions) from public, anon, authenticated;
revoke all on function public.is_overtaken(bigint, public.user_actions, text) from public, anon, authenticated;
revoke all on function public.restore_plan(public.user_actions) from public, anon, authenticated;
revoke all on function public.request_next_step(public.scheduled_reminders) from public, anon, authenticated;

insert into public.schema_versions (version, name) values ('20261101001740', 'undo-edits')
  on conflict (version) do nothing;
notify pgrst, 'reload schema';
