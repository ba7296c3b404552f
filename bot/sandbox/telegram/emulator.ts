/**
 * Telegram, as far as a bot can tell: the Bot API on one side, people with their clients on the other. The sandbox lives on it,
 * and so do the tests. Strict where Telegram is strict; what it does not know it refuses instead of nodding it through.
 *
 * It does not imitate Telegram's answer to polling in a tight loop (a poll that repeats an offset is held for 3 s), expiry of
 * updates after 24 hours, or anything about channels and inline mode; of files it knows those people send and documents the bot sends.
 */
import type { z } from 'zod';
import type {
  PlannedFault,
  SandboxEvent,
  SandboxFault,
  SandboxMessage,
  SandboxPerson,
  SandboxState,
  sendLocationSchema,
  sendTextSchema,
  tapAnswerSchema,
  tapSchema,
} from '../contract.ts';
import { CallDesk, type Connection } from './answer-call.ts';
import { Chats } from './chats.ts';
import { Drafts } from './drafts.ts';
import { faultRuleSchema, Faults, type FaultRuleInput } from './faults.ts';
import { loadSigningKey, signInitData } from './init-data.ts';
import { Messages } from './messages.ts';
import { commandsOf, DEFAULT_SCOPE, menuButtonOf } from './methods/bot-settings.ts';
import * as actions from './person-actions.ts';
import { RateLimits } from './rate-limits.ts';
import { pageMessage } from './shapes.ts';
import { Storage } from './storage.ts';
import { isLocalAddress } from './text/links.ts';
import type { Group, MessageContent, RecordedCall, TranscriptEntry } from './types.ts';
import { UpdateQueue } from './update-queue.ts';
import { Webhook } from './webhook.ts';
import { unixNow, type World } from './world.ts';

export interface EmulatorOptions {
  /** `<bot id>:<secret>`, the only token it answers to. */
  token: string;
  /** Product time. */
  clock: { now: () => Temporal.Instant };
  /** A file that survives the process, or ":memory:". */
  storage: string;
  people: readonly SandboxPerson[];
  bot?: { firstName: string; username: string };
  /** Milliseconds of the machine's clock; for tests of limits and timeouts. */
  machineNow?: () => number;
  /** Refuse more than about 30 messages a second and one a second in a chat. Default: yes. */
  rateLimits?: boolean;
  /** Take buttons and webhooks that lead to http://localhost or http://127.0.0.1. Default: no, as Telegram. */
  allowInsecureLocal?: boolean;
  /** Where the sandbox is reached; its links are taken as well, even over plain http. */
  publicUrl?: string;
}

/** What the emulator adds to the sandbox page's state; clock and rows come from elsewhere. */
export type EmulatorState = Pick<
  SandboxState,
  'bot' | 'people' | 'messages' | 'commands' | 'menuButton' | 'faults' | 'plannedFaults'
>;

export interface Emulator {
  /** The Bot API: any path ending in `/bot<token>/<method>`. Rejects, as fetch does, when a fault drops the connection and no `connection` is given. */
  fetch: (request: Request, connection?: Connection) => Promise<Response>;
  state: () => EmulatorState;
  sendText: (given: z.infer<typeof sendTextSchema>) => actions.Done<{ message: SandboxMessage }>;
  /** Anything a client can send, as fields of the Bot API's Message. */
  sendContent: (given: {
    personId: number;
    chatId?: number | undefined;
    content: MessageContent;
    replyToMessageId?: number | undefined;
  }) => actions.Done<{ message: SandboxMessage }>;
  editText: (given: {
    personId: number;
    messageId: number;
    text: string;
  }) => actions.Done<{ message: SandboxMessage }>;
  /** A person deletes a message in their own chat; the bot is not told. */
  deleteMessage: (given: { personId: number; messageId: number }) => actions.Done<object>;
  tap: (given: z.infer<typeof tapSchema>) => Promise<actions.Done<z.infer<typeof tapAnswerSchema>>>;
  sendLocation: (given: z.infer<typeof sendLocationSchema>) => actions.Done<{ message: SandboxMessage }>;
  setBlocked: (personId: number, blocked: boolean) => actions.Done<object>;
  /** The page's switches: the whole set that is on. */
  setFaults: (faults: readonly SandboxFault[]) => void;
  /** The same switches on a time line, counted from now; replaces the former one. */
  planFaults: (planned: readonly PlannedFault[]) => void;
  /** A precise schedule, tried before the switches; replaces the former one and lets go of calls that hang. */
  setFaultRules: (rules: readonly FaultRuleInput[]) => void;
  setRateLimits: (enabled: boolean) => void;
  /** Resolves when a bot waits in getUpdates. */
  untilPolled: () => Promise<void>;
  addPerson: (person: SandboxPerson) => void;
  addGroup: (group: Group) => void;
  /** @returns a function that ends the subscription */
  subscribe: (listener: (event: SandboxEvent) => void) => () => void;
  /** Called for each finished call of the bot. */
  onCall: (listener: (call: RecordedCall) => void) => void;
  calls: () => RecordedCall[];
  /** What happened, in order, in one chat or in all. */
  transcript: (chatId?: number) => TranscriptEntry[];
  /**
   * Launch data as a mini-app opened by this person would get it.
   *
   * @param options.authDate Unix seconds; default: now, on the machine's clock
   * @throws {Error} if there is no such person
   */
  signInitData: (personId: number, options?: { startParam?: string; authDate?: number }) => string;
  /** 32 bytes in hex: checks the `signature` of launch data, as Telegram's published keys do. */
  initDataPublicKey: string;
  /** Forgets all chats. Numbers of messages and updates go on, so that nothing old is taken for new. */
  reset: () => void;
  close: () => void;
}

function readBot(options: EmulatorOptions): World['bot'] {
  const id = Number(/^(\d+):[\w-]+$/.exec(options.token)?.[1]);
  if (Number.isNaN(id))
    throw new Error('The emulator needs a token of the form "<digits>:<secret>"; give it one like 42:SECRET');
  return { id, ...(options.bot ?? { firstName: 'Nudge', username: 'nudge_bot' }) };
}

function isOwnAddress(options: EmulatorOptions, link: string): boolean {
  const isLocal = options.allowInsecureLocal === true && isLocalAddress(link);
  const own = options.publicUrl === undefined ? null : new URL(options.publicUrl).origin;
  return isLocal || (own !== null && URL.parse(link)?.origin === own);
}

function createWorld(options: EmulatorOptions, desk: () => CallDesk, emit: World['emit']): World {
  const machineNow = options.machineNow ?? Date.now;
  const storage = new Storage(options.storage);
  const updates = new UpdateQueue(storage);
  const faults = new Faults(machineNow);
  return {
    token: options.token,
    bot: readBot(options),
    clock: options.clock,
    machineNow,
    isOwnAddress: (link) => isOwnAddress(options, link),
    storage,
    chats: new Chats(storage, options.people),
    messages: new Messages(storage),
    drafts: new Drafts(emit),
    updates,
    webhook: new Webhook({
      storage,
      updates,
      isOffline: () => faults.isOffline,
      onReply: (call) => void desk().runReply(call),
      unixNow: () => unixNow(options),
    }),
    limits: new RateLimits(machineNow, options.rateLimits ?? true),
    faults,
    waitingTaps: new Map(),
    emit,
  };
}

function stateOf(world: World): EmulatorState {
  const { id, firstName, username } = world.bot;
  const button = menuButtonOf(world);
  const stored = world.messages.list().map((message) => pageMessage(world, message));
  const forPrivateChats = commandsOf(world, 'all_private_chats', '');
  return {
    bot: { id, firstName, username },
    people: world.chats.people().map(({ hasStarted: _, ...person }) => person),
    messages: [...stored, ...world.drafts.list()],
    commands: forPrivateChats.length > 0 ? forPrivateChats : commandsOf(world, DEFAULT_SCOPE, ''),
    menuButton: button.type === 'web_app' ? { text: button.text, url: button.web_app.url } : null,
    faults: world.faults.switches(),
    plannedFaults: world.faults.planned(),
  };
}

export function createEmulator(options: EmulatorOptions): Emulator {
  const listeners = new Set<(event: SandboxEvent) => void>();
  const emit = (event: SandboxEvent) => {
    // After the change is committed: a listener that asks for the state must find the news in it.
    queueMicrotask(() => {
      for (const listener of listeners) listener(event);
    });
  };
  const world: World = createWorld(options, () => desk, emit);
  const desk = new CallDesk(world);
  const stopped = new AbortController();
  const { privateKey, publicKeyHex } = loadSigningKey(world.storage);
  world.webhook.deliver();

  return {
    fetch: (request, connection) => desk.answer(request, connection),
    state: () => stateOf(world),
    sendText: (given) => actions.sendText(world, given),
    sendContent: (given) => actions.sendContent(world, given),
    editText: (given) => actions.editText(world, given),
    deleteMessage: (given) => actions.deleteMessage(world, given),
    tap: (given) => actions.tap(world, given, stopped.signal),
    sendLocation: (given) => actions.sendLocation(world, given),
    setBlocked: (personId, blocked) => actions.setBlocked(world, { personId, blocked }),
    setFaults(faults) {
      world.faults.setSwitches(faults);
      emit({ type: 'state' });
    },
    planFaults(planned) {
      world.faults.setPlanned(planned);
      emit({ type: 'state' });
    },
    setFaultRules: (rules) => world.faults.setRules(rules.map((rule) => faultRuleSchema.parse(rule))),
    setRateLimits(enabled) {
      world.limits.enabled = enabled;
    },
    untilPolled: () => world.updates.untilPolled(),
    addPerson(person) {
      world.chats.add(person);
      emit({ type: 'state' });
    },
    addGroup: (group) => world.chats.addGroup(group),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onCall(listener) {
      desk.onCall = listener;
    },
    calls: () => desk.calls(),
    transcript: (chatId) => world.messages.transcript(chatId),
    signInitData(id, { startParam, authDate } = {}) {
      const person = world.chats.person(id);
      if (person === null) throw new Error(`Nobody in the emulator has the id ${id}; add the person first`);
      return signInitData({ token: world.token, id: world.bot.id, privateKey }, person, {
        authDate: authDate ?? Math.floor(world.machineNow() / 1000),
        ...(startParam === undefined ? {} : { startParam }),
      });
    },
    initDataPublicKey: publicKeyHex,
    reset() {
      world.drafts.clear();
      world.webhook.stop();
      for (const giveUp of world.waitingTaps.values()) giveUp({ text: null, showAlert: false });
      world.faults.setRules([]);
      world.faults.setSwitches([]);
      world.faults.setPlanned([]);
      world.storage.clear();
      for (const person of options.people) world.chats.add(person);
      emit({ type: 'state' });
    },
    close() {
      stopped.abort();
      desk.close();
      world.webhook.stop();
      world.drafts.clear();
      world.updates.close();
      world.storage.close();
    },
  };
}
