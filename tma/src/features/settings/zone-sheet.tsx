/** A zone by its city: search over all that Intl knows, the device's own first. */
import { useDeferredValue, useMemo, useState } from 'react';
import { normaliseZone, offsetLabel, zoneLabel } from '../../../../shared/rules/zones.ts';
import { useSession } from '../../session/session-context.ts';
import { useTexts } from '../../texts/texts.ts';
import { Field } from '../../ui/field.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { deviceZone } from './device-zone.ts';
import { useSettingsChange } from './use-settings.ts';

/** More rows than anybody reads; a longer word finds the rest. */
const SHOWN = 30;

export function ZoneSheet({ onClose }: { onClose: () => void }) {
  const { user, clock } = useSession();
  const say = useTexts();
  const change = useSettingsChange();
  const [words, setWords] = useState('');
  const wanted = useDeferredValue(words.trim());
  const zones = useMemo(
    () => findZones(wanted, user.zone, user.language),
    [wanted, user.zone, user.language],
  );
  return (
    <Sheet title={say('zone')} subtitle={say('zone-text')} onClose={onClose}>
      <Field label={say('zone-search')} type="search" value={words} onChange={setWords} />
      <div className="list sheet__part" role="group" aria-label={say('zone')}>
        {zones.map((zone) => (
          <button
            key={zone}
            type="button"
            className="row row--set"
            aria-pressed={zone === user.zone}
            onClick={() => {
              onClose();
              if (zone !== user.zone)
                change({ zone, zone_source: zone === deviceZone() ? 'mini_app' : 'city' });
            }}
          >
            <span className="row__main row__plain">{zoneLabel(zone, user.language)}</span>
            <span className="row__end">{offsetLabel(zone, clock.now())}</span>
            {zone === user.zone && (
              <span className="is-accent">
                <Icon name="check" size="s" />
              </span>
            )}
          </button>
        ))}
      </div>
      {zones.length === 0 && (
        <p className="group__note" role="status">
          {say('zone-none')}
        </p>
      )}
    </Sheet>
  );
}

function findZones(words: string, own: string, language: string): string[] {
  if (words === '') return [...new Set([own, deviceZone()])];
  const answer = normaliseZone(words);
  const direct = answer.ok ? [answer.zone] : [...answer.suggestions].filter((zone) => zone.includes('/'));
  const needle = words.toLowerCase();
  const found = Intl.supportedValuesOf('timeZone').filter(
    (zone) =>
      zone.toLowerCase().replaceAll('_', ' ').includes(needle) ||
      zoneLabel(zone, language).toLowerCase().includes(needle),
  );
  return [...new Set([...direct, ...found])].slice(0, SHOWN);
}
