import { z } from 'zod';
import { instantSchema } from '../schemas/instant.ts';
import { userRowSchema } from '../schemas/user.ts';

/** `POST /api/auth/telegram`: Telegram's signed launch data for a session token. */
export const signInRequestSchema = z.object({ init_data: z.string().min(1).max(8192) });

export const signInAnswerSchema = z.object({
  access_token: z.string(),
  token_type: z.literal('Bearer'),
  /** Seconds until the token ends. */
  expires_in: z.number().int().positive(),
  user: userRowSchema,
  /** Where the mini-app's SDK points: this server or the InsForge project. No trailing slash. */
  database_url: z.string(),
  /** Product time. */
  now: instantSchema,
});
export type SignInAnswer = z.infer<typeof signInAnswerSchema>;

export const apiErrorSchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) });
export type ApiError = z.infer<typeof apiErrorSchema>;
