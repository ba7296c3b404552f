-- Brings exported data back for a person who has no leads and no reminders, under new ids. What can be undone, sent
-- messages and runs of a model are history of the old place and stay in the file.
-- {"state": "restored", "leads", "plans", "reminders"} or {"state": "not_empty"}. For the server key.
create or replace function public.restore_person(p_telegram_id bigint, p_data jsonb) returns jsonb
  language plpgsql set search_path = ''
  as $$
  declare
    own constant jsonb := jsonb_build_object('telegram_id', p_telegram_id);
    lead_ids jsonb;
    plan_ids jsonb;
    reminder_ids jsonb;
    rule_ids jsonb;
    leads bigint;
    plans bigint;
    reminders bigint;
  begin
    perform public.one_at_a_time(p_telegram_id);
    if exists (select from public.leads where telegram_id = p_telegram_id)
      or exists (select from public.scheduled_reminders where telegram_id = p_telegram_id) then
      return '{"state": "not_empty"}';
    end if;
    insert into public.users (telegram_id) values (p_telegram_id) on conflict (telegram_id) do nothing;
    if jsonb_typeof(p_data -> 'person') = 'object' then
      update public.users as person
      set first_name = coalesce(person.first_name, old.first_name), username = coalesce(person.username, old.username),
        language = old.language, zone = old.zone, zone_source = old.zone_source, preferred_hour = old.preferred_hour,
        quiet_from = old.quiet_from, quiet_to = old.quiet_to, working_days = old.working_days,
        paused_until = old.paused_until, digest_on = coalesce(old.digest_on, person.digest_on),
        digest_at = coalesce(old.digest_at, person.digest_at)
      from jsonb_populate_record(null::public.users, p_data -> 'person') as old
      where person.telegram_id = p_telegram_id;
    end if;
    select jsonb_object_agg(row ->> 'id', nextval(pg_get_serial_sequence('public.leads', 'id'))) into lead_ids
      from jsonb_array_elements(p_data -> 'leads') as row;
    select jsonb_object_agg(row ->> 'id', nextval(pg_get_serial_sequence('public.engagement_plans', 'id'))) into plan_ids
      from jsonb_array_elements(p_data -> 'plans') as row where lead_ids ? (row ->> 'lead_id');
    select jsonb_object_agg(row ->> 'id', nextval(pg_get_serial_sequence('public.scheduled_reminders', 'id')))
      into reminder_ids from jsonb_array_elements(p_data -> 'reminders') as row
      where row ->> 'lead_id' is null or lead_ids ? (row ->> 'lead_id');
    leads := public.insert_rows('public.leads', (
      select jsonb_agg(row || own || jsonb_build_object('id', lead_ids -> (row ->> 'id')))
      from jsonb_array_elements(p_data -> 'leads') as row));
    plans := public.insert_rows('public.engagement_plans', (
      select jsonb_agg(row || own || jsonb_build_object('id', plan_ids -> (row ->> 'id'),
        'lead_id', lead_ids -> (row ->> 'lead_id')))
      from jsonb_array_elements(p_data -> 'plans') as row where plan_ids ? (row ->> 'id')));
    perform public.insert_rows('public.outreach_steps', (
      select jsonb_agg((row - 'id') || own || jsonb_build_object('plan_id', plan_ids -> (row ->> 'plan_id'),
        'lead_id', lead_ids -> (row ->> 'lead_id')))
      from jsonb_array_elements(p_data -> 'steps') as row where plan_ids ? (row ->> 'plan_id')));
    perform public.insert_rows('public.plan_versions', (
      select jsonb_agg(row || own || jsonb_build_object('plan_id', plan_ids -> (row ->> 'plan_id')))
      from jsonb_array_elements(p_data -> 'versions') as row where plan_ids ? (row ->> 'plan_id')));
    -- The messages were another chat's, or another bot's.
    reminders := public.insert_rows('public.scheduled_reminders', (
      select jsonb_agg((row - array['message_id', 'in_doubt', 'retries', 'last_error', 'due_rev']) || own
        || jsonb_build_object('id', reminder_ids -> (row ->> 'id'), 'lead_id', lead_ids -> (row ->> 'lead_id'),
          'plan_id', plan_ids -> (row ->> 'plan_id')))
      from jsonb_array_elements(p_data -> 'reminders') as row where reminder_ids ? (row ->> 'id')));
    select jsonb_object_agg(row ->> 'id', nextval(pg_get_serial_sequence('public.recurring_reminders', 'id')))
      into rule_ids from jsonb_array_elements(p_data -> 'recurring') as row
      where row ->> 'lead_id' is null or lead_ids ? (row ->> 'lead_id');
    -- Looked at again by the sweep: the next times are worked out anew.
    perform public.insert_rows('public.recurring_reminders', (
      select jsonb_agg((row - array['rev', 'checked_rev', 'next_at']) || own
        || jsonb_build_object('id', rule_ids -> (row ->> 'id'), 'lead_id', lead_ids -> (row ->> 'lead_id'),
          'reminder_id', reminder_ids -> (row ->> 'reminder_id')))
      from jsonb_array_elements(p_data -> 'recurring') as row where rule_ids ? (row ->> 'id')));
    perform public.insert_rows('public.recurring_occurrences', (
      select jsonb_agg(row || own || jsonb_build_object('recurring_id', rule_ids -> (row ->> 'recurring_id'),
        'reminder_id', reminder_ids -> (row ->> 'reminder_id')))
      from jsonb_array_elements(p_data -> 'occurrences') as row
      where rule_ids ? (row ->> 'recurring_id') and reminder_ids ? (row ->> 'reminder_id')));
    perform public.insert_rows('public.reminder_events', (
      select jsonb_agg((row - array['id', 'follow_up']) || own
        || jsonb_build_object('reminder_id', reminder_ids -> (row ->> 'reminder_id'),
          'lead_id', lead_ids -> (row ->> 'lead_id'), 'plan_id', plan_ids -> (row ->> 'plan_id')))
      from jsonb_array_elements(p_data -> 'events') as row
      where (row ->> 'reminder_id' is null or reminder_ids ? (row ->> 'reminder_id'))
        and (row ->> 'lead_id' is null or lead_ids ? (row ->> 'lead_id'))));
    return jsonb_build_object('state', 'restored', 'leads', leads, 'plans', plans, 'reminders', reminders);
  end
  $$;

revoke all on function public.restore_person(bigint, jsonb) from public, anon, authenticated;
grant execute on function public.restore_person(bigint, jsonb) to project_admin;

insert into public.schema_versions (version, name) values ('20261101003140', 'restore-recurring')
  on conflict (version) do nothing;
notify pgrst, 'reload schema';
