/** A file for a person, into their chat with the bot. */
import { GrammyError, InputFile } from 'grammy';
import type { Api } from 'grammy';
import type { FileSender } from '../usecases/ports.ts';

/** Builds the sender over the bot's API. */
export function createFileSender(api: Api): FileSender {
  return async (telegramId, file) => {
    try {
      await api.sendDocument(telegramId, new InputFile(Buffer.from(file.text, 'utf8'), file.name));
      return 'sent';
    } catch (error) {
      // Blocked, never started, or gone: nobody is there to get it.
      if (error instanceof GrammyError && (error.error_code === 403 || error.error_code === 400))
        return 'unreachable';
      throw error;
    }
  };
}
