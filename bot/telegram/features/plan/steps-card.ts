/** A plan to be changed: its steps as a list, and one step with what can be done to it. */
import type { PlanEditAnswer } from '../../../../shared/contracts/plans.ts';
import { nextPlace, type PlanSteps, type PlanStepView } from '../../../usecases/read-plan-steps.ts';
import { encodeCallback } from '../../callback-data.ts';
import type { Card, Keyboard } from '../../context.ts';
import { bold, clip, folded, oneLine, richText, type Lines } from '../../text/rich-text.ts';
import type { Words } from '../../text/words.ts';
import { heading } from '../reminder/reminder-card.ts';

/** Ten of these leave room for everything else in a message. UTF-16 units. */
const LINE_LIMIT = 200;
const WORDS_LIMIT = 1000;
const DRAFT_LIMIT = 2000;
/** Moved steps that are named one by one. */
const MOVED_SHOWN = 4;
const NUMBERS_PER_ROW = 5;

/** What the last tap did, above the steps. */
export interface EditNews {
  readonly sentences: readonly string[];
  /** The action its Undo takes back; null = there is nothing to take back. */
  readonly undo: string | null;
}

/** The steps with a button each. */
export function stepsCard(view: PlanSteps, words: Words, news: EditNews | null = null): Card {
  const { say } = words;
  const { plan, lead, steps } = view;
  const lines: Lines = [
    heading(lead.name, lead.company),
    ...(news === null ? [] : news.sentences.map((sentence) => [sentence])),
    [],
    ...steps.map((step) => [clip(stepLine(step, words), LINE_LIMIT)]),
    [],
    [say(`pace-${plan.pace}`)],
  ];
  return { text: richText(lines), keyboard: isOverPlan(view) ? [] : stepsKeyboard(view, words, news) };
}

function isOverPlan({ plan }: PlanSteps): boolean {
  return plan.status !== 'draft' && plan.status !== 'active';
}

function stepsKeyboard({ plan, steps }: PlanSteps, { say }: Words, news: EditNews | null): Keyboard {
  const { id, version } = plan;
  const numbers = steps
    .filter(({ isOver }) => !isOver)
    .map(({ row: { step_id: step } }) => ({
      text: String(step),
      callback_data: encodeCallback({ verb: 'stepOpen', id, version, step }),
    }));
  const rows = Array.from({ length: Math.ceil(numbers.length / NUMBERS_PER_ROW) }, (_, row) =>
    numbers.slice(row * NUMBERS_PER_ROW, (row + 1) * NUMBERS_PER_ROW),
  );
  const last = steps.at(-1)?.row.step_id ?? 1;
  return [
    ...rows,
    [
      {
        text: say('button-step-add'),
        callback_data: encodeCallback({ verb: 'stepAdd', id, version, step: last }),
      },
      { text: say('button-pace'), callback_data: encodeCallback({ verb: 'paceMenu', id }) },
      { text: say('button-versions'), callback_data: encodeCallback({ verb: 'versions', id }) },
    ],
    [
      ...(plan.status === 'draft'
        ? [{ text: say('button-back'), callback_data: encodeCallback({ verb: 'planShow', id }) }]
        : [{ text: say('button-replan'), callback_data: encodeCallback({ verb: 'replan', id }) }]),
      ...(news?.undo == null
        ? []
        : [
            {
              text: say('button-undo'),
              callback_data: encodeCallback({ verb: 'undoEdit', actionId: news.undo, id }),
            },
          ]),
    ],
  ];
}

/** "3. ✓ Tue 14 Oct, 9:30: Call Anna". */
export function stepLine({ row, state, at }: PlanStepView, words: Words): string {
  const mark = { completed: '✓ ', skipped: '– ', cancelled: '✕ ' }[state as string] ?? '';
  const when = at === null ? words.say('step-waits') : words.date(at);
  return `${row.step_id}. ${mark}${when}: ${oneLine(row.description)}`;
}

/** One step, whole. */
export function stepCard(view: PlanSteps, step: PlanStepView, words: Words): Card {
  const { say } = words;
  const { plan, lead, steps } = view;
  const { row } = step;
  const args = { id: plan.id, version: plan.version, step: row.step_id };
  const button = (text: string, action: Parameters<typeof encodeCallback>[0]) => ({
    text: say(text),
    callback_data: encodeCallback(action),
  });
  const channel = say(`channel-${row.action_type}`);
  const when = step.at === null ? say('step-waits') : words.date(step.at);
  const up = nextPlace(steps, row.step_id, -1);
  const down = nextPlace(steps, row.step_id, 1);
  const canMove = step.isMovable || step.isPicked;
  return {
    text: richText([
      heading(lead.name, lead.company),
      [bold(say('step-title', { number: row.step_id, count: steps.length }))],
      [`${channel} · ${when}`],
      step.isPicked ? [say('step-picked')] : null,
      step.state === 'sent' ? [say('step-was-sent')] : null,
      [],
      [clip(row.description, WORDS_LIMIT)],
      step.draft === null ? [say('step-no-draft')] : [folded(clip(step.draft, DRAFT_LIMIT))],
    ]),
    keyboard: [
      [
        button('button-step-words', { verb: 'stepWords', ...args }),
        button('button-step-draft', { verb: 'stepDraft', ...args }),
        button('button-step-more', { verb: 'stepMore', ...args }),
      ],
      [
        button('button-day-earlier', { verb: 'stepShift', ...args, days: -1 }),
        button('button-day-later', { verb: 'stepShift', ...args, days: 1 }),
        ...(step.at === null ? [] : [button('button-step-date', { verb: 'stepDate', ...args })]),
      ],
      [
        button('button-steps', { verb: 'editPlan', id: plan.id }),
        ...(canMove && up !== null ? [button('button-step-up', { verb: 'stepMove', ...args, to: up })] : []),
        ...(canMove && down !== null
          ? [button('button-step-down', { verb: 'stepMove', ...args, to: down })]
          : []),
      ],
    ],
  };
}

/** What an edit did, in sentences: the step's own change and everything that moved with it. */
export function newsOf(
  did: string,
  answer: PlanEditAnswer,
  view: PlanSteps,
  words: Words,
  actionId: string,
): EditNews {
  const { say } = words;
  if (answer.already) return { sentences: [say('edit-nothing')], undo: null };
  const isDraft = view.plan.status === 'draft';
  const movedIds = (isDraft ? answer.delays : answer.moved).map(({ step_id: step }) => step);
  const moved = view.steps.filter(({ row, at }) => movedIds.includes(row.step_id) && at !== null);
  const named = moved
    .slice(0, MOVED_SHOWN)
    .map(({ row, at }) =>
      say('edit-moved-to', { number: row.step_id, when: at === null ? '' : words.date(at) }),
    );
  return {
    sentences: [
      did,
      ...named,
      ...(moved.length > MOVED_SHOWN ? [say('list-more', { count: moved.length - MOVED_SHOWN })] : []),
      ...(answer.ended > 0 ? [say('edit-ended', { count: answer.ended })] : []),
      ...(answer.created > 0 ? [say('edit-created', { count: answer.created })] : []),
    ],
    undo: actionId,
  };
}
