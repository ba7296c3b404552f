/** All stores over one database: InsForge, plain PostgreSQL or the embedded one behind the same SDK. */
import type { CardQueue, ConversationStore, MessageMemory, UpdateLog } from '../usecases/chat-ports.ts';
import type { AdminStore, DispatchStore, PersonStore, ReminderRepository } from '../usecases/ports.ts';
import type { ExecutionStore, JobStore } from '../usecases/job-ports.ts';
import type { RetentionStore } from '../usecases/operator-ports.ts';
import type { PersonPlanning, PlanningStore } from '../usecases/planning-ports.ts';
import type { DigestStore } from '../usecases/digest-ports.ts';
import type { RecurringSweepStore } from '../usecases/recurring-ports.ts';
import type { TeamJobs } from '../usecases/team-ports.ts';
import { createAdminStore } from './admin-store.ts';
import { createCardQueue } from './card-queue.ts';
import { createClients } from './clients.ts';
import type { ClientSettings } from './clients.ts';
import { createConversationStore } from './conversation-store.ts';
import { createDigestStore } from './digest-store.ts';
import { createDispatchStore } from './dispatch-store.ts';
import { createMessageMemory } from './message-memory.ts';
import { createExecutionStore } from './execution-store.ts';
import { createJobBoard } from './job-board.ts';
import { createJobStore, createPersonJobs } from './job-store.ts';
import { createPersonStore } from './person-store.ts';
import { createPersonPlanning, createPlanningStore } from './planning-store.ts';
import { createRecurringSweepStore } from './recurring-store.ts';
import { createReminderRepository } from './reminder-repository.ts';
import { createRetentionStore } from './retention-store.ts';
import { createUpdateLog } from './update-log.ts';

export interface Stores {
  readonly admin: AdminStore;
  readonly cards: CardQueue;
  readonly conversations: ConversationStore;
  readonly digests: DigestStore;
  readonly dispatch: DispatchStore;
  readonly executions: ExecutionStore;
  readonly jobs: JobStore;
  readonly messages: MessageMemory;
  readonly planning: PlanningStore;
  readonly recurring: RecurringSweepStore;
  readonly reminders: ReminderRepository;
  readonly retention: RetentionStore;
  readonly updates: UpdateLog;
  asPerson(telegramId: number): PersonStore;
  /** What a person sees of their teams' jobs. */
  jobsOf(telegramId: number): TeamJobs;
  /** What a person asks of the planner. */
  planningOf(telegramId: number): PersonPlanning;
}

export interface StoreSettings extends ClientSettings {
  /** Names this process in leases and update records. */
  readonly worker: string;
  /** Long polling: nobody else reads this bot's updates. */
  readonly soleReader: boolean;
}

/** Builds the stores. Opens no connection. */
export function createStores(settings: StoreSettings): Stores {
  const clients = createClients(settings);
  return {
    admin: createAdminStore(clients.server),
    cards: createCardQueue(clients.server),
    conversations: createConversationStore(clients.server),
    digests: createDigestStore(clients.server),
    dispatch: createDispatchStore(clients.server),
    executions: createExecutionStore(clients.server),
    jobs: createJobStore(clients.server),
    messages: createMessageMemory(clients.server),
    planning: createPlanningStore(clients.server),
    recurring: createRecurringSweepStore(clients.server),
    reminders: createReminderRepository(clients.server),
    retention: createRetentionStore(clients.server),
    updates: createUpdateLog(clients.server, settings.worker, settings.soleReader),
    asPerson: (telegramId) => createPersonStore(clients.asPerson(telegramId)),
    jobsOf(telegramId) {
      const client = clients.asPerson(telegramId);
      return { ...createPersonJobs(client), ...createJobBoard(client, telegramId) };
    },
    planningOf: (telegramId) => createPersonPlanning(clients.asPerson(telegramId)),
  };
}
