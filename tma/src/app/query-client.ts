import { focusManager, QueryClient } from '@tanstack/react-query';
import { ReadError } from '../session/outcome.ts';
import { SignInError } from '../session/sign-in.ts';

/** The first retry comes after a second, so that a restarted server is not felt. */
const RETRIES = 2;
/** The SDK has sent a read four times within four seconds when it gives up: then the person is told, and the poll goes on. */
const isTriedEnough = (error: Error): boolean =>
  error instanceof ReadError || (error instanceof SignInError && error.problem !== 'away');

/** One cache for the whole app. */
export function createQueryClient(): QueryClient {
  // A frame gets the focus without becoming visible anew: clicking from the chat into the mini-app is coming back.
  focusManager.setEventListener((onFocus) => {
    const listener = (): void => {
      onFocus();
    };
    addEventListener('visibilitychange', listener);
    addEventListener('focus', listener);
    return () => {
      removeEventListener('visibilitychange', listener);
      removeEventListener('focus', listener);
    };
  });
  return new QueryClient({
    defaultOptions: {
      queries: {
        // A browser's idea of being offline is wrong often enough; the request itself knows.
        networkMode: 'always',
        retry: (failures, error) => failures < RETRIES && !isTriedEnough(error),
      },
    },
  });
}
