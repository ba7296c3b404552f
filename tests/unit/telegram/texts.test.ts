/** The catalogues: complete in every language, and every sentence in use has its place there. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sameSchema } from '../../../shared/contracts/leads.ts';
import { leadStatusSchema, newLeadSchema } from '../../../shared/schemas/lead.ts';
import { LEAD_FIELDS } from '../../../bot/domain/lead/read-field.ts';
import { refusalCodeSchema } from '../../../shared/contracts/refusals.ts';
import { languageSchema } from '../../../shared/schemas/user.ts';
import { BOT_ERRORS, errorSentence, refusalSentence } from '../../../bot/telegram/error-sentences.ts';
import { languageOf, loadTexts } from '../../../bot/telegram/text/texts.ts';

const FOLDER = join(import.meta.dirname, '../../../bot/telegram');
const LANGUAGES = languageSchema.options;
const texts = loadTexts();

/** Message id → the names of its variables. */
function messagesOf(language: string): Map<string, string[]> {
  const source = readFileSync(join(FOLDER, `texts/${language}.ftl`), 'utf8');
  const messages = new Map<string, string[]>();
  let current = '';
  for (const line of source.split('\n')) {
    const id = /^([a-z][\w-]*) =/.exec(line)?.[1];
    if (id !== undefined) {
      expect(messages.has(id), `${id} stands twice in ${language}.ftl`).toBe(false);
      messages.set((current = id), []);
    }
    if (line.startsWith('#')) continue;
    for (const [, name] of line.matchAll(/\$(\w+)/g)) messages.get(current)?.push(name!);
  }
  return new Map([...messages].map(([id, names]) => [id, [...new Set(names)].toSorted()]));
}

function sources(folder: string): string {
  return readdirSync(folder, { withFileTypes: true })
    .map((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return sources(path);
      return path.endsWith('.ts') ? readFileSync(path, 'utf8') : '';
    })
    .join('\n');
}

test('both languages have the same sentences with the same variables', () => {
  const english = messagesOf('en');
  expect(english.size).toBeGreaterThan(100);
  for (const language of LANGUAGES) expect(messagesOf(language)).toEqual(english);
});

test('every sentence the code names is in the catalogue', () => {
  const named = [...sources(FOLDER).matchAll(/\bsay\(\s*'([^']+)'/g)].map(([, id]) => id!);
  expect(named.length).toBeGreaterThan(50);
  const known = messagesOf('en');
  expect(named.filter((id) => !known.has(id))).toEqual([]);
});

test('no sentence of the catalogue is left over', () => {
  const code = sources(FOLDER);
  // Families whose last part is computed.
  const computed =
    /^(?:refusal|error|command|time-refused|lead-field|lead-cant|lead-column|status|same|no-lead|acted|already|form|planning|plan-template|button-pace|leads|channel|diff|pace|version|why|recurring|job|button-job)-/;
  const unused = [...messagesOf('en').keys()].filter((id) => !computed.test(id) && !code.includes(`'${id}'`));
  expect(unused).toEqual([]);
});

describe.each(LANGUAGES)('in %s', (language) => {
  const say = texts(language);

  test.each(refusalCodeSchema.options)('the refusal %s is a sentence', (code) => {
    expect(refusalSentence(say, code)).toMatch(/^\p{Lu}.{10,}[.]$/u);
  });

  test('every status, field and column of a lead, and whatever two leads have in common, has its word', () => {
    const ids = [
      ...leadStatusSchema.options.map((status) => `status-${status}`),
      ...LEAD_FIELDS.map((field) => `lead-field-${field}`),
      ...newLeadSchema.keyof().options.map((column) => `lead-column-${column}`),
      ...sameSchema.options.map((same) => `same-${same}`),
    ];
    for (const id of ids) expect(say(id)).not.toBe('');
  });

  test.each(BOT_ERRORS)('the error %s is a sentence', (error) => {
    expect(errorSentence(say, error)).toMatch(/^\p{Lu}.{10,}[.]$/u);
  });

  test('a toast of any refusal or error fits into 200 characters', () => {
    const all = [
      ...refusalCodeSchema.options.map((code) => refusalSentence(say, code)),
      ...BOT_ERRORS.map((error) => errorSentence(say, error)),
    ];
    expect(all.filter((sentence) => sentence.length > 200)).toEqual([]);
  });

  test('commands and descriptions stay within Telegram’s limits', () => {
    expect(say('bot-description').length).toBeLessThanOrEqual(512);
    expect(say('bot-short-description').length).toBeLessThanOrEqual(120);
    expect(say('menu-button').length).toBeLessThanOrEqual(64);
  });
});

test('a language we do not speak is answered in English', () => {
  expect(texts('ja')('button-done')).toBe('Done');
  expect(texts('ru-RU')('button-done')).toBe('Готово');
  expect(languageOf('de')).toBe('en');
});

test('a sentence that does not exist is an error and not an empty message', () => {
  expect(() => texts('en')('no-such-sentence')).toThrow('en.ftl has no message "no-such-sentence"');
  expect(() => texts('en')('start-hello')).toThrow(/name/);
});
