/**
 * The product's rows for a bench, one person a message: either a reminder of a lead with its text, as a queue's job would
 * be; or the first step of an active plan, with a draft, and the plan's next step waits behind it.
 */
import { STORED_TEXT } from './message-text.ts';

export const EMPTY_NUDGE = `
  truncate scheduled_reminders, reminder_events, delivery_attempts, open_attempts, claim_batches, chat_slots,
    outreach_steps, engagement_plans, leads, users restart identity cascade;
  update dispatch_limiter set rate_per_second = 100000, chat_gap_ms = 0, next_slot_at = 'epoch', block_until = 'epoch'`;

/** @param due SQL of the instant message `n` falls due. */
export function fillNudge(due: string, arePlanSteps: boolean): readonly string[] {
  // It is between ten and sixteen o'clock for everybody, whenever the bench runs.
  const ahead = `((10 + n % 6 - extract(hour from now() at time zone 'UTC')::int + 36) % 24 - 12)`;
  const zone = `('Etc/GMT' || case when ${ahead} > 0 then '-' else '+' end || abs(${ahead}))`;
  return [
    `insert into users (telegram_id, first_name, language, zone, zone_source, last_seen_at)
     select 1000000 + n, 'Mara', case when n % 5 = 0 then 'ru' else 'en' end, ${zone}, 'city', now() - interval '1 day'
     from generate_series(1, $1::int) as n`,
    `insert into leads (id, telegram_id, name, company, status)
     select n, 1000000 + n, 'Anna Kowalska ' || n, 'Baltic Freight', 'reached_out' from generate_series(1, $1::int) as n`,
    ...(arePlanSteps ? planSteps(due) : reminders(due)),
  ];
}

function reminders(due: string): readonly string[] {
  return [
    `insert into scheduled_reminders (lead_id, telegram_id, due_at, wanted_at, first_due_at, draft_text)
     select n, 1000000 + n, ${due}, ${due}, ${due}, ${STORED_TEXT(due)} from generate_series(1, $1::int) as n`,
  ];
}

function planSteps(due: string): readonly string[] {
  return [
    `insert into engagement_plans (id, lead_id, telegram_id, status, accepted_at)
     select n, n, 1000000 + n, 'active', now() from generate_series(1, $1::int) as n`,
    `insert into outreach_steps (plan_id, lead_id, telegram_id, step_id, action_type, description, delay_days)
     select n, n, 1000000 + n, step, 'email_outreach',
       'Send Anna the offer and ask which day suits her for a short call', step * 3 from generate_series(1, $1::int) as n,
       generate_series(1, 2) as step`,
    `insert into scheduled_reminders
       (lead_id, telegram_id, plan_id, step_id, delay_days, due_at, wanted_at, first_due_at, draft_text)
     select n, 1000000 + n, n, step, step * 3, at, at, at, ${STORED_TEXT(due)}
     from generate_series(1, $1::int) as n, generate_series(1, 2) as step,
       lateral (select ${due} + make_interval(days => (step - 1) * 3) as at) as instant`,
  ];
}
