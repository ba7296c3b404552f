/** From launch to page: words, session, Today; each stop on the way has its own screen. */
import { QueryClientProvider, skipToken, useQuery, useQueryClient } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import { TodaySkeleton } from '../features/today/skeleton.tsx';
import { SignInError } from '../session/sign-in.ts';
import type { SignInProblem } from '../session/sign-in.ts';
import { close } from '../telegram/telegram.ts';
import type { Launch } from '../telegram/telegram.ts';
import { TextsContext } from '../texts/texts.ts';
import type { Say } from '../texts/texts.ts';
import { useTexts } from '../texts/texts.ts';
import { Message } from '../ui/message.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { readDeepLink } from './deep-link.ts';
import { OutsideTelegram } from './outside-telegram.tsx';
import { SESSION_OVER_KEY, sessionQuery } from './session-query.ts';
import { Shell } from './shell.tsx';

interface AppProps {
  client: QueryClient;
  launch: Launch;
  /** The words of the client's language, until the person's own are known. */
  say: Say;
}

export function App({ client, launch, say }: AppProps) {
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
  const opening = useQuery(sessionQuery(useQueryClient(), launch));
  const { data: isOver } = useQuery({ queryKey: SESSION_OVER_KEY, queryFn: skipToken, initialData: false });
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
