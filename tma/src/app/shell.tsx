/** What stays while pages come and go: the tab bar, the toast, Telegram's Settings entry, the person's own row. */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { Router, useLocation } from 'wouter';
import { useLateCount } from '../features/today/use-today.ts';
import { ActionsProvider, useActions } from '../session/actions-provider.tsx';
import type { Session } from '../session/open-session.ts';
import { readUser } from '../session/read-user.ts';
import { SessionContext, USER_KEY, useProductClock, useSession } from '../session/session-context.ts';
import { useSettingsButton } from '../telegram/use-buttons.ts';
import { loadTexts, TextsContext, useTexts } from '../texts/texts.ts';
import { warmDates } from '../ui/dates.ts';
import { whenIdle } from '../ui/idle.ts';
import { createNavigation, NavigationContext, useNavigation } from '../ui/navigation.ts';
import { Toast } from '../ui/toast.tsx';
import { firstPlace } from './deep-link.ts';
import type { DeepLink } from './deep-link.ts';
import { Routes } from './routes.tsx';
import { isTab, TabBar } from './tab-bar.tsx';

export function Shell({ session, link }: { session: Session; link: DeepLink | null }) {
  const [navigation] = useState(() => createNavigation(firstPlace(link)));
  // Settings changed in the chat or on another device are followed when the person comes back.
  const { data: user } = useQuery({
    queryKey: USER_KEY,
    queryFn: () => readUser(session.database),
    initialData: session.user,
    staleTime: Infinity,
    refetchOnWindowFocus: 'always',
  });
  return (
    <SessionContext value={{ ...session, user }}>
      <OwnLanguage language={user.language}>
        <ActionsProvider>
          <NavigationContext value={navigation}>
            <Router hook={navigation.hook} searchHook={navigation.searchHook}>
              <Frame linkedId={link?.kind === 'reminder' ? link.id : null} />
            </Router>
          </NavigationContext>
        </ActionsProvider>
      </OwnLanguage>
    </SessionContext>
  );
}

function Frame({ linkedId }: { linkedId: number | null }) {
  const [place] = useLocation();
  const { go } = useNavigation();
  const { toast, endToast } = useActions();
  useProductClock();
  useSettingsButton(() => {
    go('/settings');
  });
  const late = useLateCount();
  const say = useTexts();
  const { language } = useSession().user;
  useEffect(() => {
    // Here before they are wanted; a failure is met again by the page that wants them.
    return whenIdle(() => {
      say.whole().catch(() => undefined);
      warmDates(language);
    });
  }, [say, language]);
  const hasTabs = isTab(place);
  return (
    <div className={hasTabs ? 'shell shell--tabs' : 'shell'}>
      <Routes linkedId={linkedId} />
      {toast !== null && <Toast key={toast.id} toast={toast} onOver={endToast} />}
      {hasTabs && <TabBar late={late} />}
    </div>
  );
}

/** The catalogue follows the person's language; the old words stay until the new ones are there. */
function OwnLanguage({ language, children }: { language: string; children: ReactNode }) {
  const present = useTexts();
  const texts = useQuery({
    queryKey: ['texts', language],
    queryFn: () => loadTexts(language),
    staleTime: Infinity,
    gcTime: Infinity,
    refetchOnWindowFocus: false,
    placeholderData: (previous) => previous,
  });
  return <TextsContext value={texts.data ?? present}>{children}</TextsContext>;
}
