/** Files people and the bot send: kept by the emulator, named in the message, and fetched from the Bot API's file address. */
import { z } from 'zod';
import { words } from './fields.ts';
import { method } from './methods/method.ts';
import { badRequest } from './refusal.ts';
import type { Storage } from './storage.ts';
import type { MessageContent } from './types.ts';

/** Bot API: what getFile gives out. */
const DOWNLOAD_LIMIT_BYTES = 20 * 1024 * 1024;
const FIRST_FILE_NUMBER = 1;
const FILE_PATH = /\/file\/bot([^/]+)\/([a-z_]+\/[^/]+)$/;
/** What every id ends with before its number; the signs before it tell the kind, as at Telegram. */
const ID_MIDDLE = 'CAgIAAxkBAAI';
const FILE_ID = new RegExp(String.raw`^\w{3}${ID_MIDDLE}(\d+)$`);

interface Kind {
  idPrefix: string;
  folder: string;
  /** Of the file's path, when its own name has none. */
  ending: string;
  /** What Telegram always tells about this kind, unless the sender's client said it. */
  always: Readonly<Record<string, unknown>>;
}

const SQUARE = { width: 512, height: 512 };
const FILM = { width: 1280, height: 720, duration: 5, mime_type: 'video/mp4' };
const KINDS: Readonly<Record<string, Kind>> = {
  document: { idPrefix: 'BQA', folder: 'documents', ending: '', always: {} },
  voice: {
    idPrefix: 'AwA',
    folder: 'voice',
    ending: '.oga',
    always: { duration: 3, mime_type: 'audio/ogg' },
  },
  audio: {
    idPrefix: 'CQA',
    folder: 'music',
    ending: '.mp3',
    always: { duration: 3, mime_type: 'audio/mpeg' },
  },
  video: { idPrefix: 'BAA', folder: 'videos', ending: '.mp4', always: FILM },
  video_note: {
    idPrefix: 'DQA',
    folder: 'video_notes',
    ending: '.mp4',
    always: { length: 384, duration: 5 },
  },
  animation: { idPrefix: 'CgA', folder: 'animations', ending: '.mp4', always: FILM },
  sticker: {
    idPrefix: 'CAA',
    folder: 'stickers',
    ending: '.webp',
    always: { ...SQUARE, type: 'regular', is_animated: false, is_video: false },
  },
};
const PHOTO: Kind = {
  idPrefix: 'AgA',
  folder: 'photos',
  ending: '.jpg',
  always: { width: 1280, height: 960 },
};

/** Telegram's smallest form of a picture; nothing can be read from it. Here a grey dot, whatever the picture. */
const THUMBNAIL_SIDE = 90;
const GREY_DOT =
  '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAA//EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AN//Z';

/** A file as a person or a form hands it over: its bytes instead of an id. */
const handedOverSchema = z.looseObject({ base64: z.base64(), file_name: z.string().optional() });
type HandedOver = z.infer<typeof handedOverSchema>;

/** Stores the bytes under a new id. */
function keep(storage: Storage, kind: Kind, { base64, ...described }: HandedOver): Record<string, unknown> {
  const bytes = Buffer.from(base64, 'base64');
  const number = storage.nextNumber('next_file_number', FIRST_FILE_NUMBER);
  const ending = /\.[a-z0-9]{1,8}$/i.exec(described.file_name ?? '')?.[0] ?? kind.ending;
  const id = `${kind.idPrefix}${ID_MIDDLE}${number}`;
  storage.run(
    'insert into files (file_id, path, bytes) values (?, ?, ?)',
    id,
    `${kind.folder}/file_${number}${ending}`,
    bytes,
  );
  const known = { file_id: id, file_unique_id: `AgAD${number}`, file_size: bytes.length };
  return { ...kind.always, ...described, ...known };
}

/** A picture comes in several sizes, the smallest first: who takes the first one gets nothing worth looking at. */
function keepPhoto(storage: Storage, given: HandedOver): Record<string, unknown>[] {
  const small = { base64: GREY_DOT, width: THUMBNAIL_SIDE, height: THUMBNAIL_SIDE };
  return [keep(storage, PHOTO, small), keep(storage, PHOTO, given)];
}

/**
 * The content as the bot gets it: the bytes of whatever file it holds are kept here, and an id stands for them.
 *
 * @param content a `photo` is one object with `base64` (and `width`, `height`), not yet a list of sizes
 */
export function withFilesKept(storage: Storage, content: MessageContent): MessageContent {
  const kept = { ...content };
  for (const [name, kind] of Object.entries(KINDS)) {
    const read = handedOverSchema.safeParse(content[name]);
    if (read.success) kept[name] = keep(storage, kind, read.data);
  }
  const photo = handedOverSchema.safeParse(content['photo']);
  if (photo.success) kept['photo'] = keepPhoto(storage, photo.data);
  return kept;
}

const getFile = method(z.object({ file_id: words() }), (world, given) => {
  const row = world.storage.one(
    'select path, length(bytes) as size from files where file_id = ?',
    given.file_id,
  );
  const number = FILE_ID.exec(given.file_id)?.[1];
  if (row === undefined || number === undefined) throw badRequest('invalid file_id');
  const size = Number(row['size']);
  if (size > DOWNLOAD_LIMIT_BYTES) throw badRequest('file is too big');
  return { file_id: given.file_id, file_unique_id: `AgAD${number}`, file_size: size, file_path: row['path'] };
});

export const fileMethods = { getfile: getFile };

/** The bytes behind a file address; null when the address is none. */
export function serveFile(storage: Storage, token: string, url: URL): Response | null {
  const found = FILE_PATH.exec(decodeURIComponent(url.pathname));
  if (found === null) return null;
  const row =
    found[1] === token ? storage.one('select bytes from files where path = ?', found[2] ?? '') : undefined;
  if (row === undefined)
    return Response.json({ ok: false, error_code: 404, description: 'Not Found' }, { status: 404 });
  return new Response(row['bytes'] as Uint8Array<ArrayBuffer>, {
    headers: { 'content-type': 'application/octet-stream' },
  });
}
