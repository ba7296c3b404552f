/** Keeps the model in step with the server: server-sent events, and a fresh look after every gap. */
import { sandboxEventSchema, type SandboxEvent, type SandboxState } from '../../contract.ts';
import { fetchRows, fetchState } from './api.ts';
import { withChatSeen, withMessage, withoutMessage, type Model, type Store } from './model.ts';

/** Telegram's clients show "typing" for five seconds unless the bot says it again. */
const TYPING_MS = 5000;
/** A burst of changes (a claim of many reminders) asks for the rows once. */
const ROWS_PAUSE_MS = 80;

export interface Live {
  /** Asks for the rows of the person now shown. */
  refreshRows: () => void;
  /** Asks for everything again. */
  refreshAll: () => Promise<void>;
  /** Whatever is on screen now counts as read. */
  markSeen: () => void;
}

/** An event that says all there is to know, and the browser's own clock (ms) when it came. */
interface Change {
  event: Extract<SandboxEvent, { type: 'message' | 'deleted' | 'clock' }>;
  at: number;
}

/** What changes in the model; the same change twice is as good as once. */
function applied({ event, at }: Change, sandbox: SandboxState): Partial<Model> {
  switch (event.type) {
    case 'message':
      return { sandbox: { ...sandbox, messages: withMessage(sandbox.messages, event.message) } };
    case 'deleted':
      return { sandbox: { ...sandbox, messages: withoutMessage(sandbox.messages, event) } };
    case 'clock':
      return { sandbox: { ...sandbox, clock: event.clock }, clockReadAt: at };
  }
}

/**
 * For questions that may be answered in another order than they were asked. Each call begins one; its answer asks whether it is
 * still news, or a newer one is shown already.
 */
function createOrder(): () => () => boolean {
  let asked = 0;
  let shown = 0;
  return () => {
    const mine = (asked += 1);
    return () => {
      const isNews = mine > shown;
      if (isNews) shown = mine;
      return isNews;
    };
  };
}

/** Opens the event stream; it reconnects by itself. `onProblem` gets what could not be fetched, fit to be shown. */
export function startLive(store: Store, onProblem: (problem: unknown) => void): Live {
  const typingEnds = new Map<number, ReturnType<typeof setTimeout>>();
  let rowsTimer: ReturnType<typeof setTimeout> | undefined;
  /** For each look at everything that is not answered yet: the changes since it was asked for. */
  const sinceAsked = new Set<Change[]>();
  const beginLook = createOrder();
  const beginRows = createOrder();

  function markSeen(): void {
    const model = store.get();
    if (document.visibilityState !== 'visible' || !chatIsShown()) return;
    const seen = withChatSeen(model);
    if (seen !== model.seen) store.set({ seen });
  }

  function chatIsShown(): boolean {
    // Narrow screens hide panes by CSS: what is on screen decides, not which layout was meant.
    return document.querySelector('.chat')?.checkVisibility() ?? false;
  }

  async function loadRows(): Promise<void> {
    const { personId } = store.get();
    const isNews = beginRows();
    const rows = await fetchRows(personId);
    if (store.get().personId === personId && isNews()) store.set({ rows });
  }

  function refreshRows(): void {
    clearTimeout(rowsTimer);
    rowsTimer = setTimeout(() => {
      loadRows().catch(onProblem);
    }, ROWS_PAUSE_MS);
  }

  async function refreshAll(): Promise<void> {
    const isNews = beginLook();
    const changes: Change[] = [];
    sinceAsked.add(changes);
    const sandbox = await fetchState().finally(() => sinceAsked.delete(changes));
    if (isNews()) {
      store.set({ sandbox, clockReadAt: Date.now(), faultsReadAt: Date.now() });
      // The answer may be older than they are. Where it is newer, what it knew more comes as an event of its own.
      for (const change of changes) store.set(applied(change, store.get().sandbox));
    }
    await loadRows();
  }

  function stopTyping(chatId: number): void {
    clearTimeout(typingEnds.get(chatId));
    const typing = new Set(store.get().typing);
    if (typing.delete(chatId)) store.set({ typing });
  }

  function startTyping(chatId: number): void {
    clearTimeout(typingEnds.get(chatId));
    typingEnds.set(
      chatId,
      setTimeout(() => {
        stopTyping(chatId);
      }, TYPING_MS),
    );
    store.set({ typing: new Set(store.get().typing).add(chatId) });
  }

  function apply(event: Change['event']): void {
    const change = { event, at: Date.now() };
    for (const changes of sinceAsked) changes.push(change);
    store.set(applied(change, store.get().sandbox));
  }

  function take(event: SandboxEvent): void {
    switch (event.type) {
      case 'message':
        apply(event);
        if (event.message.from === 'bot' && event.message.editDate === null) stopTyping(event.message.chatId);
        break;
      case 'deleted':
        apply(event);
        break;
      case 'typing':
        startTyping(event.chatId);
        break;
      case 'clock':
        apply(event);
        refreshRows();
        break;
      case 'rows':
        refreshRows();
        break;
      case 'state':
        refreshAll().catch(onProblem);
        break;
    }
  }

  const source = new EventSource('/sandbox/api/events');
  source.addEventListener('message', ({ data }) => {
    take(sandboxEventSchema.parse(JSON.parse(String(data))));
  });
  source.addEventListener('open', () => {
    // Events sent while the line was down are gone: look at everything again.
    if (!store.get().connected) refreshAll().catch(onProblem);
    store.set({ connected: true });
  });
  source.addEventListener('error', () => {
    store.set({ connected: false });
  });
  document.addEventListener('visibilitychange', markSeen);
  return { refreshRows, refreshAll, markSeen };
}
