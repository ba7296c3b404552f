/** The menus behind a step and a plan: channel, more, pace; each replaces the card it was opened from. */
import { actionTypeSchema } from '../../../../shared/schemas/plan.ts';
import type { PlanSteps, PlanStepView } from '../../../usecases/read-plan-steps.ts';
import { encodeCallback } from '../../callback-data.ts';
import type { Card } from '../../context.ts';
import { keyboardRows } from '../../keyboard-rows.ts';
import { clip, oneLine, richText } from '../../text/rich-text.ts';
import type { Words } from '../../text/words.ts';
import { heading } from '../reminder/reminder-card.ts';

const WORDS_LIMIT = 300;

/** Channel, a step behind this one, away with it. */
export function moreMenu(view: PlanSteps, { row }: PlanStepView, words: Words): Card {
  const { say } = words;
  const args = { id: view.plan.id, version: view.plan.version, step: row.step_id };
  return {
    text: richText([
      heading(view.lead.name, view.lead.company),
      [say('step-title', { number: row.step_id, count: view.steps.length })],
      [clip(oneLine(row.description), WORDS_LIMIT)],
    ]),
    keyboard: [
      [
        {
          text: say('button-step-channel'),
          callback_data: encodeCallback({ verb: 'stepChannels', ...args }),
        },
      ],
      [
        { text: say('button-step-add-after'), callback_data: encodeCallback({ verb: 'stepAdd', ...args }) },
        { text: say('button-step-remove'), callback_data: encodeCallback({ verb: 'stepRemove', ...args }) },
      ],
      [{ text: say('button-back'), callback_data: encodeCallback({ verb: 'stepOpen', ...args }) }],
    ],
  };
}

/** All channels but the step's own. */
export function channelMenu(view: PlanSteps, { row }: PlanStepView, words: Words): Card {
  const { say } = words;
  const args = { id: view.plan.id, version: view.plan.version, step: row.step_id };
  const others = actionTypeSchema.options
    .map((type, index) => ({ type, index }))
    .filter(({ type }) => type !== row.action_type);
  return {
    text: richText([
      heading(view.lead.name, view.lead.company),
      [clip(oneLine(row.description), WORDS_LIMIT)],
      [say('step-channel-ask', { channel: say(`channel-${row.action_type}`) })],
    ]),
    keyboard: [
      ...keyboardRows(
        others.map(({ type, index }) => ({
          text: say(`channel-${type}`),
          callback_data: encodeCallback({ verb: 'stepChannel', ...args, channel: index }),
        })),
      ),
      [{ text: say('button-back'), callback_data: encodeCallback({ verb: 'stepOpen', ...args }) }],
    ],
  };
}

/** Both paces explained, and a button for the other one. */
export function paceMenu({ plan, lead }: PlanSteps, words: Words): Card {
  const { say } = words;
  const other = plan.pace === 'fixed_dates' ? 'after_previous' : 'fixed_dates';
  const change = { verb: 'planPace', id: plan.id, version: plan.version, pace: other } as const;
  return {
    text: richText([
      heading(lead.name, lead.company),
      [say(`pace-${plan.pace}`)],
      [],
      [say(`pace-explained-${other}`)],
    ]),
    keyboard: [
      [{ text: say(`button-pace-${other}`), callback_data: encodeCallback(change) }],
      [{ text: say('button-back'), callback_data: encodeCallback({ verb: 'editPlan', id: plan.id }) }],
    ],
  };
}
