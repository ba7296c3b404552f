-- The cadence columns of outreach_steps. Purely additive: nullable, no default, no backfill.
--   scheduled_at        when the engine scheduled the step
--   triggered_by        why: manual, cadence, wizard_step3, pdf_download, interested_reply, or whatever comes later
--   next_step_ready_at  a request to promote this step from then on; null = no request
alter table public.outreach_steps add column if not exists scheduled_at timestamptz;
alter table public.outreach_steps add column if not exists triggered_by text;
alter table public.outreach_steps add column if not exists next_step_ready_at timestamptz;

create index if not exists outreach_steps_ready on public.outreach_steps (next_step_ready_at)
  where next_step_ready_at is not null;

insert into public.schema_versions (version, name) values ('20261101000400', 'cadence-columns')
  on conflict (version) do nothing;
notify pgrst, 'reload schema';
