/**
 * `npm run tour`: plays a newcomer's first days in a real Chromium over the real product, and joins what is seen into one short
 * animated picture for the README. Nothing in it is drawn by hand but the line of words at the bottom.
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { launchChromium } from '../../support/chromium.ts';
import { chatOn, PICTURED_MONDAY, runProduct } from '../sandbox-page/product.ts';

const TOUR = join(import.meta.dirname, 'tour.webp');
const SIZE = { width: 1180, height: 770 };
/** Milliseconds a picture stays: long enough to read what is new in it. */
const TYPED_MS = 170;
const SHORT_MS = 1400;
const LONG_MS = 2600;
/** A README should not be heavier than this, in bytes. */
const LARGEST = 1_500_000;
const LEAD = 'Jonas Weber, Elbwerk. Had a call on Friday, he wants to think about the trial.';
const TYPED_AT_ONCE = 14;

interface Frame {
  picture: Buffer;
  /** Milliseconds. */
  delay: number;
}

const product = await runProduct();
const browser = await launchChromium();
try {
  await product.moveClock(PICTURED_MONDAY);
  const page = await browser.newPage({
    viewport: SIZE,
    colorScheme: 'light',
    timezoneId: 'Europe/Berlin',
    // What moves would be caught halfway.
    reducedMotion: 'reduce',
  });
  await page.goto(product.url);
  const frames = await play(page);
  await writeTour(frames);
} finally {
  await browser.close();
  await product.stop();
}

/** Plays the tour and keeps what is to be seen after each step. */
async function play(page: Page): Promise<Frame[]> {
  const frames: Frame[] = [];
  const chat = chatOn(page);
  const app = page.frameLocator('.phone__frame');
  const show = async (delay: number, words?: string) => {
    if (words !== undefined) await caption(page, words);
    // A toast of the step before would cover what is new.
    await page.locator('.toast--on').waitFor({ state: 'detached' });
    frames.push({ picture: await page.screenshot(), delay });
  };
  const type = async (text: string) => {
    const field = page.getByRole('textbox', { name: 'Message' });
    for (let end = TYPED_AT_ONCE; end < text.length + TYPED_AT_ONCE; end += TYPED_AT_ONCE) {
      await field.fill(text.slice(0, end));
      await show(TYPED_MS);
    }
  };

  await page.locator('.drawer__live', { hasText: 'newest change first' }).waitFor();
  await show(SHORT_MS, 'npm start: the whole product in your browser, no account needed');
  await chat.after(() => page.getByRole('button', { name: 'START', exact: true }).click());
  await show(LONG_MS, 'The bot says what it does and asks where you are');
  await page.getByRole('button', { name: /^Berlin/ }).click();
  await chat.card('Berlin it is').waitFor();
  await show(SHORT_MS);
  await caption(page, 'Write about a lead in your own words');
  await type(LEAD);
  const plan = await chat.say(LEAD);
  await show(LONG_MS, 'It answers with a plan: six steps with dates and drafts');
  const first = await chat.after(() => chat.button(plan, 'Accept').click(), 'Done');
  await show(LONG_MS, 'Accepted: the first step is due now, with words ready to send');
  await chat.button(first, 'Done').click();
  await first.getByText('Next: ').waitFor();
  await show(SHORT_MS, 'Done. The next one comes tomorrow');
  const second = await chat.goTo('Tue 9:30');
  await show(SHORT_MS, 'Move the clock: Tuesday 9:30, and there it is');
  await chat.button(second, 'Snooze ▸').click();
  await chat.button(second, 'Other time…').waitFor();
  await show(LONG_MS, 'Not today? Every snooze names the time it means');
  await chat.button(second, '◂ Back').click();
  await chat.button(second, 'Done').waitFor();
  await caption(page, 'Or answer in words');
  await second.locator('.bub').hover();
  await chat.button(second, 'Reply to this message').click();
  await type('tomorrow 15:00');
  const answer = await chat.say('tomorrow 15:00');
  await answer.getByText('Snoozed until tomorrow').waitFor();
  await show(LONG_MS);
  await chat.button(answer, 'Open in app').click();
  await app.getByText('Next 7 days').waitFor();
  await show(LONG_MS, 'The mini-app beside it shows the same rows');
  const sections = app.getByRole('navigation', { name: 'Sections' });
  await sections.getByRole('button', { name: 'Calendar' }).click();
  await app.getByRole('grid').waitFor();
  await show(SHORT_MS, 'Days to come …');
  await sections.getByRole('button', { name: 'Leads' }).click();
  await app.getByRole('button', { name: /Jonas Weber/ }).click();
  await app.getByRole('heading', { name: 'Notes' }).waitFor();
  await show(LONG_MS, '… and where each lead stands');
  await chat.goTo('Wed 15:00');
  await show(LONG_MS, 'Wednesday 15:00, as asked. No lead goes cold');
  return frames;
}

/** The line of words below: an element of the tour's own, for which the page makes room. */
async function caption(page: Page, words: string): Promise<void> {
  await page.evaluate((text) => {
    const line = document.querySelector<HTMLElement>('#tour') ?? document.createElement('div');
    line.id = 'tour';
    Object.assign(line.style, {
      position: 'fixed',
      insetInline: '0',
      bottom: '0',
      zIndex: '9',
      padding: '12px 20px',
      background: '#17212b',
      color: '#fff',
      font: '600 20px/26px "Open Sans", system-ui, sans-serif',
      textAlign: 'center',
    });
    line.textContent = text;
    document.body.append(line);
    const rest = document.querySelector<HTMLElement>('#page');
    if (rest !== null) rest.style.height = `calc(100dvh - ${line.offsetHeight}px)`;
  }, words);
}

/** @throws Error if the result is heavier than a README should be */
async function writeTour(frames: readonly Frame[]): Promise<void> {
  await sharp(
    frames.map(({ picture }) => picture),
    { join: { animated: true } },
  )
    .webp({ quality: 80, effort: 6, loop: 0, delay: frames.map(({ delay }) => delay), minSize: true })
    .toFile(TOUR);
  const { size } = statSync(TOUR);
  const seconds = frames.reduce((sum, { delay }) => sum + delay, 0) / 1000;
  process.stdout.write(
    `Wrote ${TOUR}: ${frames.length} pictures, ${seconds.toFixed(0)} s, ${Math.round(size / 1000)} kB\n`,
  );
  if (size > LARGEST) throw new Error(`The tour has ${size} bytes, more than ${LARGEST}: lower its quality`);
}
