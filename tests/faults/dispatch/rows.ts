/** The rows of the fault suite, and a record of every claim and every doubt that the product itself does not keep. */
import type pg from 'pg';

/** A person's share of rows: most have one, some a few cards, some so many that they get a list. */
const ROWS_BY_PERSON = [6, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1] as const;
/** Every so many-th person's row belongs to a plan, so that it can be re-planned. */
const PLANNED_EVERY = 20;
const PLANNED_AT = 19;
const FIRST_PERSON = 500_001;

/** How many people it takes for so many rows. */
export function peopleFor(rows: number): number[] {
  const people: number[] = [];
  for (let filled = 0, nth = 0; filled < rows; nth += 1) {
    people.push(FIRST_PERSON + nth);
    filled += rowsOf(nth);
  }
  return people;
}

function rowsOf(nth: number): number {
  return ROWS_BY_PERSON[nth % ROWS_BY_PERSON.length] ?? 1;
}

/** Every claim with its instant on the server's clock, and every attempt that was ever in doubt. */
const AUDIT = `
  create schema audit;
  grant usage on schema audit to public;
  create table audit.claims (reminder_id bigint, telegram_id bigint, token uuid, position int, slot_at timestamptz,
    at timestamptz default clock_timestamp());
  create table audit.doubts (reminder_id bigint, token uuid, at timestamptz default clock_timestamp());
  create function audit.note_claim() returns trigger language plpgsql security definer set search_path = '' as $$
    begin
      insert into audit.claims (reminder_id, telegram_id, token, position, slot_at)
        values (new.reminder_id, new.telegram_id, new.token, new.position, new.slot_at);
      return null;
    end $$;
  create function audit.note_doubt() returns trigger language plpgsql security definer set search_path = '' as $$
    begin
      if new.outcome = 'in_doubt' then
        insert into audit.doubts (reminder_id, token) values (new.reminder_id, new.token);
      end if;
      return null;
    end $$;
  create trigger note_claim after insert on public.open_attempts
    for each row execute function audit.note_claim();
  create trigger note_doubt after insert or update of outcome on public.delivery_attempts
    for each row execute function audit.note_doubt();
`;

/**
 * Fills an empty, migrated database: people who never sleep, their reminders due now, some of them steps of a plan. Each
 * title carries the row's id as `#id#`, so that a message at Telegram says which rows it delivered.
 * @returns how many rows there are.
 */
export async function fillRows(database: pg.Client | pg.Pool, people: readonly number[]): Promise<number> {
  await database.query(AUDIT);
  await database.query(
    `insert into users (telegram_id, quiet_from, quiet_to) select person, '00:00', '00:00' from unnest($1::bigint[]) as person`,
    [people],
  );
  const owners = people.flatMap((person, nth) => Array.from({ length: rowsOf(nth) }, () => person));
  await database.query(
    `insert into scheduled_reminders (telegram_id, due_at)
     select owner, clock_timestamp() from unnest($1::bigint[]) as owner`,
    [owners],
  );
  const planned = people.filter((_, nth) => nth % PLANNED_EVERY === PLANNED_AT);
  await database.query(
    `with lead as (
       insert into leads (telegram_id, name) select person, 'Anna Kowalska' from unnest($1::bigint[]) as person
       returning id, telegram_id
     ), plan as (
       insert into engagement_plans (lead_id, telegram_id, status, accepted_at)
       select id, telegram_id, 'active', app_now() from lead returning id, lead_id, telegram_id
     ), step as (
       insert into outreach_steps (plan_id, lead_id, telegram_id, step_id, action_type, description, delay_days)
       select plan.id, plan.lead_id, plan.telegram_id, 1, 'call', 'Ring #' || reminder.id || '#', 0
       from plan join scheduled_reminders as reminder using (telegram_id) returning plan_id, lead_id, telegram_id, step_id
     )
     update scheduled_reminders as reminder set lead_id = step.lead_id, plan_id = step.plan_id, step_id = step.step_id
     from step where step.telegram_id = reminder.telegram_id`,
    [planned],
  );
  await database.query(`update scheduled_reminders set title = 'Ring #' || id || '#'`);
  return owners.length;
}

/** Ids of the rows that a message's text names. */
export function rowsIn(text: string): number[] {
  return [...text.matchAll(/#(\d+)#/g)].map(([, id]) => Number(id));
}

/** Rows that still have to be sent: due soon, or in somebody's hands. What a person snoozed away for a day is not. */
export const OPEN_ROWS = `
  select count(*)::int as open from scheduled_reminders as reminder
  where (status = 'pending' and due_at < app_now() + interval '12 hours')
    or exists (select from open_attempts where reminder_id = reminder.id)`;
