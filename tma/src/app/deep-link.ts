/** Links into the app, as the bot's buttons and `startapp` write them. */

import { readLinkedSection, readLinkedThing } from '../../../shared/rules/deep-link.ts';
import type { LinkedSection, LinkedThing } from '../../../shared/rules/deep-link.ts';

/** What a link names; null = none, or one this app does not know. */
export type DeepLink = LinkedThing | { readonly kind: 'section'; readonly path: string };

/** Sections a link may open by name. */
const PATHS: Readonly<Record<LinkedSection, string>> = {
  today: '/',
  calendar: '/calendar',
  leads: '/leads',
  insights: '/insights',
  settings: '/settings',
  jobs: '/jobs',
  new: '/new',
};

/** `r42` reminder 42, `l7` lead 7, `p9` plan 9, `p9_2` its step 2; or a section's name. */
export function readDeepLink(startParam: string | null): DeepLink | null {
  if (startParam === null) return null;
  const section = readLinkedSection(startParam);
  return section === null ? readLinkedThing(startParam) : { kind: 'section', path: PATHS[section] };
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
