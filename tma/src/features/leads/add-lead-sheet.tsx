/** A new lead: paste or describe, see what was understood, correct it, store it. Nothing typed is lost on the way. */
import { Suspense, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import {
  planMadeAnswerSchema,
  READ_LIMIT,
  readLeadAnswerSchema,
} from '../../../../shared/contracts/add-lead.ts';
import type { ReadLeadAnswer } from '../../../../shared/contracts/add-lead.ts';
import { newActionId } from '../../session/actions.ts';
import { useActions } from '../../session/actions-provider.tsx';
import { postApi } from '../../session/api.ts';
import { ALL_DATA } from '../../session/keys.ts';
import { useSession } from '../../session/session-context.ts';
import { haptic } from '../../telegram/telegram.ts';
import { useClosingConfirmation } from '../../telegram/use-buttons.ts';
import { useTexts } from '../../texts/texts.ts';
import { Field } from '../../ui/field.tsx';
import { piece } from '../../ui/piece.ts';
import { Sheet } from '../../ui/sheet.tsx';
import { DuplicateNotice } from './duplicate-notice.tsx';
import { EMPTY_DRAFT, LeadFields, problemsOf, toDraft, toLead } from './lead-fields.tsx';
import type { LeadDraft } from './lead-fields.tsx';
import { refusalText } from './refusal-text.ts';
import { useSettled } from './use-settled.ts';

const ImportSheet = piece(() => import('./import-sheet.tsx'));

type Found = ReadLeadAnswer['leads'][number];

/** The fields on screen, and what they came from. */
interface Form {
  readonly draft: LeadDraft;
  readonly guessed: readonly string[];
  readonly text: string;
  readonly language: string | null;
  /** One for the whole form: sent again after a lost answer it stores the lead once. */
  readonly actionId: string;
}

interface AddLeadSheetProps {
  onOpen: (id: number) => void;
  onClose: () => void;
}

export default function AddLeadSheet({ onOpen, onClose }: AddLeadSheetProps) {
  const { request } = useSession();
  const say = useTexts();
  const [text, setText] = useState('');
  const [people, setPeople] = useState<readonly Found[]>([]);
  const [form, setForm] = useState<Form | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [isTable, setTable] = useState(false);
  useClosingConfirmation(text.trim() !== '' || form !== null);

  const fill = (found: Found): void => {
    const { lead, guessed } = found;
    setForm({
      draft: toDraft(lead),
      guessed,
      text: found.text,
      language: lead.language,
      actionId: newActionId(),
    });
  };
  const fillByHand = (): void => {
    setForm({ draft: EMPTY_DRAFT, guessed: [], text: '', language: null, actionId: newActionId() });
  };
  const read = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    const outcome = await postApi(request, '/api/leads/read', { body: { text } }, readLeadAnswerSchema);
    setBusy(false);
    if (outcome.kind !== 'done') {
      setProblem(outcome.kind === 'refused' ? refusalText(outcome.code, say) : say('not-read'));
      return;
    }
    const { leads } = outcome.value;
    const [first] = leads;
    if (first === undefined) setProblem(say('lead-read-none'));
    else if (leads.length === 1) fill(first);
    else setPeople(leads);
  };

  if (form !== null) return <FormSheet form={form} onForm={setForm} onOpen={onOpen} onClose={onClose} />;
  if (isTable) {
    return (
      <Suspense>
        <ImportSheet onClose={onClose} />
      </Suspense>
    );
  }
  return (
    <Sheet title={say('lead-add')} onClose={onClose}>
      <Field
        label={say('lead-describe')}
        placeholder={say('lead-describe-hint')}
        value={text}
        isMultiline
        isFocused
        limit={READ_LIMIT}
        onChange={(next) => {
          setText(next);
          setPeople([]);
        }}
      />
      {problem !== null && (
        <p className="group__note is-late" role="alert">
          {problem}
        </p>
      )}
      {people.length > 0 && (
        <section className="group">
          <h3 className="group__title">{say('lead-several')}</h3>
          <div className="list">
            {people.map((found, index) => (
              <button
                key={index}
                type="button"
                className="row"
                onClick={() => {
                  fill(found);
                }}
              >
                <span className="row__main">
                  <span className="row__l1">
                    {found.lead.name} <span>{found.lead.company}</span>
                  </span>
                </span>
              </button>
            ))}
          </div>
        </section>
      )}
      <div className="sheet__foot">
        <button
          type="button"
          className="btn btn--main"
          disabled={text.trim() === '' || isBusy}
          aria-busy={isBusy}
          onClick={() => void read()}
        >
          {say('lead-read')}
        </button>
        <button type="button" className="btn btn--plain" onClick={fillByHand}>
          {say('lead-by-hand')}
        </button>
        <button
          type="button"
          className="btn btn--plain"
          onClick={() => {
            setTable(true);
          }}
        >
          {say('import-short')}
        </button>
      </div>
    </Sheet>
  );
}

function FormSheet({
  form,
  onForm,
  onOpen,
  onClose,
}: AddLeadSheetProps & { form: Form; onForm: (form: Form) => void }) {
  const { request } = useSession();
  const { tell } = useActions();
  const client = useQueryClient();
  const say = useTexts();
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [isTried, setTried] = useState(false);
  const problems = problemsOf(form.draft, say);
  const isSound = Object.keys(problems).length === 0;
  const settled = useSettled(form.draft, isSameDraft);
  const hasName = Object.keys(problemsOf(settled, say)).length === 0;

  const save = async (): Promise<void> => {
    setTried(true);
    if (!isSound) return;
    setBusy(true);
    setProblem(null);
    const body = { action_id: form.actionId, lead: toLead(form.draft, form.language), text: form.text };
    const outcome = await postApi(request, '/api/leads', { body }, planMadeAnswerSchema);
    setBusy(false);
    if (outcome.kind !== 'done') {
      haptic('warning');
      setProblem(outcome.kind === 'refused' ? refusalText(outcome.code, say) : say('not-saved'));
      return;
    }
    haptic('success');
    tell(say('did-add-lead', { name: form.draft.name.trim() }), 'done');
    await client.invalidateQueries({ queryKey: ALL_DATA });
    onClose();
    onOpen(outcome.value.lead_id);
  };
  return (
    <Sheet
      title={say('lead-add')}
      subtitle={say(form.text === '' ? 'lead-by-hand' : 'lead-understood')}
      onClose={onClose}
    >
      {hasName && (
        <DuplicateNotice
          lead={toLead(settled, form.language)}
          exceptId={null}
          onOpen={(id) => {
            onClose();
            onOpen(id);
          }}
        />
      )}
      <LeadFields
        draft={form.draft}
        problems={isTried ? problems : {}}
        guessed={form.guessed}
        onChange={(draft) => {
          onForm({ ...form, draft });
        }}
      />
      {problem !== null && (
        <p className="group__note is-late" role="alert">
          {problem}
        </p>
      )}
      <div className="sheet__foot">
        <button
          type="button"
          className="btn btn--main"
          disabled={isBusy}
          aria-busy={isBusy}
          onClick={() => void save()}
        >
          {say('lead-save')}
        </button>
      </div>
    </Sheet>
  );
}

function isSameDraft(a: LeadDraft, b: LeadDraft): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
