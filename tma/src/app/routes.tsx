/** Every page and its address. Today is there at once; the others are loaded when they are first wanted. */
import { Suspense } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { TodayPage } from '../features/today/today-page.tsx';
import { useTexts, useWholeTexts } from '../texts/texts.ts';
import { PageSkeleton } from '../ui/page-states.tsx';
import { piece } from '../ui/piece.ts';

const CalendarPage = piece(() => import('../features/calendar/calendar-page.tsx'));
const LeadsPage = piece(() => import('../features/leads/leads-page.tsx'));
const SimulatorPage = piece(() => import('../features/simulator/simulator-page.tsx'));
const InsightsPage = piece(() => import('../features/insights/insights-page.tsx'));
const NewReminderPage = piece(() => import('../features/new-reminder/new-reminder-page.tsx'));
const SettingsPage = piece(() => import('../features/settings/settings-page.tsx'));
const JobsPage = piece(() => import('../features/jobs/jobs-page.tsx'));
const LinkedPlan = piece(() => import('./linked-plan.tsx'));

/** @param props.linkedId the reminder a deep link names; null = none. */
export function Routes({ linkedId }: { linkedId: number | null }) {
  const say = useTexts();
  return (
    <Switch>
      <Route path="/">
        <TodayPage linkedId={linkedId} />
      </Route>
      <Route>
        <Suspense fallback={<PageSkeleton title={say('loading-page')} />}>
          <LaterRoutes />
        </Suspense>
      </Route>
    </Switch>
  );
}

function LaterRoutes() {
  useWholeTexts();
  return (
    <Switch>
      <Route path="/calendar" component={CalendarPage} />
      {/* One page, so that the list keeps its place while a lead is looked at: /leads/7, /leads/7/steps/2. */}
      <Route path="/leads/:id?/:steps?/:step?">
        {({ id, step }) => <LeadsPage leadId={toId(id)} stepId={toId(step)} />}
      </Route>
      <Route path="/plans/:id/flight">{({ id }) => <SimulatorPage planId={Number(id)} />}</Route>
      <Route path="/plans/:id/:step?">
        {({ id, step }) => <LinkedPlan id={Number(id)} stepId={toId(step)} />}
      </Route>
      <Route path="/insights" component={InsightsPage} />
      {/* For a lead: /new/42. */}
      <Route path="/new/:lead?">{({ lead }) => <NewReminderPage leadId={toId(lead)} />}</Route>
      <Route path="/settings" component={SettingsPage} />
      <Route path="/jobs/:code?">{({ code }) => <JobsPage code={code ?? null} />}</Route>
      <Route>
        <Redirect to="/" replace />
      </Route>
    </Switch>
  );
}

function toId(part: string | undefined): number | null {
  return part === undefined ? null : Number(part);
}
