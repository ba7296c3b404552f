/** Files people send: kept by the emulator, named in the message, and fetched from the Bot API's file address. */
import { z } from 'zod';
import { words } from './fields.ts';
import { method } from './methods/method.ts';
import { badRequest } from './refusal.ts';
import type { Storage } from './storage.ts';
import type { MessageContent } from './types.ts';

/** Bot API: what getFile gives out. */
const DOWNLOAD_LIMIT_BYTES = 20 * 1024 * 1024;
const FIRST_FILE_NUMBER = 1;
const FILE_PATH = /\/file\/bot([^/]+)\/(documents\/[^/]+)$/;

/** A document as a person hands it over: its bytes instead of an id. */
const handedOverSchema = z.object({
  base64: z.base64(),
  file_name: z.string().optional(),
  mime_type: z.string().optional(),
});

/** The content as the bot gets it: the bytes of a document are kept here, and an id stands for them. */
export function withFileKept(storage: Storage, content: MessageContent): MessageContent {
  const read = handedOverSchema.safeParse(content['document']);
  if (!read.success) return content;
  const { base64, ...described } = read.data;
  const bytes = Buffer.from(base64, 'base64');
  const number = storage.nextNumber('next_file_number', FIRST_FILE_NUMBER);
  const ending = /\.[a-z0-9]{1,8}$/i.exec(described.file_name ?? '')?.[0] ?? '';
  const id = `BQACAgIAAxkBAAI${number}`;
  storage.run(
    'insert into files (file_id, path, bytes) values (?, ?, ?)',
    id,
    `documents/file_${number}${ending}`,
    bytes,
  );
  const document = { ...described, file_id: id, file_unique_id: `AgAD${number}`, file_size: bytes.length };
  return { ...content, document };
}

const getFile = method(z.object({ file_id: words() }), (world, given) => {
  const row = world.storage.one(
    'select path, length(bytes) as size from files where file_id = ?',
    given.file_id,
  );
  if (row === undefined) throw badRequest('invalid file_id');
  const size = Number(row['size']);
  if (size > DOWNLOAD_LIMIT_BYTES) throw badRequest('file is too big');
  const unique = given.file_id.replace('BQACAgIAAxkBAAI', 'AgAD');
  return { file_id: given.file_id, file_unique_id: unique, file_size: size, file_path: row['path'] };
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
