/** What a caller may have got wrong about a job, and the words for it. */
import type { z } from 'zod';
import { readCron } from '../domain/job/cron.ts';
import { nextSlot } from '../domain/job/plan-slots.ts';
import type { Answer, Refusal } from './ports.ts';

/**
 * The first slot of a cron expression after `now`.
 * @param zone IANA id
 * @param endsAt no slot after it; null = no end
 */
export function findNextSlot(
  now: Temporal.Instant,
  schedule: string,
  zone: string,
  endsAt: string | null,
): Answer<string> {
  const reading = readCron(schedule);
  if (!reading.ok) return refuseJob(`schedule: ${reading.problem}`);
  if (!isZone(now, zone)) {
    return refuseJob(`timezone: "${zone}" does not exist; use a name such as Europe/Berlin`, 'ZONE_UNKNOWN');
  }
  const next = nextSlot(reading.rule, { timezone: zone, ends_at: endsAt }, now);
  if (next === null) {
    return refuseJob(`schedule: "${schedule}" never comes${endsAt === null ? '' : ` before ${endsAt}`}`);
  }
  return { ok: true, value: next.toString() };
}

function isZone(now: Temporal.Instant, zone: string): boolean {
  try {
    now.toZonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
}

/** Every wrong field, in one sentence. */
export function describeProblems(error: z.ZodError, under?: string): string {
  return error.issues
    .map(({ path, message }) => {
      const field = [...(under === undefined ? [] : [under]), ...path.map(String)].join('.');
      return field === '' ? message : `${field}: ${message}`;
    })
    .join('; ');
}

/** An answer that refuses, for what is found before the database is asked. */
export function refuseJob(
  message: string,
  code: Refusal['code'] = 'JOB_INVALID',
): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal: { code, message, detail: {} } };
}
