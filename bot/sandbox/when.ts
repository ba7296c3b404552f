/** Times as a person reads them: weekday first, 24 hours, no leading zero. All instants are milliseconds since 1970. */
const formatters = new Map<string, Intl.DateTimeFormat>();

/** Making a formatter costs a hundred times more than using it. */
function formatter(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = zone + JSON.stringify(options);
  let known = formatters.get(key);
  if (known === undefined) {
    known = new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone });
    formatters.set(key, known);
  }
  return known;
}

interface WallClock {
  weekday: string;
  day: string;
  month: string;
  year: string;
  time: string;
}

function wallClock(at: number, zone: string): WallClock {
  const parts = new Map(
    formatter(zone, {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: 'numeric',
      minute: '2-digit',
      hourCycle: 'h23',
    })
      .formatToParts(at)
      .map((part) => [part.type, part.value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
  return {
    weekday: part('weekday'),
    day: part('day'),
    // British English writes "Sept": three letters like every other month.
    month: part('month').slice(0, 3),
    year: part('year'),
    time: `${part('hour').replace(/^0/, '')}:${part('minute')}`,
  };
}

const DAY_MS = 86_400_000;
/** From here on a day and month alone would be taken for this year's. */
const YEAR_MATTERS_MS = 300 * DAY_MS;

/** "Wed 14 Oct 2026, 9:41": the clock in the bar. */
export function longTime(at: number, zone: string): string {
  const { weekday, day, month, year, time } = wallClock(at, zone);
  return `${weekday} ${day} ${month} ${year}, ${time}`;
}

/** "9:41" */
export function clockTime(at: number, zone: string): string {
  return wallClock(at, zone).time;
}

/** "Wed 9:30" within a week, else "5 Oct, 9:30": the small time in a bubble. */
export function bubbleTime(at: number, now: number, zone: string): string {
  const { weekday, day, month, time } = wallClock(at, zone);
  return Math.abs(now - at) < 6 * DAY_MS ? `${weekday} ${time}` : `${day} ${month}, ${time}`;
}

/** "9:30" today, "Tue" within a week, else "5 Oct": the chat list. */
export function listTime(at: number, now: number, zone: string): string {
  const then = wallClock(at, zone);
  const today = wallClock(now, zone);
  if (then.day === today.day && then.month === today.month && then.year === today.year) return then.time;
  return now - at < 6 * DAY_MS ? then.weekday : `${then.day} ${then.month}`;
}

/**
 * "11:00" today, "Thu 9:30" within a week, else "Thu 5 Nov, 9:30": a time to come. A date can do without its weekday, so that
 * one stands apart, with the space after it; empty where the weekday says the day or the day is today.
 */
export function nextTime(at: number, now: number, zone: string): { weekday: string; rest: string } {
  const then = wallClock(at, zone);
  const today = wallClock(now, zone);
  if (at - now < DAY_MS && then.day === today.day) return { weekday: '', rest: then.time };
  if (at - now < 6 * DAY_MS) return { weekday: '', rest: `${then.weekday} ${then.time}` };
  return { weekday: `${then.weekday} `, rest: dateTime(then, at, now) };
}

/** The part of a zone's name people say: "Berlin" of "Europe/Berlin". */
export function zoneName(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}

const RELATIVE_UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', DAY_MS],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
];

/**
 * What Telegram's `date_time` entity asks for: `r` relative, else `w` weekday, `d`/`D` short or long date,
 * `t`/`T` short or long time (Bot API 9.5). An unknown or empty format gives null: show the written text.
 */
export function entityTime(at: number, now: number, zone: string, format: string): string | null {
  if (format === 'r') {
    const [unit, size] = RELATIVE_UNITS.find(([, ms]) => Math.abs(at - now) >= ms) ?? ['second', 1000];
    return new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(Math.round((at - now) / size), unit);
  }
  const match = /^(w?)([dD]?)([tT]?)$/.exec(format);
  if (match === null || format === '') return null;
  const options: Intl.DateTimeFormatOptions = { hourCycle: 'h23' };
  if (match[1] !== '') options.weekday = match[2] === 'D' ? 'long' : 'short';
  if (match[2] !== '') Object.assign(options, { day: 'numeric', month: match[2] === 'D' ? 'long' : 'short' });
  if (match[2] === 'D') options.year = 'numeric';
  if (match[3] !== '') Object.assign(options, { hour: 'numeric', minute: '2-digit' });
  if (match[3] === 'T') options.second = '2-digit';
  return formatter(zone, options).format(at);
}

/** "Wed 14 Oct, 9:30", with the year when it is most of a year away: a row's instant. */
export function rowTime(at: number, now: number, zone: string): string {
  const then = wallClock(at, zone);
  return `${then.weekday} ${dateTime(then, at, now)}`;
}

function dateTime({ day, month, year, time }: WallClock, at: number, now: number): string {
  const date = Math.abs(at - now) < YEAR_MATTERS_MS ? `${day} ${month}` : `${day} ${month} ${year}`;
  return `${date}, ${time}`;
}

/** "9:40" today, "Tue 9:30" within a week, else "Wed 14 Oct, 9:40": when something changed. */
export function changeTime(at: number, now: number, zone: string): string {
  if (listTime(at, now, zone) === clockTime(at, zone)) return clockTime(at, zone);
  return Math.abs(now - at) < 6 * DAY_MS ? bubbleTime(at, now, zone) : rowTime(at, now, zone);
}
