/**
 * The Bot API's place in the comparison: answers every request "sent", after a set time. Written on bare sockets, so
 * that it never is what limits the rate.
 */
import { createServer } from 'node:net';
import type { Socket } from 'node:net';

export interface Sink {
  readonly url: string;
  /** Requests answered since `reset`. */
  readonly answered: number;
  /** The newest request's body. */
  readonly lastBody: string;
  /** Milliseconds from the instant named in a body ("due 1790000000000") to its arrival, by the path's first part. */
  readonly lateness: ReadonlyMap<string, number[]>;
  /** Counts from zero; answers come after this many milliseconds. */
  reset(answerAfterMs: number): void;
  close(): Promise<void>;
}

const HEAD_END = '\r\n\r\n';
/** What a body says about when it should have come, in milliseconds since 1970. */
const DUE = /due (\d{13})/;

/** Listens on a free port of this machine. */
export async function openSink(): Promise<Sink> {
  const state = { answered: 0, lastBody: '', answerAfterMs: 0, lateness: new Map<string, number[]>() };
  const sockets = new Set<Socket>();

  const take = (socket: Socket, path: string, body: string): void => {
    state.lastBody = body;
    const due = DUE.exec(body)?.[1];
    if (due !== undefined) {
      const late = performance.timeOrigin + performance.now() - Number(due);
      const [, sender = ''] = path.split('/');
      const known = state.lateness.get(sender);
      if (known === undefined) state.lateness.set(sender, [late]);
      else known.push(late);
    }
    const answer = (): void => {
      state.answered += 1;
      const json = `{"ok":true,"result":{"message_id":${state.answered},"date":1790000000,"chat":{"id":1,"type":"private"}}}`;
      socket.write(
        `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${json.length}${HEAD_END}${json}`,
      );
    };
    if (state.answerAfterMs === 0) answer();
    else setTimeout(answer, state.answerAfterMs);
  };

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    let rest: Buffer = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      for (;;) {
        const headEnd = rest.indexOf(HEAD_END);
        if (headEnd < 0) return;
        const head = rest.toString('latin1', 0, headEnd);
        const length = Number(/content-length: *(\d+)/i.exec(head)?.[1] ?? 0);
        const end = headEnd + HEAD_END.length + length;
        if (rest.length < end) return;
        const body = rest.toString('utf8', end - length, end);
        rest = rest.subarray(end);
        take(socket, head.slice(head.indexOf(' ') + 1, head.indexOf(' HTTP')), body);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The sink has no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    get answered() {
      return state.answered;
    },
    get lastBody() {
      return state.lastBody;
    },
    get lateness() {
      return state.lateness;
    },
    reset(answerAfterMs) {
      state.answered = 0;
      state.answerAfterMs = answerAfterMs;
      state.lateness.clear();
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
