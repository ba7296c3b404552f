/** What concerns a whole running plan: its pace, its flight, its earlier versions. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { PlanWithSteps } from '../../../../shared/contracts/lead-pages.ts';
import { PLAN_VERSION_COLUMNS, planVersionSchema } from '../../../../shared/contracts/plans.ts';
import type { PlanVersion } from '../../../../shared/contracts/plans.ts';
import { formatWhen } from '../../../../shared/rules/words.ts';
import { dataKey } from '../../session/keys.ts';
import { readRows } from '../../session/outcome.ts';
import { useSession } from '../../session/session-context.ts';
import { useTexts } from '../../texts/texts.ts';
import { capitalised } from '../../ui/dates.ts';
import { Icon } from '../../ui/icons.tsx';
import { useNavigation } from '../../ui/navigation.ts';
import { Sheet } from '../../ui/sheet.tsx';
import { StepForm } from './step-form.tsx';
import { usePlanActions } from './use-plan-actions.ts';

const PACES = ['fixed_dates', 'after_previous'] as const;

export default function PlanMenu({ plan, onClose }: { plan: PlanWithSteps; onClose: () => void }) {
  const say = useTexts();
  const navigation = useNavigation();
  const { edit } = usePlanActions(plan);
  const [opened, setOpened] = useState<'menu' | 'add' | 'versions'>('menu');
  const last = plan.steps.at(-1);

  if (opened === 'versions') return <VersionsSheet plan={plan} onClose={onClose} />;
  if (opened === 'add') {
    return (
      <StepForm
        title={say('step-add')}
        step={null}
        hasDay
        firstDay={(last?.delay_days ?? 0) + 3}
        onSave={(change) => edit({ kind: 'add_step', p_after: plan.steps.length, p_step: change })}
        onClose={onClose}
      />
    );
  }
  return (
    <Sheet title={say('plan-change')} onClose={onClose}>
      <div className="list" role="radiogroup" aria-label={say('plan-pace')}>
        {PACES.map((pace) => (
          <button
            key={pace}
            type="button"
            role="radio"
            aria-checked={plan.pace === pace}
            className={plan.pace === pace ? 'row opt opt--on' : 'row opt'}
            onClick={() => {
              onClose();
              if (plan.pace !== pace) void edit({ kind: 'set_plan_pace', p_pace: pace });
            }}
          >
            <span className="dot" />
            <span className="row__main">
              <b className="row__l1">{say('plan-pace-name', { type: pace })}</b>
              <small>{say('plan-pace-text', { type: pace })}</small>
            </span>
          </button>
        ))}
      </div>
      <div className="list sheet__part">
        <button
          type="button"
          className="row pick"
          onClick={() => {
            setOpened('add');
          }}
        >
          <Icon name="plus" />
          <span className="row__main row__plain">{say('step-add')}</span>
        </button>
        <button
          type="button"
          className="row pick"
          onClick={() => {
            navigation.go(`/plans/${plan.id}/flight`);
          }}
        >
          <Icon name="calendar" />
          <span className="row__main row__plain">{say('plan-flight')}</span>
        </button>
        <button
          type="button"
          className="row pick"
          onClick={() => {
            setOpened('versions');
          }}
        >
          <Icon name="clock" />
          <span className="row__main row__plain">{say('plan-versions')}</span>
        </button>
      </div>
    </Sheet>
  );
}

/** Earlier states of the plan, newest first; going back to one is a new version and can be undone. */
function VersionsSheet({ plan, onClose }: { plan: PlanWithSteps; onClose: () => void }) {
  const { database, clock, user } = useSession();
  const say = useTexts();
  const { edit } = usePlanActions(plan);
  const versions = useQuery({
    queryKey: dataKey('plan-versions', plan.id),
    queryFn: async (): Promise<PlanVersion[]> => {
      const result = await database
        .from('plan_versions')
        .select(PLAN_VERSION_COLUMNS)
        .eq('plan_id', plan.id)
        .order('version', { ascending: false });
      return readRows('versions', result, planVersionSchema);
    },
  });
  const earlier = (versions.data ?? []).filter(({ version }) => version !== plan.version);
  const now = clock.now();
  return (
    <Sheet title={say('plan-versions')} onClose={onClose}>
      {versions.isPending && <p className="group__note">{say('loading-page')}</p>}
      {versions.isError && (
        <p className="group__note is-late" role="alert">
          {say('versions-failed')}
        </p>
      )}
      {versions.isSuccess && earlier.length === 0 && <p className="group__note">{say('versions-none')}</p>}
      {earlier.map((version) => (
        <section key={version.version} className="group">
          <h3 className="group__title">
            {say('version-reason', { type: version.reason })}
            <span className="count">
              {capitalised(
                formatWhen(Temporal.Instant.from(version.created_at), now, user.zone, user.language),
              )}
            </span>
            <button
              type="button"
              onClick={() => {
                onClose();
                void edit({ kind: 'revert_plan', p_version: version.version });
              }}
            >
              {say('version-revert')}
            </button>
          </h3>
          <ol className="list version">
            {version.steps.map((step) => (
              <li key={step.id} className="t-call">
                {step.description}
              </li>
            ))}
          </ol>
        </section>
      ))}
    </Sheet>
  );
}
