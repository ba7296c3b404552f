/** What is kept of a question between asking and its answer: one row a person, with the server's key. */
import { z } from 'zod';
import type { ConversationStore } from '../usecases/chat-ports.ts';
import { readValue } from './answers.ts';
import type { Database } from './clients.ts';

const keptSchema = z.object({
  state: z.unknown(),
  answered: z.unknown(),
  answeredUpdateId: z.number().int().nullable(),
});
/** What is not in our shape (another program wrote it) is a state nobody can read, and not an error. */
const rowsSchema = z.array(
  z.object({
    state: z.unknown().transform((value) => {
      const kept = keptSchema.safeParse(value);
      return kept.success ? kept.data : { state: value, answered: null, answeredUpdateId: null };
    }),
  }),
);

/** Builds the store over the server's client. */
export function createConversationStore(server: Database): ConversationStore {
  return {
    async read(telegramId) {
      const result = await server
        .from('conversation_state')
        .select('state')
        .eq('key', String(telegramId))
        .limit(1);
      return readValue('read conversation_state', result, rowsSchema)[0]?.state ?? null;
    },
    async keep(telegramId, kept) {
      const result = await server
        .from('conversation_state')
        .upsert({ key: String(telegramId), state: kept }, { onConflict: 'key' })
        .select('key');
      readValue('write conversation_state', result, z.array(z.unknown()));
    },
  };
}
