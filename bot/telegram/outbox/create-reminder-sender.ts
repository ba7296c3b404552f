/**
 * Sends what the dispatcher claimed, over connections of its own: grammY's client costs several times as much per
 * message, and its retries would send duplicates. One request per send; whether to try again is decided by the database.
 */
import { Pool } from 'undici';
import type { ClaimedReminder } from '../../../shared/schemas/reminder.ts';
import type { Log } from '../../logging.ts';
import type { DigestSender } from '../../usecases/digest-ports.ts';
import type { DeliveryOutcome, ReminderSender } from '../../usecases/ports.ts';
import type { Keyboard } from '../context.ts';
import type { Texts } from '../text/texts.ts';
import { digestCard } from '../features/digest/digest-card.ts';
import { classifyAnswer, type Backoff, type Verdict } from './classify-answer.ts';
import { postJson, type Reply } from './post-json.ts';
import { createReminderRenderer, type Letter } from './render-reminder.ts';

/** Longer without an answer, and a send is in doubt. */
const ANSWER_WITHIN_MS = 8_000;

/** Whom a message is for, and how often it was tried. */
type Addressed = Pick<ClaimedReminder, 'telegram_id' | 'retries'> & { readonly id?: number };

export interface SenderSettings {
  readonly token: string;
  /** No trailing slash. */
  readonly apiRoot: string;
  /** As many as sends in flight, so that none waits for another's connection (WORKER_CONCURRENCY). */
  readonly connections: number;
  readonly texts: Texts;
  readonly miniAppUrl: string | null;
  /** 0 ≤ n < 1, for spreading retries. */
  readonly random: () => number;
  readonly log: Log;
  /** Longer without an answer, and the send is in doubt. Milliseconds; default 8 s. */
  readonly answerWithinMs?: number;
}

/** Thrown by `send` when Telegram refuses the token: nothing will ever be sent with it. */
export class SenderFatal extends Error {
  override readonly name = 'SenderFatal';
}

export interface Outbox extends ReminderSender, DigestSender {
  /** Waits for no more answers: what is in flight is in doubt at once, and nothing else leaves. */
  abandon(): void;
  /** Waits for requests in flight, then closes the connections. */
  close(): Promise<void>;
}

/** Opens connections when the first reminder is sent. */
export function createReminderSender(settings: SenderSettings): Outbox {
  const { apiRoot, token, texts, miniAppUrl, log } = settings;
  const root = new URL(apiRoot);
  const limit = settings.answerWithinMs ?? ANSWER_WITHIN_MS;
  const pool = new Pool(root.origin, {
    connections: settings.connections,
    pipelining: 1,
    headersTimeout: limit,
    bodyTimeout: limit,
    connectTimeout: limit,
  });
  const base = `${root.pathname === '/' ? '' : root.pathname}/bot${token}/`;
  const tidying = new Set<Promise<Reply>>();

  const render = createReminderRenderer(texts, miniAppUrl);
  const post = (body: string, mayLeave?: () => boolean): Promise<Reply> =>
    postJson(pool, `${base}sendMessage`, body, mayLeave);

  /** Follows a chat that moved and sends bare what Telegram cannot read, each once. */
  async function sendAgain(
    row: Addressed,
    letter: Letter,
    isSilent: boolean,
    { first, backoff }: { readonly first: Verdict; readonly backoff: Backoff },
  ): Promise<Verdict> {
    let verdict = first;
    let chatId = row.telegram_id;
    if (verdict.kind === 'send_to') {
      chatId = verdict.chatId;
      verdict = classifyAnswer(await post(bodyOf(chatId, letter, isSilent)), backoff);
    }
    if (verdict.kind === 'send_plain') {
      log.error({ event: 'outbox.markup_refused', reminderId: row.id ?? null, error: verdict.error });
      verdict = classifyAnswer(await post(bodyOf(chatId, bare(letter), isSilent)), backoff);
    }
    return verdict;
  }

  async function deliver(
    row: Addressed,
    letter: Letter,
    isSilent: boolean,
    mayLeave?: () => boolean,
  ): Promise<Verdict> {
    const backoff: Backoff = { retries: row.retries, random: settings.random };
    const first = classifyAnswer(await post(bodyOf(row.telegram_id, letter, isSilent), mayLeave), backoff);
    return first.kind === 'sent' ? first : await sendAgain(row, letter, isSilent, { first, backoff });
  }

  /** The older card of the same reminder loses its buttons. Nobody waits for it, nothing depends on it. */
  function removeButtons(row: ClaimedReminder, messageId: number): void {
    const old = JSON.stringify({ chat_id: row.telegram_id, message_id: messageId });
    const work = postJson(pool, `${base}editMessageReplyMarkup`, old);
    tidying.add(work);
    void work.then(() => tidying.delete(work));
  }

  return {
    async send(rows, signal, mayLeave = () => true): Promise<DeliveryOutcome> {
      // Later there is no way back: what has left may have arrived.
      if (signal.aborted) return { outcome: 'released' };
      const [row] = rows;
      const slot = { isOver: false };
      const verdict = await deliver(row, render(rows), false, () => {
        slot.isOver = !mayLeave();
        return !slot.isOver;
      });
      if (slot.isOver) return { outcome: 'released' };
      if (verdict.kind !== 'sent') return unsent(verdict);
      const { messageId } = verdict;
      if (rows.some(({ message_id: id }) => id !== null)) {
        const older = new Set(rows.map(({ message_id: id }) => id).filter((id) => id !== null));
        for (const id of older) removeButtons(row, id);
      }
      return { outcome: rows.length === 1 ? 'sent' : 'bundled', messageId };
    },
    async sendDigest(digest, signal): Promise<DeliveryOutcome> {
      if (signal.aborted) return { outcome: 'released' };
      const { text, keyboard } = digestCard(digest, texts, miniAppUrl);
      const verdict = await deliver(digest, { text, keyboard: JSON.stringify(keyboard) }, true);
      return verdict.kind === 'sent' ? { outcome: 'sent', messageId: verdict.messageId } : unsent(verdict);
    },
    abandon() {
      void pool.destroy(new Error('the process stops'));
    },
    async close() {
      await Promise.all(tidying);
      if (!pool.destroyed) await pool.close();
    },
  };
}

/**
 * Why nothing arrived, for good or for now.
 * @throws SenderFatal when Telegram refuses the token.
 */
function unsent(verdict: Exclude<Verdict, { kind: 'sent' }>): DeliveryOutcome {
  if (verdict.kind === 'token_refused') {
    throw new SenderFatal(
      `Telegram refused BOT_TOKEN (${verdict.error}). Ask @BotFather for the current one.`,
    );
  }
  if (verdict.kind === 'settled') return verdict.outcome;
  const error = verdict.kind === 'send_plain' ? verdict.error : 'the chat moved twice';
  return { outcome: 'failed', error, errorCode: 400, unreachable: false };
}

/** The request's body. Put together by hand: what does not change from card to card is not written again. */
function bodyOf(chatId: number, { text, keyboard }: Letter, isSilent: boolean): string {
  const words = `{"chat_id":${chatId},"text":${JSON.stringify(text.text)},"entities":${JSON.stringify(text.entities)}`;
  const silence = isSilent ? ',"disable_notification":true' : '';
  return `${words},"link_preview_options":{"is_disabled":true}${silence},"reply_markup":{"inline_keyboard":${keyboard}}}`;
}

/** Without formatting, and without buttons that lead elsewhere: what every Telegram can read. */
function bare({ text, keyboard }: Letter): Letter {
  const plain = (JSON.parse(keyboard) as Keyboard)
    .map((row) => row.filter((button) => 'callback_data' in button))
    .filter((row) => row.length > 0);
  return { text: { text: text.text, entities: [] }, keyboard: JSON.stringify(plain) };
}
