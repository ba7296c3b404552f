/** A plan that waits for a yes: its steps with the dates they would get now, and beside a running plan, what it changes. */
import { Suspense, useState } from 'react';
import type { PlanWithSteps } from '../../../../shared/contracts/lead-pages.ts';
import { schedulePlan } from '../../../../shared/rules/plan-schedule.ts';
import { formatWhen } from '../../../../shared/rules/words.ts';
import type { LeadRow } from '../../../../shared/schemas/lead.ts';
import { useSession, useTimeSettings } from '../../session/session-context.ts';
import { useTexts } from '../../texts/texts.ts';
import { capitalised } from '../../ui/dates.ts';
import { Icon } from '../../ui/icons.tsx';
import { useNavigation } from '../../ui/navigation.ts';
import { piece } from '../../ui/piece.ts';
import { ActionIcon } from '../reminder/action-icon.tsx';
import { PlanCompare } from './plan-compare.tsx';
import { draftLine } from './time-line.ts';
import type { TimeLineItem } from './time-line.ts';
import { isClosed } from './use-lead-actions.ts';
import { usePlanActions } from './use-plan-actions.ts';

const StepSheet = piece(() => import('./step-sheet.tsx'));

interface DraftSectionProps {
  lead: LeadRow;
  plan: PlanWithSteps;
  /** The plan that is running, which this one would replace; null = none. */
  active: PlanWithSteps | null;
  items: readonly TimeLineItem[];
  now: Temporal.Instant;
}

export function DraftSection({ lead, plan, active, items, now }: DraftSectionProps) {
  const { user } = useSession();
  const settings = useTimeSettings();
  const say = useTexts();
  const navigation = useNavigation();
  const { accept, discard } = usePlanActions(plan);
  const [isBusy, setBusy] = useState(false);
  const [openStep, setOpenStep] = useState<number | null>(null);
  const lines = draftLine(plan, schedulePlan(now, plan.steps, settings));
  const openLine = lines.find(({ step }) => step.step_id === openStep);
  const run = async (deed: () => Promise<unknown>): Promise<void> => {
    setBusy(true);
    await deed();
    setBusy(false);
  };
  return (
    <section className="group" aria-label={say('draft-plan')}>
      <h2 className="group__title">
        {say('draft-plan')} <span className="count">{say('plan-steps', { count: plan.steps.length })}</span>
      </h2>
      {active === null ? (
        <ol className="list tl">
          {lines.map(({ step, at }) => (
            <li key={step.id} className="tl__it l">
              <button
                type="button"
                className="tl__line"
                aria-haspopup="dialog"
                onClick={() => {
                  setOpenStep(step.step_id);
                }}
              >
                <span className="tl__dot" />
                <span className="tl__body">
                  <b>{step.description}</b>
                  <span className="tl__meta">
                    {at === null
                      ? say('step-waits')
                      : capitalised(formatWhen(at, now, user.zone, user.language, { withWeekday: true }))}
                  </span>
                </span>
                <span className="tl__side">
                  <ActionIcon type={step.action_type} size="s" />
                </span>
              </button>
            </li>
          ))}
        </ol>
      ) : (
        <PlanCompare items={items} lines={lines} now={now} onOpen={setOpenStep} />
      )}
      <button
        type="button"
        className="list row pick sheet__part"
        onClick={() => {
          navigation.go(`/plans/${plan.id}/flight`);
        }}
      >
        <Icon name="calendar" />
        <span className="row__main row__plain">{say('draft-simulate')}</span>
        <span className="chev">
          <Icon name="right" size="s" />
        </span>
      </button>
      <div className="btnrow sheet__part">
        <button type="button" className="btn btn--quiet" disabled={isBusy} onClick={() => void run(discard)}>
          {say(active === null ? 'draft-discard' : 'draft-keep-old')}
        </button>
        <button type="button" className="btn btn--main" disabled={isBusy} onClick={() => void run(accept)}>
          {say(active === null ? 'draft-start' : 'draft-swap')}
        </button>
      </div>
      <Suspense>
        {openLine !== undefined && (
          <StepSheet
            lead={lead}
            plan={plan}
            item={openLine}
            count={lines.length}
            now={now}
            canChange={!isClosed(lead.status)}
            onClose={() => {
              setOpenStep(null);
            }}
          />
        )}
      </Suspense>
    </section>
  );
}
