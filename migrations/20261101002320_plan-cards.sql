-- Which message of the chat shows a proposed plan: when the plan is started or put aside in the app, that message follows.

alter table public.engagement_plans add column if not exists message_id bigint;
create index if not exists engagement_plans_cards on public.engagement_plans (telegram_id) where message_id is not null;

-- A plan that was written in the background is shown in the message that followed its writing.
create or replace function public.note_card_of_run() returns trigger
  language plpgsql set search_path = ''
  as $$
  begin
    update public.engagement_plans set message_id = new.message_id
      where id = new.plan_id and telegram_id = new.telegram_id and status = 'draft'
        and message_id is distinct from new.message_id;
    return null;
  end
  $$;
create or replace trigger planning_runs_card after update of plan_id, message_id on public.planning_runs
  for each row when (new.plan_id is not null and new.message_id is not null)
  execute function public.note_card_of_run();

revoke all on function public.note_card_of_run() from public, anon, authenticated;

insert into public.schema_versions (version, name) values ('20261101002320', 'plan-cards')
  on conflict (version) do nothing;
notify pgrst, 'reload schema';
