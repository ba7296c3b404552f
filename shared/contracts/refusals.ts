import { z } from 'zod';

/**
 * Everything a database function refuses in words. SQL raises P0001 with one of these as its HINT; each has a
 * sentence in every language (bot: `bot/telegram/texts/`, mini-app: `tma/src/texts/`).
 */
export const refusalCodeSchema = z.enum([
  'ACTION_ID_INVALID',
  'ACTION_ID_REUSED',
  'ACTION_NOT_FOUND',
  'CLAIM_SIZE',
  'DELAYS_DECREASE',
  'ILLEGAL_MOVE',
  'INSTANT_OUT_OF_RANGE',
  'LEAD_BIN_OVER',
  'LEAD_CLOSED',
  'LEAD_FIELD_INVALID',
  'LEAD_FIELD_TOO_LONG',
  'LEAD_LIMIT',
  'LEAD_NAME_MISSING',
  'LEAD_NOT_FOUND',
  'NOTES_FULL',
  'NOTE_EMPTY',
  'NOT_A_PERSON',
  'PLAN_ENDED',
  'PLAN_LIMIT',
  'PLAN_NOT_FOUND',
  'PLAN_REPLACED',
  'PLAN_RUNNING',
  'PLAN_SIZE',
  'REMINDER_CLOSED',
  'REMINDER_LIMIT',
  'REMINDER_NOT_FOUND',
  'SCHEDULE_INCOMPLETE',
  'STEPS_OUT_OF_ORDER',
  'STEP_TAKEN',
  'TITLE_INVALID',
  'UNDO_IMPOSSIBLE',
  'UNDO_SUPERSEDED',
  'UNDO_TOO_LATE',
  'ZONE_UNKNOWN',
]);
export type RefusalCode = z.infer<typeof refusalCodeSchema>;
