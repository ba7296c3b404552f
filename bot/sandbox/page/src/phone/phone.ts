/** The phone beside the chat: hosts the unmodified mini-app in an iframe and plays Telegram's client around it. */
import { THEME_PARAMS, type ThemeParams } from '../../../theme-params.ts';
import { h } from '../dom.ts';
import { productNow, zoneOf, type Model, type Store } from '../model.ts';
import { miniAppAddress } from '../api.ts';
import { askDialog } from '../overlay/dialog.ts';
import { openMenu } from '../overlay/menu.ts';
import { clockTime } from '../../../when.ts';
import { createChrome, PLAIN_CHROME, type ChromeState } from './chrome.ts';
import { showPopup } from './popup.ts';
import { readEvent, type AppEvent } from './protocol.ts';

/** Height of the line at the bottom of a phone without a home button, in CSS pixels. */
const HOME_LINE_PX = 22;
const NO_INSETS = { top: 0, bottom: 0, left: 0, right: 0 };

export interface Launch {
  url?: string;
  startParam?: string;
}

export interface PhoneActions {
  openLink: (url: string) => void;
  report: (problem: unknown) => void;
}

export function createPhone(store: Store, actions: PhoneActions) {
  const open = h('button', { class: 'btn btn--main' }, 'Open the mini-app');
  const idle = h(
    'div',
    { class: 'phone__idle' },
    h('img', { src: '/sandbox/icon.svg', alt: '', width: '64', height: '64' }),
    h('b', {}, 'The mini-app'),
    h('p', { class: 'dim' }, 'Everything the bot knows, on one screen: today, each lead, each plan.'),
    open,
  );
  const chrome = createChrome({
    back: () => {
      post('back_button_pressed', {});
    },
    close: () => void close(),
    more: (button) => {
      openMenu(button, 'Mini-app', [
        ...(hasSettings ? [{ text: 'Settings', choose: () => post('settings_button_pressed', {}) }] : []),
        { text: 'Reload page', choose: () => void launch(lastLaunch).catch(actions.report) },
        { text: 'Close', choose: () => void close() },
      ]);
    },
    press: (button) => {
      post(`${button}_button_pressed`, {});
    },
  });
  const view = h('div', { class: 'phone__view' }, idle);
  const screen = h(
    'div',
    { class: 'phone__screen' },
    chrome.head,
    view,
    chrome.foot,
    h('i', { class: 'phone__home' }),
  );
  const element = h(
    'section',
    { class: 'phone', 'aria-label': 'Phone' },
    h('div', { class: 'phone__device' }, screen),
  );

  let frame: HTMLIFrameElement | null = null;
  let chromeState: ChromeState = PLAIN_CHROME;
  let hasSettings = false;
  let needsConfirmation = false;
  let lastLaunch: Launch = {};
  let owner = 0;
  let hasSpoken = false;
  let shownTheme = store.get().theme;

  open.addEventListener('click', () => void launch({}).catch(actions.report));

  function post(eventType: string, eventData: object): void {
    // Until the mini-app has spoken, the frame is still the empty page it began with.
    if (hasSpoken)
      frame?.contentWindow?.postMessage(JSON.stringify({ eventType, eventData }), new URL(frame.src).origin);
  }

  /** Opens the mini-app as the person shown, as if from the menu button, a web_app button or a link. */
  async function launch(request: Launch): Promise<void> {
    const { personId, theme } = store.get();
    const url = await miniAppAddress({ personId, theme, ...request });
    if (personId !== store.get().personId) return;
    lastLaunch = request;
    owner = personId;
    forgetLastLaunch();
    chromeState = PLAIN_CHROME;
    hasSettings = needsConfirmation = hasSpoken = false;
    frame = h('iframe', {
      class: 'phone__frame',
      title: `Mini-app of ${store.get().sandbox.bot.firstName}`,
      allow: 'clipboard-write',
      src: url,
    });
    view.replaceChildren(frame);
    measure.disconnect();
    measure.observe(frame);
    draw(store.get());
  }

  /** Telegram's script keeps its launch data in the tab's session storage, which the page shares with the frame. */
  function forgetLastLaunch(): void {
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith('__telegram__')) sessionStorage.removeItem(key);
    }
  }

  async function close(): Promise<void> {
    if (needsConfirmation) {
      const answer = await askDialog(screen, {
        text: 'Changes that you made may not be saved.',
        buttons: [
          { id: 'stay', text: 'Cancel' },
          { id: 'close', text: 'Close anyway', style: 'danger' },
        ],
      });
      if (answer !== 'close') return;
    }
    shut();
  }

  function shut(): void {
    frame = null;
    chromeState = PLAIN_CHROME;
    measure.disconnect();
    view.replaceChildren(idle);
    draw(store.get());
  }

  function postViewport(): void {
    if (frame === null) return;
    const { clientWidth: width, clientHeight: height } = frame;
    // The script takes a height of 0 (a pane that is not shown) for "unknown".
    if (height > 0) post('viewport_changed', { width, height, is_expanded: true, is_state_stable: true });
  }

  function postSafeArea(): void {
    const hasFoot = chromeState.main.is_visible || chromeState.secondary.is_visible;
    post('safe_area_changed', { ...NO_INSETS, bottom: hasFoot ? 0 : HOME_LINE_PX });
  }

  const measure = new ResizeObserver(postViewport);

  async function act({ type, data }: AppEvent): Promise<void> {
    switch (type) {
      case 'iframe_ready':
      case 'web_app_ready':
        break;
      case 'web_app_close':
        await close();
        break;
      case 'web_app_request_theme':
        post('theme_changed', { theme_params: THEME_PARAMS[store.get().theme] });
        break;
      case 'web_app_request_viewport':
        postViewport();
        break;
      case 'web_app_request_safe_area':
        postSafeArea();
        break;
      case 'web_app_request_content_safe_area':
        post('content_safe_area_changed', NO_INSETS);
        break;
      case 'web_app_setup_main_button':
        change({ main: data });
        postSafeArea();
        break;
      case 'web_app_setup_secondary_button':
        change({ secondary: data });
        postSafeArea();
        break;
      case 'web_app_setup_back_button':
        change({ isBack: data.is_visible });
        break;
      case 'web_app_setup_settings_button':
        hasSettings = data.is_visible;
        break;
      case 'web_app_setup_closing_behavior':
        needsConfirmation = data.need_confirmation;
        break;
      case 'web_app_set_header_color':
        change({ headerColour: data.color ?? themeColour(data.color_key) });
        break;
      case 'web_app_set_background_color':
        view.style.background = data.color;
        break;
      case 'web_app_set_bottom_bar_color':
        change({ footColour: data.color });
        break;
      case 'web_app_open_popup':
        post('popup_closed', await showPopup(screen, data));
        break;
      case 'web_app_open_link':
        actions.openLink(data.url);
        break;
      case 'web_app_open_tg_link':
        actions.openLink(`https://t.me${data.path_full}`);
        break;
      case 'web_app_request_write_access':
        post('write_access_requested', { status: await askWriteAccess() });
        break;
      case 'web_app_read_text_from_clipboard':
        // Only an attachment-menu app may read the clipboard; every other one is told null.
        post('clipboard_text_received', { req_id: data.req_id, data: null });
        break;
      case 'web_app_invoke_custom_method':
        post('custom_method_invoked', { req_id: data.req_id, error: 'UNSUPPORTED' });
        break;
    }
  }

  async function askWriteAccess(): Promise<'allowed' | 'cancelled'> {
    const answer = await askDialog(screen, {
      text: `Allow ${store.get().sandbox.bot.firstName} to send you messages?`,
      buttons: [
        { id: 'no', text: 'Cancel' },
        { id: 'yes', text: 'Allow', style: 'main' },
      ],
    });
    return answer === 'yes' ? 'allowed' : 'cancelled';
  }

  function themeColour(key: string | undefined): string | null {
    const colours: Partial<Record<string, string>> = THEME_PARAMS[store.get().theme];
    return key === undefined ? null : (colours[key satisfies string as keyof ThemeParams] ?? null);
  }

  function change(part: Partial<ChromeState>): void {
    chromeState = { ...chromeState, ...part };
    draw(store.get());
  }

  addEventListener('message', ({ source, data }: MessageEvent<unknown>) => {
    if (source === null || source !== frame?.contentWindow) return;
    hasSpoken = true;
    const incoming = readEvent(data);
    if (incoming.kind === 'refused') post(incoming.eventType, incoming.eventData);
    if (incoming.kind === 'event') act(incoming.event).catch(actions.report);
  });

  function draw(model: Model): void {
    // Another person's phone is another phone: nothing of the first one stays on it.
    if (frame !== null && owner !== model.personId) {
      shut();
      launch({}).catch(actions.report);
    }
    if (shownTheme !== model.theme) {
      shownTheme = model.theme;
      chromeState = { ...chromeState, headerColour: null, footColour: null };
      post('theme_changed', { theme_params: THEME_PARAMS[model.theme] });
    }
    const time = clockTime(productNow(model), zoneOf(model));
    chrome.draw(chromeState, frame !== null, model.sandbox.bot.firstName, time);
  }

  return { element, draw, launch };
}
