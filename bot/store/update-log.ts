/** The bot's memory of updates: each is worked on once, also after a crash in the middle. */
import { z } from 'zod';
import { userRowSchema } from '../../shared/schemas/user.ts';
import type { UpdateLog } from '../usecases/chat-ports.ts';
import { callForValue } from './call.ts';
import type { Database } from './clients.ts';
import { profileArgument } from './profile.ts';

const begunSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('new'), user: userRowSchema.nullable() }),
  z.object({ state: z.literal('done') }),
  z.object({ state: z.literal('busy') }),
]);

/**
 * Builds the log.
 * @param worker names this process; `soleReader` = long polling, where an unfinished update of a dead process may
 *   be taken over at once because there is no second reader.
 */
export function createUpdateLog(server: Database, worker: string, soleReader: boolean): UpdateLog {
  return {
    begin: (updateId, person) =>
      callForValue(
        server,
        'begin_update',
        {
          p_update_id: updateId,
          p_worker: worker,
          p_sole_reader: soleReader,
          p_telegram_id: person?.telegramId ?? null,
          p_profile: person === null ? null : profileArgument(person),
        },
        begunSchema,
      ),
    async finish(updateId) {
      await callForValue(server, 'finish_update', { p_update_id: updateId }, z.unknown());
    },
  };
}
