/** Links into the app, as the bot's buttons and `startapp` write them. */

/** What a link names; null = none, or one this app does not know. */
export type DeepLink =
  | { readonly kind: 'reminder'; readonly id: number }
  | { readonly kind: 'lead'; readonly id: number }
  | { readonly kind: 'plan'; readonly id: number; readonly stepId: number | null }
  | { readonly kind: 'section'; readonly path: string };

/** Sections a link may open by name. */
const SECTIONS: ReadonlyMap<string, string> = new Map([
  ['today', '/'],
  ['calendar', '/calendar'],
  ['leads', '/leads'],
  ['insights', '/insights'],
  ['settings', '/settings'],
  ['new', '/new'],
]);

/** `r42` reminder 42, `l7` lead 7, `p9` plan 9, `p9_2` its step 2; or a section's name. */
export function readDeepLink(startParam: string | null): DeepLink | null {
  if (startParam === null) return null;
  const section = SECTIONS.get(startParam);
  if (section !== undefined) return { kind: 'section', path: section };
  const [, kind, id, step] = /^([rlp])([1-9]\d{0,14})(?:_([1-9]\d{0,2}))?$/.exec(startParam) ?? [];
  if (kind === undefined || id === undefined) return null;
  if (kind === 'p') return { kind: 'plan', id: Number(id), stepId: step === undefined ? null : Number(step) };
  if (step !== undefined) return null;
  return { kind: kind === 'r' ? 'reminder' : 'lead', id: Number(id) };
}

/** Where the app opens. */
export function firstPlace(link: DeepLink | null): string {
  switch (link?.kind) {
    case 'lead':
      return `/leads/${link.id}`;
    case 'plan':
      return `/plans/${link.id}${link.stepId === null ? '' : `/${link.stepId}`}`;
    case 'section':
      return link.path;
    case 'reminder':
    case undefined:
      return '/';
  }
}
