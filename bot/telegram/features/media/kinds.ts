/** What a message holds besides words, as far as something can be read out of it. */
import type { Message } from 'grammy/types';

interface Attached {
  readonly fileId: string;
  /** As announced; null = Telegram does not say. */
  readonly bytes: number | null;
}

export type Media =
  | ({
      readonly kind: 'speech';
      readonly seconds: number;
      readonly name: string;
      readonly mediaType: string;
    } & Attached)
  | ({ readonly kind: 'picture'; readonly mediaType: string } & Attached)
  | ({ readonly kind: 'text_file' | 'table'; readonly name: string } & Attached);

/** Formats that models with eyes take. */
const PICTURES = /^image\/(?:jpeg|png|webp)$/;
/** Telegram's voice messages are Opus in Ogg. */
const VOICE_TYPE = 'audio/ogg';
const VIDEO_TYPE = 'video/mp4';

/** What can be listened to, looked at or read; null = nothing of the kind (vCards are read elsewhere). */
export function mediaOf(message: Message): Media | null {
  const { voice, audio, video_note: round, photo, document } = message;
  if (voice !== undefined) {
    const mediaType = voice.mime_type ?? VOICE_TYPE;
    return { kind: 'speech', ...attached(voice), seconds: voice.duration, name: 'voice.ogg', mediaType };
  }
  if (round !== undefined) {
    const described = { name: 'video.mp4', mediaType: VIDEO_TYPE };
    return { kind: 'speech', ...attached(round), seconds: round.duration, ...described };
  }
  if (audio !== undefined) {
    const mediaType = audio.mime_type ?? 'audio/mpeg';
    const name = audio.file_name ?? `audio.${mediaType === 'audio/mp4' ? 'm4a' : 'mp3'}`;
    return { kind: 'speech', ...attached(audio), seconds: audio.duration, name, mediaType };
  }
  // Telegram sends every size it made, the largest last; it makes JPEGs of them all.
  const largest = photo?.at(-1);
  if (largest !== undefined) return { kind: 'picture', ...attached(largest), mediaType: 'image/jpeg' };
  return document === undefined ? null : ofDocument(document);
}

function ofDocument(document: NonNullable<Message['document']>): Media | null {
  const { file_name: name = '', mime_type: type = '' } = document;
  if (PICTURES.test(type)) return { kind: 'picture', ...attached(document), mediaType: type };
  if (/\.(?:csv|tsv)$/i.test(name) || /^text\/(?:csv|tab-separated-values)$/i.test(type)) {
    return { kind: 'table', ...attached(document), name };
  }
  if (/\.(?:vcf|vcard)$/i.test(name) || /vcard|directory/i.test(type)) return null;
  const isText = /^text\/(?:plain|markdown)$/i.test(type) || /\.(?:txt|md|eml)$/i.test(name);
  return isText ? { kind: 'text_file', ...attached(document), name } : null;
}

function attached(file: { readonly file_id: string; readonly file_size?: number }): Attached {
  return { fileId: file.file_id, bytes: file.file_size ?? null };
}
