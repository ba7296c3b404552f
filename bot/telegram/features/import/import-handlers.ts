/**
 * A table of leads sent into the chat: looked at first, imported at a tap. Between the two nothing is kept: the question
 * answers the message with the file, and the tap reads that file again.
 */
import type { Message } from 'grammy/types';
import { TABLE_LIMIT_BYTES } from '../../../../shared/contracts/import.ts';
import { importLeads } from '../../../usecases/import-leads.ts';
import type { NudgeContext } from '../../context.ts';
import { decodeText } from '../../../domain/import/decode-text.ts';
import { downloadFile } from '../../download-file.ts';
import { sendCard, type Tap } from '../../send-card.ts';
import { richText } from '../../text/rich-text.ts';
import { mediaOf } from '../media/kinds.ts';
import { doneCard, previewCard } from './import-cards.ts';

/** Says what is in the table and what would become of it. False: the message holds none. */
export async function takeTable(ctx: NudgeContext): Promise<boolean> {
  const { message, talk } = ctx;
  const table = message === undefined ? null : await tableIn(ctx, message);
  if (message === undefined || table === null) return false;
  const { store, person, actionId, words } = talk;
  const card =
    table === 'too_large'
      ? plain(words.say('import-too-large', { kilobytes: TABLE_LIMIT_BYTES / 1024 }))
      : previewCard(
          await importLeads(store, { actionId, ...table, zone: person.zone, dryRun: true }),
          { updateId: ctx.update.update_id, name: message.document?.file_name ?? '' },
          words,
        );
  await sendCard(ctx, card, { replyTo: message.message_id });
  return true;
}

/** @param updateId of the message with the file: two taps import it once. */
export async function tapImport(ctx: NudgeContext, tap: Tap, updateId: number): Promise<void> {
  const { store, person, words } = ctx.talk;
  const { message } = ctx.callbackQuery ?? {};
  const original = message !== undefined && 'text' in message ? message.reply_to_message : undefined;
  const table = original === undefined ? null : await tableIn(ctx, original);
  if (table === null || table === 'too_large') return tap.answer(words.say('import-file-gone'));
  await tap.answer(words.say('import-working'));
  const actionId = `u${String(updateId)}.import`;
  const outcome = await importLeads(store, { actionId, ...table, zone: person.zone, dryRun: false });
  await tap.edit(doneCard(outcome, words));
}

export async function leaveImport({ talk }: NudgeContext, tap: Tap): Promise<void> {
  await Promise.all([tap.answer(), tap.edit(plain(talk.words.say('import-left')))]);
}

/** The text of the table in a message; null = none is in it. */
async function tableIn(
  ctx: NudgeContext,
  message: Message,
): Promise<{ readonly text: string } | 'too_large' | null> {
  const media = mediaOf(message);
  if (media?.kind !== 'table') return null;
  if ((media.bytes ?? 0) > TABLE_LIMIT_BYTES) return 'too_large';
  const bytes = await downloadFile(ctx.api, media.fileId, TABLE_LIMIT_BYTES);
  return bytes === null ? 'too_large' : { text: decodeText(bytes, ctx.talk.person.language) };
}

function plain(sentence: string) {
  return { text: richText([[sentence]]), keyboard: [] };
}
