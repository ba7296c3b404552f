/**
 * Where the conversations library keeps what it needs, and what our own code has to know of it before the library looks:
 * it drops a state of another version, or one it cannot read, without a word, and the answer would become a lead.
 */
import type { ConversationData, VersionedState } from '@grammyjs/conversations';
import { z } from 'zod';
import type { ConversationStore, KeptConversation } from '../../usecases/chat-ports.ts';
import type { NudgeContext } from '../context.ts';
import type { AnyForm } from './form.ts';
import { FORM_CONVERSATION } from './open-form.ts';
import { openedFormSchema, type OpenedForm } from './opened-form.ts';

/** Raise it when the conversation in run-forms.ts changes: its waits are replayed from what is kept. */
export const FORMS_VERSION = 1;
/** A text that comes later than this after the question is no answer any more. Product time. */
const ANSWER_WITHIN_HOURS = 24;

/**
 * What is kept for the person of an update. `answered`: this very update answered that question already. `unreadable`:
 * a question was asked by another version of this program, or its form is gone.
 */
export type Found =
  | { readonly kind: 'none' | 'unreadable' }
  | { readonly kind: 'open' | 'answered'; readonly form: OpenedForm };

type Kept = VersionedState<ConversationData>;

/** The library's own wrapping, with our version and exactly one conversation in it. */
const stateSchema = z.looseObject({
  version: z.tuple([z.literal(0), z.literal(FORMS_VERSION)]),
  state: z.looseObject({
    [FORM_CONVERSATION]: z.tuple([z.looseObject({ args: z.string().transform(readArguments) })]),
  }),
});

export class FormMemory {
  readonly #store: ConversationStore;
  readonly #forms: ReadonlyMap<string, AnyForm>;
  readonly #found = new WeakMap<
    NudgeContext,
    { readonly kept: KeptConversation | null; readonly found: Found }
  >();
  readonly #answered = new WeakSet<NudgeContext>();
  readonly #erased = new WeakSet<NudgeContext>();

  constructor(store: ConversationStore, forms: ReadonlyMap<string, AnyForm>) {
    this.#store = store;
    this.#forms = forms;
  }

  /** What was kept when this update began. */
  found(ctx: NudgeContext): Found {
    return this.#found.get(ctx)?.found ?? { kind: 'none' };
  }

  /** From now on this update counts as the answer to the open question. */
  noteAnswered(ctx: NudgeContext): void {
    this.#answered.add(ctx);
  }

  /** What was kept is deleted with everything else of the person, and stays so. */
  noteErased(ctx: NudgeContext): void {
    this.#erased.add(ctx);
  }

  /** Drops what is kept, as if nothing had been asked. */
  async forget(ctx: NudgeContext): Promise<void> {
    await this.#store.keep(personOf(ctx), { state: null, answered: null, answeredUpdateId: null });
  }

  // The adapter of the library's storage: three calls an update at most.

  async read(ctx: NudgeContext): Promise<Kept | undefined> {
    const kept = await this.#store.read(personOf(ctx));
    const found = this.#judge(kept, ctx);
    this.#found.set(ctx, { kept, found });
    ctx.form = found.kind === 'open' ? found.form : null;
    return found.kind === 'open' ? (kept?.state as Kept) : undefined;
  }

  async write(ctx: NudgeContext, state: Kept): Promise<void> {
    if (this.#erased.has(ctx)) return;
    if (JSON.stringify(state) === JSON.stringify(this.#found.get(ctx)?.kept?.state)) return;
    await this.#store.keep(personOf(ctx), { state, answered: null, answeredUpdateId: null });
  }

  async delete(ctx: NudgeContext): Promise<void> {
    if (this.#erased.has(ctx)) return;
    const found = this.found(ctx);
    if (!this.#answered.has(ctx) || found.kind !== 'open') return this.forget(ctx);
    const answeredUpdateId = ctx.update.update_id;
    await this.#store.keep(personOf(ctx), { state: null, answered: found.form, answeredUpdateId });
  }

  #judge(kept: KeptConversation | null, ctx: NudgeContext): Found {
    if (kept === null) return { kind: 'none' };
    if (kept.state === null) {
      const answered = openedFormSchema.safeParse(kept.answered);
      const isRepeat = kept.answeredUpdateId === ctx.update.update_id && answered.success;
      return isRepeat && this.#isKnown(answered.data)
        ? { kind: 'answered', form: answered.data }
        : { kind: 'none' };
    }
    const state = stateSchema.safeParse(kept.state);
    const form = state.success ? state.data.state[FORM_CONVERSATION][0].args : null;
    if (form === null || !this.#isKnown(form)) return { kind: 'unreadable' };
    const age = ctx.talk.now.since(Temporal.Instant.from(form.openedAt));
    return age.total('hours') < ANSWER_WITHIN_HOURS ? { kind: 'open', form } : { kind: 'none' };
  }

  #isKnown(form: OpenedForm): boolean {
    return this.#forms.get(form.kind)?.args.safeParse(form.args).success === true;
  }
}

/** The library keeps the arguments of a conversation as the text of a JSON list. */
function readArguments(text: string): OpenedForm | null {
  try {
    const [first] = z.tuple([openedFormSchema]).parse(JSON.parse(text));
    return first;
  } catch {
    return null;
  }
}

function personOf(ctx: NudgeContext): number {
  return ctx.talk.person.telegram_id;
}
