/** The repository's own files, for rules about all of them. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');

export interface RepositoryFile {
  /** From the root, with forward slashes. */
  path: string;
  text: string;
}

/** Files that hold bytes rather than text. */
const BINARY = /\.(png|jpe?g|gif|webp|ico|woff2?)$/;

/** Every text file that git knows or would take (not ignored), so that a rule speaks before the commit. */
export function repositoryFiles(): RepositoryFile[] {
  const list = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return [...new Set(list.split('\0'))]
    .filter((path) => path !== '' && !BINARY.test(path) && existsSync(join(ROOT, path)))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
}
