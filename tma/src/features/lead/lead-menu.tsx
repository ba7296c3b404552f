import { Suspense, useState } from 'react';
import type { LeadRow } from '../../../../shared/schemas/lead.ts';
import { useTexts } from '../../texts/texts.ts';
import { Icon } from '../../ui/icons.tsx';
import { useNavigation } from '../../ui/navigation.ts';
import { RoundButton } from '../../ui/page.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { piece } from '../../ui/piece.ts';
import { useLeadActions } from './use-lead-actions.ts';

const EditLeadSheet = piece(() => import('./edit-lead-sheet.tsx'));

type Opened = 'menu' | 'edit' | 'delete' | null;

/** Edit, a reminder for this lead, and the bin. */
export function LeadMenu({ lead }: { lead: LeadRow }) {
  const say = useTexts();
  const navigation = useNavigation();
  const actions = useLeadActions(lead);
  const [opened, setOpened] = useState<Opened>(null);
  const close = (): void => {
    setOpened(null);
  };
  // Deleted elsewhere meanwhile: a form that is open stays, with what was typed.
  const isBinned = lead.deleted_at !== null;
  return (
    <>
      {!isBinned && (
        <RoundButton
          icon="dots"
          label={say('more')}
          onClick={() => {
            setOpened('menu');
          }}
        />
      )}
      {opened === 'menu' && (
        <Sheet title={lead.name} onClose={close}>
          <div className="list">
            <MenuRow
              icon="edit"
              text={say('lead-edit')}
              onClick={() => {
                setOpened('edit');
              }}
            />
            <MenuRow
              icon="clock"
              text={say('lead-remind')}
              onClick={() => {
                navigation.go(`/new/${lead.id}`);
              }}
            />
          </div>
          <div className="list sheet__part">
            <MenuRow
              icon="bin"
              text={say('lead-delete')}
              isDanger
              onClick={() => {
                setOpened('delete');
              }}
            />
          </div>
        </Sheet>
      )}
      {opened === 'edit' && (
        <Suspense>
          <EditLeadSheet lead={lead} onClose={close} />
        </Suspense>
      )}
      {opened === 'delete' && (
        <Sheet title={say('lead-delete-title')} subtitle={lead.name} onClose={close}>
          <p className="group__note sheet__note">{say('lead-delete-text')}</p>
          <div className="sheet__foot">
            <button
              type="button"
              className="btn btn--quiet btn--danger"
              onClick={() => {
                close();
                actions.remove();
              }}
            >
              {say('lead-delete-confirm')}
            </button>
            <button type="button" className="btn btn--plain" onClick={close}>
              {say('lead-delete-keep')}
            </button>
          </div>
        </Sheet>
      )}
    </>
  );
}

interface MenuRowProps {
  icon: 'edit' | 'clock' | 'bin';
  text: string;
  isDanger?: boolean;
  onClick: () => void;
}

function MenuRow({ icon, text, isDanger, onClick }: MenuRowProps) {
  return (
    <button type="button" className={isDanger ? 'row pick is-late' : 'row pick'} onClick={onClick}>
      <Icon name={icon} />
      <span className="row__main row__plain">{text}</span>
    </button>
  );
}
