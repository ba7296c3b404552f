import { useId } from 'react';
import { useTexts } from '../../texts/texts.ts';
import { Icon } from '../../ui/icons.tsx';
import { countByFilter, LEAD_FILTERS, LEAD_SORTS } from './arrange-leads.ts';
import type { LeadEntry, LeadFilter, LeadsView } from './arrange-leads.ts';

interface LeadsToolsProps {
  entries: readonly LeadEntry[];
  view: LeadsView;
  onView: (view: LeadsView) => void;
}

/** Search, the filters with their counts, and the order of the list. */
export function LeadsTools({ entries, view, onView }: LeadsToolsProps) {
  const say = useTexts();
  const sort = useId();
  const counts = countByFilter(entries);
  // A filter that finds nothing is no choice; the chosen one stays, so that it can be left.
  const offered = LEAD_FILTERS.filter(
    (filter) => filter === 'all' || filter === view.filter || counts[filter] > 0,
  );
  if (entries.length === 0) return null;
  return (
    <search>
      <label className="search">
        <Icon name="search" size="s" />
        <input
          type="search"
          placeholder={say('leads-search')}
          aria-label={say('leads-search-label')}
          value={view.search}
          onChange={(event) => {
            onView({ ...view, search: event.target.value });
          }}
        />
      </label>
      <div className="chips" role="group" aria-label={say('leads-filter')}>
        {offered.map((filter) => (
          <button
            key={filter}
            type="button"
            className={chipLook(filter, view.filter)}
            aria-pressed={filter === view.filter}
            onClick={() => {
              onView({ ...view, filter });
            }}
          >
            {say('lead-filter', { type: filter })} <span className="num">{counts[filter]}</span>
          </button>
        ))}
      </div>
      <div className="group__title leads__order">
        <label htmlFor={sort} className="vh">
          {say('leads-sort')}
        </label>
        <select
          id={sort}
          className="plain-select"
          value={view.sort}
          onChange={(event) => {
            const chosen = LEAD_SORTS.find((one) => one === event.target.value);
            if (chosen !== undefined) onView({ ...view, sort: chosen });
          }}
        >
          {LEAD_SORTS.map((one) => (
            <option key={one} value={one}>
              {say('lead-sort', { type: one })}
            </option>
          ))}
        </select>
      </div>
    </search>
  );
}

function chipLook(filter: LeadFilter, chosen: LeadFilter): string {
  if (filter === chosen) return 'chip chip--on';
  return filter === 'late' ? 'chip chip--late' : 'chip';
}
