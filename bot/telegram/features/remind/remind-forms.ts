/** Asking what to be reminded of, and when. */
import { z } from 'zod';
import {
  proposeAt,
  proposeReminder,
  type ProposeReminderOutcome,
  type ReminderProposal,
} from '../../../usecases/set-reminder.ts';
import type { Card, Talk } from '../../context.ts';
import type { Form, FormAnswer } from '../../forms/form.ts';
import { bold, richText } from '../../text/rich-text.ts';
import { recurringProposalCard } from '../recurring/recurring-cards.ts';
import { timeRefused } from '../reminder/time-lines.ts';
import { proposalCard, titleOf } from './remind-cards.ts';

/** The next text says what, and perhaps when. */
export const remindForm: Form<Record<string, never>> = {
  kind: 'remind',
  args: z.record(z.string(), z.never()),
  question: async ({ words }) => said(words.say('remind-ask')),
  async take(talk, _args, text) {
    const { store, person, now } = talk;
    return answerTo(await proposeReminder(store, { text, person, now }), talk);
  },
};

const whenArgs = z.object({ title: z.string() });

/** The next text says when. */
export const remindWhenForm: Form<z.infer<typeof whenArgs>> = {
  kind: 'remind-when',
  args: whenArgs,
  question: async ({ words }, { title }) => ({
    text: richText([[bold(titleOf(title))], [words.say('remind-ask-when')]]),
    keyboard: [],
  }),
  async take(talk, { title }, text) {
    const { store, person } = talk;
    const reading = await talk.readTime(text, 'any');
    if (reading.kind === 'refused') return { again: said(timeRefused(reading, talk)) };
    const proposal = await proposeAt(store, { title, reading, person });
    return { done: cardOfProposal(proposal, talk) };
  },
};

function answerTo(outcome: ProposeReminderOutcome, talk: Talk): FormAnswer {
  const { words } = talk;
  switch (outcome.kind) {
    case 'proposed':
      return { done: cardOfProposal(outcome.proposal, talk) };
    case 'title_missing':
      return { again: said(words.say('remind-title-missing')) };
    case 'time_missing':
      return { again: said(words.say('remind-time-missing')) };
  }
}

/** What comes once and what repeats are proposed in their own ways. */
export function cardOfProposal(proposal: ReminderProposal, talk: Talk): Card {
  const { title, lead, recurrence } = proposal;
  const { words, person } = talk;
  return recurrence === null
    ? proposalCard(proposal, words, updateIdOf(talk))
    : recurringProposalCard({ title, lead, recurrence }, person, words, updateIdOf(talk));
}

/** Updates name themselves in the action id: "u" and their number. */
export function updateIdOf({ actionId }: Talk): number {
  return Number(actionId.slice(1));
}

function said(sentence: string): Card {
  return { text: richText([[sentence]]), keyboard: [] };
}
