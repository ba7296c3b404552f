/** The daily digest's side of the database. See migrations/…_digests.sql. */
import { z } from 'zod';
import { claimedDigestSchema } from '../../shared/schemas/digest.ts';
import type { DigestStore } from '../usecases/digest-ports.ts';
import { callForValue } from './call.ts';
import type { Database } from './clients.ts';
import { outcomeArguments } from './dispatch-store.ts';

const claimSchema = z.object({ digests: z.array(claimedDigestSchema), empty: z.number().int() });

/** Builds the store over the server's client. */
export function createDigestStore(server: Database): DigestStore {
  return {
    claim: (token, limit) =>
      callForValue(server, 'claim_digests', { p_token: token, p_limit: limit }, claimSchema),
    async settle(token, digest, outcome) {
      await callForValue(
        server,
        'settle_digest',
        {
          p_token: token,
          p_telegram_id: digest.telegram_id,
          p_on_date: digest.on_date,
          p_result: outcomeArguments(outcome),
        },
        z.boolean(),
      );
    },
  };
}
