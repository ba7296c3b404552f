-- A claim whose answer was lost is asked for again, and then some of its slots are past. It says so now (a negative
-- slot_in_ms), and the worker gives those slots back: as "now" they would all go out at once, on top of the others' messages.
-- slot_at_ms names the same start on this server's clock: an answer that was long on its way must not move a batch into
-- the slots of others, and from several answers the worker learns how far the clocks are apart.

-- The rows of one batch as the worker needs them; also the answer to a replayed token.
create or replace function public.claimed_batch(p_token uuid) returns json
  language plpgsql stable set search_path = '' set plan_cache_mode = 'force_generic_plan'
  as $$
  begin
    return (select coalesce(json_agg(claimed), '[]'::json)
    from (
      select reminder.id, reminder.telegram_id, reminder.lead_id, reminder.step_id, reminder.wanted_at, reminder.draft_text,
        reminder.title, reminder.retries, reminder.in_doubt, reminder.message_id, attempt.kind, attempt.level, attempt.position,
        round(date_part('epoch', attempt.slot_at - clock_timestamp()) * 1000)::int as slot_in_ms,
        round(date_part('epoch', attempt.slot_at) * 1000)::bigint as slot_at_ms,
        lead.name as lead_name, lead.company as lead_company, step.description,
        coalesce(person.language, 'en') as language, coalesce(person.zone, 'UTC') as zone,
        public.app_now() as product_now
      from public.open_attempts as attempt
      join public.scheduled_reminders as reminder on reminder.id = attempt.reminder_id
      left join public.users as person on person.telegram_id = reminder.telegram_id
      left join public.leads as lead on lead.id = reminder.lead_id and lead.telegram_id = reminder.telegram_id
      left join public.outreach_steps as step on step.plan_id = reminder.plan_id and step.step_id = reminder.step_id
        and step.telegram_id = reminder.telegram_id
      -- asked again after the person finished a row, the answer leaves it out
      where attempt.token = p_token and reminder.status in ('pending', 'sent')
      order by attempt.position, attempt.reminder_id
    ) as claimed);
  end
  $$;

revoke all on function public.claimed_batch(uuid) from public, anon, authenticated;

insert into public.schema_versions (version, name) values ('20261101002450', 'stale-slots')
  on conflict (version) do nothing;
notify pgrst, 'reload schema';
