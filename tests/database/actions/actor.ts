/** A person at work: their RPCs through the SDK, their rows by SQL, and the product clock of their database. */
import type { TestDatabase } from '../../support/database.ts';

let nextPerson = 50_000;
let nextAction = 1;

/** An action id nobody used. */
export function newActionId(): string {
  nextAction += 1;
  return `action-${nextAction}`;
}

export interface Answer {
  /** What the RPC answered; empty when it refused. */
  readonly data: Readonly<Record<string, unknown>>;
  /** The code of a refusal, null when there was none. */
  readonly refusal: string | null;
  readonly message: string;
  readonly actionId: string;
}

/** A reminder's row, instants as ISO strings in UTC to the millisecond. */
export interface Row {
  readonly id: number;
  readonly step_id: number | null;
  readonly plan_id: number | null;
  readonly status: string;
  readonly due_at: string;
  readonly wanted_at: string;
  readonly completed_at: string | null;
  readonly updated_at: string;
  readonly snooze_count: number;
  readonly reminder_count: number;
  readonly level: number;
  readonly exact: boolean;
  readonly due_reason: string;
  readonly due_rev: number;
  readonly message_id: number | null;
}

export interface Actor {
  readonly id: number;
  /** Calls an RPC; an action id is made unless one is given. */
  act(name: string, args?: Record<string, unknown>): Promise<Answer>;
  /** As `act`, but a refusal fails the test. */
  must(name: string, args?: Record<string, unknown>): Promise<Answer>;
  /** PATCH of own reminders through the SDK: the code of a refusal, or null. */
  patch(reminderId: number, change: Record<string, unknown>): Promise<string | null>;
  /** A lead with an accepted plan of steps wanted that many hours from now. */
  plan(hours?: readonly number[], pace?: string): Promise<{ leadId: number; planId: number; ids: number[] }>;
  /** A draft for a lead. */
  draft(leadId: number): Promise<number>;
  row(reminderId: number): Promise<Row>;
  rowsOfPlan(planId: number): Promise<Row[]>;
}

/** The product clock, shifted for this database alone as the sandbox does it. */
export async function shiftClock(db: TestDatabase, hours: number): Promise<void> {
  await db.as('project_admin', async (client) => {
    await client.query(
      `create or replace function public.app_now() returns timestamptz language sql stable parallel safe
       as $$ select now() + interval '${hours} hours' $$`,
    );
  });
}

/** The instant of `hours` from now, as the RPCs take it: whole milliseconds. */
export function inHours(hours: number): string {
  return Temporal.Now.instant()
    .round('millisecond')
    .add({ minutes: Math.round(hours * 60) })
    .toString();
}

export const STEPS = [0, 2, 5].map((delay_days, index) => ({
  action_type: 'call',
  description: `Step ${index + 1}`,
  suggested_text: null,
  timing: null,
  delay_days,
}));

/** One card of the reminder arrives, as the dispatcher writes it. */
export async function deliver(db: TestDatabase, reminderId: number): Promise<void> {
  const answer = await db.server.database.rpc('mark_reminded', { p_id: reminderId, p_message_id: 1 });
  if (answer.error !== null || answer.data !== true)
    throw new Error(`Not delivered: ${String(answer.error?.message)}`);
}

const COLUMNS = `id::int, step_id, plan_id::int, status, due_at, wanted_at, completed_at, updated_at, snooze_count,
  reminder_count, level, exact, due_reason, due_rev, message_id::int`;

/** Our refusals carry a hint, PostgreSQL's own only their SQLSTATE. */
function codeOf(error: { readonly hint?: string | null; readonly code?: string | null }): string {
  return error.hint ?? error.code ?? 'unknown';
}

export function createActor(db: TestDatabase): Actor {
  nextPerson += 1;
  const id = nextPerson;
  const { database } = db.userClient(id);
  const rows = async (where: string, value: number): Promise<Row[]> => {
    const found = await db.admin.query<Record<string, unknown>>(
      `select ${COLUMNS} from public.scheduled_reminders where ${where} = $1 order by step_id, id`,
      [value],
    );
    const plain = (value: unknown): unknown => (value instanceof Date ? value.toISOString() : value);
    return found.rows.map(
      (row) =>
        Object.fromEntries(
          Object.entries(row).map(([name, value]) => [name, plain(value)]),
        ) as unknown as Row,
    );
  };
  const actor: Actor = {
    id,
    async act(name, args = {}) {
      const actionId = (args['p_action_id'] as string | undefined) ?? newActionId();
      const answer = await database.rpc(name, { p_action_id: actionId, ...args });
      const data = answer.data as Answer['data'] | null;
      return {
        data: data ?? {},
        refusal: answer.error === null ? null : codeOf(answer.error),
        message: answer.error?.message ?? '',
        actionId,
      };
    },
    async must(name, args) {
      const answer = await actor.act(name, args);
      if (answer.refusal !== null)
        throw new Error(`${name} was refused: ${answer.refusal} ${answer.message}`);
      return answer;
    },
    async patch(reminderId, change) {
      const { error } = await database.from('scheduled_reminders').update(change).eq('id', reminderId);
      return error === null ? null : codeOf(error);
    },
    async plan(hours = [24, 48, 72], pace = 'fixed_dates') {
      const steps = hours.map((_, index) => ({
        ...STEPS[0]!,
        description: `Step ${index + 1}`,
        delay_days: index,
      }));
      const lead = await actor.must('create_lead', { p_lead: { name: 'Kowalska' }, p_plan: { steps, pace } });
      const { lead_id: leadId, plan_id: planId } = lead.data as { lead_id: number; plan_id: number };
      const p_schedule = hours.map((hour, index) => ({ step_id: index + 1, wanted_at: inHours(hour) }));
      const accepted = await actor.must('accept_plan', { p_plan_id: planId, p_schedule });
      return { leadId, planId, ids: (accepted.data['reminders'] as { id: number }[]).map((one) => one.id) };
    },
    async draft(leadId) {
      const answer = await actor.must('propose_plan', { p_lead_id: leadId, p_plan: { steps: STEPS } });
      return answer.data['plan_id'] as number;
    },
    row: async (reminderId) => (await rows('id', reminderId))[0]!,
    rowsOfPlan: async (planId) => rows('plan_id', planId),
  };
  return actor;
}

/** Runs one statement as the operator, who is nobody's Telegram id: the code of a refusal, or null. */
export async function operate(db: TestDatabase, statement: string): Promise<string | null> {
  try {
    await db.as('project_admin', async (client) => client.query(statement));
    return null;
  } catch (error) {
    return codeOf(error as { hint?: string; code?: string });
  }
}
