/** What a page shows before its first data, and when they did not come. */
import { useBackButton } from '../telegram/use-buttons.ts';
import { useTexts } from '../texts/texts.ts';
import { Message } from './message.tsx';
import { useNavigation } from './navigation.ts';
import { OwnBack, Page } from './page.tsx';

interface PageFailedProps {
  title: string;
  backTo?: string;
  onRetry: () => void;
}

/** The data did not load: what happened, what can be done. */
export function PageFailed({ title, backTo, onRetry }: PageFailedProps) {
  const say = useTexts();
  return (
    <Page title={title} {...(backTo !== undefined && { backTo })}>
      <Message art="broken" title={say('error-title')} text={say('error-text')}>
        <button type="button" className="btn btn--main" onClick={onRetry}>
          {say('try-again')}
        </button>
      </Message>
    </Page>
  );
}

interface PageSkeletonProps {
  title: string;
  rows?: number;
  /** As the page that is to come has it: whoever does not want to wait goes back. */
  backTo?: string;
}

/** Rows in their final shape; for the very first open of a page only. */
export function PageSkeleton({ title, rows = 6, backTo }: PageSkeletonProps) {
  const say = useTexts();
  const { back } = useNavigation();
  const goBack = (): void => {
    if (backTo !== undefined) back(backTo);
  };
  useBackButton(backTo === undefined ? null : goBack);
  return (
    <main className="page" aria-busy="true">
      {backTo !== undefined && <OwnBack onClick={goBack} />}
      <header className="head">
        <h1 className="t-large">{title}</h1>
      </header>
      <p className="vh" role="status">
        {say('loading')}
      </p>
      <div className="group">
        <i className="sk sk--title" />
        <div className="list">
          {Array.from({ length: rows }, (_, index) => (
            <SkeletonRow key={index} />
          ))}
        </div>
      </div>
    </main>
  );
}

/** One row that is still to come. */
export function SkeletonRow() {
  return (
    <div className="row row--lead">
      <i className="sk sk--ava" />
      <span className="row__main">
        <i className="sk sk--name" />
        <i className="sk sk--line" />
      </span>
      <i className="sk sk--time" />
    </div>
  );
}
