/** Today: what do I do now? One open card, the most urgent; everything else in rows. */
import { Suspense, useMemo, useState } from 'react';
import { useSession } from '../../session/session-context.ts';
import { useTexts } from '../../texts/texts.ts';
import { longDate } from '../../ui/dates.ts';
import { useNavigation } from '../../ui/navigation.ts';
import { PageFailed } from '../../ui/page-states.tsx';
import { Page, RoundButton } from '../../ui/page.tsx';
import { useActions } from '../../session/actions-provider.tsx';
import { applyChanges } from '../../session/pending-changes.ts';
import { Stale } from '../../ui/stale.tsx';
import type { Line } from '../reminder/line.ts';
import { mayHaveNotice, OwnNotices } from '../settings/may-have-notice.ts';
import { useReminderActions } from '../reminder/use-reminder-actions.ts';
import { arrange } from './arrange.ts';
import type { Today } from './arrange.ts';
import { AllClear, FirstRun } from './empty-today.tsx';
import { LinkedNotice } from './linked-notice.tsx';
import { DAYS_AHEAD } from './read-today.ts';
import { ReminderList } from './reminder-list.tsx';
import { TodaySkeleton } from './skeleton.tsx';
import { WaitingList } from './waiting-list.tsx';
import { useIsFirstRun, useLinkedReminder, useLines, useReminders } from './use-today.ts';

/** @param props.linkedId the reminder a deep link names; null = none. */
export function TodayPage({ linkedId }: { linkedId: number | null }) {
  const { user } = useSession();
  const say = useTexts();
  const { query, now } = useReminders({ isPolling: true });
  const actions = useActions();
  const act = useReminderActions();
  const navigation = useNavigation();
  const [wantedId, setWantedId] = useState(linkedId);

  // A link may lead to a day that is not listed; such a reminder stands above the lists.
  const linked = useLinkedReminder(linkedId, query.data);
  const { far: linkedFar } = linked;
  const rows = useMemo(
    () =>
      query.data &&
      applyChanges(linkedFar === null ? query.data : [...query.data, linkedFar], actions.changes),
    [query.data, linkedFar, actions.changes],
  );
  const lines = useLines(rows);
  const lists = useMemo(() => lines && arrange(lines, now, user.zone, DAYS_AHEAD), [lines, now, user.zone]);
  const far = lines?.filter((line) => line.reminder.id === linkedFar?.id && !isListed(lists, line));
  const isEmpty =
    lists !== null && lists.late.length + lists.today.length + lists.week.length + lists.waiting.length === 0;
  const isFirstRun = useIsFirstRun(isEmpty && lists.doneToday === 0 && far?.length === 0);

  if (lists === null || far === undefined) {
    return query.isError ? (
      <PageFailed title={say('today')} onRetry={() => void query.refetch()} />
    ) : (
      <TodaySkeleton />
    );
  }
  if (isEmpty && lists.doneToday === 0 && isFirstRun === null && far.length === 0) return <TodaySkeleton />;

  const openLine = openOne(wantedId, [far, lists.late, lists.today, lists.week, lists.waiting]);
  const openId = openLine?.reminder.id ?? null;
  const list = { now, openId, wantedId, folding: actions.folding };
  const handlers = {
    onOpen: setWantedId,
    onAct: (...[line, action]: Parameters<typeof act>): void => {
      // The next most urgent one opens when this one is off the list.
      setWantedId(null);
      act(line, action);
    },
  };
  const toDo = lists.today.length;
  const { doneToday } = lists;
  return (
    <Page
      title={say('today')}
      over={longDate(now, user.zone, say)}
      actions={
        <>
          <RoundButton
            icon="gear"
            label={say('settings')}
            onClick={() => {
              navigation.go('/settings');
            }}
          />
          <RoundButton
            icon="plus"
            label={say('new-reminder')}
            onClick={() => {
              navigation.go('/new');
            }}
          />
        </>
      }
    >
      {mayHaveNotice(user) && (
        <Suspense>
          <OwnNotices now={now} />
        </Suspense>
      )}
      {query.isError && <Stale readAtMs={query.dataUpdatedAt} now={now} />}
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
      <ReminderList
        {...list}
        {...handlers}
        title={say('paused')}
        count={String(lists.waiting.length)}
        lines={lists.waiting}
      />
      <WaitingList />
    </Page>
  );
}

/** The reminder asked for, else the first that is late or due today. Nothing opens by itself in the days ahead. */
function openOne(
  wantedId: number | null,
  [far = [], late = [], today = [], ...later]: readonly (readonly Line[])[],
): Line | null {
  const all = [far, late, today, ...later].flat();
  return all.find((line) => line.reminder.id === wantedId) ?? late[0] ?? today[0] ?? null;
}

function isListed(lists: Today | null, line: Line): boolean {
  return (
    lists !== null && [lists.late, lists.today, lists.week, lists.waiting].some((list) => list.includes(line))
  );
}
