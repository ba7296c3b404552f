-- Moving one step of a plan: the instant the person picked for it is kept to the minute, also in quiet hours, like
-- every picked instant (exact); the steps that follow it keep to the windows. So far a rebase made every row it moved
-- an ordinary one, and a step put at 22:30 came at 8:00.

-- Gives every open step of a plan its new instant at once: [{"id": 1, "wanted_at": "...", "exact": true}], exact only
-- where the person picked the very minute. Which instants is decided by shared/rules/rebase.ts (keep gaps, keep dates,
-- squeeze); here they are only checked.
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
    picked boolean;
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
      select (item ->> 'wanted_at')::timestamptz, coalesce((item ->> 'exact')::boolean, false) into wanted, picked
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
        set wanted_at = wanted, due_at = wanted, status = 'pending', level = 0,
          due_reason = case when picked then 'snooze' else 'plan' end, exact = picked, in_doubt = false,
          due_rev = due_rev + 1
        where id = before.id returning * into after;
      perform public.record_event(p_action_id, 'rebase', 'person', p_source, before, after, null);
      moved := moved || jsonb_build_object('id', after.id, 'step_id', after.step_id, 'from', before.wanted_at, 'to', wanted);
    end loop;
    return public.finish_action(me, p_action_id, jsonb_build_object('plan_id', p_plan_id, 'moved', moved));
  end
  $$;

revoke all on function public.rebase_plan(text, bigint, jsonb, text) from public, anon, authenticated;
grant execute on function public.rebase_plan(text, bigint, jsonb, text) to authenticated;

insert into public.schema_versions (version, name) values ('20261101002110', 'rebase-exact')
  on conflict (version) do nothing;
notify pgrst, 'reload schema';
