/** The zone the device itself is on. */
export function deviceZone(): string {
  return Temporal.Now.timeZoneId();
}

const KEPT = 'nudge-zone-kept';

/** Whether the person said to stay on their own zone while the device is on this one. Nothing secret: a zone's name. */
export function isZoneKept(zone: string): boolean {
  try {
    return localStorage.getItem(KEPT) === zone;
  } catch {
    return false;
  }
}

/** Remembers that this device zone was declined, so that it is asked once and not on every visit. */
export function keepZone(zone: string): void {
  try {
    localStorage.setItem(KEPT, zone);
  } catch {
    // Some clients forbid storage; then it is asked again next time.
  }
}
