/** Builds the mini-app into `dist/tma`, from where the HTTP server hands it out at `/`, and weighs what is loaded first. */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import type { Plugin } from 'vite';

/** JavaScript a phone loads before it sees anything, gzip. Lazy chunks (other languages, the polyfill) do not count. */
const FIRST_LOAD_LIMIT_KB = 150;

/** Prints the first load's size and fails the build above the limit. */
function firstLoadBudget(): Plugin {
  return {
    name: 'first-load-budget',
    generateBundle(_options, bundle) {
      const entry = Object.values(bundle).find((file) => file.type === 'chunk' && file.isEntry);
      if (entry?.type !== 'chunk') throw new Error('The build has no entry chunk.');
      const names = new Set<string>();
      const collect = (name: string): void => {
        const chunk = bundle[name];
        if (names.has(name) || chunk?.type !== 'chunk') return;
        names.add(name);
        chunk.imports.forEach(collect);
      };
      collect(entry.fileName);
      // One language is loaded too; the heaviest of them counts.
      const languages = Object.values(bundle).filter(
        (file) => file.type === 'chunk' && file.facadeModuleId?.endsWith('.ftl?first') === true,
      );
      const weight = (file: (typeof bundle)[string] | undefined): number =>
        file?.type === 'chunk' ? gzipSync(file.code).length : 0;
      const bytes =
        [...names].reduce((sum, name) => sum + weight(bundle[name]), 0) + Math.max(...languages.map(weight));
      const size = `${(bytes / 1000).toFixed(1)} kB of ${FIRST_LOAD_LIMIT_KB} kB`;
      if (bytes > FIRST_LOAD_LIMIT_KB * 1000)
        this.error(`The mini-app's first load is ${size} JavaScript (gzip).`);
      process.stdout.write(`Mini-app first load: ${size} JavaScript (gzip).\n`);
    },
  };
}

/**
 * The SDK's schema package does not say that it has no side effects, so its 25 kB (gzip) of schemas, with a zod of their
 * own, would come along although the database module uses none of them.
 */
function unusedSdkSchemas(): Plugin {
  return {
    name: 'unused-sdk-schemas',
    transform: (_code, id) =>
      id.includes('@insforge/shared-schemas/') ? { moduleSideEffects: false } : null,
  };
}

const ZOD_JSON_SCHEMA = /\/zod\/v4\/core\/(json-schema-processors|to-json-schema)\.js$/;

/**
 * Every zod schema carries its way to a JSON schema, 9 kB (gzip) that only the server's OpenAPI document walks. Here
 * each function of those two modules becomes one that does nothing.
 */
function zodWithoutJsonSchema(): Plugin {
  return {
    name: 'zod-without-json-schema',
    transform(code, id) {
      if (!ZOD_JSON_SCHEMA.test(id)) return null;
      const names = [...code.matchAll(/^export (?:const|function) (\w+)/gm)].map(([, name]) => name ?? '');
      if (names.length === 0) this.error(`${id} exports in another way now; look at this plugin.`);
      return `const nothing = () => nothing;\nexport { ${names.map((name) => `nothing as ${name}`).join(', ')} };`;
    },
  };
}

/**
 * Every zod schema asks while it is made whether it may compile code, which the page's policy forbids and the browser
 * reports. Schemas are made before any line of ours could say no, so zod is told where its own settings begin.
 */
function zodWithoutEval(): Plugin {
  return {
    name: 'zod-without-eval',
    transform(code, id) {
      if (!id.endsWith('/zod/v4/core/core.js')) return null;
      if (!code.includes('export const globalConfig ='))
        this.error(`${id} keeps its settings elsewhere now.`);
      return `${code}\nglobalConfig.jitless = true;\n`;
    },
  };
}

/** What stands below this line of a catalogue is not needed for Today's first sight. */
const LATER = '\n## Later\n';

/** One file per language, two pieces on the way: `x.ftl?first` for Today, `x.ftl?later` for everything that opens from it. */
function catalogueParts(): Plugin {
  return {
    name: 'catalogue-parts',
    enforce: 'pre',
    load(id) {
      const [, file, part] = /^(.*\.ftl)\?(first|later)$/.exec(id) ?? [];
      if (file === undefined) return null;
      this.addWatchFile(file);
      const [first = '', later] = readFileSync(file, 'utf8').split(LATER);
      if (later === undefined)
        this.error(`${file} has no line "## Later": below it go the words of lazy pages.`);
      return `export default ${JSON.stringify(part === 'first' ? first : later)}`;
    },
  };
}

/** Packages and modules that Today and the frame around every page are made of. */
const FIRST_PIECE =
  /node_modules\/(react|react-dom|scheduler|zod|wouter|regexparam|use-sync-external-store|@tanstack\/(react-query|query-core)|@twa-dev|@fluent|@supabase|@insforge)\/|tma\/src\/(session|telegram)\/|tma\/src\/features\/today\/(?!long-list)|tma\/src\/ui\/(navigation|piece|page|page-states|idle|message|icons|avatar|dates|toast)\.tsx?$|tma\/src\/texts\/texts\.ts$|features\/reminder\/(line|use-reminder-actions|action-icon|draft-quote)\.tsx?$|shared\/(rules\/(words|calendar|reminder-states)|schemas\/(?!recurring)|contracts\/(actions|auth|refusals))/;

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [
    catalogueParts(),
    react(),
    unusedSdkSchemas(),
    zodWithoutJsonSchema(),
    zodWithoutEval(),
    firstLoadBudget(),
  ],
  build: {
    outDir: '../dist/tma',
    emptyOutDir: true,
    // Telegram's older in-app browsers; Temporal comes as a lazy polyfill where it is missing.
    target: ['es2023', 'safari16.4'],
    // Inlined assets would be `data:` addresses in styles, which older rules of the page's policy refuse.
    assetsInlineLimit: 0,
    // The page names the pieces it begins with, so that a phone asks for them before it has read the first; lazy pieces
    // have nothing to preload.
    modulePreload: {
      polyfill: false,
      resolveDependencies: (_file, pieces, { hostType }) => (hostType === 'html' ? pieces : []),
    },
    // Named by a sign-in flow of the SDK that is shaken off; without this every build warns of it.
    rolldownOptions: {
      external: ['crypto'],
      // What is there from the start goes as one piece: cut along what lazy pages share, it came as twenty and compressed worse.
      output: { codeSplitting: { groups: [{ name: 'first', test: FIRST_PIECE }] } },
    },
  },
});
