import { z } from 'zod';

/** `GET /api/about`: what a page that was not opened by Telegram needs to send its visitor to the right place. */
export const aboutSchema = z.object({
  /** The chat with the bot: `https://t.me/<bot>`, in the sandbox its chat page; null = the bot is not connected. */
  bot_url: z.string().nullable(),
});
