/**
 * One plan that a language model writes, from the claimed run to the card in chat. Whatever dies in between, the next
 * claim goes on: the plan is written once, by the run's own row, and the run is over only when its result was shown.
 */
import type { RefusalCode } from '../../shared/contracts/refusals.ts';
import type { LeadRow } from '../../shared/schemas/lead.ts';
import type { UserRow } from '../../shared/schemas/user.ts';
import type { MachineClock } from './clock.ts';
import type { LeadModel, PlannedPlan, Planner, PlanProgress, PlanRequest } from './model-ports.ts';
import type {
  PersonPlanning,
  PlanningRun,
  PlanningScreen,
  PlanningStore,
  RunResult,
  RunSubject,
  ShownResult,
} from './planning-ports.ts';
import type { PersonStore } from './ports.ts';
import { previewPlan } from './preview-plan.ts';
import { readPlanPair } from './replan.ts';
import { refineLead, type RefinedLead } from './refine-lead.ts';

/** A dead process's run is taken over after this long. Renewed every second or so. */
export const PLANNING_LEASE_SECONDS = 10;
/** Claims in which a model is asked; after that something about this run kills the process, and the template comes. */
const MOST_ATTEMPTS = 3;
/** Telegram counts edits like messages; nobody reads faster. */
const PROGRESS_EVERY_MS = 1500;

export interface PlanInBackgroundDeps {
  readonly planning: PlanningStore;
  readonly personStore: (telegramId: number) => PersonStore;
  readonly personPlanning: (telegramId: number) => PersonPlanning;
  readonly planner: Planner;
  /** Reads a new lead's text again before its first plan; null = the rules' reading stands. */
  readonly leadModel: LeadModel | null;
  readonly screen: PlanningScreen;
  readonly clock: MachineClock;
  /** Sleeps until the lease should be renewed, or somebody asked to stop. */
  readonly beat: (signal: AbortSignal) => Promise<void>;
  readonly productNow: () => Promise<Temporal.Instant>;
}

/** `shown`: the run is over. `released`: another claim goes on. `lost`: another process has it. */
export type RunEnd = 'shown' | 'released' | 'lost';

/**
 * Works on a claimed run to its end.
 * @param signal ends the work (the process stops); the run is given back.
 * @throws what the stores throw when the database cannot be asked; the lease then ends by itself.
 */
export async function planInBackground(
  deps: PlanInBackgroundDeps,
  run: PlanningRun,
  token: string,
  signal: AbortSignal,
): Promise<RunEnd> {
  const over = new AbortController();
  const lease = holdLease(deps, token, run.stopRequested, over.signal);
  const ended = AbortSignal.any([signal, lease.lost]);
  try {
    const end = await toTheEnd(deps, run, token, { ended, stop: lease.stop });
    if (end === 'shown') await deps.planning.close(token);
    else if (end === 'released') await deps.planning.extend(token, 0);
    return lease.lost.aborted && end !== 'shown' ? 'lost' : end;
  } finally {
    over.abort();
    await lease.done;
  }
}

/** What a plan is written for, and where it shows. */
interface Scene {
  readonly subject: RunSubject;
  readonly read: RefinedLead;
  readonly messageId: number | null;
  readonly signals: Signals;
}

interface Signals {
  /** The work is no longer ours. */
  readonly ended: AbortSignal;
  /** The person wants the template plan. */
  readonly stop: AbortSignal;
}

async function toTheEnd(
  deps: PlanInBackgroundDeps,
  run: PlanningRun,
  token: string,
  signals: Signals,
): Promise<RunEnd> {
  const store = deps.personStore(run.telegramId);
  const [person, lead, now] = await Promise.all([store.self(), store.lead(run.leadId), deps.productNow()]);
  if (person === null || lead === null) throw new Error(`Run ${run.id} has no person or no lead.`);
  const isResumed = run.attempts > 1 && run.result === null;
  const subject: RunSubject = { runId: run.id, person, lead, now, isResumed };
  const messageId = run.messageId ?? (await openScreen(deps, subject));
  const read = await readAgain(deps, run, lead, signals);
  const result = run.result ?? (await plan(deps, run, token, { subject, read, messageId, signals }));
  if (result === null) return 'released';
  if (messageId === null) return 'shown';
  const shown = await describe(deps, run, result, read.refined);
  if (signals.ended.aborted) return 'released';
  await deps.screen.show(shown.subject, messageId, shown.result);
  return 'shown';
}

/** The action id is the run's: read again after a restart, the lead is changed once. */
async function readAgain(
  { leadModel: model, personStore }: PlanInBackgroundDeps,
  run: PlanningRun,
  lead: LeadRow,
  { ended, stop }: Signals,
): Promise<RefinedLead> {
  const isFirst = run.order.kind === 'first' && run.result === null && run.attempts <= MOST_ATTEMPTS;
  if (model === null || !isFirst) return { lead, refined: [], usage: null };
  const { text, language } = run.order;
  const input = { actionId: `run-${run.id}.lead`, lead, text, language };
  return refineLead({ model, store: personStore(run.telegramId) }, input, AbortSignal.any([ended, stop]));
}

async function openScreen(deps: PlanInBackgroundDeps, subject: RunSubject): Promise<number | null> {
  const messageId = await deps.screen.open(subject);
  return messageId === null ? null : (await deps.planning.noteMessage(subject.runId, messageId)).messageId;
}

/** @returns what is to be shown; null = the work ended before the plan did. */
async function plan(
  deps: PlanInBackgroundDeps,
  run: PlanningRun,
  token: string,
  scene: Scene,
): Promise<RunResult | null> {
  const mine = deps.personPlanning(run.telegramId);
  const request = await requestFor(run, scene, mine);
  const written = await write(deps, run, request, scene);
  if (written === null) return null;
  const proposed = await mine.propose(run.id, token, written);
  if (proposed.ok) return proposed.value === null ? null : { kind: 'planned', planId: proposed.value.planId };
  const { code } = proposed.refusal;
  await deps.planning.refuse(token, code);
  return { kind: 'refused', code };
}

async function requestFor(
  run: PlanningRun,
  { read: { lead }, subject: { person, now } }: Scene,
  mine: PersonPlanning,
): Promise<PlanRequest> {
  const { kind, text, news, situation, language } = run.order;
  const running = kind === 'replan' ? await mine.runningPlan(run.leadId) : null;
  return {
    lead,
    // Without a running plan there is nothing to continue: the news are part of what is known.
    text: running === null && news !== null ? `${text}\n\n${news}` : text,
    situation,
    language,
    today: now.toZonedDateTimeISO(person.zone).toPlainDate().toString(),
    zone: person.zone,
    replan: running === null ? null : { ...running, news: news ?? '' },
  };
}

/** Asks the planner, showing how far it is. Null: the work ended meanwhile, and what came is not to be used. */
async function write(
  deps: PlanInBackgroundDeps,
  run: PlanningRun,
  request: PlanRequest,
  scene: Scene,
): Promise<PlannedPlan | null> {
  const { subject, read, messageId, signals } = scene;
  const isTooOften = run.attempts > MOST_ATTEMPTS;
  const written = new AbortController();
  const news = new Newest<PlanProgress>();
  const showing =
    messageId === null
      ? Promise.resolve()
      : showProgress(deps, subject, messageId, news, AbortSignal.any([signals.ended, written.signal]));
  const planned = await deps.planner.plan(request, {
    signal: isTooOften ? AbortSignal.abort() : AbortSignal.any([signals.ended, signals.stop]),
    onProgress: (progress) => news.put(progress),
    ...(read.usage === null ? {} : { spent: read.usage }),
  });
  written.abort();
  // The last edit must have landed before the card does.
  await showing;
  if (signals.ended.aborted) return null;
  return isTooOften ? { ...planned, origin: { kind: 'template', because: 'interrupted' } } : planned;
}

async function showProgress(
  deps: PlanInBackgroundDeps,
  subject: RunSubject,
  messageId: number,
  news: Newest<PlanProgress>,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    const progress = await news.take(signal);
    if (progress === null) return;
    await deps.screen.progress(subject, messageId, progress);
    await deps.clock.sleep(PROGRESS_EVERY_MS, signal);
  }
}

/** The result in the words and dates of the moment it is shown. */
async function describe(
  deps: PlanInBackgroundDeps,
  run: PlanningRun,
  result: RunResult,
  refined: readonly string[],
): Promise<{ subject: RunSubject; result: ShownResult }> {
  const store = deps.personStore(run.telegramId);
  const [person, lead, now] = await Promise.all([store.self(), store.lead(run.leadId), deps.productNow()]);
  if (person === null || lead === null) throw new Error(`Run ${run.id} has no person or no lead.`);
  const subject = { runId: run.id, person, lead, now, isResumed: false };
  if (result.kind === 'refused') return { subject, result };
  const planned = await describePlan(store, run, result.planId, person, now);
  return { subject, result: planned.kind === 'planned' ? { ...planned, refined } : planned };
}

async function describePlan(
  store: PersonStore,
  run: PlanningRun,
  planId: number,
  person: UserRow,
  now: Temporal.Instant,
): Promise<ShownResult> {
  const view = await previewPlan(store, { planId, person, now });
  if (view.ok) {
    const pair = run.order.kind === 'replan' ? await readPlanPair(store, { planId, person, now }) : null;
    return { kind: 'planned', order: run.order, view: view.value, refined: [], pair };
  }
  const code: RefusalCode = view.refusal.code;
  return { kind: 'refused', code };
}

interface Lease {
  readonly lost: AbortSignal;
  readonly stop: AbortSignal;
  /** Resolves when nothing is renewed any more. */
  readonly done: Promise<void>;
}

/** Renews the lease until `signal` aborts; a renewal that fails is tried again at the next beat. */
function holdLease(
  deps: Pick<PlanInBackgroundDeps, 'planning' | 'beat'>,
  token: string,
  isStopped: boolean,
  signal: AbortSignal,
): Lease {
  const lost = new AbortController();
  const stop = new AbortController();
  if (isStopped) stop.abort();
  const renew = async (): Promise<void> => {
    for (;;) {
      await deps.beat(signal);
      if (signal.aborted) return;
      const held = await deps.planning.extend(token, PLANNING_LEASE_SECONDS).catch(() => undefined);
      if (held === null) {
        lost.abort();
        return;
      }
      if (held?.stop === true) stop.abort();
    }
  };
  return { lost: lost.signal, stop: stop.signal, done: renew() };
}

/** Holds the newest of many values for somebody slower. */
class Newest<T> {
  #value: T | null = null;
  #arrived = Promise.withResolvers<undefined>();

  put(value: T): void {
    this.#value = value;
    this.#arrived.resolve(undefined);
  }

  /** The newest value not yet taken; waits for one. Null as soon as the signal aborts. */
  async take(signal: AbortSignal): Promise<T | null> {
    const aborted = Promise.withResolvers<undefined>();
    const end = (): void => aborted.resolve(undefined);
    signal.addEventListener('abort', end, { once: true });
    if (!signal.aborted) await Promise.race([this.#arrived.promise, aborted.promise]);
    signal.removeEventListener('abort', end);
    if (signal.aborted) return null;
    this.#arrived = Promise.withResolvers();
    return this.#value;
  }
}
