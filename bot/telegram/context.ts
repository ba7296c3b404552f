/** What a handler finds: grammY's context plus the person, their store, product time and the voice to answer with. */
import type { ConversationFlavor } from '@grammyjs/conversations';
import type { Context } from 'grammy';
import type { InlineKeyboardButton } from 'grammy/types';
import type { UserRow } from '../../shared/schemas/user.ts';
import type { MessageMemory } from '../usecases/chat-ports.ts';
import type { PersonPlanning, PlannerDesk } from '../usecases/planning-ports.ts';
import type { PersonStore } from '../usecases/ports.ts';
import type { TeamJobs } from '../usecases/team-ports.ts';
import type { OpenedForm } from './forms/opened-form.ts';
import type { TimeInWords } from '../usecases/read-time.ts';
import type { LastEdited } from './last-edited.ts';
import type { RichText } from './text/rich-text.ts';
import type { Texts } from './text/texts.ts';
import type { Words } from './text/words.ts';

/** Everything about the one person an update came from. */
export interface Talk {
  /** The database as this person sees it: ownership of every id in a message or button is decided there. */
  readonly store: PersonStore;
  /** Their teams' jobs. */
  readonly jobs: TeamJobs;
  readonly person: UserRow;
  /** Product time. */
  readonly now: Temporal.Instant;
  /** One per update, so that an update worked on twice acts once. */
  readonly actionId: string;
  readonly words: Words;
  /** For an answer in another language or zone than the person had a moment ago. */
  readonly texts: Texts;
  readonly miniAppUrl: string | null;
  readonly lastEdited: LastEdited;
  readonly messages: MessageMemory;
  /** A moment in the person's own words, on their clock; `any`: or what comes again and again. */
  readonly readTime: (text: string, mode?: 'once' | 'any') => Promise<TimeInWords>;
  readonly planner: PlannerDesk;
  /** What this person asks of the planner. */
  readonly planning: PersonPlanning;
  /** The same when a model writes plans; null: the template comes at once. */
  readonly writer: PersonPlanning | null;
}

/** `form`: the question that waits for an answer in this chat. See forms/README.md. */
export type NudgeContext = ConversationFlavor<Context & { talk: Talk; form: OpenedForm | null }>;

export type Keyboard = InlineKeyboardButton[][];

/** A message ready to be sent or to replace an older one. */
export interface Card {
  readonly text: RichText;
  readonly keyboard: Keyboard;
}
