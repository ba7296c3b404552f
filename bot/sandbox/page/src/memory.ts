/** What survives a reload of the page: who was looked at, what was read, whether the drawer was open. */
import { z } from 'zod';
import type { Model } from './model.ts';

const KEY = 'nudge-sandbox-page';

const memorySchema = z.object({
  personId: z.number(),
  drawerOpen: z.boolean(),
  seen: z.array(z.tuple([z.number(), z.number()])),
});

export interface Memory {
  personId: number;
  drawerOpen: boolean;
  seen: ReadonlyMap<number, number>;
}

/** Anything unreadable counts as a first visit. */
export function loadMemory(): Memory {
  try {
    const { seen, ...rest } = memorySchema.parse(JSON.parse(localStorage.getItem(KEY) ?? ''));
    return { ...rest, seen: new Map(seen) };
  } catch {
    return { personId: 0, drawerOpen: true, seen: new Map() };
  }
}

let saved = '';

export function saveMemory({ personId, drawerOpen, seen }: Model): void {
  const text = JSON.stringify({ personId, drawerOpen, seen: [...seen] } satisfies z.infer<
    typeof memorySchema
  >);
  if (text === saved) return;
  saved = text;
  localStorage.setItem(KEY, text);
}
