/** /privacy: what is stored about the person who asks, counted, and the ways to get it and to delete it. */
import type { DataCounts } from '../../../usecases/data-ports.ts';
import { encodeCallback } from '../../callback-data.ts';
import type { Card, NudgeContext } from '../../context.ts';
import { openForm } from '../../forms/open-form.ts';
import { sendCard, type Tap } from '../../send-card.ts';
import { bold, richText, type Lines } from '../../text/rich-text.ts';
import type { Say } from '../../text/texts.ts';
import { sendExportCard } from '../export/export-handlers.ts';
import { deleteForm, isDeleteWord } from './delete-form.ts';

/** The same question in words instead of a command. */
const QUESTIONS = [
  /^what (?:data |information )?do you (?:store|know|keep|have|save) (?:about|on|of) me\s*\?*$/i,
  /^что (?:ты|вы) (?:обо мне|про меня) (?:храните|хранишь|знаете|знаешь)\s*\?*$/i,
  /^что (?:ты|вы) (?:храните|хранишь|знаете|знаешь) (?:обо мне|про меня)\s*\?*$/i,
];

export async function privacyCommand(ctx: NudgeContext): Promise<void> {
  const { store, planner, words } = ctx.talk;
  await sendCard(ctx, privacyCard(await store.countData(), planner.isConfigured, words.say));
}

/** /delete_me: explains, and asks for the word. */
export async function deleteCommand(ctx: NudgeContext): Promise<void> {
  await openForm(ctx, deleteForm, {});
}

export async function tapPrivacy(ctx: NudgeContext, tap: Tap, wish: 'export' | 'delete'): Promise<void> {
  await (wish === 'export' ? sendExportCard(ctx) : deleteCommand(ctx));
  await tap.answer();
}

/**
 * The question what is stored, asked in words; and the word that deletes while nothing asks for it: nobody is a lead by
 * that name, and after an answer that got lost it is sent to us again.
 * @returns false when the text is something else.
 */
export async function takePrivacyWords(ctx: NudgeContext): Promise<boolean> {
  const text = ctx.message?.text ?? '';
  if (QUESTIONS.some((question) => question.test(text.trim()))) {
    await privacyCommand(ctx);
    return true;
  }
  if (!isDeleteWord(text)) return false;
  const { store, words } = ctx.talk;
  const counts = Object.values(await store.countData());
  const sentence = counts.every((count) => count === 0) ? 'delete-nothing' : 'delete-how';
  await sendCard(ctx, { text: richText([[words.say(sentence)]]), keyboard: [] });
  return true;
}

function privacyCard(counts: DataCounts, hasModel: boolean, say: Say): Card {
  return {
    text: richText([
      [bold(say('privacy-title'))],
      [say('privacy-profile')],
      ...countLines(counts, say),
      [],
      [say('privacy-where')],
      [hasModel ? say('privacy-model') : say('privacy-no-model')],
      [say('privacy-place')],
      [say('privacy-how-long')],
      [],
      [say('privacy-ways')],
    ]),
    keyboard: [
      [
        { text: say('button-export'), callback_data: encodeCallback({ verb: 'privacy', wish: 'export' }) },
        { text: say('button-delete-me'), callback_data: encodeCallback({ verb: 'privacy', wish: 'delete' }) },
      ],
    ],
  };
}

function countLines({ leads, plans, reminders, events, runs }: DataCounts, say: Say): Lines {
  return [
    [say('privacy-leads', { count: leads })],
    [say('privacy-plans', { count: plans })],
    [say('privacy-reminders', { count: reminders })],
    [say('privacy-events', { count: events })],
    runs === 0 ? null : [say('privacy-runs', { count: runs })],
  ];
}
