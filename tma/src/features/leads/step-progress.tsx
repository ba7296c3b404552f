import { useTexts } from '../../texts/texts.ts';
import { stepPieces, stepsBehind } from './arrange-leads.ts';
import type { LeadEntry, StepPiece } from './arrange-leads.ts';

const LOOKS: Readonly<Record<StepPiece, string>> = {
  done: 'd',
  skipped: 's',
  next: 'n',
  late: 'l',
  later: '',
};

/** A plan's progress, a piece a step. Draws an empty line where no plan runs, so that rows stay in step. */
export function StepProgress({ entry }: { entry: Pick<LeadEntry, 'lead' | 'isLate'> }) {
  const say = useTexts();
  const { marks } = entry.lead;
  if (marks === '') return <span className="steps" />;
  const behind = stepsBehind(marks);
  return (
    <>
      <span
        className="steps"
        role="img"
        aria-label={say('lead-progress', { done: behind, count: marks.length })}
      >
        {stepPieces(entry).map((piece, index) => (
          <i key={index} className={LOOKS[piece]} />
        ))}
      </span>
      <span className="t-cap dim num" aria-hidden="true">
        {behind}/{marks.length}
      </span>
    </>
  );
}
