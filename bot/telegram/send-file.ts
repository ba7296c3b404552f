/** A file for a person, into their chat with the bot. */
import { GrammyError, InputFile } from 'grammy';
import type { Api } from 'grammy';
import type { FileSender } from '../usecases/ports.ts';
import { NO_SUCH_CHAT } from './outbox/classify-answer.ts';

/** Builds the sender over the bot's API. */
export function createFileSender(api: Api): FileSender {
  return async (telegramId, file) => {
    try {
      await api.sendDocument(telegramId, new InputFile(Buffer.from(file.text, 'utf8'), file.name));
      return 'sent';
    } catch (error) {
      if (isNobodyThere(error)) return 'unreachable';
      throw error;
    }
  };
}

/** Blocked, never started, or gone. Any other refusal is a fault of ours and must be heard of. */
function isNobodyThere(error: unknown): boolean {
  if (!(error instanceof GrammyError)) return false;
  return error.error_code === 403 || (error.error_code === 400 && NO_SUCH_CHAT.test(error.description));
}
