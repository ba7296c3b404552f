/** Where a plan came from and why, in words: every plan's card says it. */
import type { MadePlanRow } from '../../../../shared/schemas/plan-origin.ts';
import { clip, oneLine } from '../../text/rich-text.ts';
import type { Say } from '../../text/texts.ts';

/** What a plan tells of its making. */
export type PlanMaking = Pick<MadePlanRow, 'source' | 'origin' | 'model'>;

/** A template that nobody tried to have written by a model. */
export const PLAIN_TEMPLATE: PlanMaking = { source: 'template', origin: null, model: null };

/** Names of models come from outside. UTF-16 units. */
const NAME_LIMIT = 60;

/** The sentences about a plan's making; empty for one the person wrote. */
export function originLine({ source, origin, model }: PlanMaking, say: Say): string {
  if (source === 'manual') return '';
  if (source === 'template' || origin?.kind === 'template') {
    const because = origin?.kind === 'template' ? origin.because : 'not_configured';
    if (because === 'not_configured') return say('plan-from-template');
    return `${say(`plan-template-${because}`)} ${say('plan-template-can-change')}`;
  }
  const name = clip(oneLine(model ?? ''), NAME_LIMIT);
  return [
    name === '' ? say('plan-by-model-nameless') : say('plan-by-model', { model: name }),
    ...(origin === null ? [] : mendings(origin, say)),
  ].join(' ');
}

function mendings(
  { repaired, removed, askedAgain }: Extract<NonNullable<PlanMaking['origin']>, { kind: 'model' }>,
  say: Say,
): string[] {
  return [
    ...(removed > 0 ? [say('plan-removed', { count: removed })] : repaired ? [say('plan-mended')] : []),
    ...(askedAgain > 0 ? [say('plan-asked-again', { count: askedAgain })] : []),
  ];
}
