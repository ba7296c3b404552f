/** What the server does on its own behalf: the product clock, signs of life, owners, triggers, health. */
import { z } from 'zod';
import { eventAnswerSchema } from '../../shared/contracts/events.ts';
import { instantSchema } from '../../shared/schemas/instant.ts';
import { userRowSchema } from '../../shared/schemas/user.ts';
import type { AdminStore } from '../usecases/ports.ts';
import { readValue } from './answers.ts';
import type { SdkResult } from './answers.ts';
import { callForValue, callRepeatable } from './call.ts';
import type { Database } from './clients.ts';
import { profileArgument } from './profile.ts';

const dispatchHealthSchema = z.object({
  due: z.number(),
  oldest_due_ms: z.number(),
  claimed: z.number(),
  leases_over: z.number(),
  blocked_ms: z.number(),
  poll_cost: z.number(),
});
const versionsSchema = z.array(z.object({ version: z.string() }));

/** Builds the store over the server's client. */
export function createAdminStore(server: Database): AdminStore {
  return {
    async now() {
      return Temporal.Instant.from(await callForValue(server, 'app_now', {}, instantSchema));
    },
    touchPerson: (profile) =>
      callForValue(
        server,
        'touch_person',
        { p_telegram_id: profile.telegramId, p_profile: profileArgument(profile) },
        userRowSchema,
      ),
    async makeOwner(platformId, telegramId) {
      await callForValue(
        server,
        'make_owner',
        { p_platform_id: platformId, p_telegram_id: telegramId },
        z.unknown(),
      );
    },
    triggerNextStep: (key, telegramId, leadId, trigger) =>
      callRepeatable(
        server,
        'trigger_next_step',
        { p_key: key, p_telegram_id: telegramId, p_lead_id: leadId, p_trigger: trigger },
        eventAnswerSchema,
      ),
    async schemaVersion() {
      const result = await server
        .from('schema_versions')
        .select('version')
        .order('version', { ascending: false })
        .limit(1);
      if (isMissingTable(result)) return null;
      return readValue('read schema_versions', result, versionsSchema)[0]?.version ?? null;
    },
    async hasPeople() {
      const result = await server.from('users').select('telegram_id').limit(1);
      return readValue('read users', result, z.array(z.unknown())).length > 0;
    },
    async isSandbox() {
      const result = await server.from('sandbox_state').select('id').limit(1);
      if (isMissingTable(result)) return false;
      return readValue('read sandbox_state', result, z.array(z.unknown())).length > 0;
    },
    dispatchHealth: () => callForValue(server, 'dispatch_health', {}, dispatchHealthSchema),
    oldestDueMs: () => callForValue(server, 'oldest_due_ms', {}, z.number().int()),
  };
}

/** PostgREST answers 404 for a table that is not there; any other failure is a real one. */
function isMissingTable(result: SdkResult): boolean {
  return result.error !== null && result.status === 404;
}
