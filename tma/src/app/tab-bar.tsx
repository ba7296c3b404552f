import { useLocation } from 'wouter';
import { useTexts } from '../texts/texts.ts';
import { Icon } from '../ui/icons.tsx';
import type { IconName } from '../ui/icons.tsx';
import { useNavigation } from '../ui/navigation.ts';

const TABS: readonly { readonly path: string; readonly text: string; readonly icon: IconName }[] = [
  { path: '/', text: 'today', icon: 'today' },
  { path: '/calendar', text: 'calendar', icon: 'calendar' },
  { path: '/leads', text: 'leads', icon: 'people' },
  { path: '/insights', text: 'insights', icon: 'chart' },
];

/** Whether this place is a section of the tab bar and not a page below one. */
export function isTab(path: string): boolean {
  return TABS.some((tab) => tab.path === path);
}

/** The four sections. `late` stands as a badge on Today. */
export function TabBar({ late }: { late: number }) {
  const say = useTexts();
  const [place] = useLocation();
  const { openTab } = useNavigation();
  return (
    <nav className="tabs" aria-label={say('sections')}>
      {TABS.map(({ path, text, icon }) => (
        <button
          key={path}
          type="button"
          className={path === place ? 'tab tab--on' : 'tab'}
          aria-current={path === place ? 'page' : undefined}
          onClick={() => {
            openTab(path);
          }}
        >
          <Icon name={icon} />
          <span className="tab__text">{say(text)}</span>
          {path === '/' && late > 0 && (
            <span className="badge">
              <span className="vh">{say('badge-late')} </span>
              {late > 99 ? '99+' : late}
            </span>
          )}
        </button>
      ))}
    </nav>
  );
}
