/** One lead: where do we stand, and what comes next? */
import './lead.css';
import { useState } from 'react';
import { isOpen } from '../../../../shared/rules/reminder-states.ts';
import type { LeadPage } from '../../../../shared/contracts/lead-pages.ts';
import { useActions } from '../../session/actions-provider.tsx';
import { applyChanges } from '../../session/pending-changes.ts';
import { useSession } from '../../session/session-context.ts';
import { useTexts } from '../../texts/texts.ts';
import { Stale } from '../../ui/stale.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Message, Notice } from '../../ui/message.tsx';
import { useNavigation } from '../../ui/navigation.ts';
import { Foot, Page } from '../../ui/page.tsx';
import { PageFailed, PageSkeleton } from '../../ui/page-states.tsx';
import type { Line } from '../reminder/line.ts';
import { useReminderActions } from '../reminder/use-reminder-actions.ts';
import { PaneFailed, PaneSkeleton } from '../leads/leads-states.tsx';
import { ActivitySection } from './activity-section.tsx';
import { ContactSection, ContactTiles } from './contacts.tsx';
import { DraftSection } from './draft-section.tsx';
import { LeadHero } from './lead-hero.tsx';
import { LeadMenu } from './lead-menu.tsx';
import { NotesSection } from './notes-section.tsx';
import { OwnReminders } from './own-reminders.tsx';
import { PlanSection } from './plan-section.tsx';
import { StatusRow } from './status-row.tsx';
import { currentItem, plansOf, timeLine } from './time-line.ts';
import type { TimeLineItem } from './time-line.ts';
import { useLead } from './use-lead.ts';
import { useLeadActions } from './use-lead-actions.ts';

interface LeadViewProps {
  leadId: number;
  /** A step of the plan that a link names: it is opened. */
  stepId: number | null;
  /** Beside the list, which brings its own page. */
  isPane: boolean;
}

export default function LeadView({ leadId, stepId, isPane }: LeadViewProps) {
  const say = useTexts();
  const { query, now } = useLead(leadId);
  const { changes } = useActions();
  if (query.data === undefined) {
    const retry = (): void => void query.refetch();
    if (isPane) return query.isError ? <PaneFailed onRetry={retry} /> : <PaneSkeleton />;
    if (!query.isError) return <PageSkeleton title={say('lead')} backTo="/leads" />;
    return <PageFailed title={say('lead')} backTo="/leads" onRetry={retry} />;
  }
  if (query.data === null) return <LeadGone isPane={isPane} />;
  const ownReminder = ({ lead_id: owner }: { lead_id: number | null }): boolean => owner === leadId;
  const page = { ...query.data, reminders: [...applyChanges(query.data.reminders, changes, ownReminder)] };
  const content = (
    <>
      {query.isError && <Stale readAtMs={query.dataUpdatedAt} now={now} />}
      <LeadContent page={page} now={now} stepId={stepId} isPane={isPane} />
    </>
  );
  if (isPane) return content;
  return (
    <Page title={page.lead.name} isTitleHidden backTo="/leads">
      {content}
    </Page>
  );
}

interface LeadContentProps {
  page: LeadPage;
  now: Temporal.Instant;
  stepId: number | null;
  isPane: boolean;
}

function LeadContent({ page, now, stepId, isPane }: LeadContentProps) {
  const { user } = useSession();
  const [openStep, setOpenStep] = useState(stepId);
  const { lead } = page;
  const { active, draft } = plansOf(page);
  const items = active === null ? [] : timeLine(active, page.reminders, now, user.zone);
  const own = page.reminders.filter((row) => row.plan_id === null && isOpen(row.status));
  const current = currentItem(items);
  const isBinned = lead.deleted_at !== null;
  return (
    <>
      <LeadHero lead={lead} now={now} menu={<LeadMenu lead={lead} />} />
      {isBinned && <BinNotice page={page} now={now} />}
      {!isBinned && lead.paused_at != null && <PausedNotice page={page} />}
      <ContactTiles contacts={lead.contacts} />
      {!isBinned && <StatusRow lead={lead} openCount={openCount(page)} />}
      {draft !== null && !isBinned && (
        <DraftSection lead={lead} plan={draft} active={active} items={items} now={now} />
      )}
      <PlanSection
        lead={lead}
        plan={active}
        hasDraft={draft !== null}
        items={items}
        now={now}
        openStep={openStep}
        onOpenStep={setOpenStep}
      />
      <OwnReminders lead={lead} reminders={own} now={now} />
      <NotesSection lead={lead} />
      <ContactSection contacts={lead.contacts} />
      <ActivitySection activity={page.activity} now={now} />
      {current !== null && !isBinned && <NextStepFoot lead={lead} item={current} isPane={isPane} />}
    </>
  );
}

/** The main button does the next step. Beside the list it stands in the pane, above the tab bar. */
function NextStepFoot({
  lead,
  item: { reminder, step },
  isPane,
}: {
  lead: LeadPage['lead'];
  item: TimeLineItem;
  isPane: boolean;
}) {
  const say = useTexts();
  const act = useReminderActions();
  if (reminder === null) return null;
  const wanted = Temporal.Instant.from(reminder.wanted_at);
  const line: Line = { reminder, lead, actionType: step.action_type, wanted };
  const text = say('done-what', { done: say('done'), what: shortened(step.description) });
  const onClick = (): void => {
    act(line, { kind: 'complete' });
  };
  if (!isPane) return <Foot main={{ text, onClick }} />;
  return (
    <div className="panes__foot">
      <button type="button" className="btn btn--main" onClick={onClick}>
        {text}
      </button>
    </div>
  );
}

/** A lead that waits in the bin: until when, and the way back. */
function BinNotice({ page, now }: { page: LeadPage; now: Temporal.Instant }) {
  const { user } = useSession();
  const say = useTexts();
  const { restore } = useLeadActions(page.lead);
  const since = Temporal.Instant.from(page.lead.deleted_at ?? now.toString());
  const days = Math.max(0, Math.ceil(now.until(since.add({ hours: 24 * BIN_DAYS })).total('hours') / 24));
  return (
    <>
      <Notice
        icon={<Icon name="bin" />}
        title={say('lead-in-bin')}
        text={say('lead-in-bin-text', { count: days, zone: user.zone })}
      />
      <button type="button" className="btn btn--quiet sheet__part" onClick={restore}>
        {say('lead-restore')}
      </button>
    </>
  );
}

/** The lead answered: everything planned waits until the person says how it goes on. */
function PausedNotice({ page }: { page: LeadPage }) {
  const say = useTexts();
  const { resume } = useLeadActions(page.lead);
  return (
    <>
      <Notice icon={<Icon name="clock" />} title={say('lead-paused')} text={say('lead-paused-text')} />
      <button type="button" className="btn btn--quiet sheet__part" onClick={resume}>
        {say('lead-resume')}
      </button>
    </>
  );
}

function LeadGone({ isPane }: { isPane: boolean }) {
  const say = useTexts();
  const { openTab } = useNavigation();
  const message = (
    <Message art="gone" title={say('lead-gone-title')} text={say('lead-gone-text')}>
      {!isPane && (
        <button
          type="button"
          className="btn btn--main"
          onClick={() => {
            openTab('/leads');
          }}
        >
          {say('see-all-leads')}
        </button>
      )}
    </Message>
  );
  if (isPane) return message;
  return (
    <Page title={say('lead-gone-title')} backTo="/leads" isTitleHidden>
      {message}
    </Page>
  );
}

/** Days a deleted lead can still be brought back; as in the migrations. */
const BIN_DAYS = 7;
/** Telegram's button cuts longer texts without a word. */
const BUTTON_TEXT_LIMIT = 40;

function shortened(text: string): string {
  const letters = Array.from(text);
  return letters.length <= BUTTON_TEXT_LIMIT ? text : `${letters.slice(0, BUTTON_TEXT_LIMIT - 1).join('')}…`;
}

function openCount(page: LeadPage): number {
  return page.reminders.filter((row) => isOpen(row.status)).length;
}
