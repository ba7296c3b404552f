/** A link to a plan or one of its steps leads to the lead it is for. */
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { z } from 'zod';
import { dataKey } from '../session/keys.ts';
import { readRows } from '../session/outcome.ts';
import { useSession } from '../session/session-context.ts';
import { useTexts } from '../texts/texts.ts';
import { Message } from '../ui/message.tsx';
import { useNavigation } from '../ui/navigation.ts';
import { Page } from '../ui/page.tsx';
import { PageFailed, PageSkeleton } from '../ui/page-states.tsx';

export default function LinkedPlan({ id, stepId }: { id: number; stepId: number | null }) {
  const { database } = useSession();
  const navigation = useNavigation();
  const say = useTexts();
  const plan = useQuery({
    queryKey: dataKey('linked-plan', id),
    queryFn: async () => {
      const result = await database.from('engagement_plans').select('lead_id').eq('id', id).limit(1);
      return readRows('plan', result, z.object({ lead_id: z.number() }))[0] ?? null;
    },
    staleTime: Infinity,
  });
  const leadId = plan.data?.lead_id;
  useEffect(() => {
    if (leadId === undefined) return;
    navigation.replace(stepId === null ? `/leads/${leadId}` : `/leads/${leadId}/steps/${stepId}`);
  }, [navigation, leadId, stepId]);
  if (plan.isError)
    return <PageFailed title={say('plan')} backTo="/leads" onRetry={() => void plan.refetch()} />;
  if (plan.data === null) {
    return (
      <Page title={say('plan-gone-title')} backTo="/leads" isTitleHidden>
        <Message art="gone" title={say('plan-gone-title')} text={say('plan-gone-text')}>
          <button
            type="button"
            className="btn btn--main"
            onClick={() => {
              navigation.openTab('/leads');
            }}
          >
            {say('see-all-leads')}
          </button>
        </Message>
      </Page>
    );
  }
  return <PageSkeleton title={say('plan')} backTo="/leads" />;
}
