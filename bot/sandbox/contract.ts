/**
 * The sandbox page's own API: what the chat page in the browser and the sandbox server say to each other.
 * It plays the part of Telegram's clients (a person typing, tapping, opening the mini-app) and of a
 * test bench (clock, faults, live rows). Nothing here exists outside the sandbox.
 *
 * All routes live below `/sandbox/api`. Instants are ISO 8601 strings in UTC (product time unless said otherwise).
 */
import { z } from 'zod';

/** A demo person who chats with the bot. `id` is the Telegram id; a private chat's id equals it. */
export const sandboxPersonSchema = z.object({
  id: z.number().int().positive(),
  firstName: z.string(),
  lastName: z.string().optional(),
  username: z.string().optional(),
  languageCode: z.string(),
  /** One line under the name in the chat list before any message exists. */
  blurb: z.string(),
  role: z.enum(['owner', 'member', 'stranger']),
  hasBlockedBot: z.boolean(),
});
export type SandboxPerson = z.infer<typeof sandboxPersonSchema>;

/** Entities as Telegram sends them; offset and length in UTF-16 code units. */
const sandboxEntitySchema = z.looseObject({
  type: z.string(),
  offset: z.number().int().nonnegative(),
  length: z.number().int().positive(),
});
export type SandboxEntity = z.infer<typeof sandboxEntitySchema>;

/** Buttons as the bot sent them (Bot API names), plus what the client draws. */
const sandboxButtonSchema = z.looseObject({
  text: z.string(),
  callback_data: z.string().optional(),
  url: z.string().optional(),
  web_app: z.object({ url: z.string() }).optional(),
  copy_text: z.object({ text: z.string() }).optional(),
  style: z.enum(['danger', 'success', 'primary']).optional(),
  disabled: z.boolean().optional(),
});
export type SandboxButton = z.infer<typeof sandboxButtonSchema>;

/** One bubble of the chat. */
const sandboxMessageSchema = z.object({
  messageId: z.number().int().positive(),
  chatId: z.number().int(),
  from: z.enum(['bot', 'person']),
  text: z.string(),
  entities: z.array(sandboxEntitySchema),
  inlineKeyboard: z.array(z.array(sandboxButtonSchema)),
  /** A reply keyboard (`KeyboardButton` rows) shown under the input until it is replaced or removed. */
  replyKeyboard: z.array(z.array(z.looseObject({ text: z.string() }))).nullable(),
  replyToMessageId: z.number().int().nullable(),
  silent: z.boolean(),
  date: z.iso.datetime(),
  editDate: z.iso.datetime().nullable(),
  /** True while the bot streams a draft (`sendMessageDraft`). */
  draft: z.boolean(),
});
export type SandboxMessage = z.infer<typeof sandboxMessageSchema>;

const sandboxFaultSchema = z.enum(['slow', 'offline', 'rate_limited', 'server_error', 'drop_after_accept']);
export type SandboxFault = z.infer<typeof sandboxFaultSchema>;

/** A fault that comes by itself and goes again, in seconds of real time: faults do not follow the sandbox's clock. */
const plannedFaultSchema = z.object({
  /** Chosen by whoever plans it; unlike every other one's. */
  id: z.string().min(1).max(64),
  fault: sandboxFaultSchema,
  /** Counted from the moment it is told; below 0 = it has begun. */
  fromSeconds: z.number().min(-86_400).max(86_400),
  forSeconds: z.number().positive().max(86_400),
});
export type PlannedFault = z.infer<typeof plannedFaultSchema>;

/** `GET /sandbox/api/state`: everything the page needs to draw itself. */
export const sandboxStateSchema = z.object({
  bot: z.object({ id: z.number().int(), firstName: z.string(), username: z.string() }),
  people: z.array(sandboxPersonSchema),
  /** Newest last, per person (chat id = person id). */
  messages: z.array(sandboxMessageSchema),
  commands: z.array(z.object({ command: z.string(), description: z.string() })),
  menuButton: z.object({ text: z.string(), url: z.string() }).nullable(),
  clock: z.object({
    now: z.iso.datetime(),
    /** How far product time runs ahead of the machine's clock, in seconds; 0 = real time. */
    offsetSeconds: z.number().int().nonnegative(),
    /** The next instant at which a reminder falls due, over all people; null = none. */
    nextDueAt: z.iso.datetime().nullable(),
  }),
  faults: z.array(sandboxFaultSchema),
  /** What is under way or still to come, soonest first. */
  plannedFaults: z.array(plannedFaultSchema),
});
export type SandboxState = z.infer<typeof sandboxStateSchema>;

/** `POST /sandbox/api/messages`: the person types (or forwards) something. */
export const sendTextSchema = z.object({
  personId: z.number().int(),
  text: z.string().min(1).max(4096),
  replyToMessageId: z.number().int().optional(),
});
/** `POST /sandbox/api/taps`: the person taps an inline button. Answers with the toast, if the bot gives one. */
export const tapSchema = z.object({
  personId: z.number().int(),
  messageId: z.number().int(),
  data: z.string().min(1),
});
export const tapAnswerSchema = z.object({ text: z.string().nullable(), showAlert: z.boolean() });
/** `POST /sandbox/api/locations`: the person shares a place (used to find the time zone). */
export const sendLocationSchema = z.object({
  personId: z.number().int(),
  latitude: z.number(),
  longitude: z.number(),
});
/** A file's bytes, as a client uploads them. */
const uploadSchema = z.object({ base64: z.base64(), mime_type: z.string().max(100).optional() });
/** What can be attached, in the Bot API's names; one kind a message. */
const attachmentSchema = z.union([
  z.strictObject({ contact: z.object({ first_name: z.string().max(64), phone_number: z.string().max(32) }) }),
  z.strictObject({ sticker: uploadSchema.extend({ emoji: z.string().max(16) }) }),
  z.strictObject({
    photo: uploadSchema.extend({ width: z.number().int().positive(), height: z.number().int().positive() }),
  }),
  z.strictObject({ voice: uploadSchema.extend({ duration: z.number().int().nonnegative() }) }),
  z.strictObject({ document: uploadSchema.extend({ file_name: z.string().max(200) }) }),
  z.strictObject({
    text: z.string().min(1).max(4096),
    forward_origin: z.object({
      type: z.literal('hidden_user'),
      sender_user_name: z.string().max(128),
      /** Unix seconds. */
      date: z.number().int(),
    }),
  }),
]);
export type SandboxAttachment = z.infer<typeof attachmentSchema>;
/** `POST /sandbox/api/contents`: the person sends something that is not typed. */
export const sendContentSchema = z.object({ personId: z.number().int(), content: attachmentSchema });
/** `POST /sandbox/api/blocks`: the person blocks or unblocks the bot. */
export const blockSchema = z.object({ personId: z.number().int(), blocked: z.boolean() });
/** `PUT /sandbox/api/faults`: the whole set that is on. */
export const setFaultsSchema = z.object({ faults: z.array(sandboxFaultSchema) });
/** `PUT /sandbox/api/planned-faults`: the whole time line, counted from now; it replaces the former one. */
export const planFaultsSchema = z.object({ plannedFaults: z.array(plannedFaultSchema).max(20) });
/** `POST /sandbox/api/clock`: move product time forward, by seconds or to an instant. Backwards is refused (400). */
export const moveClockSchema = z.union([
  z.object({ bySeconds: z.number().int().positive() }),
  z.object({ to: z.iso.datetime() }),
]);
/** `POST /sandbox/api/mini-app`: the mini-app's address for this person, with freshly signed init data in the hash. */
export const openMiniAppSchema = z.object({
  personId: z.number().int(),
  startParam: z.string().max(512).optional(),
  theme: z.enum(['light', 'dark']),
  /** The web_app button's own URL, if a button was tapped; absent = the menu button's. */
  url: z.string().optional(),
});
export const miniAppAddressSchema = z.object({ url: z.string() });
/** `POST /sandbox/api/reset`: forget everything (chats, leads, clock) and begin again in real time. No body. */

/** `GET /sandbox/api/rows?person=ID`: the drawer's live tables. Cells are already words, in the person's zone. */
export const sandboxRowsSchema = z.object({
  zone: z.string(),
  tables: z.array(
    z.object({
      name: z.enum(['Reminders', 'Steps', 'Sends', 'Events']),
      count: z.number().int().nonnegative(),
      columns: z.array(z.string()),
      rows: z.array(z.object({ key: z.string(), changed: z.boolean(), cells: z.array(z.string()) })),
    }),
  ),
});
export type SandboxRows = z.infer<typeof sandboxRowsSchema>;

/** `GET /sandbox/api/transcript?person=ID`: what happened in the chat, one line each, as plain text in the person's zone. */

/** `GET /sandbox/api/events`: server-sent events; each `data:` is one of these. The page refetches what they name. */
export const sandboxEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('message'), message: sandboxMessageSchema }),
  z.object({ type: z.literal('deleted'), chatId: z.number().int(), messageId: z.number().int() }),
  z.object({ type: z.literal('typing'), chatId: z.number().int() }),
  z.object({ type: z.literal('clock'), clock: sandboxStateSchema.shape.clock }),
  z.object({ type: z.literal('rows') }),
  z.object({ type: z.literal('state') }),
]);
export type SandboxEvent = z.infer<typeof sandboxEventSchema>;
