/** Repeating reminders: a person's own, and the server's sweep. See migrations/…_recurring-reminders.sql. */
import { z } from 'zod';
import { recurringAnswerSchema } from '../../shared/contracts/recurring.ts';
import { instantSchema } from '../../shared/schemas/instant.ts';
import { RECURRING_COLUMNS, recurringRowSchema, type RecurringRow } from '../../shared/schemas/recurring.ts';
import type { RecurringStore, RecurringSweepStore } from '../usecases/recurring-ports.ts';
import { readValue } from './answers.ts';
import { callForValue, callRepeatable } from './call.ts';
import type { Database } from './clients.ts';

const SOURCE = 'bot';

/** Builds this part of a person's store over that person's client. */
export function createRecurringStore(database: Database): RecurringStore {
  const rule = async (id: number): Promise<RecurringRow | null> => {
    const result = await database.from('recurring_reminders').select(RECURRING_COLUMNS).eq('id', id).limit(1);
    return readValue('read recurring_reminders', result, z.array(recurringRowSchema))[0] ?? null;
  };
  return {
    createRecurring: (actionId, { title, rule, startsOn, clock, leadId }) =>
      callRepeatable(
        database,
        'create_recurring_reminder',
        {
          p_action_id: actionId,
          p_title: title,
          p_rule: rule,
          p_starts_on: startsOn,
          p_clock: clock,
          p_lead_id: leadId,
          p_source: SOURCE,
        },
        recurringAnswerSchema,
      ),
    changeRecurring: (actionId, id, change) =>
      callRepeatable(
        database,
        'change_recurring_reminder',
        {
          p_action_id: actionId,
          p_id: id,
          ...('title' in change
            ? { p_title: change.title }
            : { p_rule: change.rule, p_starts_on: change.startsOn, p_clock: change.clock }),
          p_source: SOURCE,
        },
        recurringAnswerSchema,
      ),
    setRecurring: (actionId, id, wish) =>
      callRepeatable(
        database,
        `${wish}_recurring_reminder`,
        { p_action_id: actionId, p_id: id, p_source: SOURCE },
        recurringAnswerSchema,
      ),
    recurring: rule,
    async recurringOf(reminderId) {
      const result = await database
        .from('recurring_occurrences')
        .select('recurring_id')
        .eq('reminder_id', reminderId)
        .limit(1);
      const [found] = readValue('read recurring_occurrences', result, z.array(occurrenceSchema));
      return found === undefined ? null : await rule(found.recurring_id);
    },
    async recurringRules() {
      const result = await database
        .from('recurring_reminders')
        .select(RECURRING_COLUMNS)
        .neq('status', 'ended')
        .order('id');
      return readValue('read recurring_reminders', result, z.array(recurringRowSchema));
    },
  };
}

const occurrenceSchema = z.object({ recurring_id: z.number().int() });

const toAdvanceSchema = z.array(
  z.object({
    id: z.number().int(),
    rev: z.number().int(),
    rule: z.string(),
    starts_on: z.iso.date(),
    clock: z.string(),
    zone: z.string(),
    last_slot_on: z.iso.date().nullable(),
    live_slot_on: z.iso.date().nullable(),
    since: instantSchema,
    is_lead_gone: z.boolean(),
    now: instantSchema,
  }),
);

/** Builds the sweep's store over the server's client. */
export function createRecurringSweepStore(server: Database): RecurringSweepStore {
  return {
    async toAdvance(limit) {
      const rows = await callForValue(server, 'recurring_to_advance', { p_limit: limit }, toAdvanceSchema);
      return rows.map((row) => ({
        id: row.id,
        rev: row.rev,
        rule: row.rule,
        startsOn: row.starts_on,
        clock: row.clock,
        zone: row.zone,
        lastSlotOn: row.last_slot_on,
        liveSlotOn: row.live_slot_on,
        since: Temporal.Instant.from(row.since),
        isLeadGone: row.is_lead_gone,
        now: Temporal.Instant.from(row.now),
      }));
    },
    advance: (rules) =>
      callForValue(
        server,
        'advance_recurring',
        {
          p_items: rules.map(({ id, rev, zone, slotOn, nextOn }) => ({
            id,
            rev,
            zone,
            slot_on: slotOn,
            next_on: nextOn,
          })),
        },
        z.number().int(),
      ),
  };
}
