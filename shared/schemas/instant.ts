import { z } from 'zod';

/**
 * An instant as PostgreSQL's JSON writes it: ISO 8601 with an offset and up to six fractional digits,
 * e.g. `2026-10-14T09:30:00+00:00`. `Temporal.Instant.from` and `new Date` both read it.
 */
export const instantSchema = z.iso.datetime({ offset: true });
