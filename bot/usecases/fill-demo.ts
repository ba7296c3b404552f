/** Fills a database with a believable team and its history, once. */
import type { DemoPerson } from '../domain/demo/demo-types.ts';
import { makeDemo } from '../domain/demo/make-demo.ts';
import type { DemoStore } from './operator-ports.ts';
import type { AdminStore } from './ports.ts';

export interface FilledPerson {
  readonly person: DemoPerson;
  /** Leads they had before: then nothing was added. */
  readonly had: number;
  readonly leads: number;
  readonly reminders: number;
}

/**
 * Makes and stores the rows of each person who has no leads yet; product time decides what is past.
 * @param input.dryRun counts only.
 * @throws what the stores throw when the database cannot be asked.
 */
export async function fillDemo(
  stores: { readonly admin: AdminStore; readonly demo: DemoStore },
  input: { readonly people: readonly DemoPerson[]; readonly seed: number; readonly dryRun: boolean },
): Promise<FilledPerson[]> {
  const { admin, demo } = stores;
  const now = await admin.now();
  const filled: FilledPerson[] = [];
  for (const person of input.people) {
    const had = await demo.countLeads(person.telegramId);
    const leads = had > 0 ? [] : makeDemo(person, now, input.seed);
    const reminders = leads.reduce((sum, lead) => sum + lead.reminders.length, 0);
    filled.push({ person, had, leads: leads.length, reminders });
    if (leads.length === 0 || input.dryRun) continue;
    const { telegramId, firstName, username, language, zone } = person;
    await admin.touchPerson({ telegramId, firstName, username, language });
    await demo.settle(telegramId, zone, language);
    await demo.fill(telegramId, leads);
  }
  return filled;
}
