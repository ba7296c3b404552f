/** What a form is: one question, whose answer is a text. */
import type { z } from 'zod';
import type { Card, NudgeContext, Talk } from '../context.ts';

interface DoneAnswer {
  readonly done: Card;
  /** What follows when the card was sent: somebody will edit it later. */
  readonly sent?: (ctx: NudgeContext, messageId: number) => Promise<void>;
  /** Everything of the person was deleted: nothing may be kept of this answer either. */
  readonly isErased?: true;
}

/**
 * `done`: answered, the form closes. `again`: the answer does not do; the card says why and the question stays open.
 * `pass`: the text is no answer at all; the form closes and the text is read as if nothing had been asked. `next`: answered,
 * and another question follows, which `next` asks.
 */
export type FormAnswer =
  | DoneAnswer
  | { readonly again: Card }
  | { readonly pass: true }
  | { readonly next: (ctx: NudgeContext) => Promise<void> };

/**
 * A form of one question. `A` is what it needs to know, JSON only: ids, which the database checks again when the answer
 * comes, because the lead may be gone by then.
 */
export interface Form<A> {
  /** Unique. The catalogue says in `form-<kind>` what is asked for: "the lead's new title". */
  readonly kind: string;
  readonly args: z.ZodType<A>;
  /** The card that asks; a button to leave is put under it. */
  question(talk: Talk, args: A): Promise<Card>;
  /** May be called twice for one answer: what it writes carries `talk.actionId`. */
  take(talk: Talk, args: A, text: string): Promise<FormAnswer>;
}

/** A form as the registry holds it: its arguments are read by its own schema before they are handed back. */
export interface AnyForm {
  readonly kind: string;
  readonly args: z.ZodType;
  question(talk: Talk, args: never): Promise<Card>;
  take(talk: Talk, args: never, text: string): Promise<FormAnswer>;
}
