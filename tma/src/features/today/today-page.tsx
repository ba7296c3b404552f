/** Today: what do I do now? One open card, the most urgent; everything else in rows. */
import { useState } from 'react';
import { formatWhen } from '../../../../shared/rules/words.ts';
import { useSession } from '../../session/session-context.ts';
import { useTexts } from '../../texts/texts.ts';
import { longDate } from '../../ui/dates.ts';
import { Icon } from '../../ui/icons.tsx';
import { Message, Notice } from '../../ui/message.tsx';
import { Toast } from '../../ui/toast.tsx';
import { arrange } from './arrange.ts';
import type { Line, Today } from './arrange.ts';
import { AllClear, FirstRun } from './empty-today.tsx';
import { LinkedNotice } from './linked-notice.tsx';
import { applyChanges } from './pending-changes.ts';
import { DAYS_AHEAD } from './read-today.ts';
import { ReminderList } from './reminder-list.tsx';
import { TodaySkeleton } from './skeleton.tsx';
import { useReminderActions } from './use-reminder-actions.ts';
import { useIsFirstRun, useLinkedReminder, useLines, useReminders } from './use-today.ts';

/** @param props.linkedId the reminder a deep link names; null = none. */
export function TodayPage({ linkedId }: { linkedId: number | null }) {
  const { user } = useSession();
  const say = useTexts();
  const { query, now, refresh } = useReminders();
  const actions = useReminderActions(refresh);
  const [wantedId, setWantedId] = useState(linkedId);

  // A link may lead to a day that is not listed; such a reminder stands above the lists.
  const linked = useLinkedReminder(linkedId, query.data);
  const rows = query.data && [...query.data, ...(linked.far === null ? [] : [linked.far])];
  const lines = useLines(rows && applyChanges(rows, actions.changes));
  const lists = lines && arrange(lines, now, user.zone, DAYS_AHEAD);
  const far = lines?.filter((line) => line.reminder.id === linked.far?.id && !isListed(lists, line));
  const isEmpty = lists !== null && lists.late.length + lists.today.length + lists.week.length === 0;
  const isFirstRun = useIsFirstRun(isEmpty && lists.doneToday === 0 && far?.length === 0);

  if (lists === null || far === undefined) {
    return query.isError ? <LoadFailed onRetry={() => void refresh()} /> : <TodaySkeleton />;
  }
  if (isEmpty && lists.doneToday === 0 && isFirstRun === null && far.length === 0) return <TodaySkeleton />;

  const openLine = openOne(wantedId, [far, lists.late, lists.today, lists.week]);
  const openId = openLine?.reminder.id ?? null;
  const list = { now, openId, wantedId, folding: actions.folding, onTell: actions.tell };
  const handlers = {
    onOpen: setWantedId,
    onAct: (...[line, action]: Parameters<typeof actions.act>): void => {
      // The next most urgent one opens when this one is off the list.
      setWantedId(null);
      actions.act(line, action);
    },
  };
  const toDo = lists.today.length;
  const { doneToday } = lists;
  return (
    <main className="page">
      <header className="head">
        <div>
          <p className="head__over">{longDate(now, user.zone, user.language)}</p>
          <h1 className="t-large">{say('today')}</h1>
        </div>
      </header>
      {query.isError && (
        <Notice
          icon={<Icon name="offline" />}
          title={say('stale-title')}
          text={say('stale-text', { when: readAt(query.dataUpdatedAt, now, user.zone, user.language) })}
        />
      )}
      {linked.atOpening.isSuccess && <LinkedNotice reminder={linked.atOpening.data} />}
      <ReminderList {...list} {...handlers} title={say('from-the-link')} count="" lines={far} />
      {isFirstRun === true && isEmpty && <FirstRun />}
      {isFirstRun !== true && lists.late.length + toDo === 0 && (
        <AllClear doneToday={doneToday} next={lists.week[0] ?? null} now={now} />
      )}
      <ReminderList
        {...list}
        {...handlers}
        title={say('late')}
        count={String(lists.late.length)}
        tone="late"
        lines={lists.late}
      />
      <ReminderList
        {...list}
        {...handlers}
        title={say('today')}
        count={say(doneToday > 0 ? 'to-do-and-done' : 'to-do', { count: toDo, done: doneToday })}
        lines={lists.today}
      />
      <ReminderList
        {...list}
        {...handlers}
        title={say('next-7-days')}
        count={String(lists.week.length)}
        lines={lists.week}
      />
      {actions.toast && <Toast key={actions.toast.id} toast={actions.toast} onOver={actions.endToast} />}
    </main>
  );
}

function LoadFailed({ onRetry }: { onRetry: () => void }) {
  const say = useTexts();
  return (
    <main className="page">
      <Message art="broken" title={say('error-title')} text={say('error-text')}>
        <button type="button" className="btn btn--main" onClick={onRetry}>
          {say('try-again')}
        </button>
      </Message>
    </main>
  );
}

/** The reminder asked for, else the first that is late or due today. Nothing opens by itself in the days ahead. */
function openOne(
  wantedId: number | null,
  [far, late, today, week]: readonly [readonly Line[], readonly Line[], readonly Line[], readonly Line[]],
): Line | null {
  const all = [...far, ...late, ...today, ...week];
  return all.find((line) => line.reminder.id === wantedId) ?? late[0] ?? today[0] ?? null;
}

function isListed(lists: Today | null, line: Line): boolean {
  return lists !== null && [lists.late, lists.today, lists.week].some((list) => list.includes(line));
}

/** When the rows on screen were read, in product time. */
function readAt(machineMs: number, now: Temporal.Instant, zone: string, locale: string): string {
  const age = Date.now() - machineMs;
  return formatWhen(now.subtract({ milliseconds: Math.max(0, Math.round(age)) }), now, zone, locale);
}
