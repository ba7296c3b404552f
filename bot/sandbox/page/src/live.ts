/** Keeps the model in step with the server: server-sent events, and a fresh look after every gap. */
import { sandboxEventSchema, type SandboxEvent } from '../../contract.ts';
import { fetchRows, fetchState } from './api.ts';
import { withChatSeen, withMessage, type Store } from './model.ts';

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

/** Opens the event stream; it reconnects by itself. `onProblem` gets what could not be fetched, fit to be shown. */
export function startLive(store: Store, onProblem: (problem: unknown) => void): Live {
  const typingEnds = new Map<number, ReturnType<typeof setTimeout>>();
  let rowsTimer: ReturnType<typeof setTimeout> | undefined;

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
    const rows = await fetchRows(personId);
    if (store.get().personId === personId) store.set({ rows });
  }

  function refreshRows(): void {
    clearTimeout(rowsTimer);
    rowsTimer = setTimeout(() => {
      loadRows().catch(onProblem);
    }, ROWS_PAUSE_MS);
  }

  async function refreshAll(): Promise<void> {
    const sandbox = await fetchState();
    store.set({ sandbox, clockReadAt: Date.now(), faultsReadAt: Date.now() });
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

  function take(event: SandboxEvent): void {
    const { sandbox } = store.get();
    switch (event.type) {
      case 'message':
        store.set({ sandbox: { ...sandbox, messages: withMessage(sandbox.messages, event.message) } });
        if (event.message.from === 'bot' && event.message.editDate === null) stopTyping(event.message.chatId);
        break;
      case 'deleted':
        store.set({
          sandbox: {
            ...sandbox,
            messages: sandbox.messages.filter(
              ({ chatId, messageId }) => chatId !== event.chatId || messageId !== event.messageId,
            ),
          },
        });
        break;
      case 'typing':
        startTyping(event.chatId);
        break;
      case 'clock':
        store.set({ sandbox: { ...sandbox, clock: event.clock }, clockReadAt: Date.now() });
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
