/** The system's own date and time picker, read in the person's zone and not the device's. */
import { useId, useState } from 'react';
import { isBefore } from '../../../shared/rules/calendar.ts';
import { useTexts } from '../texts/texts.ts';

interface DateTimePickerProps {
  label: string;
  /** IANA zone whose clocks are meant. */
  zone: string;
  now: Temporal.Instant;
  /** What stands in it first. */
  initial?: Temporal.Instant;
  /** The instant that is picked; null = none, or one that has passed. */
  onPick: (instant: Temporal.Instant | null) => void;
}

export function DateTimePicker({ label, zone, now, initial, onPick }: DateTimePickerProps) {
  const say = useTexts();
  const id = useId();
  const wall = (instant: Temporal.Instant): string =>
    instant.toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' });
  const [value, setValue] = useState(initial === undefined ? '' : wall(initial));
  const picked = instantOf(value, zone);
  const isPast = picked !== null && !isBefore(now, picked);
  return (
    <>
      <input
        type="datetime-local"
        className="when"
        aria-label={label}
        aria-invalid={isPast}
        aria-describedby={isPast ? id : undefined}
        min={wall(now)}
        value={value}
        onChange={(event) => {
          setValue(event.target.value);
          const instant = instantOf(event.target.value, zone);
          onPick(instant !== null && isBefore(now, instant) ? instant : null);
        }}
      />
      {isPast && (
        <p className="group__note is-late" role="alert" id={id}>
          {say('snooze-past')}
        </p>
      )}
    </>
  );
}

/** `2026-10-16T22:15` on a zone's clocks; null while it is being typed. */
function instantOf(value: string, zone: string): Temporal.Instant | null {
  return value === '' ? null : Temporal.PlainDateTime.from(value).toZonedDateTime(zone).toInstant();
}
