import type { Insights } from '../../../../shared/contracts/insights.ts';
import { useTexts } from '../../texts/texts.ts';
import { Bars, Figure } from './figure.tsx';
import { answeredShare, STAGES } from './findings.ts';

/** How far leads got. */
export function FunnelFigure({ funnel }: { funnel: Insights['funnel'] }) {
  const say = useTexts();
  const share = answeredShare(funnel);
  if (share === null) return null;
  const bars = STAGES.map((stage) => ({ key: stage, label: say(`insights-${stage}`), value: funnel[stage] }));
  return (
    <Figure
      title={share === 50 ? say('insights-funnel-half') : say('insights-funnel', { share })}
      subtitle={say('insights-funnel-sub')}
    >
      <Bars caption={say('insights-funnel-sub')} bars={bars} max={funnel.new} />
      {funnel.closed_lost > 0 && (
        <p className="fig__sub fig__foot">{say('insights-lost', { count: funnel.closed_lost })}</p>
      )}
    </Figure>
  );
}
