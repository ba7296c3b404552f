/** What stands in chat while a plan is being written, and when there will be none. */
import type { RefusalCode } from '../../../../shared/contracts/refusals.ts';
import type { LeadRow } from '../../../../shared/schemas/lead.ts';
import type { PlanProgress } from '../../../usecases/model-ports.ts';
import { encodeCallback } from '../../callback-data.ts';
import type { Card } from '../../context.ts';
import { refusalSentence } from '../../error-sentences.ts';
import { clip, oneLine, richText } from '../../text/rich-text.ts';
import type { Words } from '../../text/words.ts';
import { heading } from '../reminder/reminder-card.ts';

/** A step that is being written is only glanced at. UTF-16 units. */
const STEP_LIMIT = 160;

export interface ProgressFacts {
  readonly runId: number;
  readonly lead: Pick<LeadRow, 'name' | 'company'>;
  /** Null: nothing has happened yet. */
  readonly progress: PlanProgress | null;
  /** The program was restarted while it was written. */
  readonly isResumed: boolean;
}

/** The progress message, with its Stop button. */
export function progressCard({ runId, lead, progress, isResumed }: ProgressFacts, words: Words): Card {
  const { say } = words;
  const steps = progress?.steps ?? [];
  return {
    text: richText([
      heading(lead.name, lead.company),
      [say(`planning-${progress?.stage ?? 'asking'}`)],
      isResumed ? [say('planning-resumed')] : null,
      ...steps.map((step, index) => [`${index + 1}. ${clip(oneLine(step), STEP_LIMIT)}`]),
    ]),
    keyboard: [
      [
        {
          text: say('button-stop-planning'),
          callback_data: encodeCallback({ verb: 'stopPlanning', id: runId }),
        },
      ],
    ],
  };
}

/** There is no plan, and why. The lead is kept. */
export function refusedPlanCard(
  lead: Pick<LeadRow, 'name' | 'company'>,
  code: RefusalCode,
  words: Words,
): Card {
  return {
    text: richText([
      heading(lead.name, lead.company),
      [refusalSentence(words.say, code)],
      [words.say('planning-lead-kept')],
    ]),
    keyboard: [],
  };
}
