import type { UserRow } from '../schemas/user.ts';

/** How one person wants time treated: their zone and the hours and days in which messages may reach them. */
export interface TimeSettings {
  /** IANA zone id. */
  readonly zone: string;
  /** Local clock `HH:MM` (seconds allowed) at which plan steps are wanted. */
  readonly preferredHour: string;
  /** Local clock `HH:MM`, quiet hours' beginning; equal to `quietTo` means there are none. */
  readonly quietFrom: string;
  /** Local clock `HH:MM`, quiet hours' end (exclusive); may lie before `quietFrom`, over midnight. */
  readonly quietTo: string;
  /** ISO weekdays, 1 = Monday … 7 = Sunday. Empty counts as all: nobody may become unreachable by a slip. */
  readonly workingDays: readonly number[];
}

/** What holds for a person until they say otherwise. */
export const DEFAULT_TIME_SETTINGS: TimeSettings = {
  zone: 'UTC',
  preferredHour: '09:30',
  quietFrom: '21:00',
  quietTo: '08:00',
  workingDays: [1, 2, 3, 4, 5, 6, 7],
};

/** The settings of a stored person. */
export function timeSettingsOf(
  user: Pick<UserRow, 'zone' | 'preferred_hour' | 'quiet_from' | 'quiet_to' | 'working_days'>,
): TimeSettings {
  return {
    zone: user.zone,
    preferredHour: user.preferred_hour,
    quietFrom: user.quiet_from,
    quietTo: user.quiet_to,
    workingDays: user.working_days,
  };
}
