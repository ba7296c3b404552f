import { useState } from 'react';
import type { Insights } from '../../../../shared/contracts/insights.ts';
import { useTexts } from '../../texts/texts.ts';
import { Segmented } from '../../ui/choices.tsx';
import { Bars, Figure } from './figure.tsx';
import { answerRates } from './findings.ts';

type Grouping = 'channel' | 'step';
const GROUPINGS: readonly Grouping[] = ['channel', 'step'];

/** Which steps leads answer: by channel or by the step's place in its plan. */
export function AnswersFigure({ answers }: { answers: Insights['answers'] }) {
  const say = useTexts();
  const [by, setBy] = useState<Grouping>('channel');
  if (answers.length === 0) return null;
  const rates = answerRates(answers, by);
  const label = (key: string): string =>
    by === 'channel' ? say(`insights-channel-${key}`) : say('insights-step', { step: key });
  const best = rates.toSorted((a, b) => b.rate - a.rate)[0];
  const title =
    best === undefined || best.answered === 0
      ? say('insights-answers-none')
      : say('insights-answers-best', { name: label(best.key) });
  const bars = rates.map(({ key, done, answered, rate }) => ({
    key,
    label: label(key),
    value: rate,
    detail: say('insights-of', { answered, done }),
  }));
  return (
    <Figure title={title} subtitle={say('insights-answers-sub')}>
      <Segmented
        label={say('insights-answers-by')}
        value={by}
        options={GROUPINGS.map((value) => ({ value, text: say(`insights-by-${value}`) }))}
        onChange={setBy}
      />
      <Bars
        caption={say('insights-answers-sub')}
        bars={bars}
        max={Math.max(...rates.map(({ rate }) => rate))}
      />
    </Figure>
  );
}
