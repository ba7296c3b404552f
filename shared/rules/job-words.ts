/** What bot and mini-app say about jobs in the same way: names, durations, states. */
import type { ListedJob } from '../contracts/my-jobs.ts';
import { wordLanguage } from './words.ts';

/** The product's own jobs, whose stored names are English: what the catalogues call each, `job-name-<this>`. */
export const OWN_JOB_NAMES: ReadonlyMap<string, string> = new Map([
  ['nudge.sweep', 'sweep'],
  ['nudge.retention', 'retention'],
  ['nudge.watchdog', 'watchdog'],
  ['nudge.recurring', 'recurring'],
  ['nudge.digests', 'digests'],
  ['nudge.loop.dispatch', 'loop-dispatch'],
  ['nudge.loop.promotion', 'loop-promotion'],
  ['nudge.loop.planning', 'loop-planning'],
  ['nudge.loop.jobs', 'loop-jobs'],
]);

/** A loop beats every 3 seconds; one that was silent for so long stands still or its process is gone. Milliseconds. */
const SILENT_MS = 60_000;

/** What a job is about to do. */
export type JobState =
  | { readonly kind: 'next'; readonly at: Temporal.Instant }
  | { readonly kind: 'loop-alive' | 'loop-silent'; readonly agoMs: number }
  | { readonly kind: 'loop-unheard' | 'paused' | 'waits-for-event' | 'under-way' }
  | { readonly kind: 'completed' | 'failed' | 'cancelled' };

/** The state of a job in one word. */
export function jobState(
  job: Pick<ListedJob, 'status' | 'type' | 'next_run' | 'metadata' | 'beat_ms_ago'>,
): JobState {
  if (isResident(job)) {
    const agoMs = job.beat_ms_ago;
    if (agoMs === null) return { kind: 'loop-unheard' };
    return { kind: agoMs > SILENT_MS ? 'loop-silent' : 'loop-alive', agoMs };
  }
  if (job.status === 'active' || job.status === 'pending') {
    if (job.next_run !== null) return { kind: 'next', at: Temporal.Instant.from(job.next_run) };
    return { kind: job.type === 'event' ? 'waits-for-event' : 'under-way' };
  }
  return { kind: job.status };
}

/** A loop that runs all the time: it can be watched, not steered. */
export function isResident(job: Pick<ListedJob, 'metadata'>): boolean {
  return job.metadata['resident'] === true;
}

/** Whether a job that runs by itself may rest: the one that brings back what a dead worker held may not. */
export function canPause(job: Pick<ListedJob, 'id'>): boolean {
  return job.id !== 'nudge.sweep';
}

/** Whether an execution may be tried again. */
export function canRetry(status: string): boolean {
  return ['failed', 'timeout', 'cancelled', 'skipped'].includes(status);
}

const UNITS = {
  en: { ms: 'ms', second: 's', minute: 'min', hour: 'h', day: 'd' },
  ru: { ms: 'мс', second: 'с', minute: 'мин', hour: 'ч', day: 'дн.' },
} as const;
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * How long something took, as exact as is worth reading: "85 ms", "1.2 s", "3 min 5 s", "2 h 10 min", "4 d".
 * @param locale BCP 47
 */
export function formatDuration(ms: number, locale: string): string {
  const language = wordLanguage(locale);
  const unit = UNITS[language];
  const whole = Math.round(ms);
  if (whole < SECOND) return `${String(whole)} ${unit.ms}`;
  if (whole < 10 * SECOND) {
    const tenths = (Math.floor(whole / 100) / 10).toFixed(1);
    return `${language === 'ru' ? tenths.replace('.', ',') : tenths} ${unit.second}`;
  }
  if (whole < MINUTE) return `${String(Math.floor(whole / SECOND))} ${unit.second}`;
  if (whole < HOUR) return inTwo(whole, MINUTE, unit.minute, SECOND, unit.second);
  if (whole < 2 * DAY) return inTwo(whole, HOUR, unit.hour, MINUTE, unit.minute);
  return `${String(Math.floor(whole / DAY))} ${unit.day}`;
}

function inTwo(ms: number, large: number, largeName: string, small: number, smallName: string): string {
  const rest = Math.floor((ms % large) / small);
  const head = `${String(Math.floor(ms / large))} ${largeName}`;
  return rest === 0 ? head : `${head} ${String(rest)} ${smallName}`;
}
