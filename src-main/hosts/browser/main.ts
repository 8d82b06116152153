import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildFolder } from '../../foundation/project.ts';
import { runBrowserHost } from './runBrowserHost.ts';
import { startLean } from './startLean.ts';
import { builtPages } from './WindowPages.ts';

startLean(fileURLToPath(import.meta.url));
await runBrowserHost(() => builtPages(join(buildFolder, 'renderer')));
