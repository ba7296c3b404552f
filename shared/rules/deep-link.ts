/** What a link names, in the chat (`?start=`) as in the app (`?startapp=`): at most 64 of `A-Za-z0-9_-`, from anybody. */

/** One thing of one person. Whether it is the reader's own the database decides. */
export type LinkedThing =
  | { readonly kind: 'reminder'; readonly id: number }
  | { readonly kind: 'lead'; readonly id: number }
  | { readonly kind: 'plan'; readonly id: number; readonly stepId: number | null };

/** Places that a link opens by name. */
export const LINKED_SECTIONS = ['today', 'calendar', 'leads', 'insights', 'settings', 'jobs', 'new'] as const;
export type LinkedSection = (typeof LINKED_SECTIONS)[number];

/** `r42` reminder 42, `l7` lead 7, `p9` plan 9, `p9_2` its step 2; null = it names no thing. */
export function readLinkedThing(parameter: string): LinkedThing | null {
  const [, kind, id, step] = /^([rlp])([1-9]\d{0,14})(?:_([1-9]\d{0,2}))?$/.exec(parameter) ?? [];
  if (kind === undefined || id === undefined) return null;
  if (kind === 'p') return { kind: 'plan', id: Number(id), stepId: step === undefined ? null : Number(step) };
  if (step !== undefined) return null;
  return { kind: kind === 'r' ? 'reminder' : 'lead', id: Number(id) };
}

/** The section with this name; null = there is none. */
export function readLinkedSection(parameter: string): LinkedSection | null {
  return LINKED_SECTIONS.find((section) => section === parameter) ?? null;
}
