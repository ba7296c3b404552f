/** What people send about a lead, whatever it came in, as the text a lead is read out of. */
import type { Contact, MessageOrigin } from 'grammy/types';
import type { Sender } from '../../../domain/lead/from-sender.ts';
import type { NudgeContext } from '../../context.ts';
import { decodeText } from '../../../domain/import/decode-text.ts';
import { downloadFile } from '../../download-file.ts';

/** `sender`: whose words they are, when they were forwarded. */
export type Incoming =
  | { readonly ok: true; readonly text: string; readonly sender: Sender | null }
  | { readonly ok: false; readonly sentence: 'unknown-content' | 'file-too-large' | 'file-unreadable' };

/** A vCard of fifty people with addresses is a tenth of this; photos inside cards are what makes them large. */
const FILE_LIMIT_BYTES = 64 * 1024;

/** Reads a text, a forwarded message, a contact, a vCard file or a caption. */
export async function readIncoming(ctx: NudgeContext): Promise<Incoming> {
  const { message } = ctx;
  const sender = senderOf(message?.forward_origin);
  if (message?.contact !== undefined) return { ok: true, text: cardOf(message.contact), sender: null };
  if (message?.document !== undefined && isCardFile(message.document)) return readCardFile(ctx);
  const text = message?.text ?? message?.caption;
  return text === undefined ? { ok: false, sentence: 'unknown-content' } : { ok: true, text, sender };
}

/** A person's name and username; bots and channels are nobody to follow up with. */
function senderOf(origin: MessageOrigin | undefined): Sender | null {
  if (origin?.type === 'hidden_user') return { name: origin.sender_user_name, handle: null };
  if (origin?.type !== 'user' || origin.sender_user.is_bot) return null;
  const { first_name: first, last_name: last, username } = origin.sender_user;
  return { name: [first, last].filter(Boolean).join(' '), handle: username ?? null };
}

/** The contact as a vCard: the one it carries, with its number added if that lacks it. */
function cardOf({ phone_number: number, first_name: first, last_name: last, vcard }: Contact): string {
  // Telegram leaves the plus away for numbers of its own accounts.
  const phone = /^[1-9]\d{9,14}$/.test(number) ? `+${number}` : number;
  const lines =
    vcard === undefined ? ['VERSION:3.0'] : vcard.replace(/^\s*BEGIN:VCARD\s*/i, '').split(/\r?\n/);
  const body = lines.filter((line) => !/^\s*END:VCARD\s*$/i.test(line) && line.trim() !== '');
  const digits = (text: string): string => text.replace(/\D/g, '');
  const hasNumber = body.some((line) => /TEL/i.test(line) && digits(line).endsWith(digits(phone).slice(-9)));
  const hasName = body.some((line) => /^FN[;:]/i.test(line));
  const name = [first, last].filter(Boolean).join(' ');
  return [
    'BEGIN:VCARD',
    ...(hasName ? [] : [`FN:${name}`]),
    ...body,
    ...(hasNumber ? [] : [`TEL:${phone}`]),
    'END:VCARD',
  ].join('\n');
}

function isCardFile({
  mime_type: type,
  file_name: name,
}: {
  mime_type?: string;
  file_name?: string;
}): boolean {
  return /^text\/(?:x-)?(?:vcard|directory)$/i.test(type ?? '') || /\.(?:vcf|vcard)$/i.test(name ?? '');
}

async function readCardFile(ctx: NudgeContext): Promise<Incoming> {
  const { file_id: fileId, file_size: size } = ctx.message?.document ?? {};
  if (fileId === undefined) return { ok: false, sentence: 'unknown-content' };
  if ((size ?? 0) > FILE_LIMIT_BYTES) return { ok: false, sentence: 'file-too-large' };
  const bytes = await downloadFile(ctx.api, fileId, FILE_LIMIT_BYTES);
  if (bytes === null) return { ok: false, sentence: 'file-too-large' };
  const text = decodeText(bytes, ctx.talk.person.language);
  return /^BEGIN:VCARD/im.test(text)
    ? { ok: true, text, sender: null }
    : { ok: false, sentence: 'file-unreadable' };
}
