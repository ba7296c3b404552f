/** What a plan's card becomes: started with its first step, or put aside. */
import type { AcceptPlanAnswer } from '../../../../shared/contracts/actions.ts';
import type { NewLead } from '../../../../shared/schemas/lead.ts';
import type { PlanView } from '../../../usecases/preview-plan.ts';
import { encodeCallback } from '../../callback-data.ts';
import type { Card } from '../../context.ts';
import { openInApp } from '../../mini-app-link.ts';
import { clip, oneLine, richText } from '../../text/rich-text.ts';
import type { Words } from '../../text/words.ts';
import { heading } from '../reminder/reminder-card.ts';

/** Room for the first step's words. UTF-16 units. */
const STEP_LIMIT = 300;

/** @param actionId what Undo takes back. */
export function startedCard(
  input: { readonly answer: AcceptPlanAnswer; readonly view: PlanView; readonly actionId: string },
  words: Words,
  miniAppUrl: string | null,
): Card {
  const { answer, view, actionId } = input;
  const [first] = answer.reminders;
  const last = answer.reminders.at(-1);
  const step = view.steps.find((candidate) => candidate.step_id === first?.step_id);
  const { say } = words;
  return {
    text: richText([
      heading(view.lead.name, view.lead.company),
      last === undefined
        ? [say('plan-started-bare')]
        : [
            say('plan-started', {
              count: answer.reminders.length,
              last: words.date(Temporal.Instant.from(last.wanted_at)),
            }),
          ],
      answer.ended > 0 ? [say('plan-ended-earlier', { count: answer.ended })] : null,
      first === undefined || step === undefined
        ? null
        : [
            say('plan-first-step', {
              step: clip(oneLine(step.description), STEP_LIMIT),
              when: words.moment(Temporal.Instant.from(first.wanted_at), { withWeekday: true }),
            }),
          ],
    ]),
    keyboard: [
      [
        {
          text: say('button-undo'),
          callback_data: encodeCallback({ verb: 'undoPlan', actionId, id: view.plan.id }),
        },
        {
          text: say('button-edit-plan'),
          callback_data: encodeCallback({ verb: 'editPlan', id: view.plan.id }),
        },
      ],
      ...openInApp(say, miniAppUrl, first === undefined ? undefined : `r${first.id}`),
    ],
  };
}

/** The plan is gone, the lead stays. */
export function discardedCard(lead: Pick<NewLead, 'name' | 'company'> | null, words: Words): Card {
  return {
    text: richText([heading(lead?.name ?? null, lead?.company ?? null), [words.say('plan-discarded')]]),
    keyboard: [],
  };
}
