/**
 * `POST /api/times`: a time in a person's own words, read on their clock. The mini-app shows it back with its weekday
 * before anything is stored. Nothing is stored here.
 */
import { createRoute } from '@hono/zod-openapi';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { timeAnswerSchema, timeQuestionSchema } from '../../../shared/contracts/times.ts';
import { timeSettingsOf } from '../../../shared/rules/time-settings.ts';
import type { TimeModel } from '../../usecases/model-ports.ts';
import type { AdminStore, PersonStore } from '../../usecases/ports.ts';
import { readTimeInWords, timeAnswer } from '../../usecases/read-time.ts';
import { apiError, errorResponse } from '../answer.ts';
import type { HttpEnv } from '../answer.ts';
import { limitBody } from '../limit-body.ts';
import { personDoor } from '../person-door.ts';
import type { PersonDoorParts } from '../person-door.ts';

export interface TimesParts extends PersonDoorParts {
  /** Product time. */
  readonly store: Pick<AdminStore, 'now'>;
  /** The database as one person sees it. */
  readonly personStore: (telegramId: number) => Pick<PersonStore, 'self'>;
  /** Asked what the rules do not understand; null = rules only. */
  readonly timeModel: TimeModel | null;
}

const BODY_LIMIT_BYTES = 4 * 1024;
/** Questions to the model one person may cause in an hour: typing costs nothing, asking a model does. */
const MODEL_QUESTIONS_PER_HOUR = 30;
const HOUR_MS = 3_600_000;

/** Adds the route. */
export function addTimes(app: OpenAPIHono<HttpEnv>, parts: TimesParts): void {
  const modelFor = limitModel(parts.timeModel, () => parts.machineNow().epochMilliseconds);

  const timesRoute = createRoute({
    method: 'post',
    path: '/api/times',
    tags: ['Times'],
    summary: 'Read a time in words',
    description:
      'Read on the clock and by the hours of the person whose token it is. A refusal is an answer (200, `kind: "refused"`): the words were read, and nothing was guessed.',
    security: [{ person: [] }],
    middleware: [limitBody(BODY_LIMIT_BYTES), personDoor(parts)] as const,
    request: { body: { required: true, content: { 'application/json': { schema: timeQuestionSchema } } } },
    responses: {
      200: {
        description: 'What the words mean, or why they were not taken.',
        content: { 'application/json': { schema: timeAnswerSchema } },
      },
      401: errorResponse('NOT_SIGNED_IN or TOKEN_REFUSED.'),
      409: errorResponse('NOT_A_PERSON: nobody with this id has opened the product yet.'),
      413: errorResponse('BODY_TOO_LARGE.'),
      422: errorResponse('REQUEST_INVALID.'),
    },
  });

  app.openapi(timesRoute, async (context) => {
    const { text, mode } = context.req.valid('json');
    const caller = context.get('caller') ?? 0;
    const [person, now] = await Promise.all([parts.personStore(caller).self(), parts.store.now()]);
    if (person === null) {
      return context.json(
        apiError('NOT_A_PERSON', 'Open the bot first; then there are hours to read by.'),
        409,
      );
    }
    const settings = timeSettingsOf(person);
    const reading = { now, settings, language: person.language };
    const read = await readTimeInWords(modelFor(caller), text, reading, mode);
    return context.json(timeAnswer(read, settings), 200);
  });
}

/** The model for one person, or none once they have asked it too often within the hour. */
function limitModel(
  model: TimeModel | null,
  machineNowMs: () => number,
): (telegramId: number) => TimeModel | null {
  let hour = 0;
  let asked = new Map<number, number>();
  return (telegramId) => {
    if (model === null) return null;
    const current = Math.floor(machineNowMs() / HOUR_MS);
    if (current !== hour) {
      hour = current;
      asked = new Map();
    }
    if ((asked.get(telegramId) ?? 0) >= MODEL_QUESTIONS_PER_HOUR) return null;
    return {
      suggest(text, reading) {
        asked.set(telegramId, (asked.get(telegramId) ?? 0) + 1);
        return model.suggest(text, reading);
      },
    };
  };
}
