/** Calls Telegram refuses, and its words for it. Each is made from outside; none may leave a trace in the chat. */
import { expect } from 'vitest';
import { startTelegram, type TestTelegram } from '../../support/telegram.ts';
import { call, result, startedPerson } from './call.ts';

/** Who and what the cases speak of. */
export interface Scene {
  telegram: TestTelegram;
  /** Has pressed START. */
  mara: { id: number };
  /** Never wrote to the bot. */
  stranger: { id: number };
  blocked: { id: number };
  group: { id: number };
  /** A message of the bot with a button, in Mara's chat. */
  card: { message_id: number };
  /** Mara's own message. */
  own: { messageId: number };
}

export interface Case {
  name: string;
  method: string;
  parameters: (scene: Scene) => Record<string, unknown>;
  code: number;
  description: string;
}

export const inline = (...buttons: unknown[]) => ({ inline_keyboard: [buttons] });
export const CARD_BUTTONS = inline({ text: 'Done', callback_data: 'done:1' });

export async function setScene(): Promise<Scene> {
  const telegram = await startTelegram({ rateLimits: false });
  const mara = await startedPerson(telegram);
  const blocked = await startedPerson(telegram);
  await telegram.block(blocked);
  const own = await telegram.say(mara, 'my own words');
  const card = await result(telegram, 'sendMessage', {
    chat_id: mara.id,
    text: 'card',
    reply_markup: CARD_BUTTONS,
  });
  return {
    telegram,
    mara,
    stranger: await telegram.person(),
    blocked,
    group: await telegram.group(),
    card,
    own,
  };
}

/** A call refused with 400. */
export const refused = (
  name: string,
  method: string,
  parameters: (scene: Scene) => Record<string, unknown>,
  description: string,
): Case => ({ name, method, parameters, code: 400, description: `Bad Request: ${description}` });

/** Refused in exactly these words, and the chat is as it was. */
export async function expectRefusal(
  scene: Scene,
  { method, parameters, code, description }: Case,
): Promise<void> {
  const chat = async () =>
    (await scene.telegram.state()).messages.filter(({ chatId }) => chatId === scene.mara.id);
  const before = await chat();
  const answer = await call(scene.telegram, method, parameters(scene));
  expect(answer).toEqual({ status: code, ok: false, error_code: code, description });
  expect(await chat()).toEqual(before);
}
