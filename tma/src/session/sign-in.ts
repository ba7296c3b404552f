/** `POST /api/auth/telegram`, from the side of the phone. */
import { apiErrorSchema, signInAnswerSchema } from '../../../shared/contracts/auth.ts';
import type { SignInAnswer } from '../../../shared/contracts/auth.ts';
import { sendSignIn, takeEarlySignIn } from './early-sign-in.ts';

/** Why there is no session: `over` = open the app again, `refused` = not for this bot, `away` = try again. */
export type SignInProblem = 'over' | 'refused' | 'away';

export class SignInError extends Error {
  override readonly name = 'SignInError';
  readonly problem: SignInProblem;

  constructor(problem: SignInProblem, message: string) {
    super(message);
    this.problem = problem;
  }
}

/**
 * Exchanges launch data for a token.
 * @param lastToken the session's token so far: with it launch data is taken for a day instead of an hour.
 * @throws SignInError
 */
export async function signIn(initData: string, lastToken: string | null): Promise<SignInAnswer> {
  let response: Response;
  let answer: unknown;
  try {
    response = await ((lastToken === null ? takeEarlySignIn(initData) : null) ??
      sendSignIn(initData, lastToken));
    answer = await response.json();
  } catch {
    throw new SignInError('away', 'The server did not answer.');
  }
  if (response.ok) return signInAnswerSchema.parse(answer);
  const code = apiErrorSchema.safeParse(answer).data?.error.code ?? String(response.status);
  if (response.status !== 401) throw new SignInError('away', code);
  throw new SignInError(code === 'INIT_DATA_STALE' ? 'over' : 'refused', code);
}
