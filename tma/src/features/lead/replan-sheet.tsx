/** What is new about a lead, and a new plan for it: proposed beside the running one, which nothing touches before a yes. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useState } from 'react';
import {
  NEWS_LIMIT,
  planMadeAnswerSchema,
  planningRunSchema,
} from '../../../../shared/contracts/add-lead.ts';
import type { PlanWithSteps } from '../../../../shared/contracts/lead-pages.ts';
import type { LeadRow } from '../../../../shared/schemas/lead.ts';
import { newActionId } from '../../session/actions.ts';
import { postApi } from '../../session/api.ts';
import { ALL_DATA, dataKey } from '../../session/keys.ts';
import { readRows } from '../../session/outcome.ts';
import { useSession } from '../../session/session-context.ts';
import { useClosingConfirmation } from '../../telegram/use-buttons.ts';
import { useTexts } from '../../texts/texts.ts';
import { Field } from '../../ui/field.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { refusalText } from '../leads/refusal-text.ts';

/** How often a run is looked at while somebody waits for it, in milliseconds. */
const RUN_POLL_MS = 2_000;

interface ReplanSheetProps {
  lead: LeadRow;
  /** Null = the lead's first plan. */
  plan: PlanWithSteps | null;
  onClose: () => void;
}

export default function ReplanSheet({ lead, plan, onClose }: ReplanSheetProps) {
  const { request } = useSession();
  const client = useQueryClient();
  const say = useTexts();
  const [news, setNews] = useState('');
  const [actionId, setActionId] = useState(newActionId);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [runId, setRunId] = useState<number | null>(null);
  const over = Array.from(news.trim()).length - NEWS_LIMIT;
  useClosingConfirmation(news.trim() !== '' && runId === null);

  const finish = async (): Promise<void> => {
    await client.invalidateQueries({ queryKey: ALL_DATA });
    onClose();
  };
  const send = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    const body = { action_id: actionId, news: news.trim() };
    const outcome = await postApi(request, `/api/leads/${lead.id}/plan`, { body }, planMadeAnswerSchema);
    setBusy(false);
    if (outcome.kind === 'done' && outcome.value.run_id !== null) setRunId(outcome.value.run_id);
    else if (outcome.kind === 'done') await finish();
    else if (outcome.kind === 'refused') {
      // What was refused is over; another try is another action.
      setActionId(newActionId());
      setProblem(refusalText(outcome.code, say));
    } else setProblem(say('not-saved'));
  };
  if (runId !== null) return <RunSheet runId={runId} onDone={() => void finish()} onClose={onClose} />;
  return (
    <Sheet title={say(plan === null ? 'plan-make' : 'replan')} subtitle={lead.name} onClose={onClose}>
      <Field
        label={say('replan-news')}
        placeholder={say('replan-hint')}
        value={news}
        isMultiline
        isFocused
        limit={NEWS_LIMIT}
        onChange={setNews}
      />
      {problem !== null && (
        <p className="group__note is-late" role="alert">
          {problem}
        </p>
      )}
      <p className="group__note">{say(plan === null ? 'plan-make-note' : 'replan-note')}</p>
      <div className="sheet__foot">
        <button
          type="button"
          className="btn btn--main"
          disabled={isBusy || over > 0 || (plan !== null && news.trim() === '')}
          aria-busy={isBusy}
          onClick={() => void send()}
        >
          {say(plan === null ? 'plan-make' : 'replan-send')}
        </button>
      </div>
    </Sheet>
  );
}

/** A plan is being written: says so, and steps aside when it is there. It may be left; the chat tells too. */
function RunSheet({ runId, onDone, onClose }: { runId: number; onDone: () => void; onClose: () => void }) {
  const { database } = useSession();
  const say = useTexts();
  const run = useQuery({
    queryKey: dataKey('planning-run', runId),
    queryFn: async () => {
      const result = await database
        .from('planning_runs')
        .select('id,state,outcome,plan_id')
        .eq('id', runId)
        .limit(1);
      return readRows('run', result, planningRunSchema)[0] ?? null;
    },
    refetchInterval: ({ state }) => (state.data?.outcome == null ? RUN_POLL_MS : false),
  });
  const outcome = run.data?.outcome ?? null;
  // Once: reading the page anew draws this anew, and asked again at each drawing it would never come to its end.
  const finish = useEffectEvent(onDone);
  useEffect(() => {
    if (outcome === 'planned') finish();
  }, [outcome]);
  return (
    <Sheet title={say('planning-title')} onClose={onClose}>
      <p className="group__note sheet__note" role="status">
        {say(outcome === 'refused' ? 'planning-refused' : 'planning-text')}
      </p>
      {outcome !== 'refused' && <i className="sk sk--bar" aria-hidden="true" />}
      <div className="sheet__foot">
        <button type="button" className="btn btn--quiet" onClick={onClose}>
          {say('planning-leave')}
        </button>
      </div>
    </Sheet>
  );
}
