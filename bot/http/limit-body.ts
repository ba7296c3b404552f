/** How much a caller may send. */
import { bodyLimit } from 'hono/body-limit';
import { refuse } from './answer.ts';

/** Middleware that refuses a body of more than `maxBytes` with 413, before it is read. */
export function limitBody(maxBytes: number) {
  return bodyLimit({
    maxSize: maxBytes,
    onError: (context) => refuse(context, 413, 'BODY_TOO_LARGE', `More than ${maxBytes} bytes.`),
  });
}
