import { useTexts } from '../../texts/texts.ts';
import { SkeletonRow } from '../../ui/page-states.tsx';

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
      <section className="group">
        <i className="sk sk--title" />
        <div className="list">
          <div className="card card--sk">
            <div className="card__top">
              <i className="sk sk--ava" />
              <span className="card__who">
                <i className="sk sk--name" />
                <i className="sk sk--line" />
              </span>
            </div>
            <i className="sk sk--step" />
            <i className="sk sk--quote" />
            <i className="sk sk--button" />
          </div>
          <SkeletonRow />
        </div>
      </section>
      <section className="group">
        <i className="sk sk--title" />
        <div className="list">
          <SkeletonRow />
          <SkeletonRow />
          <SkeletonRow />
        </div>
      </section>
    </main>
  );
}
