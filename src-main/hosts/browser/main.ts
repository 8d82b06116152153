import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startLean } from './startLean.ts';

// The workbench is loaded after it: what is loaded before is loaded twice.
startLean(fileURLToPath(import.meta.url));
const { buildFolder } = await import('../../foundation/project.ts');
const { runBrowserHost } = await import('./runBrowserHost.ts');
const { builtPages } = await import('./WindowPages.ts');
await runBrowserHost(() => builtPages(join(buildFolder, 'renderer')));
