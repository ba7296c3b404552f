/** How the bot presents itself: commands, name and descriptions by language, the button beside the input field. */
import { z } from 'zod';
import { integer, json, words } from '../fields.ts';
import { badRequest } from '../refusal.ts';
import { characterCount } from '../text/entities.ts';
import { checkLink } from '../text/links.ts';
import type { World } from '../world.ts';
import { method, type Method } from './method.ts';

const MAX_COMMANDS = 100;
const MAX_COMMAND = 32;
const MAX_COMMAND_DESCRIPTION = 256;

const scopeShape = json(
  z.looseObject({ type: words(), chat_id: words().optional(), user_id: integer().optional() }),
).optional();
type Scope = z.infer<typeof scopeShape>;

const WIDE_SCOPES = ['default', 'all_private_chats', 'all_group_chats', 'all_chat_administrators'];
const CHAT_SCOPES = ['chat', 'chat_administrators', 'chat_member'];
/** Where commands are kept that are for everybody. */
export const DEFAULT_SCOPE = 'default';

/** @returns the scope as one word to keep commands under */
function scopeKey(world: World, scope: Scope): string {
  const type = scope?.type ?? DEFAULT_SCOPE;
  if (WIDE_SCOPES.includes(type)) return type;
  const inScope = (problem: string) => badRequest(`Can't parse BotCommandScope: ${problem}`);
  if (!CHAT_SCOPES.includes(type)) throw inScope('Unsupported type specified');
  if (scope?.chat_id === undefined) throw inScope('Can\'t find field "chat_id"');
  const chat = world.chats.known(scope.chat_id);
  if (type !== 'chat_member') return `${type}:${chat.id}`;
  if (scope.user_id === undefined) throw inScope('Can\'t find field "user_id"');
  return `${type}:${chat.id}:${scope.user_id}`;
}

/** "" = for every language without commands of its own. */
function languageKey(language: string | undefined): string {
  if (language === undefined || /^[a-z]{2}$/.test(language)) return language ?? '';
  throw badRequest('invalid language code specified');
}

function readCommand({ command, description }: { command: string; description: string }) {
  const name = command.trim().replace(/^\//, '');
  const words = description.trim();
  if (name === '') throw badRequest('Command must be non-empty');
  if (characterCount(name) > MAX_COMMAND) throw badRequest(`Command length must not exceed ${MAX_COMMAND}`);
  if (words === '') throw badRequest('Command description must be non-empty');
  if (characterCount(words) > MAX_COMMAND_DESCRIPTION) {
    throw badRequest(`Command description length must not exceed ${MAX_COMMAND_DESCRIPTION}`);
  }
  if (!/^[a-z0-9_]+$/.test(name)) throw badRequest('BOT_COMMAND_INVALID');
  return { command: name, description: words };
}

export interface BotCommand {
  command: string;
  description: string;
}

export function commandsOf(world: World, scope: string, language: string): BotCommand[] {
  const row = world.storage.one(
    'select commands from commands where scope = ? and language = ?',
    scope,
    language,
  );
  return row === undefined ? [] : (JSON.parse(String(row['commands'])) as BotCommand[]);
}

function saveCommands(world: World, scope: string, language: string, commands: readonly BotCommand[]): true {
  world.storage.run('delete from commands where scope = ? and language = ?', scope, language);
  if (commands.length > 0) {
    const sql = 'insert into commands (scope, language, commands) values (?, ?, ?)';
    world.storage.run(sql, scope, language, JSON.stringify(commands));
  }
  world.emit({ type: 'state' });
  return true;
}

const commandPlace = { scope: scopeShape, language_code: words().optional() };

const setMyCommands = method(
  z.object({
    commands: json(z.array(z.looseObject({ command: words(), description: words() }))).optional(),
    ...commandPlace,
  }),
  (world, given) => {
    const commands = (given.commands ?? []).map(readCommand);
    if (commands.length > MAX_COMMANDS) throw badRequest('BOT_COMMANDS_TOO_MUCH');
    return saveCommands(world, scopeKey(world, given.scope), languageKey(given.language_code), commands);
  },
);

const getMyCommands = method(z.object(commandPlace), (world, given) =>
  commandsOf(world, scopeKey(world, given.scope), languageKey(given.language_code)),
);

const deleteMyCommands = method(z.object(commandPlace), (world, given) =>
  saveCommands(world, scopeKey(world, given.scope), languageKey(given.language_code), []),
);

function textOf(world: World, kind: string, language: string): string | null {
  const row = world.storage.one(
    'select value from bot_texts where kind = ? and language = ?',
    kind,
    language,
  );
  return row === undefined ? null : String(row['value']);
}

/** A setter and a getter of one text of the bot; empty text takes it back. */
function textMethods(kind: string, maxLength: number, tooLong: string): { set: Method; get: Method } {
  const set = method(
    z.object({ [kind]: words().optional(), language_code: words().optional() }),
    (world, given) => {
      const value = given[kind] ?? '';
      const language = languageKey(given['language_code']);
      if (characterCount(value) > maxLength) throw badRequest(tooLong);
      world.storage.run('delete from bot_texts where kind = ? and language = ?', kind, language);
      if (value !== '') {
        world.storage.run(
          'insert into bot_texts (kind, language, value) values (?, ?, ?)',
          kind,
          language,
          value,
        );
      }
      world.emit({ type: 'state' });
      return true;
    },
  );
  const get = method(z.object({ language_code: words().optional() }), (world, given) => {
    const own = textOf(world, kind, languageKey(given.language_code));
    const fallback = kind === 'name' ? world.bot.firstName : '';
    return { [kind]: own ?? textOf(world, kind, '') ?? fallback };
  });
  return { set, get };
}

const name = textMethods('name', 64, 'BOT_TITLE_INVALID');
const description = textMethods('description', 512, 'DESCRIPTION_TOO_LONG');
const shortDescription = textMethods('short_description', 120, 'SHORT_DESCRIPTION_TOO_LONG');

/** Under this id the button of all chats without one of their own. */
const ALL_CHATS = 0;

export type MenuButton =
  { type: 'default' } | { type: 'commands' } | { type: 'web_app'; text: string; web_app: { url: string } };

function readMenuButton(
  world: World,
  given: { type: string; text?: string | undefined; web_app?: { url: string } | undefined },
): MenuButton {
  if (given.type === 'default' || given.type === 'commands') return { type: given.type };
  const inButton = (problem: string) => badRequest(`Can't parse menu button: ${problem}`);
  if (given.type !== 'web_app') throw inButton('MenuButton has unsupported type');
  if (given.text === undefined) throw inButton('Can\'t find field "text"');
  if (given.web_app === undefined) throw inButton('Can\'t find field "web_app"');
  if (given.text === '') throw badRequest('Menu button text must be non-empty');
  const { url } = given.web_app;
  if (world.isOwnAddress(url)) return { type: 'web_app', text: given.text, web_app: { url } };
  const checked = checkLink(url, { httpsOnly: true });
  if (!checked.ok) throw badRequest(`Menu button Web App URL '${url}' is invalid: ${checked.reason}`);
  return { type: 'web_app', text: given.text, web_app: { url: checked.url } };
}

function privateChatId(world: World, chatId: string | undefined): number {
  if (chatId === undefined) return ALL_CHATS;
  const chat = world.chats.known(chatId);
  if (chat.kind !== 'private') throw badRequest('Invalid chat_id specified');
  return chat.id;
}

/** @param chatId absent = the button of all chats */
export function menuButtonOf(world: World, chatId = ALL_CHATS): MenuButton {
  const row = world.storage.one('select button from menu_buttons where chat_id = ?', chatId);
  if (row !== undefined) return JSON.parse(String(row['button'])) as MenuButton;
  return chatId === ALL_CHATS ? { type: 'commands' } : { type: 'default' };
}

const menuButtonShape = json(
  z.looseObject({
    type: words(),
    text: words().optional(),
    web_app: z.looseObject({ url: words() }).optional(),
  }),
).optional();

const setChatMenuButton = method(
  z.object({ menu_button: menuButtonShape, chat_id: words().optional() }),
  (world, given) => {
    const button = readMenuButton(world, given.menu_button ?? { type: 'default' });
    const chat = privateChatId(world, given.chat_id);
    world.storage.run('delete from menu_buttons where chat_id = ?', chat);
    if (button.type !== 'default') {
      const sql = 'insert into menu_buttons (chat_id, button) values (?, ?)';
      world.storage.run(sql, chat, JSON.stringify(button));
    }
    world.emit({ type: 'state' });
    return true;
  },
);

const getChatMenuButton = method(z.object({ chat_id: words().optional() }), (world, given) =>
  menuButtonOf(world, privateChatId(world, given.chat_id)),
);

export const settingMethods = {
  setmycommands: setMyCommands,
  getmycommands: getMyCommands,
  deletemycommands: deleteMyCommands,
  setmyname: name.set,
  getmyname: name.get,
  setmydescription: description.set,
  getmydescription: description.get,
  setmyshortdescription: shortDescription.set,
  getmyshortdescription: shortDescription.get,
  setchatmenubutton: setChatMenuButton,
  getchatmenubutton: getChatMenuButton,
};
