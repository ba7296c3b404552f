/** The words, the draft, the channel and the day of a step. Stays open until it is stored. */
import { useId, useState } from 'react';
import type { StepChange } from '../../../../shared/contracts/plans.ts';
import { actionTypeSchema, INVITATION_LIMIT, MAX_DELAY_DAYS } from '../../../../shared/schemas/plan.ts';
import type { ActionType, StepRow } from '../../../../shared/schemas/plan.ts';
import { useClosingConfirmation } from '../../telegram/use-buttons.ts';
import { useTexts } from '../../texts/texts.ts';
import type { Say } from '../../texts/texts.ts';
import { Field } from '../../ui/field.tsx';
import { Sheet } from '../../ui/sheet.tsx';

/** In code points, as the database counts. */
const DESCRIPTION_LIMIT = 1000;
const DRAFT_LIMIT = 4000;

interface StepFormProps {
  title: string;
  /** Null = a new one. */
  step: StepRow | null;
  /** Whether the day is a number in the plan; a running step moves by its date instead. */
  hasDay: boolean;
  /** The day a new step begins with, and the least it may have. */
  firstDay: number;
  onSave: (change: StepChange) => Promise<{ readonly kind: string } | null>;
  onClose: () => void;
}

interface Draft {
  readonly type: ActionType;
  readonly description: string;
  readonly text: string;
  readonly day: string;
}

export function StepForm({ title, step, hasDay, firstDay, onSave, onClose }: StepFormProps) {
  const say = useTexts();
  const ids = useId();
  const initial: Draft = {
    type: step?.action_type ?? 'followup_message',
    description: step?.description ?? '',
    text: step?.suggested_text ?? '',
    day: String(step?.delay_days ?? firstDay),
  };
  const [draft, setDraft] = useState(initial);
  const [isBusy, setBusy] = useState(false);
  const isDirty = JSON.stringify(draft) !== JSON.stringify(initial);
  const problem = problemOf(draft, hasDay, say);
  useClosingConfirmation(isDirty);

  const save = async (): Promise<void> => {
    setBusy(true);
    const text = draft.text.trim();
    const outcome = await onSave({
      action_type: draft.type,
      description: draft.description.trim(),
      suggested_text: text === '' ? null : text,
      ...(hasDay && { delay_days: Number(draft.day) }),
    });
    setBusy(false);
    if (outcome?.kind === 'done') onClose();
  };
  return (
    <Sheet title={title} onClose={onClose}>
      <Field
        label={say('step-what')}
        value={draft.description}
        isMultiline
        limit={DESCRIPTION_LIMIT}
        onChange={(description) => {
          setDraft({ ...draft, description });
        }}
      />
      <div className="field">
        <label className="field__label" htmlFor={`${ids}type`}>
          {say('step-channel')}
        </label>
        <select
          id={`${ids}type`}
          className="field__input"
          value={draft.type}
          onChange={(event) => {
            const type = actionTypeSchema.safeParse(event.target.value);
            if (type.success) setDraft({ ...draft, type: type.data });
          }}
        >
          {actionTypeSchema.options.map((type) => (
            <option key={type} value={type}>
              {say('step-type', { type })}
            </option>
          ))}
        </select>
      </div>
      {hasDay && (
        <Field
          label={say('step-day')}
          value={draft.day}
          hint={say('step-day-hint')}
          onChange={(day) => {
            setDraft({ ...draft, day });
          }}
        />
      )}
      <Field
        label={say('step-draft')}
        value={draft.text}
        isMultiline
        limit={draft.type === 'linkedin_connect' ? INVITATION_LIMIT - 1 : DRAFT_LIMIT}
        onChange={(text) => {
          setDraft({ ...draft, text });
        }}
      />
      {problem !== null && isDirty && (
        <p className="group__note is-late" role="alert">
          {problem}
        </p>
      )}
      <div className="sheet__foot">
        <button
          type="button"
          className="btn btn--main"
          disabled={!isDirty || problem !== null || isBusy}
          aria-busy={isBusy}
          onClick={() => void save()}
        >
          {say('save')}
        </button>
      </div>
    </Sheet>
  );
}

/** What keeps the step from being stored, in words; the database checks the same. */
function problemOf({ type, description, text, day }: Draft, hasDay: boolean, say: Say): string | null {
  const [words, letters] = [lengthOf(description), lengthOf(text)];
  if (words === 0) return say('step-needs-words');
  if (words > DESCRIPTION_LIMIT) return tooLong(words, DESCRIPTION_LIMIT, say);
  if (type === 'linkedin_connect' && letters >= INVITATION_LIMIT) return say('step-invitation-long');
  if (letters > DRAFT_LIMIT) return tooLong(letters, DRAFT_LIMIT, say);
  if (hasDay && !(/^\d{1,3}$/.test(day.trim()) && Number(day) <= MAX_DELAY_DAYS))
    return say('step-day-wrong');
  return null;
}

function tooLong(length: number, limit: number, say: Say): string {
  return say('too-long', { over: length - limit, limit });
}

function lengthOf(text: string): number {
  return Array.from(text.trim()).length;
}
