import { z } from 'zod';

/** How a person's data are written down: a table of leads and reminders, everything, or the open reminders as a calendar. */
export const exportFormatSchema = z.enum(['csv', 'json', 'ics']);
export type ExportFormat = z.infer<typeof exportFormatSchema>;

/** `POST /api/export`: sends the file into the person's chat, or hands it out when `Accept` asks for an octet stream. */
export const exportRequestSchema = z.object({ format: exportFormatSchema });

export const exportAnswerSchema = z.object({ sent: z.literal(true) });
