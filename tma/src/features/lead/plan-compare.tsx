/** Before and after: what a new plan changes of the one that is running, line by line, before anything is touched. */
import { planDiff } from '../../../../shared/rules/plan-diff.ts';
import type { DiffLine, DiffStep, OldDiffStep, StepOutcome } from '../../../../shared/rules/plan-diff.ts';
import { formatWhen } from '../../../../shared/rules/words.ts';
import { useSession } from '../../session/session-context.ts';
import { useTexts } from '../../texts/texts.ts';
import { capitalised } from '../../ui/dates.ts';
import { ActionIcon } from '../reminder/action-icon.tsx';
import type { StepState, TimeLineItem } from './time-line.ts';

const OUTCOMES: Readonly<Record<StepState, StepOutcome>> = {
  done: 'done',
  skipped: 'skipped',
  cancelled: 'cancelled',
  failed: 'open',
  next: 'open',
  late: 'open',
  later: 'open',
  waiting: 'not_started',
};

interface NewStep extends DiffStep {
  readonly stepId: number;
}

interface PlanCompareProps {
  items: readonly TimeLineItem[];
  /** The steps of the new plan. */
  lines: readonly TimeLineItem[];
  now: Temporal.Instant;
  /** A step of the new plan was tapped. */
  onOpen: (stepId: number) => void;
}

export function PlanCompare({ items, lines, now, onOpen }: PlanCompareProps) {
  const say = useTexts();
  const old = items.map(({ step, state, reminder, at }): OldDiffStep => ({
    action_type: step.action_type,
    description: step.description,
    suggested_text: reminder?.draft_text ?? step.suggested_text,
    wantedAt: at,
    outcome: OUTCOMES[state],
  }));
  const next = lines.map(({ step, at }): NewStep => ({
    action_type: step.action_type,
    description: step.description,
    suggested_text: step.suggested_text,
    wantedAt: at,
    stepId: step.step_id,
  }));
  return (
    <ul className="list diff" aria-label={say('compare')}>
      {planDiff(old, next).map((line, index) => (
        <li key={index}>
          {'step' in line ? (
            <button
              type="button"
              className={`diff__it diff__it--${line.kind}`}
              aria-haspopup="dialog"
              onClick={() => {
                onOpen(line.step.stepId);
              }}
            >
              <DiffRow line={line} now={now} />
            </button>
          ) : (
            <div className={`diff__it diff__it--${line.kind}`}>
              <DiffRow line={line} now={now} />
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}

function DiffRow({ line, now }: { line: DiffLine<OldDiffStep, NewStep>; now: Temporal.Instant }) {
  const { user } = useSession();
  const say = useTexts();
  const when = (at: Temporal.Instant | null): string =>
    at === null
      ? say('step-waits')
      : capitalised(formatWhen(at, now, user.zone, user.language, { withWeekday: true }));
  const step = line.kind === 'past' || line.kind === 'removed' ? line.old : line.step;
  const before = line.kind === 'changed' ? line.old : null;
  const parts = line.kind === 'changed' ? line.parts : [];
  const meta = line.kind === 'past' ? say('step-state', { type: line.old.outcome }) : when(step.wantedAt);
  return (
    <>
      <span className="diff__sign" aria-hidden="true">
        {{ past: '✓', kept: '', changed: '↻', added: '+', removed: '−' }[line.kind]}
      </span>
      <span className="diff__body">
        <span className="vh">{say('compare-kind', { type: line.kind })} </span>
        {before !== null && parts.includes('words') && <del>{before.description}</del>}
        <b>{line.kind === 'removed' ? <del>{step.description}</del> : step.description}</b>
        <span className="tl__meta">
          {before !== null && parts.includes('date') && before.wantedAt !== null && (
            <>
              <del>{when(before.wantedAt)}</del>{' '}
            </>
          )}
          {meta}
          {parts.includes('draft') && ` · ${say('compare-draft')}`}
        </span>
      </span>
      <ActionIcon type={step.action_type} size="s" />
    </>
  );
}
