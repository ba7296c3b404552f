/**
 * Product time on the phone: the server's clock, kept by its distance to the device's. A device's clock alone may be
 * hours off, and in the sandbox product time runs ahead.
 */
export interface ProductClock {
  now(): Temporal.Instant;
  /** Takes over what the server says it is now. */
  set(serverNow: string): void;
}

/** @param serverNow ISO 8601, as the sign-in answers it. */
export function createProductClock(serverNow: string): ProductClock {
  const offsetTo = (instant: string): number => Temporal.Instant.from(instant).epochMilliseconds - Date.now();
  let offsetMs = offsetTo(serverNow);
  return {
    now: () => Temporal.Instant.fromEpochMilliseconds(Date.now() + offsetMs),
    set(instant) {
      offsetMs = offsetTo(instant);
    },
  };
}
