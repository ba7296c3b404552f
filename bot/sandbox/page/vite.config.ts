/** Builds the sandbox's chat page into `dist/sandbox`, from where the sandbox server hands it out under `/sandbox/`. */
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  base: '/sandbox/',
  build: {
    outDir: '../../../dist/sandbox',
    emptyOutDir: true,
    target: 'es2023',
    // Inlined assets would be `data:` addresses, which the page's content security policy refuses.
    assetsInlineLimit: 0,
  },
});
