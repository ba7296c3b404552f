/** Keyboards under a message: read as strictly as Telegram reads them, because a bad one loses the whole message. */
import { badRequest, Refusal } from './refusal.ts';
import { characterCount } from './text/entities.ts';
import { checkLink, linkedUserId } from './text/links.ts';
import type { Button } from './types.ts';

export interface ReplyMarkup {
  inlineKeyboard: Button[][];
  /** An empty list takes the reply keyboard away; null = leaves it as it is. */
  replyKeyboard: Button[][] | null;
}

interface Place {
  isPrivateChat: boolean;
  isOwnAddress: (link: string) => boolean;
}

/** Bytes of UTF-8. */
const MAX_CALLBACK_DATA = 64;
/** Characters. */
const MAX_COPY_TEXT = 256;
/** Not in the documentation; more is reported to be refused. */
const MAX_BUTTONS = 100;
const STYLES = ['primary', 'danger', 'success', 'default'];
/** Alternatives the reader tries in this order; the first one present decides what the button does. */
const ACTIONS = [
  'url',
  'callback_data',
  'callback_game',
  'pay',
  'switch_inline_query',
  'switch_inline_query_chosen_chat',
  'switch_inline_query_current_chat',
  'login_url',
  'web_app',
  'copy_text',
  'disabled',
];

type Fields = Readonly<Record<string, unknown>>;

function asObject(value: unknown, problem: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw badRequest(problem);
  return value as Fields;
}

/** @returns the field's text; a number counts as its digits, as everywhere in the Bot API */
function textField(fields: Fields, name: string): string {
  const value = fields[name];
  if (value === undefined) throw badRequest(`Can't find field "${name}"`);
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') throw badRequest(`Field "${name}" must be of type String`);
  return value;
}

function objectField(fields: Fields, name: string): Fields {
  return asObject(fields[name], `Field "${name}" must be of type Object`);
}

/** A link Telegram would take, or one to the sandbox itself. */
function linkField(fields: Fields, kind: string, place: Place, httpsOnly: boolean): string {
  const url = textField(fields, 'url');
  if (place.isOwnAddress(url)) return url;
  const checked = checkLink(url, { httpsOnly });
  if (!checked.ok) throw badRequest(`${kind}URL '${url}' is invalid: ${checked.reason}`);
  return checked.url;
}

function checkStyle(fields: Fields): void {
  const style = fields['style'] === undefined ? 'default' : textField(fields, 'style').toLowerCase();
  if (!STYLES.includes(style)) throw badRequest('invalid button style specified');
}

function webAppAction(fields: Fields, prefix: string, place: Place): Fields {
  if (!place.isPrivateChat) throw badRequest('BUTTON_TYPE_INVALID');
  const target = objectField(fields, 'web_app');
  if (linkedUserId(textField(target, 'url')) !== null) {
    throw badRequest("Link to a user can't be used in Web App URL buttons");
  }
  return { web_app: { url: linkField(target, `${prefix} Web App `, place, true) } };
}

/** @returns what the button does, as it will be shown to clients and given back to the bot */
function inlineAction(fields: Fields, place: Place): Fields {
  const isEmptyText = (name: string) => (name === 'url' || name === 'callback_data') && fields[name] === '';
  const action = ACTIONS.find((name) => fields[name] !== undefined && !isEmptyText(name));
  switch (action) {
    case 'url': {
      const isUser = linkedUserId(textField(fields, 'url')) !== null;
      return { url: isUser ? fields['url'] : linkField(fields, 'Inline keyboard button ', place, false) };
    }
    case 'callback_data': {
      const data = textField(fields, 'callback_data');
      if (Buffer.byteLength(data) > MAX_CALLBACK_DATA) throw badRequest('BUTTON_DATA_INVALID');
      return { callback_data: data };
    }
    case 'web_app':
      return webAppAction(fields, 'Inline keyboard button', place);
    case 'copy_text': {
      const text = textField(objectField(fields, 'copy_text'), 'text');
      if (text === '' || characterCount(text) > MAX_COPY_TEXT) throw badRequest('BUTTON_COPY_TEXT_INVALID');
      return { copy_text: { text } };
    }
    case 'disabled':
      objectField(fields, 'disabled');
      return { disabled: {} };
    case 'switch_inline_query':
    case 'switch_inline_query_current_chat':
      return { [action]: textField(fields, action) };
    case undefined:
      throw badRequest('Text buttons are unallowed in the inline keyboard');
    default:
      // Games, payments, logins and chosen chats exist at Telegram; here a bot hears at once that they do not.
      throw new Refusal(501, `Not Implemented: the emulator has no "${action}" buttons`);
  }
}

function common(fields: Fields): Button {
  const { icon_custom_emoji_id: icon, style } = fields;
  return {
    text: textField(fields, 'text'),
    ...(typeof icon === 'string' ? { icon_custom_emoji_id: icon } : {}),
    ...(typeof style === 'string' && style.toLowerCase() !== 'default' ? { style: style.toLowerCase() } : {}),
  };
}

function inlineButton(value: unknown, place: Place): Button {
  const fields = asObject(value, 'InlineKeyboardButton must be an Object');
  const button = common(fields);
  checkStyle(fields);
  return { ...button, ...inlineAction(fields, place) };
}

const REQUESTS = ['request_contact', 'request_location', 'request_poll', 'request_users', 'request_chat'];

function keyboardButton(value: unknown, place: Place): Button {
  if (typeof value === 'string') return { text: value };
  const fields = asObject(value, 'KeyboardButton must be a String or an Object');
  const button = common(fields);
  checkStyle(fields);
  if (fields['web_app'] !== undefined)
    return { ...button, ...webAppAction(fields, 'Keyboard button', place) };
  const request = REQUESTS.find((name) => fields[name] !== undefined && fields[name] !== false);
  if (request === undefined) return button;
  if (!place.isPrivateChat) throw badRequest('BUTTON_TYPE_INVALID');
  return { ...button, [request]: fields[request] };
}

function rows(
  value: unknown,
  problem: string,
  context: string,
  read: (button: unknown) => Button,
): Button[][] {
  if (!Array.isArray(value)) throw badRequest(problem);
  const keyboard = value.map((row: unknown) => {
    if (!Array.isArray(row)) throw badRequest(problem);
    return row.map((button: unknown) => {
      try {
        return read(button);
      } catch (cause) {
        throw inContext(cause, context);
      }
    });
  });
  return keyboard.filter((row) => row.length > 0);
}

/** Errors of the shape carry the place they were found in; errors of the meaning do not. */
function inContext(cause: unknown, context: string): unknown {
  const words =
    cause instanceof Refusal && cause.code === 400 ? cause.message.replace('Bad Request: ', '') : null;
  const isOfShape =
    words !== null &&
    /^(can't find|field|text buttons|inlineKeyboard|keyboardButton must|invalid button)/.test(words);
  return isOfShape
    ? badRequest(`Can't parse ${context}: ${words.charAt(0).toUpperCase()}${words.slice(1)}`)
    : cause;
}

function checkKeyboard(keyboard: readonly Button[][], kind: string): void {
  const buttons = keyboard.flat();
  if (buttons.some(({ text }) => text === '')) throw badRequest(`${kind} text must be non-empty`);
  if (buttons.length > MAX_BUTTONS) throw badRequest('reply markup is too long');
}

/**
 * @param value the parameter `reply_markup`, decoded; undefined = none
 * @throws {Refusal} 400
 */
export function readReplyMarkup(value: unknown, place: Place): ReplyMarkup {
  const none = { inlineKeyboard: [], replyKeyboard: null };
  if (value === undefined) return none;
  const markup = asObject(value, 'Object expected as reply markup');
  if (markup['inline_keyboard'] !== undefined) {
    const problem = 'Field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays';
    const inlineKeyboard = rows(markup['inline_keyboard'], problem, 'inline keyboard button', (button) =>
      inlineButton(button, place),
    );
    checkKeyboard(inlineKeyboard, 'Inline keyboard button');
    return { inlineKeyboard, replyKeyboard: null };
  }
  if (markup['keyboard'] !== undefined) {
    const problem = 'Field "keyboard" must be an Array of Arrays';
    const replyKeyboard = rows(markup['keyboard'], problem, 'keyboard button', (button) =>
      keyboardButton(button, place),
    );
    checkKeyboard(replyKeyboard, 'Keyboard button');
    return { inlineKeyboard: [], replyKeyboard };
  }
  return markup['remove_keyboard'] === true ? { inlineKeyboard: [], replyKeyboard: [] } : none;
}

/** @throws {Refusal} if it is anything but an inline keyboard: nothing else can be put under a message that exists */
export function readInlineKeyboard(value: unknown, place: Place): Button[][] {
  const markup = readReplyMarkup(value, place);
  if (
    value !== undefined &&
    (value as Fields)['inline_keyboard'] === undefined &&
    Object.keys(value as Fields).length > 0
  ) {
    throw badRequest('Inline keyboard expected');
  }
  return markup.inlineKeyboard;
}
