import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumLaunch } from '../../support/chromium.ts';

/** The window's furniture, mounted and used in a real browser. */
export default defineConfig({
  cacheDir: '../../../node_modules/.vite',
  server: { hmr: { overlay: false } },
  plugins: [svelte({ configFile: false })],
  // What Vite would find only while the tests run, and then load the page anew.
  optimizeDeps: { include: ['bits-ui', 'jspdf', 'svg2pdf.js'], exclude: ['@lucide/svelte'] },
  test: {
    name: 'ui',
    include: ['*.test.ts'],
    setupFiles: ['setup.ts'],
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      viewport: { width: 1000, height: 700 },
      provider: playwright({ launchOptions: chromiumLaunch }),
      instances: [{ browser: 'chromium' }],
    },
  },
});
