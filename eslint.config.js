/**
 * Lint rules of the whole repository. Type-aware everywhere TypeScript is written; the bans at the end are rules of the
 * architecture that a reviewer would otherwise have to remember. Each ban has a failing case in tests/rules.
 */
import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const MAX_LINES = 300;

/** Time is an argument: pure code never asks the machine what time it is. */
const CLOCK_BANS = [
  [
    "CallExpression[callee.property.name='now'][callee.object.name=/^(Date|performance)$/]",
    'Take the instant as an argument instead of asking the clock.',
  ],
  [
    "CallExpression[callee.property.name='now'][callee.object.property.name=/^(Date|performance)$/]",
    'Take the instant as an argument instead of asking the clock.',
  ],
  [
    "NewExpression[callee.name='Date'][arguments.length=0]",
    'Take the instant as an argument: an argless Date is a clock.',
  ],
  ["CallExpression[callee.name='Date']", 'Take the instant as an argument: Date() is a clock.'],
  [
    "MemberExpression[object.name='Temporal'][property.name='Now']",
    'Take the instant as an argument instead of Temporal.Now.',
  ],
];

/** The environment has one reader, so that one place names every wrong variable at once. */
const ENVIRONMENT_BANS = [
  [
    "MemberExpression[object.name='process'][property.name='env']",
    'Only bot/config.ts reads the environment; take the value as an argument.',
  ],
  [
    "VariableDeclarator[init.name='process'] > ObjectPattern > Property[key.name='env']",
    'Only bot/config.ts reads the environment; take the value as an argument.',
  ],
  [
    "ImportDeclaration[source.value=/^(node:)?process$/] > ImportSpecifier[imported.name='env']",
    'Only bot/config.ts reads the environment; take the value as an argument.',
  ],
];

const RANDOM_BANS = [
  [
    "MemberExpression[object.name='Math'][property.name='random']",
    'Pure rules give the same answer twice: take the random value as an argument.',
  ],
];

/** @param {string[][]} bans pairs of an AST selector and what to do instead */
function restrictedSyntax(...bans) {
  return ['error', ...bans.map(([selector, message]) => ({ selector, message }))];
}

export default defineConfig(
  globalIgnores(['dist/', '.data/', 'tests/browser/screenshots/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        performance: 'readonly',
        URL: 'readonly',
        module: 'writable',
      },
    },
  },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: false },
      ],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true, allowNever: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // `while (true)` is how a resident loop reads best; every other constant condition stays an error.
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none' },
      ],
      // Ports are async by type; an implementation that happens to need no await is not a mistake.
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'max-lines': ['error', { max: MAX_LINES, skipBlankLines: true, skipComments: true }],
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'], location: 'start' }],
    },
  },
  {
    files: ['bot/**', 'shared/**', 'tma/**'],
    rules: {
      'no-console': 'error',
      'no-restricted-syntax': restrictedSyntax(...ENVIRONMENT_BANS),
    },
  },
  {
    files: ['bot/config.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['bot/usecases/**'],
    rules: { 'no-restricted-syntax': restrictedSyntax(...ENVIRONMENT_BANS, ...CLOCK_BANS) },
  },
  {
    files: ['bot/domain/**', 'shared/**'],
    rules: {
      'no-restricted-syntax': restrictedSyntax(...ENVIRONMENT_BANS, ...CLOCK_BANS, ...RANDOM_BANS),
    },
  },
  {
    files: ['bot/**', 'shared/**', 'tma/**'],
    ignores: ['bot/telegram/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['grammy', 'grammy/*', '@grammyjs/*', '!@grammyjs/types'],
              message: 'grammY lives in bot/telegram only.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['tma/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat.recommended],
  },
  {
    files: ['tests/**'],
    rules: {
      // A test that meets undefined here fails anyway, with a better message than a guard would give.
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
);
