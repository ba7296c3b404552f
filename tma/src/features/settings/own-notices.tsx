/** What a person should know before anything else: the phone is in another zone, or everything is paused. */
import { useState } from 'react';
import { isBefore } from '../../../../shared/rules/calendar.ts';
import { formatWhen } from '../../../../shared/rules/words.ts';
import { offsetLabel, sameZone, zoneLabel } from '../../../../shared/rules/zones.ts';
import { useSession } from '../../session/session-context.ts';
import { useTexts, useWholeTexts } from '../../texts/texts.ts';
import { Icon } from '../../ui/icons.tsx';
import { Notice } from '../../ui/message.tsx';
import { deviceZone, isZoneKept, keepZone } from './device-zone.ts';
import { useSettingsChange } from './use-settings.ts';

export default function OwnNotices({ now }: { now: Temporal.Instant }) {
  useWholeTexts();
  return (
    <>
      <ZoneNotice now={now} />
      <PauseNotice now={now} />
    </>
  );
}

function ZoneNotice({ now }: { now: Temporal.Instant }) {
  const { user } = useSession();
  const say = useTexts();
  const change = useSettingsChange();
  const device = deviceZone();
  const [isKept, setKept] = useState(() => isZoneKept(device));
  if (isKept || sameZone(device, user.zone)) return null;
  const [there, here] = [zoneLabel(device, user.language), zoneLabel(user.zone, user.language)];
  return (
    <Notice
      icon={<Icon name="pin" />}
      tone="info"
      title={say('zone-differs', { zone: there })}
      text={say('zone-follows', { zone: here, offset: offsetLabel(user.zone, now) })}
    >
      <button
        type="button"
        onClick={() => {
          change({ zone: device, zone_source: 'mini_app' }, say('zone-taken', { zone: there }));
        }}
      >
        {say('zone-use', { zone: there })}
      </button>
      <button
        type="button"
        className="notice__other"
        onClick={() => {
          keepZone(device);
          setKept(true);
        }}
      >
        {say('zone-stay', { zone: here })}
      </button>
    </Notice>
  );
}

function PauseNotice({ now }: { now: Temporal.Instant }) {
  const { user } = useSession();
  const say = useTexts();
  const change = useSettingsChange();
  const until = user.paused_until === null ? null : Temporal.Instant.from(user.paused_until);
  if (until === null || !isBefore(now, until)) return null;
  return (
    <Notice
      icon={<Icon name="moon" />}
      tone="info"
      title={say('paused-title', {
        when: formatWhen(until, now, user.zone, user.language, { withWeekday: true }),
      })}
      text={say('paused-text')}
    >
      <button
        type="button"
        onClick={() => {
          change({ paused_until: null }, say('pause-over'));
        }}
      >
        {say('resume-now')}
      </button>
    </Notice>
  );
}
