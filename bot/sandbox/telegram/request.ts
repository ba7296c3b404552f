/** A Bot API request's token, method and parameters, however the client chose to write them. */

const PATH = /\/bot([^/]+)\/([^/]+)$/;

/** @returns token and method (in lower case: Telegram does not mind), or null if the path is no Bot API path */
export function readPath(url: URL): { token: string; method: string } | null {
  const found = PATH.exec(url.pathname);
  if (found === null) return null;
  const [, token = '', name = ''] = found;
  // Some clients write the token's colon as an escape.
  return { token: token.replace(/%3a/i, ':'), method: name.toLowerCase() };
}

async function readBody(request: Request): Promise<Record<string, unknown>> {
  const type = request.headers.get('content-type') ?? '';
  if (request.method === 'GET' || request.body === null) return {};
  if (type.startsWith('application/json')) {
    const text = await request.text();
    const parsed: unknown = text.trim() === '' ? {} : JSON.parse(text);
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
      throw new SyntaxError('not an object');
    return parsed as Record<string, unknown>;
  }
  if (type.startsWith('application/x-www-form-urlencoded') || type.startsWith('multipart/form-data')) {
    // Its buffering is no risk here: the sender is the bot on this machine, and what it sends is text or a small file.
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- see above
    const form = await request.formData();
    return Object.fromEntries(
      await Promise.all([...form].map(async ([name, value]) => [name, await readPart(value)] as const)),
    );
  }
  return {};
}

/** A part of a form: text as it is, an upload as an object, so that its name is never taken for text. */
async function readPart(value: string | File): Promise<unknown> {
  if (typeof value === 'string') return value;
  const base64 = Buffer.from(await value.arrayBuffer()).toString('base64');
  return { base64, file_name: value.name, mime_type: value.type || 'application/octet-stream' };
}

/**
 * @returns parameters by name, nothing empty among them: to Telegram an empty parameter is a missing one
 * @throws {SyntaxError} if the body is not what its content type says
 */
export async function readRequestParameters(request: Request, url: URL): Promise<Record<string, unknown>> {
  const all = { ...Object.fromEntries(url.searchParams), ...(await readBody(request)) };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== '' && value != null));
}
