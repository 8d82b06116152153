import { join } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';

const at = (...segments: string[]) => join(import.meta.dirname, ...segments);

export default defineConfig({
  // One built module for each source, in folders alike: programs find each other the same way in both.
  main: {
    build: {
      rolldownOptions: {
        input: [
          at('src-main', 'hosts', 'electron', 'main.ts'),
          at('src-main', 'trainer', 'main.ts'),
          at('src-main', 'data', 'imageWorker.ts'),
          at('src-main', 'data', 'scenes', 'sceneWorker.ts'),
        ],
        output: {
          preserveModules: true,
          preserveModulesRoot: at('src-main'),
          entryFileNames: '[name].js',
        },
      },
    },
  },
  // A sandboxed preload is one CommonJS file.
  preload: {
    build: {
      externalizeDeps: false,
      rolldownOptions: {
        input: at('src-main', 'hosts', 'electron', 'preload.ts'),
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('src-renderer'),
    plugins: [svelte()],
    build: {
      minify: true,
      rolldownOptions: { input: at('src-renderer', 'index.html') },
    },
  },
});
