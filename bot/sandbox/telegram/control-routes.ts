/**
 * The emulator by remote control: what tests in another process do to it. People act through it, trouble is ordered through it,
 * and everything that happens can be watched. Never served by the product.
 */
import { Hono, type Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import { validator } from 'hono/validator';
import { z } from 'zod';
import {
  blockSchema,
  sandboxPersonSchema,
  sendLocationSchema,
  sendTextSchema,
  setFaultsSchema,
  tapSchema,
  type SandboxEvent,
} from '../contract.ts';
import type { Emulator } from './emulator.ts';
import { faultRuleSchema } from './faults.ts';
import type { Done } from './person-actions.ts';
import type { RecordedCall } from './types.ts';

/** The two clocks of a test: product time dates messages, the machine's clock runs limits and timeouts. */
export interface ControlledClock {
  moveProduct: (seconds: number) => void;
  moveMachine: (seconds: number) => void;
  /** From now on the machine's clock moves only when it is told to. */
  freezeMachine: () => void;
}

/** What `GET /control/events` sends. */
export type ControlEvent = SandboxEvent | { type: 'call'; call: RecordedCall };

const contentSchema = z.object({
  personId: z.number().int(),
  chatId: z.number().int().optional(),
  replyToMessageId: z.number().int().optional(),
  content: z.looseObject({ text: z.string().optional() }),
});
const editSchema = z.object({ personId: z.number().int(), messageId: z.number().int(), text: z.string() });
const deletionSchema = z.object({ personId: z.number().int(), messageId: z.number().int() });
const initDataSchema = z.object({
  personId: z.number().int(),
  startParam: z.string().optional(),
  authDate: z.number().int().optional(),
});
const clockSchema = z.object({
  productSeconds: z.number().int().nonnegative().default(0),
  machineSeconds: z.number().int().nonnegative().default(0),
  freezeMachine: z.boolean().default(false),
});

/** A JSON body of this shape, or 400 naming what is wrong with it. */
function body<Shape extends z.ZodType>(shape: Shape) {
  return validator('json', (value, context) => {
    const read = shape.safeParse(value);
    return read.success ? read.data : context.json({ error: { message: z.prettifyError(read.error) } }, 400);
  });
}

function told<T extends object>(context: Context, done: Done<T>): Response {
  return done.ok ? context.json(done) : context.json({ error: { message: done.reason } }, 409);
}

function addPeopleRoutes(app: Hono, emulator: Emulator): void {
  app.post('/control/people', body(sandboxPersonSchema), (context) => {
    emulator.addPerson(context.req.valid('json'));
    return context.json({ ok: true });
  });
  app.post(
    '/control/groups',
    body(z.object({ id: z.number().int().negative(), title: z.string() })),
    (context) => {
      emulator.addGroup(context.req.valid('json'));
      return context.json({ ok: true });
    },
  );
  app.post('/control/messages', body(sendTextSchema), (context) =>
    told(context, emulator.sendText(context.req.valid('json'))),
  );
  app.post('/control/contents', body(contentSchema), (context) =>
    told(context, emulator.sendContent(context.req.valid('json'))),
  );
  app.post('/control/edits', body(editSchema), (context) =>
    told(context, emulator.editText(context.req.valid('json'))),
  );
  app.post('/control/deletions', body(deletionSchema), (context) =>
    told(context, emulator.deleteMessage(context.req.valid('json'))),
  );
  app.post('/control/taps', body(tapSchema), async (context) =>
    told(context, await emulator.tap(context.req.valid('json'))),
  );
  app.post('/control/locations', body(sendLocationSchema), (context) =>
    told(context, emulator.sendLocation(context.req.valid('json'))),
  );
  app.post('/control/blocks', body(blockSchema), (context) => {
    const { personId, blocked } = context.req.valid('json');
    return told(context, emulator.setBlocked(personId, blocked));
  });
  app.post('/control/init-data', body(initDataSchema), (context) => {
    const { personId, startParam, authDate } = context.req.valid('json');
    const options = {
      ...(startParam === undefined ? {} : { startParam }),
      ...(authDate === undefined ? {} : { authDate }),
    };
    return context.json({ initData: emulator.signInitData(personId, options) });
  });
}

function addBenchRoutes(app: Hono, emulator: Emulator, clock: ControlledClock): void {
  app.post('/control/faults', body(z.object({ rules: z.array(faultRuleSchema) })), (context) => {
    emulator.setFaultRules(context.req.valid('json').rules);
    return context.json({ ok: true });
  });
  app.post('/control/switches', body(setFaultsSchema), (context) => {
    emulator.setFaults(context.req.valid('json').faults);
    return context.json({ ok: true });
  });
  app.post('/control/limits', body(z.object({ enabled: z.boolean() })), (context) => {
    emulator.setRateLimits(context.req.valid('json').enabled);
    return context.json({ ok: true });
  });
  app.post('/control/clock', body(clockSchema), (context) => {
    const { productSeconds, machineSeconds, freezeMachine } = context.req.valid('json');
    if (freezeMachine) clock.freezeMachine();
    clock.moveProduct(productSeconds);
    clock.moveMachine(machineSeconds);
    return context.json({ ok: true });
  });
  app.post('/control/reset', (context) => {
    emulator.reset();
    return context.json({ ok: true });
  });
  app.get('/control/polled', async (context) => {
    await emulator.untilPolled();
    return context.json({ ok: true });
  });
  app.get('/control/state', (context) => context.json(emulator.state()));
  app.get('/control/calls', (context) => context.json(emulator.calls()));
  app.get('/control/transcript', (context) => {
    const chat = context.req.query('chat');
    return context.json(emulator.transcript(chat === undefined ? undefined : Number(chat)));
  });
}

export function createControlRoutes(emulator: Emulator, clock: ControlledClock): Hono {
  const app = new Hono();
  const watchers = new Set<(event: ControlEvent) => void>();
  const tell = (event: ControlEvent) => {
    for (const watcher of watchers) watcher(event);
  };
  emulator.subscribe(tell);
  emulator.onCall((call) => tell({ type: 'call', call }));
  addPeopleRoutes(app, emulator);
  addBenchRoutes(app, emulator, clock);
  app.get('/control/events', (context) =>
    streamSSE(context, async (stream) => {
      const watcher = (event: ControlEvent) => void stream.writeSSE({ data: JSON.stringify(event) });
      watchers.add(watcher);
      await stream.writeSSE({ data: JSON.stringify({ type: 'state' } satisfies ControlEvent) });
      await new Promise<void>((resolve) => stream.onAbort(resolve));
      watchers.delete(watcher);
    }),
  );
  return app;
}
