/** The step before every command: it installs once, again only when the lockfile changed, and speaks plainly. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runIn, readScripts } from '../support/sample-project.ts';

const TOOL = join(import.meta.dirname, '../../tools/install.mjs');
let folder: string;

/** A project whose only package is a local folder that plays the pinned Node, so that npm needs no network. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nudge-install-'));
  mkdirSync(join(folder, 'node-package/bin'), { recursive: true });
  writeJson('node-package/package.json', { name: 'node', version: '26.0.0' });
  writeFileSync(join(folder, 'node-package/bin/node'), '');
  writeProject({});
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function writeJson(path: string, value: unknown): void {
  writeFileSync(join(folder, path), JSON.stringify(value));
}

function writeProject(locked: Record<string, { version: string; resolved: string }>): void {
  const dependencies = {
    node: 'file:node-package',
    ...Object.fromEntries(Object.entries(locked).map(([name, { version }]) => [name, version])),
  };
  writeJson('package.json', { name: 'sample', version: '1.0.0', dependencies });
  writeJson('package-lock.json', {
    name: 'sample',
    version: '1.0.0',
    lockfileVersion: 3,
    packages: {
      '': { name: 'sample', version: '1.0.0', dependencies },
      'node_modules/node': { resolved: 'node-package', link: true },
      'node-package': { name: 'node', version: '26.0.0' },
      ...Object.fromEntries(Object.entries(locked).map(([name, entry]) => [`node_modules/${name}`, entry])),
    },
  });
}

const install = (env: Record<string, string> = {}) => runIn(folder, `node ${JSON.stringify(TOOL)}`, env);

test('a fresh clone is installed once, and again only when the lockfile changed', async () => {
  expect(await install()).toMatchObject({
    code: 0,
    output: expect.stringContaining('First start') as string,
  });
  expect(await install()).toEqual({ code: 0, output: '' });
  writeFileSync(join(folder, 'package-lock.json'), `\n`, { flag: 'a' });
  expect(await install()).toMatchObject({
    code: 0,
    output: expect.stringContaining('has changed') as string,
  });
  expect(await install()).toEqual({ code: 0, output: '' });
});

test('what somebody installed by hand is taken as it is', async () => {
  expect((await runIn(folder, 'npm ci --no-audit --no-fund')).code).toBe(0);
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

test('every command that needs packages installs them in a step of its own', () => {
  const scripts = readScripts();
  const commands = Object.keys(scripts).filter((name) => !/^(pre|check:)/.test(name));
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
