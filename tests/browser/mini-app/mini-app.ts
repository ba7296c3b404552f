/**
 * The production build of the mini-app in a real Chromium, served by the real server over a real database. Product time
 * is Wednesday, 14 October 2026, 9:41 in Berlin: what a page says of today must come from the server's clock, not from
 * the machine's.
 */
import type { Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { createServer } from '../../../bot/http/create-server.ts';
import { listen } from '../../../bot/http/listen.ts';
import { THEME_PARAMS } from '../../../bot/sandbox/theme-params.ts';
import { launchChromium } from '../../support/chromium.ts';
import { createTestDatabase } from '../../support/database.ts';
import type { TestDatabase } from '../../support/database.ts';
import { serverParts, TEST_BOT_TOKEN } from '../../support/http-server.ts';
import { signLaunchData } from '../../support/launch-data.ts';
import { acceptedPlan } from '../../support/leads.ts';
import { PATIENCE_MS } from '../../support/patience.ts';

export const PRODUCT_NOW = '2026-10-14T07:41:00Z';
const PHONE = { width: 390, height: 844 };

export interface OpenOptions {
  readonly theme?: 'light' | 'dark';
  readonly width?: number;
  readonly startParam?: string;
  readonly language?: string;
  /** Seconds since the launch data was signed. */
  readonly age?: number;
  /** Who signed the launch data. */
  readonly botToken?: string;
  /** The device's own zone. */
  readonly deviceZone?: string;
  readonly reducedMotion?: boolean;
  /** Of the Bot API the client speaks; what is newer it does not know. */
  readonly version?: string;
  /** Before the page loads: routes and the like. */
  readonly prepare?: (page: Page) => Promise<unknown>;
}

export interface OpenedApp {
  readonly page: Page;
  /** Console errors and warnings, page errors and refused policies so far. */
  readonly problems: string[];
}

export interface MiniApp {
  readonly database: TestDatabase;
  readonly url: string;
  /** For one test: the page is closed when it ends. */
  open(telegramId: number, options?: OpenOptions): Promise<OpenedApp>;
  /** The same address without Telegram's launch data. */
  openOutside(): Promise<OpenedApp>;
  stop(): Promise<void>;
}

/** Starts everything once for a test file. */
export async function startMiniApp(): Promise<MiniApp> {
  const [database, browser] = await Promise.all([createTestDatabase(), launchChromium()]);
  await database.admin.query(
    `create or replace function public.app_now() returns timestamptz language sql stable parallel safe
     as $$ select now() + ('${PRODUCT_NOW}'::timestamptz - '${new Date().toISOString()}'::timestamptz) $$`,
  );
  let url = '';
  const app = createServer(serverParts(database, { databaseUrl: () => url }));
  const listening = await listen({ fetch: app.fetch, host: '127.0.0.1', port: 0 });
  if (!listening.ok) throw new Error(listening.message);
  url = listening.url;

  const newPage = async (options: OpenOptions): Promise<OpenedApp> => {
    const context = await browser.newContext({
      viewport: { ...PHONE, width: options.width ?? PHONE.width },
      deviceScaleFactor: 2,
      timezoneId: options.deviceZone ?? 'America/New_York',
      colorScheme: options.theme ?? 'light',
      reducedMotion: options.reducedMotion === true ? 'reduce' : 'no-preference',
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    // Left open, the pages of all tests before would go on drawing and asking beside the next one.
    onTestFinished(() => context.close());
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    const problems: string[] = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) problems.push(message.text());
    });
    page.on('pageerror', (error) => problems.push(error.message));
    // Undo stays long enough for a busy machine to look at the database first.
    await page.addInitScript(() => {
      const slow = new CSSStyleSheet();
      slow.replaceSync('.ring__time { animation-duration: 60s !important }');
      document.adoptedStyleSheets.push(slow);
    });
    await options.prepare?.(page);
    return { page, problems };
  };

  return {
    database,
    url,
    async open(telegramId, options = {}) {
      const user = { id: telegramId, first_name: 'Mara', language_code: options.language ?? 'en' };
      const authDate = Math.floor(Date.now() / 1000) - (options.age ?? 0);
      const launch = new URLSearchParams({
        tgWebAppData: signLaunchData(options.botToken ?? TEST_BOT_TOKEN, user, {
          auth_date: String(authDate),
          start_param: options.startParam,
        }),
        tgWebAppVersion: options.version ?? '8.0',
        tgWebAppPlatform: 'ios',
        tgWebAppThemeParams: JSON.stringify(THEME_PARAMS[options.theme ?? 'light']),
      });
      const opened = await newPage(options);
      await opened.page.goto(`${url}/#${launch.toString()}`);
      return opened;
    },
    async openOutside() {
      const opened = await newPage({});
      await opened.page.goto(url);
      return opened;
    },
    async stop() {
      await browser.close();
      await listening.close();
      await database.drop();
    },
  };
}

const MINUTES_PER_DAY = 1440;

/** A person whose zone is known. */
export async function addPerson(database: TestDatabase, telegramId: number, language = 'en'): Promise<void> {
  await database.admin.query(
    `insert into public.users (telegram_id, first_name, language, zone, zone_source)
     values ($1, 'Mara', $2, 'Europe/Berlin', 'city')`,
    [telegramId, language],
  );
}

/**
 * A lead with one reminder that matters; the plan's other two steps lie weeks ahead.
 * @param localTime Berlin's clock, `2026-10-14T11:00`.
 * @returns the reminder's id.
 */
export async function addReminder(
  database: TestDatabase,
  telegramId: number,
  reminder: {
    readonly lead: string;
    readonly company?: string;
    readonly step: string;
    readonly type?: string;
    readonly draft?: string;
    readonly at: string;
  },
): Promise<number> {
  const at = Temporal.PlainDateTime.from(reminder.at).toZonedDateTime('Europe/Berlin').toInstant();
  const inMinutes = Temporal.Instant.from(PRODUCT_NOW).until(at).total('minutes');
  const filler = { action_type: 'other', description: 'Later', suggested_text: null };
  const { reminderIds } = await acceptedPlan(database, telegramId, {
    lead: { name: reminder.lead, company: reminder.company ?? null },
    steps: [
      {
        action_type: reminder.type ?? 'email_outreach',
        description: reminder.step,
        suggested_text: reminder.draft ?? null,
        inMinutes,
      },
      { ...filler, inMinutes: 40 * MINUTES_PER_DAY },
      { ...filler, inMinutes: 50 * MINUTES_PER_DAY },
    ],
  });
  // The clock runs on between the steps of a fixture; what a test compares is the minute it asked for.
  await database.admin.query(
    'update public.scheduled_reminders set wanted_at = $2, due_at = $2, due_rev = due_rev + 1 where id = $1',
    [reminderIds[0], at.toString()],
  );
  return reminderIds[0]!;
}

/** A person with one late reminder, and the app opened on it. */
export async function openAnna(
  app: MiniApp,
  telegramId: number,
  options?: OpenOptions,
): Promise<OpenedApp & { readonly id: number; readonly telegramId: number }> {
  await addPerson(app.database, telegramId);
  const id = await addReminder(app.database, telegramId, {
    lead: 'Anna Kowalska',
    company: 'Baltic Freight',
    step: 'Send Anna the one-pager',
    at: '2026-10-12T09:30',
  });
  const opened = await app.open(telegramId, options);
  await opened.page.getByRole('article', { name: 'Anna Kowalska' }).waitFor();
  // What arrives after the list (words, sheets) is there too.
  await opened.page.waitForLoadState('networkidle');
  return { ...opened, id, telegramId };
}

/** The morning of the design's pictures; returns the id of Anna's late reminder. */
export async function addMorning(
  database: TestDatabase,
  telegramId: number,
  language = 'en',
): Promise<number> {
  await addPerson(database, telegramId, language);
  const add = (lead: string, company: string, step: string, type: string, at: string, draft?: string) =>
    addReminder(database, telegramId, { lead, company, step, type, at, ...(draft ? { draft } : {}) });
  const anna = await add(
    'Anna Kowalska',
    'Baltic Freight',
    'Send Anna the pricing one-pager',
    'email_outreach',
    '2026-10-12T09:30',
    'Hi Anna, thank you for writing back on Friday. Here is the one-pager with the three volume tiers. Tier two fits Gdańsk to Hamburg, with the lane prices you asked about on page two.',
  );
  await add(
    'Jonas Weber',
    'Elbwerk',
    'Ask if the trial data came in',
    'followup_message',
    '2026-10-13T09:30',
  );
  await add('Daniel Okafor', 'Helio Analytics', 'Call to agree the pilot scope', 'call', '2026-10-14T11:00');
  await add('Tomás Herrera', 'Vela Foods', 'Send him the case study', 'email_outreach', '2026-10-14T14:00');
  await add(
    'Priya Raman',
    'Tessera Labs',
    'Invite Priya on LinkedIn',
    'linkedin_connect',
    '2026-10-14T14:00',
  );
  await add(
    'Sofie Lindgren',
    'Nordlys',
    'Suggest two times for a demo',
    'meeting_request',
    '2026-10-15T10:30',
  );
  await add('Claire Dubois', 'Monceau', 'Ask for an intro to her CFO', 'mutual_intro', '2026-10-16T10:00');
  return anna;
}

/** One reminder as the database has it. */
export async function stored(
  database: TestDatabase,
  id: number,
): Promise<{ status: string; wanted: string; exact: boolean }> {
  const { rows } = await database.admin.query<{ status: string; wanted: Date; exact: boolean }>(
    'select status, wanted_at as wanted, exact from public.scheduled_reminders where id = $1',
    [id],
  );
  const { status, wanted, exact } = rows[0]!;
  return { status, wanted: wanted.toISOString(), exact };
}
