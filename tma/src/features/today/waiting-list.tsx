import { useId } from 'react';
import { useActions } from '../../session/actions-provider.tsx';
import { useTexts } from '../../texts/texts.ts';

/** What was done without a connection: it is kept here and goes out by itself. */
export function WaitingList() {
  const { waiting } = useActions();
  const say = useTexts();
  const heading = useId();
  if (waiting.length === 0) return null;
  return (
    <section className="group" aria-labelledby={heading}>
      <h2 className="group__title" id={heading}>
        {say('waiting')} <span className="count">{waiting.length}</span>
      </h2>
      <ul className="list">
        {waiting.map(({ actionId, text, drop }) => (
          <li key={actionId} className="row row--set">
            <span className="row__main row__plain">{text}</span>
            <button type="button" className="row__button" onClick={drop}>
              {say('undo')}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
