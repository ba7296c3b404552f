/** The running plan as a time line, and everything that can be done with it. */
import { Suspense, useState } from 'react';
import type { PlanWithSteps } from '../../../../shared/contracts/lead-pages.ts';
import { formatLateness, formatWhen } from '../../../../shared/rules/words.ts';
import type { LeadRow } from '../../../../shared/schemas/lead.ts';
import { useSession } from '../../session/session-context.ts';
import { useTexts } from '../../texts/texts.ts';
import type { Say } from '../../texts/texts.ts';
import { capitalised } from '../../ui/dates.ts';
import { Icon } from '../../ui/icons.tsx';
import { piece } from '../../ui/piece.ts';
import { ActionIcon } from '../reminder/action-icon.tsx';
import { finishedSteps } from './time-line.ts';
import type { StepState, TimeLineItem } from './time-line.ts';
import { isClosed } from './use-lead-actions.ts';

const StepSheet = piece(() => import('./step-sheet.tsx'));
const ReplanSheet = piece(() => import('./replan-sheet.tsx'));
const PlanMenu = piece(() => import('./plan-menu.tsx'));

interface PlanSectionProps {
  lead: LeadRow;
  plan: PlanWithSteps | null;
  hasDraft: boolean;
  items: readonly TimeLineItem[];
  now: Temporal.Instant;
  openStep: number | null;
  onOpenStep: (stepId: number | null) => void;
}

const LOOKS: Readonly<Record<StepState, string>> = {
  done: 'tl__it d',
  skipped: 'tl__it s',
  cancelled: 'tl__it s',
  failed: 'tl__it n late',
  next: 'tl__it n',
  late: 'tl__it n late',
  later: 'tl__it l',
  waiting: 'tl__it l',
};

export function PlanSection(props: PlanSectionProps) {
  const { lead, plan, hasDraft, items, now, openStep, onOpenStep } = props;
  const say = useTexts();
  const [opened, setOpened] = useState<'replan' | 'menu' | null>(null);
  const canChange = lead.deleted_at === null && !isClosed(lead.status);
  const openItem = items.find(({ step }) => step.step_id === openStep);
  const close = (): void => {
    setOpened(null);
  };
  if (plan === null && (hasDraft || !canChange)) return null;
  return (
    <section className="group">
      <h2 className="group__title">
        {say('plan')}
        {plan !== null && (
          <span className="count">
            {say('plan-progress', { done: finishedSteps(items), count: items.length })}
          </span>
        )}
        {canChange && (
          <button
            type="button"
            onClick={() => {
              setOpened('replan');
            }}
          >
            {say(plan === null ? 'plan-make' : 'replan')}
          </button>
        )}
      </h2>
      {plan === null ? (
        <p className="list row t-call dim">{say('plan-none')}</p>
      ) : (
        <>
          <ol className="list tl">
            {items.map((item) => (
              <li key={item.step.id} className={LOOKS[item.state]}>
                <StepLine
                  item={item}
                  now={now}
                  onOpen={() => {
                    onOpenStep(item.step.step_id);
                  }}
                />
              </li>
            ))}
          </ol>
          {canChange && (
            <button
              type="button"
              className="btn btn--plain"
              aria-haspopup="dialog"
              onClick={() => {
                setOpened('menu');
              }}
            >
              {say('plan-change')}
            </button>
          )}
        </>
      )}
      <Suspense>
        {opened === 'replan' && <ReplanSheet lead={lead} plan={plan} onClose={close} />}
        {opened === 'menu' && plan !== null && <PlanMenu plan={plan} onClose={close} />}
        {openItem !== undefined && plan !== null && (
          <StepSheet
            lead={lead}
            plan={plan}
            item={openItem}
            count={items.length}
            now={now}
            canChange={canChange}
            onClose={() => {
              onOpenStep(null);
            }}
          />
        )}
      </Suspense>
    </section>
  );
}

function StepLine({ item, now, onOpen }: { item: TimeLineItem; now: Temporal.Instant; onOpen: () => void }) {
  const { user } = useSession();
  const say = useTexts();
  const { step, state } = item;
  const isCurrent = state === 'next' || state === 'late' || state === 'failed';
  return (
    <button type="button" className="tl__line" aria-haspopup="dialog" onClick={onOpen}>
      <span className="tl__dot">
        {state === 'done' && <Icon name="check" />}
        {(state === 'skipped' || state === 'cancelled') && <Icon name="close" />}
        {isCurrent && <ActionIcon type={step.action_type} size="xs" />}
      </span>
      <span className="tl__body">
        <b>{step.description}</b>
        <StepMeta item={item} now={now} zone={user.zone} locale={user.language} say={say} />
      </span>
      {!isCurrent && (
        <span className="tl__side">
          <ActionIcon type={step.action_type} size="s" />
        </span>
      )}
    </button>
  );
}

interface StepMetaProps {
  item: TimeLineItem;
  now: Temporal.Instant;
  zone: string;
  locale: string;
  say: Say;
}

/** When, what became of it, and who set it going. */
function StepMeta({ item, now, zone, locale, say }: StepMetaProps) {
  const { step, state, at } = item;
  if (at === null) return <span className="tl__meta">{say('step-waits')}</span>;
  const when = capitalised(formatWhen(at, now, zone, locale, { withWeekday: true }));
  const who = triggerWords(step.triggered_by, step.step_id, say);
  if (state === 'late') {
    return (
      <>
        <span className="tl__meta">
          <span className="is-late">{capitalised(formatLateness(at, now, zone, locale) ?? '')}</span>,{' '}
          {say('was', { when })}
        </span>
        {who !== null && <span className="tl__meta">{capitalised(who)}</span>}
      </>
    );
  }
  const isBehind = state === 'done' || state === 'skipped' || state === 'cancelled' || state === 'failed';
  const what = isBehind && state !== 'done' ? `${say('step-state', { type: state })} · ${when}` : when;
  return <span className="tl__meta">{who === null || state === 'later' ? what : `${what} · ${who}`}</span>;
}

/** Who set a step going; null = its date alone did, or it waits for that. */
function triggerWords(trigger: string | null, stepId: number, say: Say): string | null {
  if (trigger === null) return null;
  if (trigger === 'cadence') return stepId > 1 ? say('trigger-cadence', { count: stepId - 1 }) : null;
  const known = ['manual', 'interested_reply', 'pdf_download', 'wizard_step3'];
  const what = trigger.replaceAll('_', ' ');
  return known.includes(trigger) ? say('trigger', { type: trigger }) : say('trigger-other', { what });
}
