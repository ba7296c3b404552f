/** The three kinds of hours a person may set. */
import { useSession } from '../../session/session-context.ts';
import { useTexts } from '../../texts/texts.ts';
import { ClockSheet } from './clock-sheets.tsx';
import { useSettingsChange } from './use-settings.ts';

const MINUTES_PER_DAY = 1440;
/** As the database checks it. */
const LEAST_AWAKE_MINUTES = 60;

export function PreferredHourSheet({ onClose }: { onClose: () => void }) {
  const { user } = useSession();
  const say = useTexts();
  const change = useSettingsChange();
  return (
    <ClockSheet
      title={say('usual-hour')}
      note={say('usual-hour-note')}
      fields={[{ label: say('usual-hour'), value: user.preferred_hour }]}
      onSave={([hour = user.preferred_hour]) => {
        change({ preferred_hour: hour });
      }}
      onClose={onClose}
    />
  );
}

export function QuietHoursSheet({ onClose }: { onClose: () => void }) {
  const { user } = useSession();
  const say = useTexts();
  const change = useSettingsChange();
  return (
    <ClockSheet
      title={say('quiet-hours')}
      note={say('quiet-hours-note')}
      fields={[
        { label: say('quiet-from'), value: user.quiet_from },
        { label: say('quiet-to'), value: user.quiet_to },
      ]}
      check={([from = '', to = '']) => {
        const quiet = (minutesOf(to) - minutesOf(from) + MINUTES_PER_DAY) % MINUTES_PER_DAY;
        return quiet > MINUTES_PER_DAY - LEAST_AWAKE_MINUTES ? say('quiet-all-day') : null;
      }}
      other={{
        text: say('quiet-never'),
        run: () => {
          change({ quiet_from: '00:00', quiet_to: '00:00' });
        },
      }}
      onSave={([from = user.quiet_from, to = user.quiet_to]) => {
        change({ quiet_from: from, quiet_to: to });
      }}
      onClose={onClose}
    />
  );
}

export function DigestSheet({ onClose }: { onClose: () => void }) {
  const { user } = useSession();
  const say = useTexts();
  const change = useSettingsChange();
  return (
    <ClockSheet
      title={say('digest')}
      note={say('digest-note')}
      fields={[{ label: say('digest-at'), value: user.digest_at }]}
      onSave={([at = user.digest_at]) => {
        change({ digest_at: at });
      }}
      onClose={onClose}
    />
  );
}

function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
}
