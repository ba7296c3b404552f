import { formatWhen } from '../../../shared/rules/words.ts';
import { useSession } from '../session/session-context.ts';
import { useTexts } from '../texts/texts.ts';
import { Icon } from './icons.tsx';

/**
 * What is on screen was read before the connection went. It lies over the page: a line that came between the rows would
 * move the one a finger is on its way to.
 * @param props.readAtMs when it was read, on the device's clock.
 */
export function Stale({ readAtMs, now }: { readAtMs: number; now: Temporal.Instant }) {
  const { user } = useSession();
  const say = useTexts();
  const when = formatWhen(readAt(readAtMs, now), now, user.zone, user.language);
  return (
    <p className="stale" role="status">
      <Icon name="offline" size="s" />
      <span>
        <b>{say('stale-title')}</b> {say('stale-text', { when })}
      </span>
    </p>
  );
}

/** The same moment in product time. */
function readAt(deviceMs: number, now: Temporal.Instant): Temporal.Instant {
  return now.subtract({ milliseconds: Math.max(0, Math.round(Date.now() - deviceMs)) });
}
