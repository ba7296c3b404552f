/**
 * Telegram's own text parser, out of TDLib: synchronous and offline. What the emulator says about a text is held against it.
 */
import { createRequire } from 'node:module';
import type { FormattedText, TextEntity } from '../../../bot/sandbox/telegram/text/entities.ts';

interface TdEntity {
  offset: number;
  length: number;
  type: { _: string; url?: string; language?: string; user_id?: number; custom_emoji_id?: string } & TdDate;
}
interface TdDate {
  unix_time?: number;
  formatting_type?: {
    _: string;
    time_precision: { _: string };
    date_precision: { _: string };
    show_day_of_week: boolean;
  } | null;
}
interface TdText {
  text: string;
  entities: TdEntity[];
}
type TdAnswer =
  ({ _: 'formattedText' } & TdText) | ({ _: 'textEntities' } & TdText) | { _: 'error'; message: string };

// Both packages are CommonJS without a type of `execute` that fits synchronous requests.
const load = createRequire(import.meta.url);
const { getTdjson } = load('prebuilt-tdlib') as { getTdjson: () => string };
const tdl = load('tdl') as {
  configure: (options: { tdjson: string; verbosityLevel: number }) => void;
  execute: (request: unknown) => TdAnswer;
};
tdl.configure({ tdjson: getTdjson(), verbosityLevel: 0 });

const TYPES: Readonly<Record<string, string>> = {
  textEntityTypeBold: 'bold',
  textEntityTypeItalic: 'italic',
  textEntityTypeUnderline: 'underline',
  textEntityTypeStrikethrough: 'strikethrough',
  textEntityTypeSpoiler: 'spoiler',
  textEntityTypeCode: 'code',
  textEntityTypePre: 'pre',
  textEntityTypePreCode: 'pre',
  textEntityTypeTextUrl: 'text_link',
  textEntityTypeMentionName: 'text_mention',
  textEntityTypeCustomEmoji: 'custom_emoji',
  textEntityTypeBlockQuote: 'blockquote',
  textEntityTypeExpandableBlockQuote: 'expandable_blockquote',
  textEntityTypeDateTime: 'date_time',
  textEntityTypeMention: 'mention',
  textEntityTypeHashtag: 'hashtag',
  textEntityTypeBotCommand: 'bot_command',
  textEntityTypeUrl: 'url',
  textEntityTypeEmailAddress: 'email',
};

function dateFormat(type: TdDate['formatting_type']): string {
  if (type == null) return '';
  if (type._ === 'dateTimeFormattingTypeRelative') return 'r';
  const part = (precision: { _: string }, short: string, long: string) =>
    precision._.endsWith('Short') ? short : precision._.endsWith('Long') ? long : '';
  return (
    (type.show_day_of_week ? 'w' : '') +
    part(type.date_precision, 'd', 'D') +
    part(type.time_precision, 't', 'T')
  );
}

/** The Bot API's writing of an entity as TDLib gives it; null for kinds the Bot API does not show. */
function botApiEntity({ offset, length, type }: TdEntity): TextEntity | null {
  const name = TYPES[type._];
  if (name === undefined) return null;
  return {
    type: name,
    offset,
    length,
    ...(type.url === undefined ? {} : { url: type.url }),
    ...(type.language === undefined ? {} : { language: type.language }),
    ...(type.user_id === undefined ? {} : { user: { id: type.user_id } }),
    ...(type.custom_emoji_id === undefined ? {} : { custom_emoji_id: type.custom_emoji_id }),
    ...(type.unix_time === undefined
      ? {}
      : { unix_time: type.unix_time, date_time_format: dateFormat(type.formatting_type) }),
  };
}

function answer(request: unknown): FormattedText | { problem: string } {
  const result = tdl.execute(request);
  if (result._ === 'error') return { problem: result.message };
  const entities = result.entities.map(botApiEntity).filter((entity) => entity !== null);
  return { text: result.text, entities };
}

/** What Telegram makes of a text in HTML: exactly as written, before it is trimmed. */
export function telegramHtml(html: string): FormattedText | { problem: string } {
  return answer({ _: 'parseTextEntities', text: html, parse_mode: { _: 'textParseModeHTML' } });
}

const TD_TYPES = Object.fromEntries(Object.entries(TYPES).map(([td, botApi]) => [botApi, td]));

/** What Telegram makes of a text with entities (which must hold no Markdown): cleaned and untangled, not trimmed. */
export function telegramFormatted(given: FormattedText): FormattedText | { problem: string } {
  const entities = given.entities.map(({ type, offset, length, url }) => ({
    _: 'textEntity',
    offset,
    length,
    type: { _: TD_TYPES[type], ...(url === undefined ? {} : { url }) },
  }));
  return answer({ _: 'parseMarkdown', text: { _: 'formattedText', text: given.text, entities } });
}

/** The links, commands, mentions and addresses Telegram sees in a text. */
export function telegramFinds(text: string): TextEntity[] {
  const found = answer({ _: 'getTextEntities', text });
  if ('problem' in found) throw new Error(`TDLib refused ${JSON.stringify(text)}: ${found.problem}`);
  return found.entities;
}
