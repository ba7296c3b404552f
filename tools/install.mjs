/**
 * Runs before every command (`prestart`, `pretest`, ...), so that each of them works alone in a fresh clone: installs the
 * packages when the lockfile changed, and with `--build` the browser bundles when their sources changed.
 *
 * Plain JavaScript without dependencies, for Node 18 or newer: it runs on whatever Node the machine has, before the pinned
 * one exists. For the same reason it must stay in a pre-script of its own: within one script line the shell would remember
 * the `node` it found first.
 *
 * Flags: `--dev` the command needs the development packages too; `--build` it serves the browser bundles.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const OLDEST_NODE = 18;
const RECORD = 'node_modules/.installed.json';
const BUILDS = [
  {
    name: 'sandbox page',
    config: 'bot/sandbox/page/vite.config.ts',
    output: 'dist/sandbox',
    // The single files are those that the page shares with the server, as .dependency-cruiser.cjs lists them.
    sources: [
      'bot/sandbox/page',
      'bot/sandbox/contract.ts',
      'bot/sandbox/theme-params.ts',
      'bot/sandbox/when.ts',
      'shared',
    ],
  },
  {
    name: 'mini-app',
    config: 'tma/vite.config.ts',
    output: 'dist/tma',
    sources: ['tma', 'shared'],
  },
];

const root = process.cwd();
const needsDev = process.argv.includes('--dev');

/** Prints one sentence and ends the command; what follows in package.json never runs half-installed. */
function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(join(root, path), 'utf8'));
  } catch {
    return null;
  }
}

function seconds(since) {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}

/** The lockfile's hash with the platform: packages with binaries differ between machines. */
function lockHash() {
  const hash = createHash('sha256').update(`${process.platform}-${process.arch}\n`);
  return hash.update(readFileSync(join(root, 'package-lock.json'))).digest('hex');
}

/**
 * True when npm's own record agrees with the lockfile: somebody installed by hand (`npm ci`, a container image), or the
 * lockfile changed only for other platforms.
 */
function treeAgrees() {
  const wanted = readJson('package-lock.json')?.packages;
  const present = readJson('node_modules/.package-lock.json')?.packages;
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(
    ([path, entry]) =>
      path === '' ||
      entry.optional ||
      entry.devOptional ||
      entry.peer ||
      (entry.dev && !needsDev) ||
      (present[path] !== undefined && present[path].version === entry.version),
  );
}

function recordInstall(hash) {
  writeFileSync(join(root, RECORD), `${JSON.stringify({ hash, dev: needsDev })}\n`);
}

/** The Node pinned in package.json, as installed, or null. Never the machine's own. */
function pinnedNode() {
  const places = ['node_modules/node/bin/node', 'node_modules/node/bin/node.exe'];
  const found = places.find((place) => existsSync(join(root, place)));
  return found === undefined ? null : join(root, found);
}

function install() {
  const hash = lockHash();
  const recorded = readJson(RECORD);
  if (recorded?.hash === hash && (recorded.dev || !needsDev)) return;
  if (treeAgrees()) {
    recordInstall(hash);
    return;
  }
  const started = Date.now();
  process.stdout.write(
    existsSync(join(root, 'node_modules'))
      ? 'The list of packages has changed: installing them …\n'
      : 'First start: installing the packages. This takes half a minute or so …\n',
  );
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error', ...(needsDev ? ['--include=dev'] : [])];
  const npm = process.env.npm_execpath;
  const result = npm
    ? spawnSync(process.execPath, [npm, ...args], { cwd: root, encoding: 'utf8' })
    : spawnSync('npm', args, { cwd: root, encoding: 'utf8', shell: process.platform === 'win32' });
  if (result.status !== 0) explainFailedInstall(result);
  recordInstall(hash);
  process.stdout.write(`Packages installed in ${seconds(started)}.\n`);
}

function explainFailedInstall(result) {
  const said = `${result.stdout ?? ''}${result.stderr ?? ''}`.trim();
  if (said) process.stderr.write(`${said}\n`);
  if (
    /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|ETIMEDOUT|ERR_SOCKET_TIMEOUT)\b/.test(said)
  ) {
    fail(
      'npm cannot reach its registry. Check the network (or the proxy in `npm config list`) and try again.',
    );
  }
  const cause = result.error ? ` (${result.error.message})` : '';
  fail(
    `\`npm ci\` failed${cause}; its own words are above. Once that is mended, run the same command again.`,
  );
}

/** The file itself, or every file below the folder, sorted: the same sources give the same hash on every machine. */
function listFiles(path) {
  if (statSync(join(root, path)).isFile()) return [path];
  const entries = readdirSync(join(root, path), { withFileTypes: true });
  return entries
    .flatMap((entry) =>
      entry.isDirectory() ? listFiles(`${path}/${entry.name}`) : [`${path}/${entry.name}`],
    )
    .sort();
}

function sourceHash(build) {
  const hash = createHash('sha256').update(lockHash());
  for (const source of build.sources) {
    for (const file of listFiles(source)) {
      hash.update(`\0${file}\0`).update(readFileSync(join(root, file)));
    }
  }
  return hash.digest('hex');
}

/**
 * Runs one Vite build and records the hash of what it was made from, beside the output and not inside it (that is served).
 * @returns {Promise<boolean>} false if Vite failed; it has said why
 */
function runBuild(build, hash, record) {
  const started = Date.now();
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const child = spawn(pinnedNode(), [vite, 'build', '--config', build.config, '--logLevel', 'warn'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return new Promise((resolve) => {
    child.once('exit', (code) => {
      if (code !== 0) {
        process.stderr.write(`Building the ${build.name} failed; what Vite said is above.\n`);
      } else {
        mkdirSync(join(root, 'dist'), { recursive: true });
        writeFileSync(join(root, record), `${hash}\n`);
        process.stdout.write(`Built the ${build.name} in ${seconds(started)}.\n`);
      }
      resolve(code === 0);
    });
  });
}

async function buildWhatChanged() {
  const due = BUILDS.map((build) => ({
    build,
    hash: sourceHash(build),
    record: `${build.output}.hash`,
  })).filter(
    ({ build, hash, record }) =>
      !existsSync(join(root, build.output)) ||
      !existsSync(join(root, record)) ||
      readFileSync(join(root, record), 'utf8').trim() !== hash,
  );
  const built = await Promise.all(due.map(({ build, hash, record }) => runBuild(build, hash, record)));
  if (built.includes(false)) process.exitCode = 1;
}

if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
  fail(
    `Node ${process.versions.node} is too old to install with: version ${OLDEST_NODE} or newer is needed.`,
  );
}
install();
if (pinnedNode() === null) {
  fail(
    'The pinned Node is missing: packages may not run their install scripts (see `npm config get ignore-scripts`).',
  );
}
if (process.argv.includes('--build')) await buildWhatChanged();
