/** /export: everything a person has, as a file in the chat. */
import { InputFile } from 'grammy';
import { exportFormatSchema, type ExportFormat } from '../../../../shared/contracts/export.ts';
import { exportData } from '../../../usecases/export-data.ts';
import { encodeCallback } from '../../callback-data.ts';
import type { Card, NudgeContext } from '../../context.ts';
import { sendCard, type Tap } from '../../send-card.ts';
import { bold, richText } from '../../text/rich-text.ts';
import type { Words } from '../../text/words.ts';

/** /export asks which kind; "/export csv" hands it out at once. */
export async function exportCommand(ctx: NudgeContext, typed: string): Promise<void> {
  const format = exportFormatSchema.safeParse(typed.trim().toLowerCase());
  if (!format.success) return sendExportCard(ctx);
  await sendExport(ctx, format.data);
}

/** Always a new message: its buttons work once, and go then. */
export async function sendExportCard(ctx: NudgeContext): Promise<void> {
  await sendCard(ctx, exportCard(ctx.talk.words));
}

export async function tapExport(ctx: NudgeContext, tap: Tap, format: ExportFormat): Promise<void> {
  // The second of a double tap: the file is there already.
  if (tap.isOnLastEdited) return tap.answer();
  const { say } = ctx.talk.words;
  await tap.answer(say('export-working'));
  const name = await sendExport(ctx, format);
  await tap.edit({ text: richText([[say('export-sent', { name })]]), keyboard: [] });
}

/** @returns the file's name. */
async function sendExport(ctx: NudgeContext, format: ExportFormat): Promise<string> {
  const { store, now } = ctx.talk;
  const file = await exportData(store, format, now);
  await ctx.replyWithDocument(new InputFile(Buffer.from(file.text, 'utf8'), file.name));
  return file.name;
}

function exportCard({ say }: Words): Card {
  const lines = [[bold(say('export-title'))], [say('export-json')], [say('export-csv')], [say('export-ics')]];
  const buttons = exportFormatSchema.options.map((format) => ({
    text: format.toUpperCase(),
    callback_data: encodeCallback({ verb: 'exportFile', format }),
  }));
  return { text: richText(lines), keyboard: [buttons] };
}
