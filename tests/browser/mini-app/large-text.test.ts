/** Text at twice its size on the narrowest phone, as Android's and iOS's settings make it: nothing sticks out, nothing is cut. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addLeads } from './leads-scene.ts';
import type { LeadsScene } from './leads-scene.ts';
import { startMiniApp } from './mini-app.ts';
import type { MiniApp } from './mini-app.ts';

const PEOPLE = { en: 7_601, ru: 7_602 } as const;
type Language = keyof typeof PEOPLE;
let app: MiniApp;
const scenes = new Map<Language, LeadsScene>();
beforeAll(async () => {
  app = await startMiniApp();
  for (const language of ['en', 'ru'] as const) {
    scenes.set(language, await addLeads(app.database, PEOPLE[language], language));
  }
});
afterAll(() => app.stop());

/** Where a link leads to, what shows that it is there whole, and what is tapped there, by its place on the page. */
const PLACES: readonly {
  readonly name: string;
  readonly link: (scene: LeadsScene) => string;
  readonly ready: string;
  readonly tap?: string;
  readonly then?: string;
}[] = [
  { name: 'Today', link: () => 'today', ready: 'article' },
  { name: 'Snooze', link: () => 'today', ready: 'article', tap: '.card__more button', then: 'dialog .pick' },
  {
    name: 'Why now?',
    link: () => 'today',
    ready: 'article',
    tap: '.card__more button:nth-child(2)',
    then: 'dialog li',
  },
  {
    name: 'more of a reminder',
    link: () => 'today',
    ready: 'article',
    tap: '.card__more button:nth-child(3)',
    then: 'dialog .pick',
  },
  { name: 'Calendar', link: () => 'calendar', ready: '[role=grid]' },
  { name: 'Leads', link: () => 'leads', ready: '.pipe' },
  { name: 'a lead', link: ({ anna }) => `l${anna.leadId}`, ready: '.tl' },
  { name: 'a step', link: ({ anna }) => `p${anna.planId}_4`, ready: 'dialog' },
  { name: 'a draft', link: ({ marcus }) => `l${marcus.leadId}`, ready: '.tl' },
  {
    name: 'the flight simulator',
    link: ({ marcus }) => `l${marcus.leadId}`,
    ready: 'main',
    tap: 'button.sheet__part',
    then: '.fly',
  },
  { name: 'New reminder', link: () => 'new', ready: 'textarea' },
  { name: 'Insights', link: () => 'insights', ready: '.recharts-bar-rectangle' },
  { name: 'Settings', link: () => 'settings', ready: '.row--set' },
];

describe.each(['en', 'ru'] as const)('with text at 200 % on a screen 320 wide (%s)', (language) => {
  test.each(PLACES)('$name has all its words', async ({ link, ready, tap, then }) => {
    const startParam = link(scenes.get(language)!);
    const { page } = await app.open(PEOPLE[language], { startParam, width: 320, language });
    await page.locator(ready).first().waitFor();
    if (tap !== undefined && then !== undefined) {
      await page.waitForLoadState('networkidle');
      await page.locator(tap).first().click();
      await page.locator(then).first().waitFor();
    }
    await enlargeText(page);
    // Charts and what is virtual draw themselves anew.
    await expect.poll(() => findCutText(page)).toEqual([]);
  });
});

/** As a client's text zoom does: every font and line twice as large, everything else as it was. */
async function enlargeText(page: Page): Promise<void> {
  await page.evaluate(() => {
    const elements = [...document.querySelectorAll<HTMLElement>('body, body *')];
    const sizes = elements.map((element) => getComputedStyle(element));
    const wanted = sizes.map(({ fontSize, lineHeight }) => [
      2 * parseFloat(fontSize),
      2 * parseFloat(lineHeight),
    ]);
    for (const [index, element] of elements.entries()) {
      const [font = 0, line = 0] = wanted[index] ?? [];
      element.style.fontSize = `${font}px`;
      if (!Number.isNaN(line)) element.style.lineHeight = `${line}px`;
    }
  });
}

/** Words beyond the screen's edge or beyond what their box shows; an ellipsis is a cut somebody meant. */
async function findCutText(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const wide = document.documentElement.scrollWidth - innerWidth;
    if (wide > 0) found.push(`the page is ${wide} wider than the screen`);
    const top = document.querySelector('dialog[open]') ?? document.body;
    const words = document.createTreeWalker(top, NodeFilter.SHOW_TEXT);
    for (let node = words.nextNode(); node !== null; node = words.nextNode()) {
      const parent = node.parentElement;
      if (parent?.checkVisibility({ contentVisibilityAuto: true }) !== true || node.nodeValue?.trim() === '')
        continue;
      if (parent.closest('.vh, svg, [inert], details:not([open]) > :not(summary)')) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const box = range.getBoundingClientRect();
      let [right, bottom] = [innerWidth, Infinity];
      for (let around: Element | null = parent; around !== null; around = around.parentElement) {
        const { overflowX, overflowY, textOverflow, webkitLineClamp } = getComputedStyle(around);
        // An ellipsis is a cut somebody meant, and what can be scrolled is not cut.
        const isMeant = textOverflow === 'ellipsis' || webkitLineClamp !== 'none';
        if (isMeant || overflowX === 'auto' || overflowX === 'scroll') {
          [right, bottom] = [Infinity, Infinity];
          break;
        }
        const outer = around.getBoundingClientRect();
        const isButton = around instanceof HTMLButtonElement;
        if (isButton || overflowX !== 'visible') right = Math.min(right, outer.right);
        if (isButton || overflowY !== 'visible') bottom = Math.min(bottom, outer.bottom);
      }
      const name = `${(node.nodeValue ?? '').trim()} (${parent.className})`;
      if (box.right > right + 1) found.push(`${name} ends ${Math.round(box.right - right)} too far right`);
      if (box.bottom > bottom + 2) found.push(`${name} ends ${Math.round(box.bottom - bottom)} too low`);
    }
    return found;
  });
}
