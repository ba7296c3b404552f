/** The step before every command: it installs once, again only when the lockfile changed, and speaks plainly. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runIn, readScripts } from '../support/sample-project.ts';

const TOOL = join(import.meta.dirname, '../../tools/install.mjs');
let folder: string;

/** Plays Vite: writes what it was asked to build, or fails if the configuration says so. */
const VITE = `
const { mkdirSync, readFileSync } = require('node:fs');
const config = readFileSync(process.argv[process.argv.indexOf('--config') + 1], 'utf8').trim();
if (config === 'broken') { console.error('Vite is at a loss.'); process.exit(1); }
mkdirSync(config, { recursive: true });`;

/** A project whose packages are local folders that play the pinned Node and Vite, so that npm needs no network. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nudge-install-'));
  writeFile('node-package/bin/.keep', '');
  symlinkSync(process.execPath, join(folder, 'node-package/bin/node'));
  writeFile('vite-package/package.json', JSON.stringify({ name: 'vite', version: '8.0.0' }));
  writeFile('vite-package/bin/vite.js', VITE);
  writeProject({});
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function writeFile(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function writeProject(
  locked: Record<string, { version: string; resolved: string }>,
  nodeVersion = '26.0.0',
): void {
  const dependencies = {
    node: 'file:node-package',
    vite: 'file:vite-package',
    ...Object.fromEntries(Object.entries(locked).map(([name, { version }]) => [name, version])),
  };
  writeFile('node-package/package.json', JSON.stringify({ name: 'node', version: nodeVersion }));
  const project = { name: 'sample', version: '1.0.0' };
  const packages = {
    '': { ...project, dependencies },
    'node_modules/node': { resolved: 'node-package', link: true },
    'node-package': { name: 'node', version: nodeVersion },
    'node_modules/vite': { resolved: 'vite-package', link: true },
    'vite-package': { name: 'vite', version: '8.0.0' },
    ...Object.fromEntries(Object.entries(locked).map(([name, entry]) => [`node_modules/${name}`, entry])),
  };
  writeFile('package.json', JSON.stringify({ ...project, dependencies }));
  writeFile('package-lock.json', JSON.stringify({ ...project, lockfileVersion: 3, packages }));
}

const install = (env: Record<string, string> = {}) => runIn(folder, `node ${JSON.stringify(TOOL)}`, env);
const build = () => runIn(folder, `node ${JSON.stringify(TOOL)} --build`);

test('a fresh clone is installed once, and again only when the lockfile changed', async () => {
  expect(await install()).toMatchObject({
    code: 0,
    output: expect.stringContaining('First start') as string,
  });
  expect(await install()).toEqual({ code: 0, output: '' });
  writeProject({}, '26.1.0');
  expect(await install()).toMatchObject({
    code: 0,
    output: expect.stringContaining('has changed') as string,
  });
  expect(await install()).toEqual({ code: 0, output: '' });
});

test('what somebody installed by hand, and a lockfile that only looks different, is taken as it is', async () => {
  expect((await runIn(folder, 'npm ci --no-audit --no-fund')).code).toBe(0);
  expect(await install()).toEqual({ code: 0, output: '' });
  writeFile('package-lock.json', `${readFileSync(join(folder, 'package-lock.json'), 'utf8')}\n`);
  expect(await install()).toEqual({ code: 0, output: '' });
});

test('an install that was interrupted is begun again', async () => {
  await install();
  rmSync(join(folder, 'node_modules'), { recursive: true });
  mkdirSync(join(folder, 'node_modules'));
  expect(await install()).toMatchObject({ code: 0 });
  expect(existsSync(join(folder, 'node_modules/node/bin/node'))).toBe(true);
});

test('without a network it says so and the command ends', async () => {
  // Nobody listens on port 1 of this machine: the connection is refused at once.
  writeProject({ far: { version: '1.0.0', resolved: 'http://127.0.0.1:1/far-1.0.0.tgz' } });
  const { code, output } = await install({
    npm_config_registry: 'http://127.0.0.1:1/',
    npm_config_noproxy: '127.0.0.1',
    npm_config_fetch_retries: '0',
    npm_config_cache: join(folder, 'cache'),
  });
  expect(output).toContain('npm cannot reach its registry.');
  expect(code).toBe(1);
});

test('a pinned Node that did not arrive is named', async () => {
  rmSync(join(folder, 'node-package/bin/node'));
  const { code, output } = await install();
  expect(output).toContain('The pinned Node is missing');
  expect(code).toBe(1);
});

test('the browser bundles are built once, and again only those whose sources changed', async () => {
  await install();
  writeFile('bot/sandbox/page/vite.config.ts', 'dist/sandbox');
  for (const name of ['contract', 'theme-params', 'when']) writeFile(`bot/sandbox/${name}.ts`, '');
  writeFile('tma/vite.config.ts', 'dist/tma');
  writeFile('shared/schemas/lead.ts', 'one');
  const first = await build();
  expect(first.output).toMatch(/Built the sandbox page/);
  expect(first.output).toMatch(/Built the mini-app/);
  expect(await build()).toEqual({ code: 0, output: '' });
  writeFile('tma/src/main.tsx', 'new');
  expect((await build()).output).toMatch(/^Built the mini-app in [\d.]+ s\.\n$/);
  rmSync(join(folder, 'dist/sandbox'), { recursive: true });
  expect((await build()).output).toMatch(/^Built the sandbox page in [\d.]+ s\.\n$/);
  writeFile('shared/schemas/lead.ts', 'two');
  writeFile('tma/vite.config.ts', 'broken');
  const broken = await build();
  expect(broken.code).toBe(1);
  expect(broken.output).toMatch(/Vite is at a loss\.[\s\S]*Building the mini-app failed/);
  expect((await build()).code).toBe(1);
});

test('every command that needs packages installs them in a step of its own', () => {
  const scripts = readScripts();
  // A name with a colon is a developer's, for a clone that is installed.
  const commands = Object.keys(scripts).filter((name) => !/^pre|:/.test(name));
  expect(commands).toEqual(expect.arrayContaining(['start', 'test', 'worker', 'migrate', 'bench']));
  for (const command of commands) {
    expect(scripts[`pre${command}`], `pre${command}`).toMatch(/^node tools\/install\.mjs( --\w+)*$/);
    // One `node` a line: the shell would remember the one it found before the install.
    expect(scripts[command]).toMatch(/^node [^&|;]+$/);
  }
});

test('it imports nothing but Node’s own modules', () => {
  const sources = [...readFileSync(TOOL, 'utf8').matchAll(/\bfrom '([^']+)'|\bimport\('([^']+)'\)/g)];
  expect(sources.length).toBeGreaterThan(0);
  expect(sources.map(([, source]) => source).filter((source) => !source?.startsWith('node:'))).toEqual([]);
});
