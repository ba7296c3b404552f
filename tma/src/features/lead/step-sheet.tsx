/** One step of a plan: what it says, and every way to be done with it or to change it. */
import { useState } from 'react';
import type { PlanWithSteps } from '../../../../shared/contracts/lead-pages.ts';
import { isOpen } from '../../../../shared/rules/reminder-states.ts';
import { formatWhen } from '../../../../shared/rules/words.ts';
import type { LeadRow } from '../../../../shared/schemas/lead.ts';
import { useSession } from '../../session/session-context.ts';
import { useTexts } from '../../texts/texts.ts';
import { capitalised } from '../../ui/dates.ts';
import { Icon } from '../../ui/icons.tsx';
import type { IconName } from '../../ui/icons.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { RebaseSheet } from '../rebase/rebase-sheet.tsx';
import { DraftQuote } from '../reminder/draft-quote.tsx';
import type { Line } from '../reminder/line.ts';
import { useReminderActions } from '../reminder/use-reminder-actions.ts';
import { WhySheet } from '../why-now/why-sheet.tsx';
import { StepForm } from './step-form.tsx';
import type { TimeLineItem } from './time-line.ts';
import { usePlanActions } from './use-plan-actions.ts';

interface StepSheetProps {
  lead: LeadRow;
  plan: PlanWithSteps;
  item: TimeLineItem;
  /** Steps of the plan. */
  count: number;
  now: Temporal.Instant;
  canChange: boolean;
  onClose: () => void;
}

type Opened = 'step' | 'edit' | 'add' | 'move' | 'why';

export default function StepSheet({ lead, plan, item, count, now, canChange, onClose }: StepSheetProps) {
  const { user } = useSession();
  const say = useTexts();
  const act = useReminderActions();
  const { edit } = usePlanActions(plan);
  const [opened, setOpened] = useState<Opened>('step');
  const { step, reminder, at } = item;
  const isLive = reminder !== null && isOpen(reminder.status);
  const isChangeable = canChange && (isLive || item.state === 'waiting' || item.state === 'failed');
  const draft = reminder?.draft_text ?? step.suggested_text;

  if (opened === 'edit' || opened === 'add') {
    const isNew = opened === 'add';
    return (
      <StepForm
        title={say(isNew ? 'step-add' : 'step-edit')}
        step={isNew ? null : { ...step, suggested_text: draft }}
        hasDay={isNew || plan.status === 'draft'}
        firstDay={step.delay_days}
        onSave={(change) =>
          isNew
            ? edit({ kind: 'add_step', p_after: step.step_id, p_step: change })
            : edit({ kind: 'edit_step', p_step_id: step.step_id, p_change: change })
        }
        onClose={onClose}
      />
    );
  }
  if (opened === 'move' && reminder !== null) {
    return (
      <RebaseSheet planId={plan.id} reminderId={reminder.id} target={null} now={now} onClose={onClose} />
    );
  }
  const line: Line | null =
    reminder === null ? null : { reminder, lead, actionType: step.action_type, wanted: at ?? now };
  if (opened === 'why' && line !== null) return <WhySheet line={line} now={now} onClose={onClose} />;
  const finish = (kind: 'complete' | 'skip'): void => {
    if (line === null) return;
    onClose();
    act(line, { kind });
  };
  const when = at === null ? say('step-waits') : capitalised(formatWhen(at, now, user.zone, user.language));
  return (
    <Sheet
      title={step.description}
      subtitle={`${say('step-number', { count: step.step_id })} · ${when}`}
      onClose={onClose}
    >
      {draft !== null && <DraftQuote text={draft} />}
      {isLive && (
        <div className="sheet__foot">
          <button
            type="button"
            className="btn btn--main"
            onClick={() => {
              finish('complete');
            }}
          >
            {say('done')}
          </button>
        </div>
      )}
      {isLive && (
        <div className="list sheet__part">
          <Row
            icon="calendar"
            text={say('step-move')}
            onClick={() => {
              setOpened('move');
            }}
          />
          <Row
            icon="forward"
            text={say('skip')}
            onClick={() => {
              finish('skip');
            }}
          />
          <Row
            icon="bolt"
            text={say('why-now')}
            onClick={() => {
              setOpened('why');
            }}
          />
        </div>
      )}
      {isChangeable && (
        <div className="list sheet__part">
          <Row
            icon="edit"
            text={say('step-edit')}
            onClick={() => {
              setOpened('edit');
            }}
          />
          <Row
            icon="plus"
            text={say('step-add-after')}
            onClick={() => {
              setOpened('add');
            }}
          />
          {step.step_id > 1 && (
            <Row
              icon="up"
              text={say('step-earlier')}
              onClick={() => {
                onClose();
                void edit({ kind: 'move_step', p_step_id: step.step_id, p_to: step.step_id - 1 });
              }}
            />
          )}
          {step.step_id < count && (
            <Row
              icon="down"
              text={say('step-later')}
              onClick={() => {
                onClose();
                void edit({ kind: 'move_step', p_step_id: step.step_id, p_to: step.step_id + 1 });
              }}
            />
          )}
        </div>
      )}
      {isChangeable && (
        <div className="list sheet__part">
          <Row
            icon="bin"
            text={say('step-remove')}
            isDanger
            onClick={() => {
              onClose();
              void edit({ kind: 'remove_step', p_step_id: step.step_id });
            }}
          />
        </div>
      )}
    </Sheet>
  );
}

interface RowProps {
  icon: IconName;
  text: string;
  isDanger?: boolean;
  onClick: () => void;
}

function Row({ icon, text, isDanger, onClick }: RowProps) {
  return (
    <button type="button" className={isDanger ? 'row pick is-late' : 'row pick'} onClick={onClick}>
      <Icon name={icon} />
      <span className="row__main row__plain">{text}</span>
    </button>
  );
}
