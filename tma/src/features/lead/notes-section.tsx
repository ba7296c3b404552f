import { useState } from 'react';
import { NOTES_LIMIT } from '../../../../shared/schemas/lead.ts';
import type { LeadRow } from '../../../../shared/schemas/lead.ts';
import { useClosingConfirmation } from '../../telegram/use-buttons.ts';
import { useTexts } from '../../texts/texts.ts';
import { Field } from '../../ui/field.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { useLeadActions } from './use-lead-actions.ts';

type Opened = 'add' | 'edit' | null;

/** What is known and worth remembering: a line is added in a moment, the whole can be rewritten. */
export function NotesSection({ lead }: { lead: LeadRow }) {
  const say = useTexts();
  const actions = useLeadActions(lead);
  const [opened, setOpened] = useState<Opened>(null);
  const notes = lead.notes ?? '';
  const close = (): void => {
    setOpened(null);
  };
  return (
    <section className="group">
      <h2 className="group__title">
        {say('notes')}
        {lead.deleted_at === null && (
          <button
            type="button"
            onClick={() => {
              setOpened('add');
            }}
          >
            {say('add')}
          </button>
        )}
      </h2>
      <div className="list">
        {notes === '' ? (
          <p className="row t-call dim">{say('notes-none')}</p>
        ) : (
          <button
            type="button"
            className="row notes"
            disabled={lead.deleted_at !== null}
            onClick={() => {
              setOpened('edit');
            }}
          >
            <span className="vh">{say('notes-edit')}: </span>
            <span className="notes__text t-call">{notes}</span>
          </button>
        )}
      </div>
      {opened === 'add' && (
        <TextSheet
          title={say('note-add')}
          name={lead.name}
          limit={Math.max(0, NOTES_LIMIT - Array.from(notes).length)}
          onSave={actions.addNote}
          onClose={close}
        />
      )}
      {opened === 'edit' && (
        <TextSheet
          title={say('notes')}
          name={lead.name}
          initial={notes}
          limit={NOTES_LIMIT}
          onSave={(text) => actions.update({ notes: text.trim() === '' ? null : text })}
          onClose={close}
        />
      )}
    </section>
  );
}

interface TextSheetProps {
  title: string;
  name: string;
  initial?: string;
  /** In code points, as the database counts. */
  limit: number;
  onSave: (text: string) => Promise<{ readonly kind: string } | null>;
  onClose: () => void;
}

/** One long text. It stays on screen until it is stored: a refusal or a lost network must not lose it. */
function TextSheet({ title, name, initial = '', limit, onSave, onClose }: TextSheetProps) {
  const say = useTexts();
  const [text, setText] = useState(initial);
  const [isBusy, setBusy] = useState(false);
  const isDirty = text !== initial;
  const over = Array.from(text).length - limit;
  useClosingConfirmation(isDirty);
  const save = async (): Promise<void> => {
    setBusy(true);
    const outcome = await onSave(text.trim());
    setBusy(false);
    if (outcome?.kind === 'done') onClose();
  };
  return (
    <Sheet title={title} subtitle={name} onClose={onClose}>
      <Field label={title} value={text} isMultiline isFocused limit={limit} onChange={setText} />
      <div className="sheet__foot">
        <button
          type="button"
          className="btn btn--main"
          disabled={!isDirty || over > 0 || isBusy || (initial === '' && text.trim() === '')}
          aria-busy={isBusy}
          onClick={() => void save()}
        >
          {say('save')}
        </button>
      </div>
    </Sheet>
  );
}
