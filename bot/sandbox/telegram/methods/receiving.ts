/** How the bot learns what happened: long polling or a webhook, never both; and who it and others are. */
import { z } from 'zod';
import { flag, integer, json, words } from '../fields.ts';
import { badRequest, conflict } from '../refusal.ts';
import { botProfile, chatOf } from '../shapes.ts';
import { checkLink } from '../text/links.ts';
import type { World } from '../world.ts';
import { method } from './method.ts';

const MAX_UPDATES = 100;
const MAX_POLL_SECONDS = 50;
const WEBHOOK_PORTS = ['', '443', '80', '88', '8443'];
const DEFAULT_CONNECTIONS = 40;
const MAX_SECRET = 256;
const MAX_REACTIONS = 11;
const WEBHOOK_IS_SET =
  "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first";

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));
const updateTypes = json(z.array(words())).optional();

const getUpdates = method(
  z.object({
    offset: integer().optional(),
    limit: integer().optional(),
    timeout: integer().optional(),
    allowed_updates: updateTypes,
  }),
  async (world, given, call) => {
    if (world.webhook.settings() !== null) throw conflict(WEBHOOK_IS_SET);
    if (given.allowed_updates !== undefined) world.updates.setAllowed(given.allowed_updates);
    const updates = await world.updates.poll(
      {
        offset: given.offset ?? 0,
        limit: clamp(given.limit ?? MAX_UPDATES, 1, MAX_UPDATES),
        timeoutSeconds: clamp(given.timeout ?? 0, 0, MAX_POLL_SECONDS),
      },
      call.gone,
    );
    return updates.map(({ json: update }) => JSON.parse(update) as unknown);
  },
);

/** @throws {Refusal} for an address Telegram would not push to */
function checkWebhookUrl(world: World, url: string): void {
  if (world.isOwnAddress(url)) return;
  const parsed = URL.parse(url.includes('://') ? url : `https://${url}`);
  if (parsed === null) throw badRequest('invalid webhook URL specified');
  const bad = (problem: string) => badRequest(`bad webhook: ${problem}`);
  if (parsed.protocol !== 'https:') throw bad('An HTTPS URL must be provided for webhook');
  if (!WEBHOOK_PORTS.includes(parsed.port))
    throw bad('Webhook can be set up only on ports 80, 88, 443 or 8443');
  if (!checkLink(url).ok) throw bad('Failed to resolve host: Name or service not known');
  if (/^(127|10)\.|^192\.168\./.test(parsed.hostname)) throw bad(`IP address ${parsed.hostname} is reserved`);
}

const setWebhook = method(
  z.object({
    url: words().optional(),
    secret_token: words().optional(),
    max_connections: integer().optional(),
    allowed_updates: updateTypes,
    drop_pending_updates: flag().optional(),
  }),
  (world, given) => {
    const secret = given.secret_token ?? null;
    if (given.url !== undefined) checkWebhookUrl(world, given.url);
    if (secret !== null && secret.length > MAX_SECRET) throw badRequest('secret token is too long');
    if (secret !== null && !/^[\w-]+$/.test(secret))
      throw badRequest('secret token contains unallowed characters');
    if (given.allowed_updates !== undefined) world.updates.setAllowed(given.allowed_updates);
    if (given.drop_pending_updates === true) world.updates.clear();
    if (given.url === undefined) {
      world.webhook.set(null);
      return true;
    }
    world.updates.abortPoll('terminated by setWebhook request');
    const maxConnections = clamp(given.max_connections ?? DEFAULT_CONNECTIONS, 1, 100);
    world.webhook.set({ url: given.url, secretToken: secret, maxConnections });
    return true;
  },
);

const deleteWebhook = method(z.object({ drop_pending_updates: flag().optional() }), (world, given) => {
  if (given.drop_pending_updates === true) world.updates.clear();
  world.webhook.set(null);
  return true;
});

const getWebhookInfo = method(z.object({}), (world) => {
  const settings = world.webhook.settings();
  const error = world.webhook.lastError();
  const allowed = world.updates.allowed();
  return {
    url: settings?.url ?? '',
    has_custom_certificate: false,
    pending_update_count: world.updates.count(),
    ...(error === null ? {} : { last_error_date: error.date, last_error_message: error.message }),
    ...(settings === null ? {} : { max_connections: settings.maxConnections }),
    ...(allowed === null ? {} : { allowed_updates: allowed }),
  };
});

const getMe = method(z.object({}), (world) => botProfile(world.bot));

const getChat = method(z.object({ chat_id: words() }), (world, given) => {
  const chat = world.chats.known(given.chat_id);
  if (chat.kind === 'private' && !chat.person.hasStarted) throw badRequest('chat not found');
  const gifts = {
    unlimited_gifts: true,
    limited_gifts: true,
    unique_gifts: true,
    premium_subscription: true,
    gifts_from_channels: true,
  };
  const full = {
    ...chatOf(chat),
    accent_color_id: 0,
    max_reaction_count: MAX_REACTIONS,
    accepted_gift_types: gifts,
  };
  return full;
});

export const receivingMethods = {
  getupdates: getUpdates,
  setwebhook: setWebhook,
  deletewebhook: deleteWebhook,
  getwebhookinfo: getWebhookInfo,
  getme: getMe,
  getchat: getChat,
};
