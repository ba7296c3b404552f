/**
 * Moving one step of a plan: when instead, and what it does to the rest, shown before and after. The dates come from
 * shared/rules/rebase.ts and are stored unchanged. Opened with a target (a drag in the calendar) it asks only the second.
 */
// The choices' look; the calendar opens this sheet without the page of leads.
import '../leads/leads.css';
import './rebase.css';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { rebaseAnswerSchema } from '../../../../shared/contracts/rebase.ts';
import { isBefore } from '../../../../shared/rules/calendar.ts';
import { rebaseOptions } from '../../../../shared/rules/rebase.ts';
import type { RebaseMode, RebaseOption } from '../../../../shared/rules/rebase.ts';
import { formatWhen } from '../../../../shared/rules/words.ts';
import { callFunction, SOURCE } from '../../session/actions.ts';
import { useActions } from '../../session/actions-provider.tsx';
import { useSession, useTimeSettings } from '../../session/session-context.ts';
import { useTexts } from '../../texts/texts.ts';
import { Sheet } from '../../ui/sheet.tsx';
import { MomentChoice } from './moment-choice.tsx';
import type { OpenStep, Target } from './open-step.ts';
import { openStepsQuery } from './plan-open.ts';
import { RebaseChoice } from './rebase-choice.tsx';

interface RebaseSheetProps {
  planId: number;
  /** The reminder that is moved. */
  reminderId: number;
  /** Where it goes; null = it is asked. */
  target: Target | null;
  now: Temporal.Instant;
  onClose: () => void;
}

export function RebaseSheet({ planId, reminderId, target, now, onClose }: RebaseSheetProps) {
  const { database } = useSession();
  const say = useTexts();
  const [picked, setPicked] = useState(target);
  const steps = useQuery(openStepsQuery(database, planId, say));
  const moved = steps.data?.find((step) => step.reminderId === reminderId);
  if (steps.data !== undefined && moved !== undefined) {
    return picked === null ? (
      <MomentSheet step={moved} now={now} onPick={setPicked} onClose={onClose} />
    ) : (
      <ChoiceSheet
        planId={planId}
        steps={steps.data}
        moved={moved}
        target={picked}
        now={now}
        onClose={onClose}
      />
    );
  }
  return (
    <Sheet title={say('step-move')} onClose={onClose}>
      <p className="group__note sheet__note" role="status">
        {say(steps.isError ? 'rebase-failed' : steps.isSuccess ? 'rebase-gone' : 'loading-page')}
      </p>
    </Sheet>
  );
}

function MomentSheet({
  step,
  now,
  onPick,
  onClose,
}: {
  step: OpenStep;
  now: Temporal.Instant;
  onPick: (target: Target) => void;
  onClose: () => void;
}) {
  const say = useTexts();
  return (
    <Sheet title={say('step-move')} subtitle={step.title} onClose={onClose}>
      <MomentChoice now={now} onPick={onPick} />
    </Sheet>
  );
}

interface ChoiceSheetProps {
  planId: number;
  steps: readonly OpenStep[];
  moved: OpenStep;
  target: Target;
  now: Temporal.Instant;
  onClose: () => void;
}

function ChoiceSheet({ planId, steps, moved, target, now, onClose }: ChoiceSheetProps) {
  const { database, user } = useSession();
  const settings = useTimeSettings();
  const { perform } = useActions();
  const say = useTexts();
  const [mode, setMode] = useState<RebaseMode>('keep_gaps');
  const options = rebaseOptions(steps, moved.step_id, target.at, settings);
  const chosen = options.find((option) => option.mode === mode) ?? options[0];
  if (chosen === undefined) return null;
  const when = (at: Temporal.Instant): string =>
    formatWhen(at, now, user.zone, user.language, { withWeekday: true });

  const move = (option: RebaseOption): void => {
    onClose();
    const schedule = option.after.map((step, index) => ({
      id: steps[index]?.reminderId ?? 0,
      wanted_at: step.wanted.toString(),
      exact: target.exact && step.step_id === moved.step_id && step.wanted.equals(target.at),
    }));
    void perform({
      call: (actionId) =>
        callFunction(
          database,
          'rebase_plan',
          { p_action_id: actionId, p_plan_id: planId, p_schedule: schedule, p_source: SOURCE },
          rebaseAnswerSchema,
        ),
      said: (answer) =>
        say('did-rebase', { count: answer?.moved.length ?? option.effect.movedStepIds.length }),
    });
  };
  const last = steps.at(-1);
  const hasLater = last !== undefined && last.step_id !== moved.step_id;
  return (
    <Sheet
      title={say(hasLater ? 'rebase-title' : 'rebase-title-last')}
      subtitle={say('rebase-from-to', { name: moved.title, from: when(moved.wanted), to: when(target.at) })}
      onClose={onClose}
    >
      <RebaseChoice
        options={hasLater ? options : [chosen]}
        mode={chosen.mode}
        steps={steps}
        moved={moved}
        target={target}
        now={now}
        onMode={setMode}
      />
      <div className="sheet__foot">
        <button
          type="button"
          className="btn btn--main"
          disabled={chosen.effect.movedStepIds.length === 0 || isBefore(target.at, now)}
          onClick={() => {
            move(chosen);
          }}
        >
          {say('rebase-move', { count: chosen.effect.movedStepIds.length })}
        </button>
      </div>
    </Sheet>
  );
}
