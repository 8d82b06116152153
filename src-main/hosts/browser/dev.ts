import { join } from 'node:path';
import { projectFolder } from '../../foundation/project.ts';
import { livePages } from './livePages.ts';
import { runBrowserHost } from './runBrowserHost.ts';

/* What `npm run dev` runs: the workbench for a browser, whose window follows each change to its sources. */

await runBrowserHost((path) => livePages(join(projectFolder, 'src-renderer'), path));
