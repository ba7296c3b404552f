/** What a person can do on the page. Each action says in a toast what went wrong, never silently. */
import type {
  PlannedFault,
  SandboxAttachment,
  SandboxButton,
  SandboxFault,
  SandboxPerson,
} from '../../contract.ts';
import * as api from './api.ts';
import { h } from './dom.ts';
import { rememberTheme } from './theme.ts';
import type { Live } from './live.ts';
import { currentPerson, type Store, type Theme } from './model.ts';
import { askDialog } from './overlay/dialog.ts';
import type { Toast } from './overlay/toast.ts';

/** Telegram's limit for one message; its clients send longer texts as several. */
const MESSAGE_LIMIT = 4096;

export interface Actions {
  showPerson: (person: SandboxPerson) => void;
  /** @returns whether it was sent; if not, the person has been told why */
  send: (text: string) => Promise<boolean>;
  press: (messageId: number, button: SandboxButton) => Promise<void>;
  openLink: (url: string) => void;
  openApp: (launch?: { url?: string; startParam?: string }) => void;
  copy: (text: string) => Promise<void>;
  sendLocation: (latitude: number, longitude: number) => Promise<unknown>;
  /** @param make reads what is to be sent; what it throws is told to the person */
  sendContent: (make: () => SandboxAttachment | Promise<SandboxAttachment>) => Promise<unknown>;
  /** Opens the chat's record in a tab of its own, or saves it as a file. */
  openTranscript: (how: 'read' | 'save') => void;
  setBlocked: (blocked: boolean) => Promise<unknown>;
  toggleFault: (fault: SandboxFault) => Promise<unknown>;
  /** Replaces the time line of faults; resolves when the page knows the new one. */
  planFaults: (planned: PlannedFault[]) => Promise<unknown>;
  moveClock: (move: { bySeconds: number } | { to: string }) => Promise<unknown>;
  askReset: () => Promise<void>;
  setTheme: (theme: Theme) => void;
  /** Shows what went wrong, in the sandbox's words where it has some. */
  report: (problem: unknown) => void;
}

interface Parts {
  store: Store;
  live: Live;
  toast: Toast;
  launchApp: (launch: { url?: string; startParam?: string }) => Promise<void>;
}

export function createActions({ store, live, toast, launchApp }: Parts): Actions {
  const personId = () => store.get().personId;

  function report(problem: unknown): void {
    if (problem instanceof api.ApiProblem) toast.show(problem.message);
    else {
      toast.show('Something went wrong on this page. Reload it to go on.');
      reportError(problem);
    }
  }

  /** One await, one place for what can fail. */
  async function attempt(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (problem) {
      report(problem);
      return false;
    }
  }

  function openLink(url: string): void {
    const inside = botLink(url, store.get().sandbox.bot.username);
    if (inside?.kind === 'start') void send(`/start ${inside.parameter}`.trimEnd());
    else if (inside?.kind === 'app') openApp({ startParam: inside.parameter });
    else if (/^(https?|mailto|tel):/i.test(url)) window.open(url, '_blank', 'noopener,noreferrer');
    else toast.show(`This link cannot be opened here: ${url}`);
  }

  function openApp(launch: { url?: string; startParam?: string } = {}): void {
    store.set({ pane: 'app' });
    void attempt(() => launchApp(launch));
  }

  async function copy(text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      toast.show('Copied');
    } catch {
      toast.show('The browser did not allow copying. Select the text instead.');
    }
  }

  async function send(text: string): Promise<boolean> {
    const model = store.get();
    const replyTo = model.replyTo ?? undefined;
    return attempt(async () => {
      for (const [index, piece] of splitText(text).entries()) {
        await api.sendText(model.personId, piece, index === 0 ? replyTo : undefined);
      }
      store.set({ replyTo: null });
    });
  }

  async function press(messageId: number, button: SandboxButton): Promise<void> {
    const { url, web_app: app, copy_text: copied, callback_data: data } = button;
    if (url !== undefined) openLink(url);
    else if (app !== undefined) openApp({ url: app.url });
    else if (copied !== undefined) await copy(copied.text);
    else if (data !== undefined) {
      await attempt(async () => {
        const answer = await api.tap(personId(), messageId, data);
        if (answer.text === null) return;
        if (!answer.showAlert) toast.show(answer.text);
        else
          await askDialog(document.body, {
            text: answer.text,
            buttons: [{ id: 'ok', text: 'OK', style: 'main' }],
          });
      });
    } else toast.show('This kind of button is not part of the sandbox');
  }

  async function askReset(): Promise<void> {
    const answer = await askDialog(document.body, {
      title: 'Begin again in real time?',
      text: 'The clock only runs forward. Going back to real time empties the sandbox: every chat, lead and reminder in it.',
      buttons: [
        { id: 'keep', text: 'Keep everything' },
        { id: 'reset', text: 'Begin again', style: 'danger' },
      ],
    });
    if (answer !== 'reset') return;
    await attempt(async () => {
      await api.reset();
      store.set({ seen: new Map(), drafts: new Map(), typing: new Set(), replyTo: null });
      await live.refreshAll();
    });
  }

  return {
    showPerson(person) {
      store.set({ personId: person.id, rows: null, replyTo: null, listShown: false, pane: 'chat' });
      live.refreshRows();
    },
    send,
    press,
    openLink,
    openApp,
    copy,
    sendLocation: (latitude, longitude) => attempt(() => api.sendLocation(personId(), latitude, longitude)),
    sendContent: (make) => attempt(async () => api.sendContent(personId(), await make())),
    openTranscript(how) {
      const address = api.transcriptAddress(personId());
      if (how === 'read') window.open(address, '_blank', 'noopener');
      else h('a', { href: address, download: `nudge-chat-${personId()}.txt` }).click();
    },
    setBlocked: (blocked) =>
      attempt(async () => {
        await api.setBlocked(personId(), blocked);
        await live.refreshAll();
        toast.show(`${currentPerson(store.get()).firstName} ${blocked ? 'blocked' : 'unblocked'} the bot`);
      }),
    toggleFault: (fault) =>
      attempt(async () => {
        const { sandbox } = store.get();
        const faults = sandbox.faults.includes(fault)
          ? sandbox.faults.filter((other) => other !== fault)
          : [...sandbox.faults, fault];
        await api.setFaults(faults);
        store.set({ sandbox: { ...store.get().sandbox, faults } });
      }),
    planFaults: (planned) =>
      attempt(async () => {
        await api.planFaults(planned);
        await live.refreshAll();
      }),
    moveClock: (move) => attempt(() => api.moveClock(move)),
    askReset,
    setTheme(theme) {
      rememberTheme(theme);
      store.set({ theme });
    },
    report,
  };
}

/** A link to the sandbox's own bot stays inside, as Telegram's clients do it. */
function botLink(url: string, username: string): { kind: 'start' | 'app'; parameter: string } | null {
  const address = URL.canParse(url) ? new URL(url) : null;
  if (address?.hostname !== 't.me') return null;
  const [, name] = address.pathname.split('/');
  if (name?.toLowerCase() !== username.toLowerCase()) return null;
  const app = address.searchParams.get('startapp');
  if (app !== null) return { kind: 'app', parameter: app };
  return { kind: 'start', parameter: address.searchParams.get('start') ?? '' };
}

/** Cuts a long text as Telegram's clients do: at the last line break or space before the limit. */
function splitText(text: string): string[] {
  const pieces: string[] = [];
  let rest = text.trim();
  while (rest.length > MESSAGE_LIMIT) {
    const head = rest.slice(0, MESSAGE_LIMIT);
    const cut = Math.max(head.lastIndexOf('\n'), head.lastIndexOf(' '));
    // Never between the two halves of an emoji.
    const hard = /[\uD800-\uDBFF]$/.test(head) ? MESSAGE_LIMIT - 1 : MESSAGE_LIMIT;
    const end = cut > 0 ? cut : hard;
    pieces.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  if (rest !== '') pieces.push(rest);
  return pieces;
}
