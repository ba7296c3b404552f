-- Several reminders that fall on one minute, each to an instant of its own, as one action: one Undo takes all back.

-- [{"id": 1, "wanted_at": "..."}], at most 50. Which instants is decided by the calendar (tma/src/features/calendar);
-- here they are checked. As for every move, no step comes before an earlier one of its plan and later ones follow.
create or replace function public.spread_reminders(p_action_id text, p_moves jsonb, p_source text default 'app')
  returns jsonb
  language plpgsql security definer set search_path = ''
  as $$
  declare
    me constant bigint := public.require_person();
    replay constant jsonb := public.begin_action(me, p_action_id, 'spread');
    ids constant bigint[] := array(
      select distinct (item ->> 'id')::bigint from jsonb_array_elements(p_moves) as item order by 1 limit 51);
    before public.scheduled_reminders;
    after public.scheduled_reminders;
    wanted timestamptz;
    plans bigint[] := '{}';
    plan bigint;
    moved jsonb := '[]'::jsonb;
  begin
    if replay is not null then
      return replay;
    end if;
    if coalesce(cardinality(ids), 0) not between 1 and 50 then
      raise exception 'Between 1 and 50 reminders can be spread at once, not %.', coalesce(cardinality(ids), 0)
        using errcode = 'P0001', hint = 'CLAIM_SIZE';
    end if;
    perform from public.leads where id in (
      select lead_id from public.scheduled_reminders where id = any (ids) and telegram_id = me) order by id for update;
    perform from public.scheduled_reminders where id = any (ids) and telegram_id = me order by id for update;
    if (select count(*) from public.scheduled_reminders where id = any (ids) and telegram_id = me) < cardinality(ids) then
      raise exception 'One of these reminders is not yours or no longer there.'
        using errcode = 'P0001', hint = 'REMINDER_NOT_FOUND';
    end if;
    for before in
      select * from public.scheduled_reminders where id = any (ids) order by plan_id, step_id, id
    loop
      if before.status not in ('pending', 'sent') then
        raise exception 'Reminder % is already %.', before.id, before.status
          using errcode = 'P0001', hint = 'REMINDER_CLOSED';
      end if;
      select max((item ->> 'wanted_at')::timestamptz) into wanted
        from jsonb_array_elements(p_moves) as item where (item ->> 'id')::bigint = before.id;
      if wanted is null or wanted <= public.app_now() or wanted > public.app_now() + interval '3 years' then
        raise exception 'A reminder can be moved to an instant between now and three years ahead, not to %.', wanted
          using errcode = 'P0001', hint = 'INSTANT_OUT_OF_RANGE';
      end if;
      select greatest(wanted, max(earlier.wanted_at)) into wanted from public.scheduled_reminders as earlier
        where earlier.plan_id = before.plan_id and earlier.step_id < before.step_id
          and earlier.status in ('pending', 'sent');
      update public.scheduled_reminders
        set wanted_at = wanted, due_at = wanted, status = 'pending', level = 0, due_reason = 'snooze', in_doubt = false,
          due_rev = due_rev + 1
        where id = before.id returning * into after;
      perform public.record_event(p_action_id, 'reschedule', 'person', p_source, before, after, null);
      moved := moved || jsonb_build_object('id', after.id, 'step_id', after.step_id, 'from', before.wanted_at, 'to', wanted);
      if after.plan_id is not null and not after.plan_id = any (plans) then
        plans := plans || after.plan_id;
      end if;
    end loop;
    foreach plan in array plans loop
      moved := moved || public.shift_later_steps(plan, p_action_id, p_source);
    end loop;
    return public.finish_action(me, p_action_id, jsonb_build_object('moved', moved));
  end
  $$;

revoke all on function public.spread_reminders(text, jsonb, text) from public, anon, authenticated;
grant execute on function public.spread_reminders(text, jsonb, text) to authenticated;

insert into public.schema_versions (version, name) values ('20261101002010', 'spread')
  on conflict (version) do nothing;
notify pgrst, 'reload schema';
