/**
 * Telegram for tests: the emulator in a process of its own, people who write and tap, and waiting for what the bot says. Nothing here
 * sleeps; time limits only end a wait that has failed, and say what was there instead.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as timeout } from 'node:timers/promises';
import type { SandboxMessage, SandboxPerson } from '../../bot/sandbox/contract.ts';
import type { ControlEvent } from '../../bot/sandbox/telegram/control-routes.ts';
import type { EmulatorState } from '../../bot/sandbox/telegram/emulator.ts';
import type { FaultRuleInput } from '../../bot/sandbox/telegram/faults.ts';
import type { MessageContent, RecordedCall, TranscriptEntry } from '../../bot/sandbox/telegram/types.ts';
import { PATIENCE_MS } from './patience.ts';

const EMULATOR = new URL('../../bot/sandbox/emulator-main.ts', import.meta.url).pathname;

export interface TelegramOptions {
  /** A file, for tests that kill the emulator; default: memory. */
  storage?: string;
  /** Default: on, as at Telegram. */
  rateLimits?: boolean;
}

export interface TapAnswer {
  text: string | null;
  showAlert: boolean;
}

/** A message of the bot; with its keyboard if the test knows it. */
type TappedMessage = Pick<SandboxMessage, 'messageId'> & Partial<Pick<SandboxMessage, 'inlineKeyboard'>>;

let nextPersonId = 9_000_001;

/** One line of the chat, for messages of failed waits. */
const describe = ({ messageId, from, text, inlineKeyboard }: SandboxMessage) =>
  `  ${messageId} ${from}: ${JSON.stringify(text)} ${JSON.stringify(inlineKeyboard.flat().map((button) => button.text))}`;

export class TestTelegram {
  readonly #options: TelegramOptions;
  #process: ChildProcess | null = null;
  #watching = new AbortController();
  #watchers = new Set<(event: ControlEvent) => void>();
  /** Chat id → message id → message as it stands now. */
  #chats = new Map<number, Map<number, SandboxMessage>>();
  apiRoot = '';
  token = '';
  /** 32 bytes in hex, for checking the `signature` of launch data. */
  initDataPublicKey = '';

  constructor(options: TelegramOptions) {
    this.#options = options;
  }

  /** Its process; undefined when it does not run. */
  get pid(): number | undefined {
    return this.#process?.pid;
  }

  get botId(): number {
    return Number.parseInt(this.token, 10);
  }

  /** @param port 0 for any, or the former one, so that a bot finds it again */
  async start(port = 0): Promise<void> {
    const flags = [
      ...['--port', String(port), '--storage', this.#options.storage ?? ':memory:'],
      ...(this.#options.rateLimits === false ? ['--no-rate-limits'] : []),
    ];
    const child = spawn(process.execPath, [EMULATOR, ...flags], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#process = child;
    const [line] = (await Promise.race([
      once(createInterface(child.stdout), 'line'),
      once(child, 'exit').then(([code]) => {
        throw new Error(`The emulator ended with ${String(code)} before it was ready`);
      }),
    ])) as [string];
    const ready = JSON.parse(line) as { url: string; token: string; initDataPublicKey: string };
    this.apiRoot = ready.url;
    this.token = ready.token;
    this.initDataPublicKey = ready.initDataPublicKey;
    await this.#watch();
  }

  /** Follows the emulator's events; resolves once the first has come and the chats are known. */
  async #watch(): Promise<void> {
    this.#watching = new AbortController();
    const response = await fetch(`${this.apiRoot}/control/events`, { signal: this.#watching.signal });
    const first = Promise.withResolvers<undefined>();
    void this.#follow(response, () => first.resolve(undefined)).catch((cause: unknown) =>
      first.reject(cause),
    );
    await first.promise;
    const { messages } = await this.state();
    for (const message of messages) this.#keep(message);
  }

  async #follow(response: Response, onFirst: () => void): Promise<void> {
    if (response.body === null) throw new Error('The emulator sent no events');
    let rest = '';
    try {
      for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
        const lines = `${rest}${chunk}`.split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) {
          if (!line.startsWith('data:')) continue;
          this.#take(JSON.parse(line.slice('data:'.length)) as ControlEvent);
          onFirst();
        }
      }
    } catch (cause) {
      // The stream breaks when the emulator is killed or stopped: that is what those tests want.
      if (this.#process !== null && this.#process.exitCode === null && this.#process.signalCode === null)
        throw cause;
    }
  }

  #keep(message: SandboxMessage): void {
    const chat = this.#chats.get(message.chatId) ?? new Map<number, SandboxMessage>();
    chat.set(message.messageId, message);
    this.#chats.set(message.chatId, chat);
  }

  #take(event: ControlEvent): void {
    if (event.type === 'message') this.#keep(event.message);
    if (event.type === 'deleted') this.#chats.get(event.chatId)?.delete(event.messageId);
    for (const watcher of [...this.#watchers]) watcher(event);
  }

  async #control<T>(path: string, body?: unknown): Promise<T> {
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    };
    const response = await fetch(`${this.apiRoot}/control/${path}`, body === undefined ? {} : init);
    const answer = (await response.json()) as T & { error?: { message: string } };
    if (!response.ok) throw new Error(`${path}: ${answer.error?.message ?? response.status}`);
    return answer;
  }

  /** Resolves when `found` finds something: now, or at one of the events to come. */
  async #waitFor<T>(
    found: (event: ControlEvent | null) => T | undefined,
    complaint: () => string,
  ): Promise<T> {
    const now = found(null);
    if (now !== undefined) return now;
    const later = Promise.withResolvers<T>();
    const watcher = (event: ControlEvent) => {
      const value = found(event);
      if (value !== undefined) later.resolve(value);
    };
    this.#watchers.add(watcher);
    const over = new AbortController();
    const inVain = timeout(PATIENCE_MS, undefined, { signal: over.signal }).then(() => {
      throw new Error(complaint());
    });
    try {
      return await Promise.race([later.promise, inVain]);
    } finally {
      over.abort();
      inVain.catch(() => undefined);
      this.#watchers.delete(watcher);
    }
  }

  /** A new person who has not written to the bot yet. */
  async person(overrides: Partial<SandboxPerson> = {}): Promise<SandboxPerson> {
    const id = nextPersonId++;
    const person: SandboxPerson = {
      id,
      firstName: 'Mara',
      languageCode: 'en',
      blurb: '',
      role: 'stranger',
      hasBlockedBot: false,
      ...overrides,
    };
    await this.#control('people', person);
    return person;
  }

  async group(title = 'Team'): Promise<{ id: number; title: string }> {
    const group = { id: -nextPersonId++, title };
    await this.#control('groups', group);
    return group;
  }

  /** @returns the person's own message */
  async say(person: { id: number }, text: string, replyTo?: { messageId: number }): Promise<SandboxMessage> {
    const reply = replyTo === undefined ? {} : { replyToMessageId: replyTo.messageId };
    return (
      await this.#control<{ message: SandboxMessage }>('messages', { personId: person.id, text, ...reply })
    ).message;
  }

  /**
   * Anything a client can send: fields of the Bot API's Message, e.g. `{ contact: … }` or `{ poll: … }`. Files come with their
   * bytes: `{ voice: { base64, duration: 4 } }`, `{ photo: { base64, width, height }, caption: '…' }`, `{ document: { base64,
   * file_name, mime_type } }`, likewise audio, video, video_note, animation, sticker. In a group if one is named.
   */
  async send(
    person: { id: number },
    content: MessageContent,
    group?: { id: number },
    replyTo?: { messageId: number },
  ): Promise<SandboxMessage> {
    const place = group === undefined ? {} : { chatId: group.id };
    const reply = replyTo === undefined ? {} : { replyToMessageId: replyTo.messageId };
    const body = { personId: person.id, content, ...place, ...reply };
    return (await this.#control<{ message: SandboxMessage }>('contents', body)).message;
  }

  async edit(person: { id: number }, message: { messageId: number }, text: string): Promise<SandboxMessage> {
    const body = { personId: person.id, messageId: message.messageId, text };
    return (await this.#control<{ message: SandboxMessage }>('edits', body)).message;
  }

  /** The person deletes a message in their chat, which the bot is not told. */
  async remove(person: { id: number }, message: { messageId: number }): Promise<void> {
    await this.#control('deletions', { personId: person.id, messageId: message.messageId });
  }

  /**
   * Taps a button; resolves when the bot has answered the tap (or has not, for 30 s).
   *
   * @param button its label, or `{ data }` for what a forged client or an old keyboard would send
   */
  async tap(
    person: { id: number },
    message: TappedMessage,
    button: string | { data: string },
  ): Promise<TapAnswer> {
    const data = typeof button === 'string' ? this.#dataOf(person, message, button) : button.data;
    return this.#control<TapAnswer>('taps', { personId: person.id, messageId: message.messageId, data });
  }

  /** People tap what they see: the message as the test holds it, else as it stands now. */
  #dataOf(person: { id: number }, message: TappedMessage, label: string): string {
    const shown =
      message.inlineKeyboard ?? this.#chats.get(person.id)?.get(message.messageId)?.inlineKeyboard;
    const buttons = shown?.flat() ?? [];
    const data = buttons.find((button) => button.text === label)?.callback_data;
    if (data === undefined) {
      const there = JSON.stringify(buttons.map(({ text }) => text));
      throw new Error(
        `No button ${JSON.stringify(label)} under message ${message.messageId}; there are ${there}`,
      );
    }
    return data;
  }

  async shareLocation(person: { id: number }, latitude: number, longitude: number): Promise<void> {
    await this.#control('locations', { personId: person.id, latitude, longitude });
  }

  async block(person: { id: number }, blocked = true): Promise<void> {
    await this.#control('blocks', { personId: person.id, blocked });
  }

  /** The chat as it stands, oldest first. */
  messages(chat: { id: number }): SandboxMessage[] {
    return [...(this.#chats.get(chat.id)?.values() ?? [])].toSorted((a, b) => a.messageId - b.messageId);
  }

  /** The newest message of the bot that satisfies `wanted`, edits included: one that is there, or the first to come. */
  async waitForMessage(
    chat: { id: number },
    wanted: (message: SandboxMessage) => boolean = () => true,
  ): Promise<SandboxMessage> {
    return this.#waitFor(
      () =>
        this.messages(chat).findLast(
          (message) => message.from === 'bot' && !message.draft && wanted(message),
        ),
      () =>
        `The bot said nothing that fits within ${PATIENCE_MS} ms. The chat:\n${this.messages(chat).map(describe).join('\n')}`,
    );
  }

  /** Any event, message or call: for drafts, typing and rejected calls. Only what comes after the call counts. */
  async waitForEvent(wanted: (event: ControlEvent) => boolean): Promise<ControlEvent> {
    return this.#waitFor(
      (event) => (event !== null && wanted(event) ? event : undefined),
      () => `No event fitted within ${PATIENCE_MS} ms`,
    );
  }

  /** A schedule of trouble; replaces the former one. None = all is well again. */
  async fault(...rules: FaultRuleInput[]): Promise<void> {
    await this.#control('faults', { rules });
  }

  async rateLimits(enabled: boolean): Promise<void> {
    await this.#control('limits', { enabled });
  }

  /** Resolves when a bot waits for updates by long polling: whatever is said now, it hears. */
  async polled(): Promise<void> {
    await this.#control('polled');
  }

  /** Moves what the emulator takes for product time (dates of messages) or the machine's clock (limits), in seconds. */
  async moveClock(by: {
    productSeconds?: number;
    machineSeconds?: number;
    /** From then on the machine's clock stands still between moves. */
    freezeMachine?: boolean;
  }): Promise<void> {
    await this.#control('clock', by);
  }

  async calls(): Promise<RecordedCall[]> {
    return this.#control('calls');
  }

  async transcript(chat?: { id: number }): Promise<TranscriptEntry[]> {
    return this.#control(chat === undefined ? 'transcript' : `transcript?chat=${chat.id}`);
  }

  async state(): Promise<EmulatorState> {
    return this.#control('state');
  }

  async signInitData(
    person: { id: number },
    options: { startParam?: string; authDate?: number } = {},
  ): Promise<string> {
    return (await this.#control<{ initData: string }>('init-data', { personId: person.id, ...options }))
      .initData;
  }

  /** `kill -9`: nothing is said goodbye to. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** After a kill: the same storage at the same address. */
  async restart(): Promise<void> {
    await this.start(Number(new URL(this.apiRoot).port));
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process;
    if (child === null) return;
    this.#process = null;
    const exit = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : null;
    child.kill(signal);
    await exit;
    this.#watching.abort();
  }
}

/** Starts an emulator of its own; stop it when the test file is done. */
export async function startTelegram(options: TelegramOptions = {}): Promise<TestTelegram> {
  const telegram = new TestTelegram(options);
  await telegram.start();
  return telegram;
}
