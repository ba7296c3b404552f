/**
 * What stands behind a button: `1:<verb>:<arguments>`, at most 64 bytes. The leading number is the version: buttons
 * live in old messages for ever, so a changed meaning gets a new number and old ones are answered as outdated. The data
 * comes from the client and proves nothing: whether the row is the person's own is decided by the database.
 */
import { z } from 'zod';
import { leadStatusSchema } from '../../shared/schemas/lead.ts';
import { exportFormatSchema } from '../../shared/contracts/export.ts';
import { paceSchema } from '../../shared/schemas/plan.ts';
import { languageSchema } from '../../shared/schemas/user.ts';
import { dayCode, encodeDay, encodeRule, ruleCode } from './features/recurring/rule-code.ts';
import { LEAD_FIELDS } from '../domain/lead/read-field.ts';

const VERSION = '1';
/** Bot API: 1 to 64 bytes. */
export const CALLBACK_LIMIT_BYTES = 64;

const digits = z
  .string()
  .regex(/^[1-9]\d{0,14}$/)
  .transform(Number);
/** Minutes since the epoch in base 36: a snooze button does exactly what is written on it, however old it is. */
const minute = z
  .string()
  .regex(/^[0-9a-z]{5,7}$/)
  .transform((text) => Temporal.Instant.fromEpochMilliseconds(Number.parseInt(text, 36) * 60_000));
const exactMark = z.enum(['e', 'w']).transform((mark) => mark === 'e');
const digitsOrZero = z
  .string()
  .regex(/^(0|[1-9]\d{0,14})$/)
  .transform(Number);
const zone = z.string().regex(/^[A-Za-z][A-Za-z0-9_+\-/]{1,49}$/);
/** Milliseconds since the epoch in base 36. */
const millisecond = z
  .string()
  .regex(/^[0-9a-z]{7,9}$/)
  .transform((text) => Temporal.Instant.fromEpochMilliseconds(Number.parseInt(text, 36)));
/** A job's short name: ids are up to 100 characters long. */
const jobCode = z.string().regex(/^[0-9a-f]{16}$/);
const actionId = z.string().regex(/^u\d{1,15}$/);

const index = z
  .string()
  .regex(/^\d{1,2}$/)
  .transform(Number);

const rebaseMode = z.enum(['keep_gaps', 'keep_dates', 'squeeze']);
const fingerprint = z.string().regex(/^[0-9a-f]{8}$/);

/** Whether the person picked this very minute. */
const mark = z.enum(['e', 'w']).transform((letter) => letter === 'e');
const days = z
  .string()
  .regex(/^-?\d{1,3}$/)
  .transform(Number);

const weekday = z
  .string()
  .regex(/^[1-7]$/)
  .transform(Number);
const clock = z.string().regex(/^([01]\d|2[0-3])[0-5]\d$/);
/** A rule to repeat by, its first date, its local clock. */
const schedule = { rule: ruleCode, startsOn: dayCode, clock };
const settingsPage = z.enum([
  'main',
  'hour',
  'quiet',
  'days',
  'pause',
  'zone',
  'askHour',
  'askQuiet',
  'askPause',
]);
export type SettingsPage = z.infer<typeof settingsPage>;

/** Verb → names and shapes of its arguments, in order. */
export const CALLBACK_VERBS = {
  done: ['d', { id: digits }],
  skip: ['k', { id: digits }],
  cancel: ['c', { id: digits }],
  snoozeMenu: ['z', { id: digits }],
  /** From the snooze presets back to the card's own buttons. */
  back: ['b', { id: digits }],
  snooze: ['s', { id: digits, until: minute, exact: exactMark }],
  /** Another time than the presets, to be typed; the second from under a time that was said back. */
  snoozeOther: ['so', { id: digits }],
  snoozeAgain: ['sa', { id: digits }],
  /** Why a reminder comes when it does, in place of its card; the second shows the card again, whatever is there. */
  why: ['y', { id: digits }],
  cardBack: ['yb', { id: digits }],
  /** Moves a reminder and the steps behind it. `print` says which dates the card showed: other ones are shown first. */
  rebase: ['rb', { id: digits, until: minute, exact: exactMark, mode: rebaseMode, print: fingerprint }],
  /** Keeps the words this card answers as a note of the lead. */
  keepNote: ['kn', { id: digits }],
  /** Shows a reminder's card, from a list. */
  open: ['o', { id: digits }],
  accept: ['a', { id: digits }],
  discard: ['x', { id: digits }],
  undo: ['u', { actionId, id: digits }],
  undoPlan: ['v', { actionId, id: digits }],
  zone: ['t', { zone }],
  /**
   * Stores a proposed reminder, whose title is the first line of the message; lead 0 = about nobody. The id is that of the
   * update that proposed it: two taps store it once.
   */
  remindSave: ['m', { id: digits, until: minute, exact: exactMark, lead: digitsOrZero }],
  /** The same proposal without the lead. */
  remindAlone: ['n', { until: minute, exact: exactMark }],
  /** Asks for another time. The id is that of the update that proposed it. */
  remindWhen: ['w', { id: digits }],
  /** A page of /reminders. */
  reminders: ['r', { page: digits }],
  /** A lead's card in a new message, or in place of what is there. */
  leadOpen: ['lo', { id: digits }],
  leadBack: ['lb', { id: digits }],
  /** The steps of its running plan, or the way to a new one. */
  leadPlan: ['lq', { id: digits }],
  leadFields: ['le', { id: digits }],
  leadField: ['lf', { id: digits, field: z.enum(LEAD_FIELDS) }],
  leadNote: ['ln', { id: digits }],
  leadDelete: ['ld', { id: digits }],
  leadDeleteNow: ['ly', { id: digits }],
  leadRestore: ['lr', { id: digits }],
  undoLead: ['lu', { actionId, id: digits }],
  leadStatuses: ['lt', { id: digits }],
  leadStatus: ['lk', { id: digits, status: leadStatusSchema }],
  /** It was this lead's answer that waits in a tray. */
  leadPause: ['lw', { id: digits, leadId: digits }],
  leadResume: ['lm', { id: digits }],
  /** A new plan for a lead that answered. */
  leadReplan: ['lv', { id: digits }],
  /** A page of /leads, /plans or the bin, as far as the words of a search narrow it. */
  leads: ['lp', { shelf: z.enum(['all', 'plans', 'bin']), page: digits, words: z.string() }],
  /** People who wait in a tray: one becomes a lead, even if known; all do; one is added to a lead that is there. */
  trayTake: ['pt', { id: digits, index }],
  trayAdd: ['pa', { id: digits, index }],
  trayAll: ['px', { id: digits }],
  trayMerge: ['pm', { id: digits, index, leadId: digits }],
  /** Under a plan that is being written. */
  stopPlanning: ['ps', { id: digits }],
  /** A plan's steps, to be changed; back to its proposal. Changes carry the version of the plan they were offered for. */
  editPlan: ['ep', { id: digits }],
  planShow: ['eb', { id: digits }],
  stepOpen: ['es', { id: digits, version: digits, step: digits }],
  stepMore: ['em', { id: digits, version: digits, step: digits }],
  stepChannels: ['ec', { id: digits, version: digits, step: digits }],
  stepChannel: ['ek', { id: digits, version: digits, step: digits, channel: index }],
  stepWords: ['ew', { id: digits, version: digits, step: digits }],
  stepDraft: ['et', { id: digits, version: digits, step: digits }],
  stepDate: ['ed', { id: digits, version: digits, step: digits }],
  /** A new step behind this one. */
  stepAdd: ['en', { id: digits, version: digits, step: digits }],
  stepShift: ['ei', { id: digits, version: digits, step: digits, days }],
  stepAt: ['ea', { id: digits, version: digits, step: digits, until: minute, exact: mark }],
  stepMove: ['eo', { id: digits, version: digits, step: digits, to: digits }],
  stepRemove: ['er', { id: digits, version: digits, step: digits }],
  paceMenu: ['eh', { id: digits }],
  planPace: ['eg', { id: digits, version: digits, pace: paceSchema }],
  versions: ['ev', { id: digits }],
  version: ['eq', { id: digits, number: digits }],
  revert: ['ex', { id: digits, version: digits, number: digits }],
  undoEdit: ['eu', { actionId, id: digits }],
  /** A new plan in the middle; the draft is put aside again. */
  replan: ['el', { id: digits }],
  keepOld: ['ey', { id: digits }],
  /** A page of /settings, or one that asks for something to be typed. */
  settings: ['g', { page: settingsPage }],
  /** Local clocks without the colon, which separates arguments. */
  setHour: ['gh', { clock }],
  setQuiet: ['gq', { from: clock, to: clock }],
  /** Says what the day shall be, so that a second tap changes nothing. */
  setDay: ['gd', { day: weekday, on: mark }],
  setDays: ['gw', { days: z.string().regex(/^[1-7]{1,7}$/) }],
  setDigest: ['gs', { on: mark }],
  setLanguage: ['gl', { language: languageSchema }],
  pause: ['gp', { until: minute }],
  resume: ['gr', {}],
  exportFile: ['xf', { format: exportFormatSchema }],
  /** Stores the leads of the table that the question answers. The id is that of the update that brought it. */
  importTable: ['it', { id: digits }],
  importLeave: ['iv', {}],
  privacy: ['xp', { wish: z.enum(['export', 'delete']) }],
  /** Stores a proposed reminder that repeats; ids, lead and title as for `remindSave`. */
  recurSave: ['qm', { id: digits, ...schedule, lead: digitsOrZero }],
  recurAlone: ['qn', { id: digits, ...schedule }],
  /** A repeating reminder's card; one of its times left out; its status; other times, asked for and stored. */
  recurOpen: ['qo', { id: digits }],
  recurSkip: ['qk', { id: digits, reminder: digits }],
  recurSet: ['qs', { id: digits, wish: z.enum(['pause', 'resume', 'end']) }],
  recurTimes: ['qt', { id: digits }],
  recurChange: ['qc', { id: digits, ...schedule }],
  recurUndo: ['qu', { actionId, id: digits }],
  /** A page of /jobs, a job's card, its status. */
  jobs: ['jl', { page: digits }],
  job: ['jo', { code: jobCode }],
  jobSet: ['js', { code: jobCode, wish: z.enum(['pause', 'resume']) }],
  /** The id is that of the update whose answer holds the button: two taps on it start one execution. */
  jobRun: ['jr', { code: jobCode, id: digits }],
  /** An execution of a job: its slot and what tells it from others of this slot. */
  execution: ['jx', { code: jobCode, at: millisecond, print: fingerprint }],
  executionRetry: ['jt', { code: jobCode, at: millisecond, print: fingerprint, id: digits }],
  /** Under a question that need not be answered. The id is that of the update that asked it. */
  skipQuestion: ['fs', { id: digits }],
  /** Under a question: leaves it. The id is that of the update that asked it. */
  leaveForm: ['q', { id: digits }],
} as const;

type Verbs = typeof CALLBACK_VERBS;
type Verb = keyof Verbs;
type Arguments<V extends Verb> = { readonly [K in keyof Verbs[V][1]]: z.output<Verbs[V][1][K]> };

/** What a tap asks for. */
export type CallbackAction = { [V in Verb]: { readonly verb: V } & Arguments<V> }[Verb];

/**
 * The data of a button.
 * @throws RangeError when it would not fit into 64 bytes: a bug, since all arguments are bounded.
 */
export function encodeCallback(action: CallbackAction): string {
  const [letter, shape] = CALLBACK_VERBS[action.verb];
  const values: Readonly<Record<string, unknown>> = action;
  let data = `${VERSION}:${letter}`;
  for (const name in shape) data += `:${encodeValue(name, values[name])}`;
  if (Buffer.byteLength(data) > CALLBACK_LIMIT_BYTES) {
    throw new RangeError(`The button data "${data}" is longer than ${CALLBACK_LIMIT_BYTES} bytes.`);
  }
  return data;
}

/** What the data asks for; null when it is malformed, unknown or of another version. */
export function decodeCallback(data: string): CallbackAction | null {
  const [version, letter, ...values] = data.split(':');
  const entry = Object.entries(CALLBACK_VERBS).find(([, [known]]) => known === letter);
  if (version !== VERSION || entry === undefined) return null;
  const [verb, [, shape]] = entry;
  const names = Object.keys(shape);
  if (names.length !== values.length) return null;
  const parsed = z
    .object({ verb: z.literal(verb), ...shape })
    .safeParse({ verb, ...Object.fromEntries(names.map((name, index) => [name, values[index]])) });
  return parsed.success ? (parsed.data as CallbackAction) : null;
}

function encodeValue(name: string, value: unknown): string {
  if (name === 'rule') return encodeRule(String(value));
  if (name === 'startsOn') return encodeDay(String(value));
  if (name === 'at' && value instanceof Temporal.Instant) return value.epochMilliseconds.toString(36);
  if (value instanceof Temporal.Instant) return Math.floor(value.epochMilliseconds / 60_000).toString(36);
  if (typeof value === 'boolean') return value ? 'e' : 'w';
  return String(value);
}
