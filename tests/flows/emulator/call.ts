/** The Bot API from outside: one HTTP call, answer as it came. */
import type { ApiMethods, Update } from '@grammyjs/types';
import type { TestTelegram } from '../../support/telegram.ts';

export interface Answer {
  status: number;
  ok: boolean;
  error_code?: number;
  description?: string;
  parameters?: { retry_after?: number };
  result?: unknown;
}

/** Calls a method with a JSON body. */
export async function call(
  telegram: Pick<TestTelegram, 'apiRoot' | 'token'>,
  method: string,
  parameters: Record<string, unknown> = {},
  init: RequestInit = {},
): Promise<Answer> {
  const response = await fetch(`${telegram.apiRoot}/bot${telegram.token}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(parameters),
    ...init,
  });
  return { status: response.status, ...((await response.json()) as Omit<Answer, 'status'>) };
}

export type Result<Name extends keyof ApiMethods<never>> = ReturnType<ApiMethods<never>[Name]>;

/**
 * A call that must succeed. Parameters are unchecked on purpose: tests also send what the types forbid.
 *
 * @throws {Error} if the call is refused
 */
export async function result<Name extends keyof ApiMethods<never>>(
  telegram: TestTelegram,
  method: Name,
  parameters: Record<string, unknown> = {},
): Promise<Result<Name>> {
  const answer = await call(telegram, method, parameters);
  if (!answer.ok) throw new Error(`${method}: ${answer.description ?? ''}`);
  return answer.result as Result<Name>;
}

/** A person the bot may write to. */
export async function startedPerson(telegram: TestTelegram, overrides: { firstName?: string } = {}) {
  const person = await telegram.person(overrides);
  await telegram.say(person, '/start');
  return person;
}

/** Polls, confirming as it goes, until an update of this type comes; gives back what it holds. */
export async function nextUpdate<Type extends Exclude<keyof Update, 'update_id'>>(
  telegram: TestTelegram,
  type: Type,
): Promise<NonNullable<Update[Type]>> {
  let offset = 0;
  while (true) {
    const [update] = await result(telegram, 'getUpdates', { offset, timeout: 10, limit: 1 });
    if (update === undefined) throw new Error(`No update of type ${type} came within 10 s`);
    offset = update.update_id + 1;
    const content = update[type];
    if (content == null) continue;
    await result(telegram, 'getUpdates', { offset, timeout: 0, limit: 1 });
    return content;
  }
}
