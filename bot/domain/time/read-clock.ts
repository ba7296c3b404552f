/**
 * A time of day, or two of them, typed as a setting: "9:30", "9 pm", "21-8". Not a moment (read-time.ts reads those): there
 * is no date in it, and what else is said beside it makes it unreadable.
 */
import { clockText } from './day-parts.ts';

/**
 * `hours`: local clocks, `HH:MM`. `off`: none are wanted. `doubtful`: written in bare hours, these would leave hardly any of
 * the day ("10-7" mostly means the night), so they want to be written out.
 */
export type QuietHours =
  | { readonly kind: 'hours' | 'doubtful'; readonly from: string; readonly to: string }
  | { readonly kind: 'off' };

interface TypedClock {
  readonly clock: string;
  /** Neither minutes nor a half of the day were said. */
  readonly isBare: boolean;
}

const MINUTES_PER_DAY = 1440;
/** Quiet hours longer than this are taken only when they are written out. */
const LONG_QUIET_MINUTES = 14 * 60;

const CLOCK =
  /^(\d{1,2})(?:[:.h\s]?([0-5]\d))?\s?(am|a\.m\.|pm|p\.m\.|o['’]?clock|h|ч\.?|час|часа|часов|утра|дня|вечера|ночи)?$/;
const NAMED: ReadonlyMap<string, string> = new Map([
  ['noon', '12:00'],
  ['midday', '12:00'],
  ['полдень', '12:00'],
  ['midnight', '00:00'],
  ['полночь', '00:00'],
]);
const LEADING = /^(?:at|around|from|between|в|с|со|от|около)\s+/;
const BETWEEN = /\s*(?:-|–|—|−|\bto\b|\btill?\b|\buntil\b|\band\b|(?<=\s)до(?=\s)|(?<=\s)по(?=\s))\s*/;
const NONE = /^(?:off|none|no|never|no quiet hours|нет|никогда|выкл|выключить|без тихих часов)$/;

/** Half of the day → hours that may be said with it, and what becomes of them. */
const HALVES: Readonly<Record<string, (hour: number) => number | null>> = {
  am: (hour) => (isOnDial(hour) ? hour % 12 : null),
  pm: (hour) => (isOnDial(hour) ? (hour % 12) + 12 : null),
  утра: (hour) => (hour >= 1 && hour < 12 ? hour : null),
  дня: (hour) => (hour === 12 ? 12 : hour >= 1 && hour <= 6 ? hour + 12 : null),
  вечера: (hour) => (hour >= 4 && hour < 12 ? hour + 12 : null),
  ночи: (hour) =>
    hour === 12 ? 0 : hour >= 1 && hour <= 5 ? hour : hour >= 10 && hour < 12 ? hour + 12 : null,
};

/** A time of day in a person's words, English or Russian. @returns `HH:MM`, or null when it is none. */
export function readClockTime(text: string): string | null {
  return typedClock(tidy(text))?.clock ?? null;
}

/** Two times of day, or a word that wants none. Null when it is neither. */
export function readQuietHours(text: string): QuietHours | null {
  const typed = tidy(text);
  if (NONE.test(typed)) return { kind: 'off' };
  const parts = typed.replace(LEADING, '').split(BETWEEN);
  const [from, to] = parts.map(typedClock);
  if (parts.length !== 2 || from == null || to == null) return null;
  const minutes = (minutesOf(to.clock) - minutesOf(from.clock) + MINUTES_PER_DAY) % MINUTES_PER_DAY;
  const isDoubtful = minutes === 0 || (from.isBare && to.isBare && minutes > LONG_QUIET_MINUTES);
  return { kind: isDoubtful ? 'doubtful' : 'hours', from: from.clock, to: to.clock };
}

function typedClock(typed: string): TypedClock | null {
  const said = typed.replace(LEADING, '');
  const named = NAMED.get(said);
  if (named !== undefined) return { clock: named, isBare: false };
  const [, digits, minutes, word = ''] = CLOCK.exec(said) ?? [];
  if (digits === undefined) return null;
  const half = HALVES[word.replaceAll('.', '')] ?? wholeDay;
  const hour = half(Number(digits));
  if (hour === null) return null;
  const isBare = minutes === undefined && half === wholeDay;
  return { clock: clockText({ hour, minute: Number(minutes ?? 0) }), isBare };
}

function wholeDay(hour: number): number | null {
  return hour < 24 ? hour : null;
}

function tidy(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}

function isOnDial(hour: number): boolean {
  return hour >= 1 && hour <= 12;
}

function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
}
