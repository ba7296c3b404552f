/**
 * Voice messages, pictures and text files become text, and the text is worked on as if it had been typed: it answers an
 * open question, a reminder's card, or tells of a lead. What was understood is said first, so that a misheard name is
 * seen before it is stored for good.
 */
import type { Middleware } from 'grammy';
import type { ModelFailure, Perceived, PictureModel, SpeechModel } from '../../../usecases/model-ports.ts';
import type { Card, NudgeContext, Talk } from '../../context.ts';
import { decodeText } from '../../../domain/import/decode-text.ts';
import { downloadFile } from '../../download-file.ts';
import { deleteForm } from '../privacy/delete-form.ts';
import { sendCard } from '../../send-card.ts';
import { clip, folded, MESSAGE_LIMIT, richText } from '../../text/rich-text.ts';
import { AlbumMemory } from './album-memory.ts';
import { mediaOf, type Media } from './kinds.ts';

/** Null where no model can do it. */
export interface Senses {
  readonly speech: SpeechModel | null;
  readonly pictures: PictureModel | null;
}

/** Longer than this nobody tells of a lead, and a transcription would keep the chat waiting. Seconds. */
const LONGEST_SPEECH_SECONDS = 600;
/** The Bot API gives out no larger file. */
const SPEECH_LIMIT_BYTES = 20 * 1024 * 1024;
/** A photo of Telegram's has a tenth of it; models take no more than about this. */
const PICTURE_LIMIT_BYTES = 5 * 1024 * 1024;
/** A long text of 10,000 characters has a third of it. */
const TEXT_LIMIT_BYTES = 64 * 1024;
/** Updates whose words are kept until they are answered; beyond it the memory starts anew. */
const REMEMBERED = 100;
const MEGABYTE = 1024 * 1024;
/** Beside the echo stands one line. UTF-16 units. */
const ECHO_LIMIT = MESSAGE_LIMIT - 200;

/** What came of a file: its words, or a sentence that says why there are none. */
type Read =
  | { readonly text: string; readonly echo: 'media-heard' | 'media-seen' | null }
  | { readonly problem: string };

const SENTENCES = {
  voice: { nothing: 'voice-nothing', away: 'voice-away', refused: 'voice-refused', echo: 'media-heard' },
  picture: {
    nothing: 'picture-nothing',
    away: 'picture-away',
    refused: 'picture-refused',
    echo: 'media-seen',
  },
} as const;

/** Reads what can be read and hands the words on; what cannot is answered here. */
export function createMediaReader(senses: Senses): Middleware<NudgeContext> {
  const albums = new AlbumMemory();
  /** By update: an answer that did not get through is given again, and need not be paid for again. */
  const understoodBefore = new Map<number, Read>();
  return async (ctx, next) => {
    const { message } = ctx;
    const media = message === undefined ? null : mediaOf(message);
    if (message === undefined || media === null || media.kind === 'table' || message.text !== undefined) {
      return next();
    }
    // The word that deletes everything is typed, not understood out of a recording.
    if (ctx.form?.kind === deleteForm.kind) return next();
    const id = ctx.update.update_id;
    const read = understoodBefore.get(id) ?? (await readMedia(ctx, media, senses));
    if (understoodBefore.size > REMEMBERED) understoodBefore.clear();
    understoodBefore.set(id, read);
    const caption = message.caption?.trim() ?? '';
    if ('problem' in read) {
      // One album, one answer; and a caption that can be read is more than a complaint.
      if (caption !== '') return next();
      if (albums.isNew(message)) await sendCard(ctx, plain(read.problem));
      understoodBefore.delete(id);
      return;
    }
    if (read.echo !== null) {
      await sendCard(ctx, echoCard(ctx.talk, read.echo, read.text), { replyTo: message.message_id });
    }
    Object.assign(message, { text: [read.text, caption].filter(Boolean).join('\n\n'), entities: [] });
    await next();
    understoodBefore.delete(id);
  };
}

async function readMedia(ctx: NudgeContext, media: Media, senses: Senses): Promise<Read> {
  switch (media.kind) {
    case 'speech':
      return listen(ctx, media, senses.speech);
    case 'picture':
      return look(ctx, media, senses.pictures);
    case 'text_file':
    case 'table':
      return readText(ctx, media);
  }
}

async function listen(
  ctx: NudgeContext,
  media: Media & { readonly kind: 'speech' },
  model: SpeechModel | null,
): Promise<Read> {
  const { say } = ctx.talk.words;
  if (model === null) return { problem: say('voice-off') };
  if (media.seconds > LONGEST_SPEECH_SECONDS) {
    return { problem: say('voice-too-long', { minutes: LONGEST_SPEECH_SECONDS / 60 }) };
  }
  const bytes = await fetched(ctx, media, SPEECH_LIMIT_BYTES);
  if (bytes === null) return { problem: tooLarge(ctx.talk, SPEECH_LIMIT_BYTES) };
  const heard = await model.transcribe({ ...media, bytes });
  return understood(heard, 'voice', ctx.talk);
}

async function look(
  ctx: NudgeContext,
  media: Media & { readonly kind: 'picture' },
  model: PictureModel | null,
): Promise<Read> {
  if (model === null) return { problem: ctx.talk.words.say('picture-off') };
  const bytes = await fetched(ctx, media, PICTURE_LIMIT_BYTES);
  if (bytes === null) return { problem: tooLarge(ctx.talk, PICTURE_LIMIT_BYTES) };
  return understood(await model.read({ ...media, bytes }), 'picture', ctx.talk);
}

async function readText(ctx: NudgeContext, media: Media): Promise<Read> {
  const { say } = ctx.talk.words;
  const bytes = await fetched(ctx, media, TEXT_LIMIT_BYTES);
  if (bytes === null) return { problem: say('text-file-too-large', { kilobytes: TEXT_LIMIT_BYTES / 1024 }) };
  const text = decodeText(bytes, ctx.talk.person.language).trim();
  // A file that only calls itself a text is full of what no text holds.
  return text === '' || text.includes('\0') ? { problem: say('text-file-empty') } : { text, echo: null };
}

function understood(perceived: Perceived, sense: 'voice' | 'picture', { words }: Talk): Read {
  const { say } = words;
  const sentences = SENTENCES[sense];
  if (!perceived.ok) {
    return { problem: say(isLasting(perceived.failure) ? sentences.refused : sentences.away) };
  }
  // A command is typed: nobody says "slash".
  const text = perceived.text.replace(/^[/\s]+/, '');
  return text === '' ? { problem: say(sentences.nothing) } : { text, echo: sentences.echo };
}

/** Whether trying again later is of no use. */
function isLasting(failure: ModelFailure): boolean {
  return failure === 'misconfigured' || failure === 'refused';
}

/** The bytes, while the chat shows that something is being done; null = too large. */
async function fetched(ctx: NudgeContext, media: Media, limitBytes: number): Promise<Uint8Array | null> {
  if ((media.bytes ?? 0) > limitBytes) return null;
  // Decoration: an answer comes with or without it.
  await ctx.replyWithChatAction('typing').catch(() => undefined);
  return downloadFile(ctx.api, media.fileId, limitBytes);
}

function tooLarge({ words }: Talk, limitBytes: number): string {
  return words.say('media-too-large', { megabytes: limitBytes / MEGABYTE });
}

function echoCard({ words }: Talk, sentence: 'media-heard' | 'media-seen', text: string): Card {
  return { text: richText([[words.say(sentence)], [folded(clip(text, ECHO_LIMIT))]]), keyboard: [] };
}

function plain(sentence: string): Card {
  return { text: richText([[sentence]]), keyboard: [] };
}
