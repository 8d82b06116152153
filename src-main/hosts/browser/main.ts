import { join } from 'node:path';
import { buildFolder } from '../../foundation/project.ts';
import { runBrowserHost } from './runBrowserHost.ts';
import { builtPages } from './WindowPages.ts';

await runBrowserHost(() => builtPages(join(buildFolder, 'renderer')));
