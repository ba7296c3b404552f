/**
 * Trouble on purpose. The page has switches for a person to flip; tests give rules that say exactly which call fails how often.
 */
import { z } from 'zod';
import type { PlannedFault, SandboxFault } from '../contract.ts';

const faultKindSchema = z.enum([
  '429',
  '500',
  '502_html',
  /** Never answers, and does nothing. */
  'hang',
  /** Does what was asked and then drops the connection: the bot cannot know. */
  'drop_after_accept',
  'delay',
  /** Drops the connection without doing anything. */
  'reset',
]);

export const faultRuleSchema = z.object({
  kind: faultKindSchema,
  /** Absent = any method but getUpdates; any letter case. */
  method: z.string().optional(),
  chatId: z.number().int().optional(),
  /** How many calls it hits; "always" until the rules are replaced. */
  times: z.union([z.number().int().positive(), z.literal('always')]).default(1),
  /** Calls let through first. */
  skip: z.number().int().nonnegative().default(0),
  /** A time line: seconds of the machine's clock after the rules were set, from which on the rule holds … */
  fromSeconds: z.number().nonnegative().default(0),
  /** … and for how long; absent = from then on. */
  forSeconds: z.number().positive().optional(),
  /** Seconds, for "429". */
  retryAfter: z.number().int().positive().default(1),
  /** Milliseconds, for "delay". */
  delayMs: z.number().int().nonnegative().default(100),
});
export type FaultRule = z.infer<typeof faultRuleSchema>;
export type FaultRuleInput = z.input<typeof faultRuleSchema>;

const SENDING = [
  'sendmessage',
  'editmessagetext',
  'editmessagereplymarkup',
  'sendmessagedraft',
  'copymessage',
];
/** What a person at the page notices as slow. */
const SLOW_MS = 1500;
const RATE_LIMITED_SECONDS = 5;
const DEFAULTS = {
  times: 'always',
  skip: 0,
  fromSeconds: 0,
  retryAfter: RATE_LIMITED_SECONDS,
  delayMs: SLOW_MS,
} as const;

/** One page switch as rules. `methods` null = every method, getUpdates included. */
const SWITCHES: Readonly<
  Record<SandboxFault, { kind: FaultRule['kind']; methods: readonly string[] | null }>
> = {
  slow: { kind: 'delay', methods: [...SENDING, 'answercallbackquery'] },
  offline: { kind: 'reset', methods: null },
  rate_limited: { kind: '429', methods: SENDING },
  server_error: { kind: '502_html', methods: [...SENDING, 'answercallbackquery', 'getme'] },
  drop_after_accept: { kind: 'drop_after_accept', methods: SENDING },
};

export class Faults {
  #rules: FaultRule[] = [];
  #switches: SandboxFault[] = [];
  /** Switches that flip by themselves; milliseconds of the machine's clock. */
  #planned: { id: string; fault: SandboxFault; startsAt: number; endsAt: number }[] = [];
  #released = new AbortController();
  readonly #machineNow: () => number;
  /** Milliseconds of the machine's clock. */
  #rulesSetAt = 0;

  /** @param machineNow milliseconds */
  constructor(machineNow: () => number) {
    this.#machineNow = machineNow;
  }

  switches(): SandboxFault[] {
    return [...this.#switches];
  }

  setSwitches(switches: readonly SandboxFault[]): void {
    this.#switches = [...new Set(switches)];
  }

  /** The page's time line, counted from now: what is under way or still to come, soonest first. */
  planned(): PlannedFault[] {
    const now = this.#machineNow();
    return this.#planned
      .filter(({ endsAt }) => endsAt > now)
      .map(({ id, fault, startsAt, endsAt }) => ({
        id,
        fault,
        fromSeconds: (startsAt - now) / 1000,
        forSeconds: (endsAt - startsAt) / 1000,
      }));
  }

  /** Replaces the time line by one counted from now. */
  setPlanned(planned: readonly PlannedFault[]): void {
    const now = this.#machineNow();
    this.#planned = planned
      .map(({ id, fault, fromSeconds, forSeconds }) => {
        const startsAt = now + fromSeconds * 1000;
        return { id, fault, startsAt, endsAt: startsAt + forSeconds * 1000 };
      })
      .toSorted((a, b) => a.startsAt - b.startsAt);
  }

  /** What is on now, by hand or by the time line. */
  #on(): SandboxFault[] {
    const now = this.#machineNow();
    const begun = this.#planned.filter(({ startsAt, endsAt }) => startsAt <= now && now < endsAt);
    return [...this.#switches, ...begun.map(({ fault }) => fault)];
  }

  setRules(rules: readonly FaultRule[]): void {
    this.#rules = rules.map((rule) => ({ ...rule }));
    this.#rulesSetAt = this.#machineNow();
    this.release();
  }

  /** Lets go of every call that hangs. */
  release(): void {
    this.#released.abort();
    this.#released = new AbortController();
  }

  /** Ends when hanging calls are let go. */
  get released(): AbortSignal {
    return this.#released.signal;
  }

  /** Is the bot's own server out of reach? Then webhooks fail too. */
  get isOffline(): boolean {
    return this.#on().includes('offline');
  }

  /** @returns what must go wrong with this call, counting it; the first rule that fits wins */
  next(method: string, chatId: number | null): FaultRule | null {
    const seconds = (this.#machineNow() - this.#rulesSetAt) / 1000;
    for (const rule of this.#rules) {
      if (!holds(rule, seconds) || !fits(rule, method, chatId) || rule.times === 0) continue;
      if (rule.skip > 0) {
        rule.skip -= 1;
        continue;
      }
      if (rule.times !== 'always') rule.times -= 1;
      return rule;
    }
    const found = this.#on().find((name) => SWITCHES[name].methods?.includes(method) ?? true);
    return found === undefined ? null : { ...DEFAULTS, kind: SWITCHES[found].kind };
  }
}

function holds({ fromSeconds, forSeconds }: FaultRule, seconds: number): boolean {
  return seconds >= fromSeconds && (forSeconds === undefined || seconds < fromSeconds + forSeconds);
}

function fits(rule: FaultRule, method: string, chatId: number | null): boolean {
  const methodFits =
    rule.method === undefined ? method !== 'getupdates' : rule.method.toLowerCase() === method;
  return methodFits && (rule.chatId === undefined || rule.chatId === chatId);
}
