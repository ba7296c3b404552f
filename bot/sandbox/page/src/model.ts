/** What the page knows and what it works out from that. Drawing happens elsewhere, after each change. */
import type {
  PlannedFault,
  SandboxMessage,
  SandboxPerson,
  SandboxRows,
  SandboxState,
} from '../../contract.ts';

export type Pane = 'chat' | 'app' | 'rows';
export type Theme = 'light' | 'dark';

export interface Model {
  sandbox: SandboxState;
  /** The browser's own clock (ms) at which `sandbox.clock` was right: from there on it ticks along. */
  clockReadAt: number;
  /** The browser's own clock (ms) at which `sandbox.plannedFaults` was right. */
  faultsReadAt: number;
  rows: SandboxRows | null;
  personId: number;
  connected: boolean;
  /** Chat id → the newest message seen there; what comes after counts as unread. */
  seen: ReadonlyMap<number, number>;
  typing: ReadonlySet<number>;
  replyTo: number | null;
  /** Chat id → text typed but not sent. */
  drafts: ReadonlyMap<number, string>;
  search: string;
  /** Narrow screens show one pane at a time, and within the chat pane the list or one chat. */
  pane: Pane;
  listShown: boolean;
  drawerOpen: boolean;
  drawerTab: SandboxRows['tables'][number]['name'];
  theme: Theme;
}

export interface Store {
  get(): Model;
  set(change: Partial<Model>): void;
  /** Called once after each group of changes; also once at the start. */
  subscribe(draw: (model: Model) => void): void;
}

/** Changes made in one go are drawn once. */
export function createStore(initial: Model): Store {
  let model = initial;
  let scheduled = false;
  const listeners: ((model: Model) => void)[] = [];
  return {
    get: () => model,
    set(change) {
      model = { ...model, ...change };
      if (scheduled) return;
      scheduled = true;
      queueMicrotask(() => {
        scheduled = false;
        for (const draw of listeners) draw(model);
      });
    },
    subscribe(draw) {
      listeners.push(draw);
      draw(model);
    },
  };
}

export function currentPerson(model: Model): SandboxPerson {
  const person = model.sandbox.people.find(({ id }) => id === model.personId) ?? model.sandbox.people[0];
  if (person === undefined) throw new Error('The sandbox has no people to chat as: check its people list');
  return person;
}

/** The chat's messages, oldest first. */
export function messagesOf(model: Model, chatId: number): SandboxMessage[] {
  return model.sandbox.messages.filter((message) => message.chatId === chatId);
}

export function unreadIn(model: Model, chatId: number): number {
  const seen = model.seen.get(chatId) ?? 0;
  return messagesOf(model, chatId).filter(
    ({ from, messageId, draft }) => from === 'bot' && !draft && messageId > seen,
  ).length;
}

/** Product time in milliseconds, ticking. */
export function productNow(model: Model): number {
  return Date.parse(model.sandbox.clock.now) + (Date.now() - model.clockReadAt);
}

/** The time line of faults as it stands now: what is under way or still to come. */
export function plannedFaults({ sandbox, faultsReadAt }: Model): PlannedFault[] {
  const passed = (Date.now() - faultsReadAt) / 1000;
  return sandbox.plannedFaults
    .map((planned) => ({ ...planned, fromSeconds: planned.fromSeconds - passed }))
    .filter(({ fromSeconds, forSeconds }) => fromSeconds + forSeconds > 0);
}

/** The zone times are shown in: the person's own, UTC until the bot knows it. */
export function zoneOf(model: Model): string {
  return model.rows?.zone ?? 'UTC';
}

/** The keyboard under the input: the newest one the bot sent; an empty one took it away. */
export function replyKeyboardOf(model: Model): { text: string; [more: string]: unknown }[][] {
  return (
    messagesOf(model, model.personId).findLast(({ replyKeyboard }) => replyKeyboard !== null)
      ?.replyKeyboard ?? []
  );
}

/** Puts a new or edited message in its place, by message id. */
export function withMessage(messages: readonly SandboxMessage[], message: SandboxMessage): SandboxMessage[] {
  const others = withoutMessage(messages, message);
  const at = others.findLastIndex(({ messageId }) => messageId < message.messageId) + 1;
  return others.toSpliced(at, 0, message);
}

export function withoutMessage(
  messages: readonly SandboxMessage[],
  gone: Pick<SandboxMessage, 'chatId' | 'messageId'>,
): SandboxMessage[] {
  return messages.filter(({ chatId, messageId }) => chatId !== gone.chatId || messageId !== gone.messageId);
}

/** Everything in the shown chat counts as read while it can be seen. */
export function withChatSeen(model: Model): ReadonlyMap<number, number> {
  const last = messagesOf(model, model.personId).at(-1)?.messageId ?? 0;
  if (last <= (model.seen.get(model.personId) ?? 0)) return model.seen;
  return new Map(model.seen).set(model.personId, last);
}
