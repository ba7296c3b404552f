/** Settings: how should it treat me? Values at the right, what they mean below. */
import './settings.css';
import { Suspense, useState } from 'react';
import { isBefore } from '../../../../shared/rules/calendar.ts';
import { formatWhen } from '../../../../shared/rules/words.ts';
import { offsetLabel, zoneLabel } from '../../../../shared/rules/zones.ts';
import { languageSchema } from '../../../../shared/schemas/user.ts';
import { useProductNow, useSession } from '../../session/session-context.ts';
import { close } from '../../telegram/telegram.ts';
import { useTexts } from '../../texts/texts.ts';
import { Segmented, SwitchRow } from '../../ui/choices.tsx';
import { capitalised } from '../../ui/dates.ts';
import { Message } from '../../ui/message.tsx';
import { Page } from '../../ui/page.tsx';
import { piece } from '../../ui/piece.ts';
import { DeleteSheet } from './delete-sheet.tsx';
import { ExportSheet } from './export-sheet.tsx';
import { DigestSheet, PreferredHourSheet, QuietHoursSheet } from './hours-sheets.tsx';
import OwnNotices from './own-notices.tsx';
import { PauseSheet } from './pause-sheet.tsx';
import { SettingRow } from './setting-row.tsx';
import { TeamGroup } from './team-group.tsx';
import { useSettingsChange } from './use-settings.ts';
import { WorkingDays } from './working-days.tsx';
import { ZoneSheet } from './zone-sheet.tsx';

const ImportSheet = piece(() => import('../leads/import-sheet.tsx'));

/** Languages name themselves, so that whoever took the wrong one finds back. */
const LANGUAGES = { en: 'English', ru: 'Русский' } as const;
type SheetName = 'zone' | 'hour' | 'quiet' | 'digest' | 'pause' | 'import' | 'export' | 'delete' | 'deleted';

export default function SettingsPage() {
  const { user } = useSession();
  const now = useProductNow(null);
  const say = useTexts();
  const change = useSettingsChange();
  const [sheet, setSheet] = useState<SheetName | null>(null);
  const clock = (time: string): string => time.slice(0, 5).replace(/^0/, '');
  const onClose = (): void => {
    setSheet(null);
  };
  const open = (name: SheetName) => () => {
    setSheet(name);
  };
  if (sheet === 'deleted') {
    return (
      <Page title={say('deleted-title')} isTitleHidden>
        <Message art="gone" title={say('deleted-title')} text={say('deleted-text')}>
          <button type="button" className="btn btn--main" onClick={close}>
            {say('close')}
          </button>
        </Message>
      </Page>
    );
  }
  const paused = user.paused_until === null ? null : Temporal.Instant.from(user.paused_until);
  const isPaused = paused !== null && isBefore(now, paused);
  const isQuiet = user.quiet_from !== user.quiet_to;
  const zone = `${zoneLabel(user.zone, user.language)}, ${offsetLabel(user.zone, now)}`;
  return (
    <Page title={say('settings')} backTo="/">
      <OwnNotices now={now} />
      <section className="group" aria-labelledby="settings-when">
        <h2 className="group__title" id="settings-when">
          {say('settings-when')}
        </h2>
        <div className="list">
          <SettingRow label={say('zone')} value={zone} onClick={open('zone')} />
          <SettingRow label={say('usual-hour')} value={clock(user.preferred_hour)} onClick={open('hour')} />
          <SettingRow
            label={say('quiet-hours')}
            value={
              isQuiet
                ? say('from-to', { from: clock(user.quiet_from), to: clock(user.quiet_to) })
                : say('none')
            }
            onClick={open('quiet')}
          />
          <WorkingDays />
        </div>
        <p className="group__note">{say('settings-when-note')}</p>
      </section>
      <section className="group" aria-labelledby="settings-how">
        <h2 className="group__title" id="settings-how">
          {say('settings-how')}
        </h2>
        <div className="list">
          <SwitchRow
            label={say('digest')}
            isOn={user.digest_on}
            onChange={(isOn) => {
              change({ digest_on: isOn });
            }}
          />
          {user.digest_on && (
            <SettingRow label={say('digest-at')} value={clock(user.digest_at)} onClick={open('digest')} />
          )}
          <SettingRow
            label={say('pause')}
            value={
              isPaused
                ? capitalised(formatWhen(paused, now, user.zone, user.language, { withWeekday: true }))
                : say('off')
            }
            onClick={open('pause')}
          />
        </div>
        <p className="group__note">{say('settings-how-note')}</p>
      </section>
      <section className="group" aria-labelledby="settings-language">
        <h2 className="group__title" id="settings-language">
          {say('language')}
        </h2>
        <Segmented
          label={say('language')}
          value={languageSchema.catch('en').parse(user.language)}
          options={languageSchema.options.map((value) => ({ value, text: LANGUAGES[value] }))}
          onChange={(language) => {
            change({ language });
          }}
        />
      </section>
      <section className="group" aria-labelledby="settings-data">
        <h2 className="group__title" id="settings-data">
          {say('my-data')}
        </h2>
        <div className="list">
          <SettingRow label={say('import')} value={say('import-short')} onClick={open('import')} />
          <SettingRow label={say('export')} value={say('export-formats')} onClick={open('export')} />
          <SettingRow label={say('delete')} isDanger onClick={open('delete')} />
        </div>
        <p className="group__note">{say('privacy')}</p>
      </section>
      <TeamGroup />
      {sheet === 'zone' && <ZoneSheet onClose={onClose} />}
      {sheet === 'hour' && <PreferredHourSheet onClose={onClose} />}
      {sheet === 'quiet' && <QuietHoursSheet onClose={onClose} />}
      {sheet === 'digest' && <DigestSheet onClose={onClose} />}
      {sheet === 'pause' && <PauseSheet onClose={onClose} />}
      {sheet === 'import' && (
        <Suspense>
          <ImportSheet onClose={onClose} />
        </Suspense>
      )}
      {sheet === 'export' && <ExportSheet onClose={onClose} />}
      {sheet === 'delete' && <DeleteSheet onDeleted={open('deleted')} onClose={onClose} />}
    </Page>
  );
}
