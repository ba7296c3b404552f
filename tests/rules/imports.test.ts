/** No module opens a connection, starts a timer, writes a file or prints when it is merely imported. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { repositoryFiles, ROOT } from '../support/repository.ts';
import { runIn } from '../support/sample-project.ts';

/** Programs, which are there to be started, and what only a browser loads. */
const NOT_IMPORTED =
  /^bot\/(main|seed|doctor|import|export|sandbox\/emulator-main)\.ts$|^bot\/sandbox\/page\/|\.d\.ts$/;
const MODULES = repositoryFiles()
  .map(({ path }) => path)
  .filter((path) => /^(bot|shared)\/.*\.ts$/.test(path) && !NOT_IMPORTED.test(path));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nudge-imports-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Imports the files one by one and prints what is still under way after each. */
function importAll(paths: string[]) {
  const program = `
    for (const url of ${JSON.stringify(paths.map((path) => pathToFileURL(path).href))}) {
      await import(url);
      const open = process.getActiveResourcesInfo().filter((kind) => /Timeout|Immediate|TCP|UDP|Process|Watcher/.test(kind));
      if (open.length > 0) console.log(url, open.join(' '));
    }
    process.exit(0);`;
  writeFileSync(join(folder, 'program.mjs'), program);
  return runIn(folder, 'node program.mjs');
}

test('importing every module of the server and of shared starts nothing', async () => {
  expect(MODULES.length).toBeGreaterThan(0);
  expect(await importAll(MODULES.map((path) => join(ROOT, path)))).toEqual({ code: 0, output: '' });
  expect(readdirSync(folder)).toEqual(['program.mjs']);
});

test('a module that starts a timer would be found', async () => {
  const restless = join(folder, 'restless.mjs');
  writeFileSync(restless, 'setInterval(() => {}, 1000);');
  expect(await importAll([restless])).toMatchObject({ output: expect.stringContaining('Timeout') as string });
});
