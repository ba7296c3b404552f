/** What owners and admins do with a job; each is said in a toast. */
import { z } from 'zod';
import { callFunction } from '../../session/actions.ts';
import { useActions } from '../../session/actions-provider.tsx';
import { useSession } from '../../session/session-context.ts';
import { useTexts } from '../../texts/texts.ts';

const answerSchema = z.object({ replayed: z.boolean() });

export interface JobActions {
  readonly run: (jobId: string) => Promise<void>;
  readonly pause: (jobId: string) => Promise<void>;
  readonly resume: (jobId: string) => Promise<void>;
  readonly retry: (executionId: string) => Promise<void>;
}

/** Each resolves when the database has answered and the page is read anew. */
export function useJobActions(): JobActions {
  const { database } = useSession();
  const { perform } = useActions();
  const say = useTexts();
  const act = async (name: string, parameters: Record<string, string>, said: string): Promise<void> => {
    await perform({
      call: (actionId) =>
        callFunction(database, name, { p_action_id: actionId, ...parameters }, answerSchema),
      said: () => say(said),
      // What began to run has run; pause and resume are each other's Undo.
      canUndo: false,
    });
  };
  return {
    run: (jobId) => act('run_job', { p_job_id: jobId }, 'job-did-run'),
    pause: (jobId) => act('pause_job', { p_job_id: jobId }, 'job-did-pause'),
    resume: (jobId) => act('resume_job', { p_job_id: jobId }, 'job-did-resume'),
    retry: (executionId) => act('retry_execution', { p_execution_id: executionId }, 'job-did-retry'),
  };
}
