import { useTexts } from '../../texts/texts.ts';

/** What index.html shows before there is any code; taken from there, so that nothing moves when the code comes. */
const BONES = document.querySelector('[data-bones]')?.innerHTML ?? '';

/** The page before its first rows, in their final shape. Later loads leave the old rows in place. */
export function TodaySkeleton() {
  const say = useTexts();
  return (
    <main className="page" aria-busy="true">
      <header className="head">
        <div>
          <i className="sk sk--over" />
          <h1 className="t-large">{say('today')}</h1>
        </div>
      </header>
      <p className="vh" role="status">
        {say('loading')}
      </p>
      <div dangerouslySetInnerHTML={{ __html: BONES }} />
    </main>
  );
}
