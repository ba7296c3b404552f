/** Is the database reachable, current, on the right clock, and does it keep people apart? */
import { randomInt, randomUUID } from 'node:crypto';
import type { AdminStore, PersonStore, ReminderRepository } from '../usecases/ports.ts';
import type { Finding } from './finding.ts';

export interface DatabaseParts {
  readonly admin: AdminStore;
  readonly reminders: ReminderRepository;
  readonly asPerson: (telegramId: number) => PersonStore;
  /** Version of the newest migration file of this program. */
  readonly newest: string;
  /** What brings the schema up to date here. */
  readonly remedy: string;
  readonly isRealBot: boolean;
  readonly machineNow: () => Temporal.Instant;
}

/** A wall clock further off than this breaks tokens and launch data. Minutes. */
const CLOCK_TOLERANCE_MINUTES = 2;
/** A due reminder older than this means that nobody delivers. Minutes. */
const LATE_MINUTES = 5;
/** Ids far beyond Telegram's own, so that the probe's people are nobody. */
const PROBE_PEOPLE = 4_000_000_000_000_000;
/** The probe's row lies this far ahead and is gone long before. */
const PROBE_AHEAD_HOURS = 24 * 365;

/** @throws what the stores throw when the database cannot be asked at all. */
export async function lookAtDatabase(parts: DatabaseParts): Promise<Finding[]> {
  const version = await parts.admin.schemaVersion();
  if (version === null || version < parts.newest) {
    const what = `the schema is at ${version ?? 'nothing'}, this program needs ${parts.newest}`;
    return [{ state: 'wrong', subject: 'schema', what, fix: parts.remedy }];
  }
  return [
    { state: 'ok', subject: 'schema', what: version },
    await lookAtClock(parts),
    await lookAtSecurity(parts),
    await lookAtDelivery(parts.admin),
  ];
}

async function lookAtClock({ admin, isRealBot, machineNow }: DatabaseParts): Promise<Finding> {
  const subject = 'clock';
  const sandbox = await admin.isSandbox();
  if (sandbox && isRealBot) {
    const what = 'this database is a sandbox, whose clock can be moved and whose rows are emptied';
    return { state: 'wrong', subject, what, fix: 'Use another DATABASE_URL or DATA_DIR for the real bot.' };
  }
  const ahead = (await admin.now()).since(machineNow()).total('minutes');
  if (sandbox) return { state: 'ok', subject, what: `sandbox, ${Math.round(ahead)} minutes ahead` };
  if (Math.abs(ahead) <= CLOCK_TOLERANCE_MINUTES)
    return { state: 'ok', subject, what: 'agrees with this machine' };
  const what = `the database is ${ahead.toFixed(1)} minutes ${ahead > 0 ? 'ahead of' : 'behind'} this machine`;
  return { state: 'wrong', subject, what, fix: 'Set the clock of this machine (NTP).' };
}

/** Really tries: one person's row must be theirs alone. */
async function lookAtSecurity({ admin, reminders, asPerson }: DatabaseParts): Promise<Finding> {
  const subject = 'security';
  const owner = PROBE_PEOPLE + randomInt(1_000_000_000);
  const stranger = owner + 1;
  const leadId = owner;
  const due = (await admin.now()).add({ hours: PROBE_AHEAD_HOURS }).toString();
  const { id } = await reminders.create({
    telegram_id: owner,
    lead_id: leadId,
    due_at: due,
    title: 'doctor',
  });
  try {
    if ((await asPerson(owner).reminder(id)) === null) {
      const what = 'a person does not see their own row: our tokens are not accepted as that person’s';
      return { state: 'wrong', subject, what, fix: 'Check INSFORGE_JWT_SECRET or JWT_SECRET.' };
    }
    const seen = await asPerson(stranger).reminder(id);
    const changed = await asPerson(stranger).completeReminder(randomUUID(), id);
    if (seen === null && !changed.ok && changed.refusal.code === 'REMINDER_NOT_FOUND') {
      return { state: 'ok', subject, what: 'another person’s row can be neither read nor changed' };
    }
    const what = `another person’s row could be ${seen === null ? 'changed' : 'read'}: row-level security is broken`;
    return { state: 'wrong', subject, what, fix: 'Stop the bot; apply all of migrations/ again, in order.' };
  } finally {
    await reminders.deleteForLead(leadId, owner);
  }
}

async function lookAtDelivery(admin: AdminStore): Promise<Finding> {
  const subject = 'delivery';
  const minutes = Math.round((await admin.oldestDueMs()) / 60_000);
  if (minutes <= LATE_MINUTES) return { state: 'ok', subject, what: 'nothing is overdue for delivery' };
  const what = `the oldest due reminder waits for ${minutes} minutes`;
  return { state: 'wrong', subject, what, fix: 'Start a worker: npm run worker, or npm start.' };
}
