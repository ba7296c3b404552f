import { useTexts } from '../../texts/texts.ts';
import { Message } from '../../ui/message.tsx';
import { SkeletonRow } from '../../ui/page-states.tsx';
import type { LeadsView } from './arrange-leads.ts';

interface EmptyLeadsProps {
  hasLeads: boolean;
  view: LeadsView;
  onView: (view: LeadsView) => void;
  onAdd: () => void;
}

/** Nothing to list: nobody told yet, or nobody fits what was asked for. */
export function EmptyLeads({ hasLeads, view, onView, onAdd }: EmptyLeadsProps) {
  const say = useTexts();
  if (!hasLeads) {
    return (
      <Message art="path" title={say('leads-first-title')} text={say('leads-first-text')}>
        <button type="button" className="btn btn--main" onClick={onAdd}>
          {say('lead-add')}
        </button>
      </Message>
    );
  }
  const isSearch = view.search.trim() !== '';
  return (
    <Message
      art="path"
      title={say('leads-none-title')}
      text={say(isSearch ? 'leads-none-search' : 'leads-none-filter', { what: view.search.trim() })}
    >
      <button
        type="button"
        className="btn btn--quiet"
        onClick={() => {
          onView({ ...view, search: '', filter: 'all' });
        }}
      >
        {say('leads-show-all')}
      </button>
    </Message>
  );
}

/** The lead beside the list before its first read. Not a page: the list around it is one. */
export function PaneSkeleton() {
  const say = useTexts();
  return (
    <div aria-busy="true">
      <p className="vh" role="status">
        {say('loading')}
      </p>
      <div className="group list">
        <SkeletonRow />
        <SkeletonRow />
        <SkeletonRow />
      </div>
    </div>
  );
}

/** The lead beside the list did not load. */
export function PaneFailed({ onRetry }: { onRetry: () => void }) {
  const say = useTexts();
  return (
    <Message art="broken" title={say('error-title')} text={say('error-text')}>
      <button type="button" className="btn btn--main" onClick={onRetry}>
        {say('try-again')}
      </button>
    </Message>
  );
}
