/** The flight simulator: exactly when every message of a plan would arrive over the next 90 days. */
import './simulator.css';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { z } from 'zod';
import { leadPageSchema } from '../../../../shared/contracts/lead-pages.ts';
import type { LeadPage, PlanWithSteps } from '../../../../shared/contracts/lead-pages.ts';
import { flightOfDates, FLIGHT_DAYS, simulatePlan } from '../../../../shared/rules/flight-plan.ts';
import type { Flight, OtherReminder } from '../../../../shared/rules/flight-plan.ts';
import { isOpen } from '../../../../shared/rules/reminder-states.ts';
import { reminderRowSchema } from '../../../../shared/schemas/reminder.ts';
import { dataKey } from '../../session/keys.ts';
import { ReadError, readOutcome, readRows } from '../../session/outcome.ts';
import { useProductNow, useSession, useTimeSettings } from '../../session/session-context.ts';
import { useTexts } from '../../texts/texts.ts';
import type { Say } from '../../texts/texts.ts';
import { Message } from '../../ui/message.tsx';
import { useNavigation } from '../../ui/navigation.ts';
import { Foot, Page } from '../../ui/page.tsx';
import { PageFailed, PageSkeleton } from '../../ui/page-states.tsx';
import { usePlanActions } from '../lead/use-plan-actions.ts';
import { FlightGrid } from './flight-grid.tsx';
import { FlightList, otherZone } from './flight-list.tsx';
import { HourStrip } from './hour-strip.tsx';
import { flightLabel, flightSummary } from './flight-words.ts';

const otherRowSchema = reminderRowSchema.pick({ id: true, plan_id: true, wanted_at: true, title: true });
type OtherRow = z.infer<typeof otherRowSchema>;

interface FlightData {
  readonly page: LeadPage;
  readonly plan: PlanWithSteps;
  /** All open reminders of the person in the days ahead. */
  readonly open: readonly OtherRow[];
}

export default function SimulatorPage({ planId }: { planId: number }) {
  const { database, clock, user } = useSession();
  const say = useTexts();
  const query = useQuery({
    queryKey: dataKey('flight', planId),
    queryFn: async (): Promise<FlightData | null> => {
      const owner = await database.from('engagement_plans').select('lead_id').eq('id', planId).limit(1);
      const leadId = readRows('plan', owner, z.object({ lead_id: z.number() }))[0]?.lead_id;
      if (leadId === undefined) return null;
      const end = clock.now().add({ hours: 24 * (FLIGHT_DAYS + 1) });
      const [pageResult, openResult] = await Promise.all([
        database.rpc('lead_page', { p_lead_id: leadId }, { get: true }),
        database
          .from('scheduled_reminders')
          .select('id,plan_id,wanted_at,title')
          .in('status', ['pending', 'sent'])
          .lt('wanted_at', end.toString())
          .order('wanted_at')
          .limit(1000),
      ]);
      const outcome = readOutcome(pageResult, leadPageSchema);
      if (outcome.kind !== 'done') throw new ReadError('plan', pageResult.status);
      const plan = outcome.value.plans.find(({ id }) => id === planId);
      if (plan === undefined) return null;
      return { page: outcome.value, plan, open: readRows('reminders', openResult, otherRowSchema) };
    },
    refetchOnWindowFocus: 'always',
  });
  const now = useProductNow(query.dataUpdatedAt);
  const title = say('flight-title', { count: FLIGHT_DAYS });
  if (query.data === undefined) {
    if (!query.isError) return <PageSkeleton title={title} backTo="/leads" />;
    return <PageFailed title={title} backTo="/leads" onRetry={() => void query.refetch()} />;
  }
  if (query.data === null) {
    return (
      <Page title={title} backTo="/leads">
        <Message art="gone" title={say('plan-gone-title')} text={say('plan-gone-text')} />
      </Page>
    );
  }
  return <FlightPage key={user.zone} data={query.data} now={now} title={title} />;
}

function FlightPage({ data, now, title }: { data: FlightData; now: Temporal.Instant; title: string }) {
  const { user } = useSession();
  const settings = useTimeSettings();
  const say = useTexts();
  const { plan, page } = data;
  const { lead } = page;
  const locale = user.language;
  const leadZone = otherZone(lead.zone, user.zone);
  const flight = flightOf(data, now, settings, leadZone, user.paused_until);
  const words = {
    now,
    zone: user.zone,
    leadZone,
    locale,
    steps: new Map(plan.steps.map((step) => [step.step_id, step])),
    names: new Map(data.open.map(({ id, title: name }) => [id, name ?? say('own-reminder')])),
  };
  const over = [lead.name, lead.company].filter((part) => part !== null && part !== '').join(' · ');
  return (
    <Page title={title} over={over} backTo={`/leads/${lead.id}`}>
      <p className="t-call dim flight__summary">{flightSummary(flight, words, say)}</p>
      {flight.messages.length > 0 && (
        <div className="list list--pad">
          <FlightGrid flight={flight} locale={locale} label={flightLabel(flight, say)} />
          <div className="flight__hours">
            <HourStrip flight={flight} settings={settings} />
          </div>
          <Legend flight={flight} say={say} />
        </div>
      )}
      {plan.pace === 'after_previous' && <p className="group__note">{say('flight-pace')}</p>}
      <FlightList flight={flight} words={words} />
      {plan.status === 'draft' && <StartFoot plan={plan} leadId={lead.id} />}
    </Page>
  );
}

/** A draft flies from now; a running plan as its reminders stand. */
function flightOf(
  { plan, page, open }: FlightData,
  now: Temporal.Instant,
  settings: ReturnType<typeof useTimeSettings>,
  leadZone: string | null,
  pausedUntil: string | null,
): Flight {
  // A new plan takes the running one's place, so their messages never meet.
  const ownPlans = new Set(page.plans.map(({ id }) => id));
  const others = open
    .filter((row) => row.plan_id === null || !ownPlans.has(row.plan_id))
    .map((row): OtherReminder => ({ id: row.id, wanted: Temporal.Instant.from(row.wanted_at) }));
  const frame = {
    start: now,
    settings,
    leadZone,
    others,
    pausedUntil: pausedUntil === null ? null : Temporal.Instant.from(pausedUntil),
  };
  if (plan.status === 'draft') return simulatePlan({ ...frame, steps: plan.steps });
  const dated = page.reminders
    .filter((row) => row.plan_id === plan.id && row.step_id !== null && isOpen(row.status))
    .map((row) => ({
      step_id: row.step_id ?? 0,
      wanted: Temporal.Instant.from(row.wanted_at),
      exact: row.exact,
    }));
  return flightOfDates(dated, frame);
}

function StartFoot({ plan, leadId }: { plan: PlanWithSteps; leadId: number }) {
  const say = useTexts();
  const navigation = useNavigation();
  const { accept } = usePlanActions(plan);
  const [isBusy, setBusy] = useState(false);
  const backToLead = (): void => {
    navigation.back(`/leads/${leadId}`);
  };
  const start = async (): Promise<void> => {
    setBusy(true);
    const outcome = await accept();
    setBusy(false);
    if (outcome?.kind === 'done') backToLead();
  };
  return (
    <Foot
      main={{ text: say('flight-start'), isBusy, onClick: () => void start() }}
      secondary={{ text: say('flight-change'), onClick: backToLead }}
    />
  );
}

/** What the drawing's squares mean; only what there is. */
function Legend({ flight, say }: { flight: Flight; say: Say }) {
  const kinds = [
    'message' as const,
    ...(flight.clockChanges.length > 0 ? ['clocks' as const] : []),
    ...(flight.days.some(({ isWorking }) => !isWorking) ? ['off' as const] : []),
  ];
  return (
    <div className="legend">
      {kinds.map((type) => (
        <span key={type}>
          <i className={`legend__box legend__box--${type}`} />
          {say('flight-legend', { type })}
        </span>
      ))}
    </div>
  );
}
