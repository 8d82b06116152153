#!/usr/bin/env node
import { launch } from '../launch.js';

// The command line's entry.
await launch(() => import('./main.ts'), 'Run it through npm, as npm run -s vgg -- doctor');
