/** From a person's message to the bot's answer on their screen, in the running sandbox. */
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { sandboxEventSchema } from '../../bot/sandbox/contract.ts';

const PERSON = 7_100_001;
const WARM_UP = 10;
const MESSAGES = 60;
/** Stays below the emulated Telegram's limit of one message a second in a chat. */
const PAUSE_MS = 1_050;

/**
 * Sends messages one after the other and measures each answer.
 * @returns milliseconds per answer, and per bare HTTP round trip in the same minute (the baseline).
 */
export async function measureAnswers(
  url: string,
): Promise<{ readonly answers: number[]; readonly bare: number[] }> {
  const stream = await fetch(`${url}/sandbox/api/events`);
  if (stream.body === null) throw new Error('The sandbox sends no events.');
  const messages = botMessages(stream.body);
  const answers: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < WARM_UP + MESSAGES; round += 1) {
    const before = performance.now();
    await (await fetch(`${url}/healthz`)).arrayBuffer();
    const asked = performance.now();
    await say(url, round === 0 ? '/start' : '/help');
    await messages.next();
    const took = performance.now() - asked;
    if (round >= WARM_UP) {
      bare.push(asked - before);
      answers.push(took);
    }
    await wait(PAUSE_MS);
  }
  await messages.return(undefined);
  return { answers, bare };
}

async function say(url: string, text: string): Promise<void> {
  const answer = await fetch(`${url}/sandbox/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ personId: PERSON, text }),
  });
  if (!answer.ok) throw new Error(`The sandbox refused a message: ${await answer.text()}`);
}

const eventText = z.string().transform((text) => sandboxEventSchema.parse(JSON.parse(text)));

async function* botMessages(
  body: ReadableStream<Uint8Array>,
): AsyncGenerator<undefined, undefined, undefined> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines.filter((candidate) => candidate.startsWith('data:'))) {
      const event = eventText.parse(line.slice('data:'.length));
      if (event.type === 'message' && event.message.from === 'bot' && event.message.editDate === null) yield;
    }
  }
}
