/** Two plans in one message: a new one beside the running one, or an earlier version beside the present one. */
import {
  planDiff,
  type DiffLine,
  type DiffStep,
  type OldDiffStep,
} from '../../../../shared/rules/plan-diff.ts';
import type { LeadRow } from '../../../../shared/schemas/lead.ts';
import type { PlanVersion } from '../../../../shared/contracts/plans.ts';
import { diffStep, type PlanSteps } from '../../../usecases/read-plan-steps.ts';
import { encodeCallback } from '../../callback-data.ts';
import type { Card } from '../../context.ts';
import { bold, clip, MESSAGE_LIMIT, oneLine, richText, struck, type Piece } from '../../text/rich-text.ts';
import type { Words } from '../../text/words.ts';
import { heading } from '../reminder/reminder-card.ts';
import { originLine } from './origin-line.ts';

/** Twenty lines of this length fit into a message, with what stands around them. UTF-16 units. */
const LINE_LIMIT = Math.floor(MESSAGE_LIMIT / 26);

type AnyLine = DiffLine<OldDiffStep, DiffStep>;

/** The running plan and the draft that would replace it. Nothing is touched until Accept. */
export function replanCard(
  input: { readonly running: PlanSteps; readonly draft: PlanSteps },
  words: Words,
): Card {
  const { running, draft } = input;
  const lines = planDiff(
    running.steps.map(diffStep),
    draft.steps.map((step) => withoutId(diffStep(step))),
  );
  const { id } = draft.plan;
  return {
    text: richText([
      ...titled(draft.lead, words.say('replan-title')),
      [originLine(draft.plan, words.say)],
      [],
      ...lines.map((line) => lineOf(line, words)),
      [],
      [words.say('replan-untouched')],
    ]),
    keyboard: [
      [
        { text: words.say('button-replan-accept'), callback_data: encodeCallback({ verb: 'accept', id }) },
        { text: words.say('button-replan-keep'), callback_data: encodeCallback({ verb: 'keepOld', id }) },
      ],
      [{ text: words.say('button-edit-plan'), callback_data: encodeCallback({ verb: 'editPlan', id }) }],
    ],
  };
}

/** Rows of two plans are never the same: their steps are told by their words. */
function withoutId({ action_type, description, suggested_text, wantedAt }: DiffStep): DiffStep {
  return { action_type, description, suggested_text, wantedAt };
}

/** The present plan and what a revert to an earlier version would make of it; versions know days, no dates. */
export function versionCard(view: PlanSteps, version: PlanVersion, words: Words): Card {
  const { say } = words;
  const { plan, lead } = view;
  const steps = view.steps.map((step) => ({ ...diffStep(step), wantedAt: null }));
  const past = new Set(view.steps.filter(({ isOver }) => isOver).map(({ row }) => row.id));
  const then = version.steps.filter(({ id }) => !past.has(id)).map((step) => ({ ...step, wantedAt: null }));
  const lines = planDiff(steps, then);
  const revert = { verb: 'revert', id: plan.id, version: plan.version, number: version.version } as const;
  return {
    text: richText([
      ...titled(lead, say('version-title', { number: version.version })),
      [versionLine(version, words)],
      [],
      ...lines.map((line) => lineOf(line, words)),
      [],
      [say(`pace-${version.pace}`)],
    ]),
    keyboard: [
      ...(version.version === plan.version
        ? []
        : [[{ text: say('button-revert'), callback_data: encodeCallback(revert) }]]),
      [{ text: say('button-back'), callback_data: encodeCallback({ verb: 'versions', id: plan.id }) }],
    ],
  };
}

/** Versions with a button each, the newest first. */
export function versionsCard(view: PlanSteps, versions: readonly PlanVersion[], words: Words): Card {
  const { say } = words;
  const { plan, lead } = view;
  const shown = versions.slice(0, VERSIONS_SHOWN);
  const numbers = shown
    .filter(({ version }) => version !== plan.version)
    .map(({ version }) => ({
      text: String(version),
      callback_data: encodeCallback({ verb: 'version', id: plan.id, number: version }),
    }));
  const perRow = 5;
  return {
    text: richText([
      ...titled(lead, say('versions-title')),
      [],
      ...(shown.length === 0 ? [[say('versions-none')]] : shown.map((one) => [versionLine(one, words)])),
    ]),
    keyboard: [
      ...Array.from({ length: Math.ceil(numbers.length / perRow) }, (_, row) =>
        numbers.slice(row * perRow, (row + 1) * perRow),
      ),
      [{ text: say('button-back'), callback_data: encodeCallback({ verb: 'editPlan', id: plan.id }) }],
    ],
  };
}

/** The newest, and nobody looks further back in a chat; the mini-app shows all. */
const VERSIONS_SHOWN = 10;

function versionLine({ version, reason, created_at: at }: PlanVersion, words: Words): string {
  const what = words.say(`version-${reason}`);
  return words.say('version-line', { number: version, what, when: words.date(Temporal.Instant.from(at)) });
}

function titled(lead: Pick<LeadRow, 'name' | 'company'>, title: string): (readonly Piece[] | null)[] {
  return [heading(lead.name, lead.company), [bold(title)]];
}

function lineOf(line: AnyLine, words: Words): Piece[] {
  const { say } = words;
  switch (line.kind) {
    case 'past':
      return [clip(`✓ ${oneLine(line.old.description)}`, LINE_LIMIT)];
    case 'kept':
      return [clip(`= ${dated(line.step, words)}`, LINE_LIMIT)];
    case 'added':
      return [clip(`+ ${dated(line.step, words)}`, LINE_LIMIT)];
    case 'removed':
      return ['− ', struck(clip(dated(line.old, words), LINE_LIMIT))];
    case 'changed': {
      const { old, step, parts } = line;
      const before = parts.includes('date') && old.wantedAt !== null ? words.date(old.wantedAt) : null;
      const others = parts.filter((part) => part !== 'date').map((part) => say(`diff-${part}`));
      const what = [...(before === null ? [] : [say('diff-was', { when: before })]), ...others].join(', ');
      const tail = what === '' ? '' : ` (${what})`;
      return [`${clip(`~ ${dated(step, words)}`, LINE_LIMIT - tail.length)}${tail}`];
    }
  }
}

function dated({ wantedAt, description }: DiffStep, words: Words): string {
  return wantedAt === null ? oneLine(description) : `${words.date(wantedAt)}: ${oneLine(description)}`;
}
