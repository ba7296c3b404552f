/** Insights: does it work? Every chart's title is its finding, and behind every chart stands its table. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Suspense, useState } from 'react';
import { insightsSchema } from '../../../../shared/contracts/insights.ts';
import type { Insights } from '../../../../shared/contracts/insights.ts';
import { localDate } from '../../../../shared/rules/calendar.ts';
import { dataKey } from '../../session/keys.ts';
import { ReadError, readOutcome } from '../../session/outcome.ts';
import { useSession } from '../../session/session-context.ts';
import { useTexts } from '../../texts/texts.ts';
import { Segmented } from '../../ui/choices.tsx';
import { Message } from '../../ui/message.tsx';
import { Page } from '../../ui/page.tsx';
import { PageFailed, PageSkeleton } from '../../ui/page-states.tsx';
import { piece } from '../../ui/piece.ts';
import { AnswersFigure } from './answers-figure.tsx';
import { isEmpty, weeksOf } from './findings.ts';
import type { Period } from './findings.ts';
import { FunnelFigure } from './funnel-figure.tsx';
import './insights.css';
import { StreakFigure } from './streak-figure.tsx';
import { WeeksFigure } from './weeks-figure.tsx';

/** The chart library is most of this page's weight, and the rest of the page need not wait for it. */
const WeeksChart = piece(() => import('./weeks-chart.tsx'));

const PERIODS: readonly Period[] = ['month', 'two-months', 'year'];

export default function InsightsPage() {
  const say = useTexts();
  const [period, setPeriod] = useState<Period>('two-months');
  const query = useInsights(period);
  const { data } = query;
  if (data === undefined) {
    return query.isError ? (
      <PageFailed title={say('insights')} onRetry={() => void query.refetch()} />
    ) : (
      <PageSkeleton title={say('insights')} />
    );
  }
  if (isEmpty(data)) {
    return (
      <Page title={say('insights')}>
        <Message art="path" title={say('insights-empty-title')} text={say('insights-empty-text')} />
      </Page>
    );
  }
  return (
    <Page title={say('insights')}>
      <Segmented
        label={say('insights-period')}
        value={period}
        options={PERIODS.map((value) => ({ value, text: say(`insights-period-${value}`) }))}
        onChange={setPeriod}
      />
      <div className="figures" aria-busy={query.isPlaceholderData}>
        <WeeksFigure insights={data}>
          <Suspense fallback={<div className="chart-space" />}>
            <WeeksChart weeks={data.weeks} />
          </Suspense>
        </WeeksFigure>
        <StreakFigure insights={data} />
        <FunnelFigure funnel={data.funnel} />
        <AnswersFigure answers={data.answers} />
      </div>
    </Page>
  );
}

function useInsights(period: Period) {
  const { database, clock, user } = useSession();
  const weeks = weeksOf(period, localDate(clock.now(), user.zone));
  return useQuery({
    queryKey: dataKey('insights', weeks, user.zone),
    queryFn: async (): Promise<Insights> => {
      const result = await database.rpc('my_insights', { p_weeks: weeks }, { get: true });
      const outcome = readOutcome(result, insightsSchema);
      if (outcome.kind === 'done') return outcome.value;
      throw new ReadError('insights', result.status);
    },
    refetchOnWindowFocus: 'always',
    // The chosen period's figures replace the old ones in place.
    placeholderData: keepPreviousData,
  });
}
