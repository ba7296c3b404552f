import type { Ref } from 'react';
import { formatWhen } from '../../../../shared/rules/words.ts';
import { atClock } from '../../../../shared/rules/calendar.ts';
import { useSession } from '../../session/session-context.ts';
import { useTexts } from '../../texts/texts.ts';
import { nameOf } from '../reminder/line.ts';
import type { Dragged } from './use-drag.ts';

interface GhostProps {
  ref: Ref<HTMLDivElement>;
  dragged: Dragged;
  now: Temporal.Instant;
}

/** What follows the pointer: whom it is about and when it would be. */
export function Ghost({ ref, dragged, now }: GhostProps) {
  const { user } = useSession();
  const say = useTexts();
  const { line, over } = dragged;
  const clock = line.wanted.toZonedDateTimeISO(user.zone).toPlainTime().toString();
  const at = over === null ? line.wanted : atClock(over, clock, user.zone);
  return (
    <div ref={ref} className="ghost" aria-hidden="true">
      <b>{nameOf(line, say('own-reminder'))}</b>
      <span>{formatWhen(at, now, user.zone, user.language, { withWeekday: true })}</span>
    </div>
  );
}
