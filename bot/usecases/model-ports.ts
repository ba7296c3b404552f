/**
 * What the use cases need from a language model, as types only. `bot/model/` implements them over any
 * OpenAI-compatible endpoint; without one there is no `LanguageModel` and everything works by rules.
 *
 * Nothing a model answers is trusted: callers check it against their own schema and against the input.
 */
import type { NewLead } from '../../shared/schemas/lead.ts';
import type { PlanOrigin } from '../../shared/schemas/plan-origin.ts';
import type { NewPlan, PlanStep, Situation } from '../../shared/schemas/plan.ts';
import type { Language } from '../../shared/schemas/user.ts';
import type { ReadingContext } from '../domain/time/moments.ts';
import type { LeadReading } from '../domain/lead/lead-reading.ts';
import type { TimeSuggestion } from '../domain/time/suggestion.ts';

/** What one or more calls cost. */
export interface ModelUsage {
  /** As the endpoint names it; null = no call was answered. */
  readonly model: string | null;
  readonly calls: number;
  /** Tokens as the endpoint counted them; 0 where it does not say. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** US dollars, when the endpoint says or the price of the model is known; otherwise null. */
  readonly costUsd: number | null;
}

/** Why there is no usable answer. */
export type ModelFailure =
  | 'timeout'
  | 'rate_limited'
  /** No connection, or 5xx. */
  | 'unreachable'
  /** 401, 403, 404, 402: the settings or the account need a person. */
  | 'misconfigured'
  /** The model would not do it. */
  | 'refused'
  /** The stream ended, or the length limit was reached, in the middle of the answer. */
  | 'cut_off'
  /** Stopped by the caller's signal. */
  | 'stopped';

export type ModelAnswer =
  | { readonly ok: true; readonly text: string; readonly usage: ModelUsage }
  | {
      readonly ok: false;
      readonly failure: ModelFailure;
      /** As the endpoint asked for, milliseconds; null = it did not say. */
      readonly retryAfterMs: number | null;
      readonly usage: ModelUsage;
    };

export interface ModelQuestion {
  /** Trusted text: the prompt. */
  readonly instructions: string;
  /** Untrusted text: data, never instructions. */
  readonly input: string;
  /** A picture the question is about: untrusted like the text. */
  readonly image?: { readonly mediaType: string; readonly base64: string };
  /** Earlier rounds of the same talk: what was answered, and what was wrong with it. */
  readonly rounds?: readonly { readonly answer: string; readonly correction: string }[];
  /** JSON schema the answer must follow, made from a zod schema; endpoints that cannot hold to it are asked without. */
  readonly schema: { readonly name: string; readonly json: Readonly<Record<string, unknown>> };
  readonly maxOutputTokens: number;
  readonly timeoutMs: number;
  /** The answer so far, each time some of it arrives. */
  readonly onText?: (soFar: string) => void;
}

/** One question, one answer. Never throws for what an endpoint or the network does. */
export interface LanguageModel {
  readonly name: string;
  ask(question: ModelQuestion, signal: AbortSignal): Promise<ModelAnswer>;
}

/** Everything a plan is made of. */
export interface PlanRequest {
  readonly lead: NewLead;
  /** What the person wrote, whole. */
  readonly text: string;
  readonly situation: Situation;
  /** Language of descriptions; drafts follow the lead's language when it is known. */
  readonly language: Language;
  /** The person's local date (ISO) and zone on which day 0 falls. */
  readonly today: string;
  readonly zone: string;
  /** For a new plan in the middle: the present steps with what became of each, and what is new. */
  readonly replan: {
    readonly steps: readonly (PlanStep & {
      readonly state: 'done' | 'skipped' | 'cancelled' | 'open' | 'not_started';
    })[];
    readonly news: string;
    /** Of the plan that runs; the new one keeps it. */
    readonly pace: NewPlan['pace'];
  } | null;
}

export interface PlanProgress {
  readonly stage: 'asking' | 'writing' | 'checking' | 'asking_again' | 'waiting';
  /** Descriptions that are complete so far. */
  readonly steps: readonly string[];
}

export interface PlannedPlan {
  readonly plan: NewPlan;
  readonly origin: PlanOrigin;
  readonly usage: ModelUsage;
}

/** A plan always comes: the model's, mended and checked, or else the template. Never throws, never refuses. */
export interface Planner {
  plan(
    request: PlanRequest,
    options: {
      readonly signal: AbortSignal;
      readonly onProgress?: (progress: PlanProgress) => void;
      /** What was asked for this plan before, such as reading its lead: added to what the plan cost. */
      readonly spent?: ModelUsage;
    },
  ): Promise<PlannedPlan>;
}

/** Reads what somebody meant by a time. Never throws for what an endpoint does; null = no usable answer. */
export interface TimeModel {
  suggest(text: string, context: ReadingContext): Promise<TimeSuggestion | null>;
}

/** Reads who a text is about. Never throws for what an endpoint does. */
export interface LeadModel {
  /** `reading` null = no usable answer, or none in time; it has cost something all the same. */
  read(
    text: string,
    signal: AbortSignal,
  ): Promise<{ readonly reading: LeadReading | null; readonly usage: ModelUsage }>;
}

/** What was said or written in a file; an empty text = no words are in it. */
export type Perceived =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly failure: ModelFailure };

/** Writes down what was said. Never throws for what an endpoint does. */
export interface SpeechModel {
  /** @param audio.name with the ending that tells its format. */
  transcribe(audio: {
    readonly bytes: Uint8Array;
    readonly name: string;
    readonly mediaType: string;
  }): Promise<Perceived>;
}

/** Copies the words of a picture. Never throws for what an endpoint does. */
export interface PictureModel {
  read(picture: { readonly bytes: Uint8Array; readonly mediaType: string }): Promise<Perceived>;
}
