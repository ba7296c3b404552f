import { z } from 'zod';
import { instantSchema } from './instant.ts';

/** Languages with complete texts. A person with another one is spoken to in English. */
export const languageSchema = z.enum(['en', 'ru']);
export type Language = z.infer<typeof languageSchema>;

/** Where we know the zone from; null = not known yet, UTC is a guess. */
export const zoneSourceSchema = z.enum(['city', 'location', 'mini_app', 'typed']);
export type ZoneSource = z.infer<typeof zoneSourceSchema>;

/** A wall clock time of day, `HH:MM` or `HH:MM:SS`. */
export const timeOfDaySchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/);

/** A row of `users` as its owner may read it. */
export const userRowSchema = z.object({
  telegram_id: z.number().int().positive(),
  first_name: z.string().nullable(),
  username: z.string().nullable(),
  language: z.string(),
  zone: z.string(),
  zone_source: zoneSourceSchema.nullable(),
  preferred_hour: timeOfDaySchema,
  quiet_from: timeOfDaySchema,
  quiet_to: timeOfDaySchema,
  /** ISO weekdays, 1 = Monday … 7 = Sunday. */
  working_days: z.array(z.number().int().min(1).max(7)).min(1).max(7),
  paused_until: instantSchema.nullable(),
  /** A summary of the day in the chat, at `digest_at` on the person's clock. */
  digest_on: z.boolean(),
  digest_at: timeOfDaySchema,
  unreachable_since: instantSchema.nullable(),
  opted_out: z.boolean(),
  last_seen_at: instantSchema.nullable(),
  created_at: instantSchema,
  updated_at: instantSchema,
});
export type UserRow = z.infer<typeof userRowSchema>;

/** What `update_settings` takes; absent keys stay as they are. */
export const settingsChangeSchema = z
  .object({
    zone: z.string().min(1).max(64),
    zone_source: zoneSourceSchema,
    preferred_hour: timeOfDaySchema,
    quiet_from: timeOfDaySchema,
    quiet_to: timeOfDaySchema,
    working_days: userRowSchema.shape.working_days,
    language: languageSchema,
    paused_until: instantSchema.nullable(),
    digest_on: z.boolean(),
    digest_at: timeOfDaySchema,
  })
  .partial();
export type SettingsChange = z.infer<typeof settingsChangeSchema>;
