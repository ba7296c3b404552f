/** A proposed plan in one message: numbered steps, each with its exact local date, all drafts in one fold. */
import { foldedDraft } from '../../../../shared/rules/draft-preview.ts';
import type { NewLead } from '../../../../shared/schemas/lead.ts';
import type { PlannedStep } from '../../../usecases/preview-plan.ts';
import { encodeCallback } from '../../callback-data.ts';
import type { Card } from '../../context.ts';
import {
  asMoment,
  clean,
  clip,
  folded,
  MESSAGE_LIMIT,
  oneLine,
  richText,
  type Piece,
} from '../../text/rich-text.ts';
import type { Words } from '../../text/words.ts';
import { leadLines } from '../lead/lead-lines.ts';
import { heading } from '../reminder/reminder-card.ts';
import { originLine, type PlanMaking } from './origin-line.ts';

export interface PlanFacts {
  readonly planId: number;
  readonly leadId: number;
  readonly lead: Pick<NewLead, 'name' | 'company' | 'title' | 'contacts' | 'zone'>;
  /** Fields of the lead that were inferred and not written as such. */
  readonly guessed: readonly string[];
  /** Columns of the lead that a second reading corrected or completed. */
  readonly refined?: readonly string[];
  readonly steps: readonly PlannedStep[];
  readonly making: PlanMaking;
  /** Code points of the person's text that did not fit into the lead's notes. */
  readonly notesCut: number;
  /** The person's zone is a guess, so the dates are too. */
  readonly zoneIsUnknown: boolean;
}

/** Ten descriptions of this length and their dates leave half of the message to the drafts. UTF-16 units. */
const DESCRIPTION_LIMIT = 180;
/** A draft shorter than this is no help; it is left out rather than cut down to it. */
const SHORTEST_DRAFT = 60;

/** Between two drafts of the fold. */
const GAP = '\n\n';

type Line = readonly Piece[] | null;

export function planCard(facts: PlanFacts, words: Words): Card {
  const { say } = words;
  const { lead, leadId, planId, steps, refined = [] } = facts;
  const last = steps.at(-1);
  const intro: Line[] = [
    heading(lead.name, lead.company),
    ...leadLines(lead, facts.guessed, words),
    refined.length === 0
      ? null
      : [say('lead-refined', { fields: refined.map((column) => say(`lead-column-${column}`)).join(', ') })],
    [
      say('plan-summary', {
        count: steps.length,
        last: last === undefined ? '' : words.date(last.wantedAt),
      }),
    ],
    [originLine(facts.making, say)],
    facts.notesCut > 0 ? [say('plan-notes-cut', { count: facts.notesCut })] : null,
    facts.zoneIsUnknown ? [say('plan-zone-unknown')] : null,
    [],
  ];
  return {
    text: richText([...intro.filter(isSaid), ...stepLines(facts.steps, words, intro)]),
    keyboard: [
      [
        { text: say('button-accept'), callback_data: encodeCallback({ verb: 'accept', id: planId }) },
        { text: say('button-discard'), callback_data: encodeCallback({ verb: 'discard', id: planId }) },
      ],
      [
        { text: say('button-edit-plan'), callback_data: encodeCallback({ verb: 'editPlan', id: planId }) },
        { text: say('button-lead'), callback_data: encodeCallback({ verb: 'leadOpen', id: leadId }) },
      ],
    ],
  };
}

/** A line of one empty piece would read as a blank line. */
function isSaid(line: Line): boolean {
  return line === null || line.length === 0 || line.some((piece) => piece !== '');
}

function stepLines(steps: readonly PlannedStep[], words: Words, intro: readonly Line[]): Line[] {
  const heads = steps.map((step) => [
    `${step.step_id}. ${asMoment(step.wantedAt, words.date(step.wantedAt))}: ${clip(oneLine(step.description), DESCRIPTION_LIMIT)}`,
  ]);
  const drafts = steps.flatMap((step) => {
    const draft = foldedDraft(clean(step.suggested_text ?? ''));
    return draft === '' ? [] : [`${step.step_id}. ${draft}`];
  });
  const room = MESSAGE_LIMIT - richText([...intro, ...heads, []]).text.length;
  const limits = draftLimits(
    drafts.map((draft) => draft.length),
    room,
  );
  const shown = drafts.flatMap((draft, index) => {
    const limit = limits[index] ?? 0;
    return limit < Math.min(SHORTEST_DRAFT, draft.length) ? [] : [clip(draft, limit)];
  });
  return shown.length === 0 ? heads : [...heads, [], [folded(shown.join(GAP))]];
}

/** Shares the room: short drafts stay whole, the rest is divided evenly among the long ones. */
function draftLimits(lengths: readonly number[], room: number): number[] {
  let left = room - lengths.length * GAP.length;
  const limits = lengths.map(() => 0);
  const shortestFirst = lengths
    .map((_, index) => index)
    .sort((a, b) => (lengths[a] ?? 0) - (lengths[b] ?? 0));
  shortestFirst.forEach((index, done) => {
    const share = Math.floor(left / (lengths.length - done));
    const limit = Math.max(SHORTEST_DRAFT, Math.min(lengths[index] ?? 0, share));
    limits[index] = share < SHORTEST_DRAFT ? 0 : limit;
    left -= Math.min(limits[index] ?? 0, lengths[index] ?? 0);
  });
  return limits;
}
