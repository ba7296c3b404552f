/** Leads: who needs me? A list on a phone; from 900 px on the chosen lead stands beside it. */
import './leads.css';
import './two-panes.css';
import { Suspense, useEffect, useRef, useState } from 'react';
import { useSession } from '../../session/session-context.ts';
import { useTexts } from '../../texts/texts.ts';
import { Stale } from '../../ui/stale.tsx';
import { useNavigation } from '../../ui/navigation.ts';
import { Page, RoundButton } from '../../ui/page.tsx';
import { PageFailed, PageSkeleton } from '../../ui/page-states.tsx';
import { piece } from '../../ui/piece.ts';
import { arrangeLeads } from './arrange-leads.ts';
import type { LeadEntry, LeadsView } from './arrange-leads.ts';
import { PageLeadList, PaneLeadList } from './lead-list.tsx';
import { EmptyLeads, PaneSkeleton } from './leads-states.tsx';
import { LeadsTools } from './leads-tools.tsx';
import { useIsWide } from './use-is-wide.ts';
import { useLeads } from './use-leads.ts';

const LeadView = piece(() => import('../lead/lead-view.tsx'));
const AddLeadSheet = piece(() => import('./add-lead-sheet.tsx'));

interface LeadsPageProps {
  /** The lead that is open; null = the list. */
  leadId: number | null;
  /** A step of it that a link names. */
  stepId: number | null;
}

export default function LeadsPage({ leadId, stepId }: LeadsPageProps) {
  const isWide = useIsWide();
  const navigation = useNavigation();
  const [view, setView] = useState<LeadsView>({ search: '', filter: 'all', sort: 'next' });
  const [picked, setPicked] = useState({ leadId, stepId });
  const [isAdding, setAdding] = useState(false);
  const scrolled = useRef(0);

  useEffect(() => {
    // With room for both the list is the place and the lead only what is chosen in it, so the tab bar stays.
    if (isWide && leadId !== null) navigation.replace('/leads');
  }, [isWide, leadId, navigation]);
  useEffect(() => {
    if (leadId === null && scrolled.current > 0) scrollTo(0, scrolled.current);
  }, [leadId]);

  const open = (id: number): void => {
    setPicked({ leadId: id, stepId: null });
    if (isWide) return;
    scrolled.current = scrollY;
    navigation.go(`/leads/${id}`);
  };
  const sheet = isAdding && (
    <Suspense>
      <AddLeadSheet
        onOpen={open}
        onClose={() => {
          setAdding(false);
        }}
      />
    </Suspense>
  );
  if (leadId !== null && !isWide) {
    return (
      <Suspense fallback={<LeadSkeleton />}>
        <LeadView key={leadId} leadId={leadId} stepId={stepId} isPane={false} />
      </Suspense>
    );
  }
  const board = { view, onView: setView, onAdd: () => setAdding(true), onOpen: open };
  return (
    <>
      {isWide ? <LeadPanes {...board} picked={picked} /> : <LeadColumn {...board} />}
      {sheet}
    </>
  );
}

interface BoardProps {
  view: LeadsView;
  onView: (view: LeadsView) => void;
  onAdd: () => void;
  onOpen: (id: number) => void;
}

function LeadColumn({ view, onView, onAdd, onOpen }: BoardProps) {
  const say = useTexts();
  const { user } = useSession();
  const { query, entries, now } = useLeads();
  if (entries === null) return <Loading isFailed={query.isError} onRetry={() => void query.refetch()} />;
  const shown = arrangeLeads(entries, view, user.language);
  return (
    <Page title={say('leads')} actions={<RoundButton icon="plus" label={say('lead-add')} onClick={onAdd} />}>
      {query.isError && <Stale readAtMs={query.dataUpdatedAt} now={now} />}
      <LeadsTools entries={entries} view={view} onView={onView} />
      {shown.length === 0 ? (
        <EmptyLeads hasLeads={entries.length > 0} view={view} onView={onView} onAdd={onAdd} />
      ) : (
        <PageLeadList label={say('leads')} entries={shown} now={now} selectedId={null} onOpen={onOpen} />
      )}
    </Page>
  );
}

function LeadPanes({
  view,
  onView,
  onAdd,
  onOpen,
  picked,
}: BoardProps & { picked: { leadId: number | null; stepId: number | null } }) {
  const say = useTexts();
  const { user } = useSession();
  // An element and not a ref: the list has to hear when the pane is there to scroll in.
  const [pane, setPane] = useState<HTMLElement | null>(null);
  const { query, entries, now } = useLeads();
  if (entries === null) return <Loading isFailed={query.isError} onRetry={() => void query.refetch()} />;
  const shown = arrangeLeads(entries, view, user.language);
  const selectedId = picked.leadId ?? shown[0]?.lead.id ?? null;
  return (
    <Page title={say('leads')} isTitleHidden width="wide">
      <div className="panes">
        <div className="panes__list" ref={setPane}>
          <div className="head panes__head">
            <p className="t-large head__main" aria-hidden="true">
              {say('leads')}
            </p>
            <RoundButton icon="plus" label={say('lead-add')} onClick={onAdd} />
          </div>
          {query.isError && <Stale readAtMs={query.dataUpdatedAt} now={now} />}
          <LeadsTools entries={entries} view={view} onView={onView} />
          {shown.length === 0 ? (
            <EmptyLeads hasLeads={entries.length > 0} view={view} onView={onView} onAdd={onAdd} />
          ) : (
            <PaneLeadList
              pane={pane}
              label={say('leads')}
              entries={shown}
              now={now}
              selectedId={selectedId}
              onOpen={onOpen}
            />
          )}
        </div>
        <div className="panes__lead">
          <SelectedLead entries={entries} selectedId={selectedId} stepId={picked.stepId} />
        </div>
      </div>
    </Page>
  );
}

function SelectedLead({
  entries,
  selectedId,
  stepId,
}: {
  entries: readonly LeadEntry[];
  selectedId: number | null;
  stepId: number | null;
}) {
  const say = useTexts();
  if (selectedId === null) return null;
  const name = entries.find(({ lead }) => lead.id === selectedId)?.lead.name ?? say('lead');
  return (
    <section className="panes__inner" aria-label={name}>
      <Suspense fallback={<PaneSkeleton />}>
        <LeadView key={selectedId} leadId={selectedId} stepId={stepId} isPane />
      </Suspense>
    </section>
  );
}

function Loading({ isFailed, onRetry }: { isFailed: boolean; onRetry: () => void }) {
  const say = useTexts();
  return isFailed ? (
    <PageFailed title={say('leads')} onRetry={onRetry} />
  ) : (
    <PageSkeleton title={say('leads')} rows={8} />
  );
}

function LeadSkeleton() {
  const say = useTexts();
  return <PageSkeleton title={say('lead')} backTo="/leads" />;
}
