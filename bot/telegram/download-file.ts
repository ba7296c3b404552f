/** Fetching a file somebody sent. Its address holds the bot's token, so no error of ours may carry it. */
import { HttpError, type Api } from 'grammy';

/** A file of this size arrives in a second on a slow line. */
const DOWNLOAD_TIMEOUT_MS = 10_000;

/**
 * The bytes of a file; null when it is larger than `limitBytes`, whatever its announced size was.
 * @throws HttpError when Telegram cannot be reached or has no such file; GrammyError when it refuses the id.
 */
export async function downloadFile(api: Api, fileId: string, limitBytes: number): Promise<Uint8Array | null> {
  const { file_path: path, file_size: size } = await api.getFile(fileId);
  if (size !== undefined && size > limitBytes) return null;
  if (path === undefined) throw unavailable('Telegram names no path for it.');
  const root = api.options?.apiRoot ?? 'https://api.telegram.org';
  let response: Response;
  try {
    response = await fetch(`${root}/file/bot${api.token}/${path}`, {
      signal: AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS),
      redirect: 'error',
    });
  } catch (cause) {
    throw unavailable(cause instanceof Error ? cause.name : 'unknown trouble');
  }
  if (!response.ok || response.body === null) throw unavailable(`status ${response.status}`);
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > limitBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The same kind of error that a failed method call throws: the update is tried again. */
function unavailable(why: string): HttpError {
  return new HttpError('A file could not be fetched from Telegram.', new Error(why));
}
