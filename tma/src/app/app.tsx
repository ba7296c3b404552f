/** From launch to page: words, session, Today; each stop on the way has its own screen. */
import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { TodaySkeleton } from '../features/today/skeleton.tsx';
import { openSession } from '../session/open-session.ts';
import { SignInError } from '../session/sign-in.ts';
import type { SignInProblem } from '../session/sign-in.ts';
import { close } from '../telegram/telegram.ts';
import type { Launch } from '../telegram/telegram.ts';
import { loadTexts, TextsContext } from '../texts/texts.ts';
import type { Say } from '../texts/texts.ts';
import { useTexts } from '../texts/texts.ts';
import { Message } from '../ui/message.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { readDeepLink } from './deep-link.ts';
import { OutsideTelegram } from './outside-telegram.tsx';
import { createQueryClient } from './query-client.ts';
import { Shell } from './shell.tsx';

interface AppProps {
  launch: Launch;
  /** The words of the client's language, until the person's own are known. */
  say: Say;
}

export function App({ launch, say }: AppProps) {
  const [client] = useState(createQueryClient);
  return (
    <QueryClientProvider client={client}>
      <TextsContext value={say}>
        <ErrorBoundary>
          {launch.initData === '' ? <OutsideTelegram /> : <SignedIn launch={launch} />}
        </ErrorBoundary>
      </TextsContext>
    </QueryClientProvider>
  );
}

function SignedIn({ launch }: { launch: Launch }) {
  const clientSay = useTexts();
  const [isOver, setOver] = useState(false);
  const opening = useQuery({
    queryKey: ['session'],
    queryFn: async () => {
      const session = await openSession(launch.initData, () => {
        setOver(true);
      });
      return { session, say: await loadTexts(session.user.language) };
    },
    staleTime: Infinity,
    gcTime: Infinity,
    refetchOnWindowFocus: false,
  });
  if (isOver) return <NoSession problem="over" onRetry={close} />;
  if (opening.isError) {
    const problem = opening.error instanceof SignInError ? opening.error.problem : 'away';
    return (
      <NoSession problem={problem} onRetry={problem === 'away' ? () => void opening.refetch() : close} />
    );
  }
  return (
    <TextsContext value={opening.data?.say ?? clientSay}>
      {opening.isPending ? (
        <TodaySkeleton />
      ) : (
        <Shell session={opening.data.session} link={readDeepLink(launch.startParam)} />
      )}
    </TextsContext>
  );
}

function NoSession({ problem, onRetry }: { problem: SignInProblem; onRetry: () => void }) {
  const say = useTexts();
  const prefix = problem === 'away' ? 'error' : problem;
  return (
    <main className="page page--message">
      <Message art="broken" title={say(`${prefix}-title`)} text={say(`${prefix}-text`)}>
        <button type="button" className="btn btn--main" onClick={onRetry}>
          {say(problem === 'away' ? 'try-again' : 'close')}
        </button>
      </Message>
    </main>
  );
}
