/**
 * An older version of the product's tables as a first draft might have made them: row level security on, but open to
 * everybody by policy and by grant, columns looser than today's, and rows that today's rules would not take.
 */

/** Telegram ids of two people with old rows, and what must still be there afterwards. */
export const OLD_PERSON = 4_001;
export const OTHER_OLD_PERSON = 4_002;

export const OLDER_TABLES = `
create table users (telegram_id bigint primary key, first_name text, language text, zone text);
create table leads (
  id bigserial primary key,
  telegram_id bigint not null,
  name text,
  company text,
  status text,
  created_at timestamptz default now()
);
create table engagement_plans (id bigserial primary key, lead_id bigint not null, status text);
create table outreach_steps (
  id bigserial primary key,
  lead_id bigint,
  step_id int,
  action_type text,
  description text,
  suggested_text text,
  timing text
);
create table scheduled_reminders (
  id bigserial primary key,
  lead_id bigint,
  telegram_id bigint not null,
  step_id int,
  due_at timestamptz not null,
  status text default 'pending',
  snooze_count int default 0,
  reminder_count int default 0,
  last_reminded_at timestamptz,
  draft_text text,
  completed_at timestamptz,
  created_at timestamptz default now(),
  updated_at timestamptz default now()
);

do $$
declare
  name text;
begin
  foreach name in array '{users,leads,engagement_plans,outreach_steps,scheduled_reminders}'::text[] loop
    execute format('alter table %I enable row level security', name);
    execute format('create policy "everything for all" on %I for all using (true) with check (true)', name);
    execute format('create policy anon_all on %I for all to anon using (true) with check (true)', name);
    execute format('create policy signed_in_all on %I for all to authenticated using (true) with check (true)', name);
    execute format('grant all on %I to public, anon, authenticated', name);
  end loop;
end
$$;
grant select (draft_text), update (telegram_id, due_at) on scheduled_reminders to anon, public;
grant update (telegram_id) on leads to authenticated with grant option;
grant all on all sequences in schema public to public, anon, authenticated;

insert into users values (4001, 'Anna', 'de', 'Europe/Berlin'), (4002, 'Boris', null, null);
insert into leads (telegram_id, name, company, status) values
  (4001, 'Kowalska', 'Baltic Freight', 'in_progress'), (4002, null, null, null), (4002, 'Zoë', null, 'lukewarm');
insert into engagement_plans (lead_id, status) values (1, 'active'), (2, null), (3, 'draft');
insert into outreach_steps (lead_id, step_id, action_type, description) values
  (1, 1, 'call', 'Call about the tender'), (2, 1, null, null), (3, 1, 'smoke_signal', 'An action nobody knows');
insert into scheduled_reminders
  (lead_id, telegram_id, step_id, due_at, status, snooze_count, reminder_count, completed_at, created_at, updated_at) values
  (1, 4001, 1, '2026-03-01 09:30+00', 'completed', 1, 2, null, '2026-02-01+00', '2026-03-01 10:00+00'),
  (1, 4001, 2, '2026-03-04 09:30+00', 'pending', 0, 0, '2026-03-02+00', '2026-02-01+00', '2026-03-02+00'),
  (1, 4001, 3, '2026-03-08 09:30+00', null, null, null, null, null, null),
  (2, 4002, 1, '2026-03-05 09:30+00', 'sent', 0, 1, null, '2026-02-01+00', '2026-03-05+00'),
  (2, 4002, 1, '2026-03-06 09:30+00', 'pending', 0, 0, null, '2026-02-01+00', '2026-02-01+00'),
  (null, 4002, null, '2026-03-07 09:30+00', 'cancelled', 0, 0, null, '2026-02-01+00', '2026-02-01+00');
`;
