#!/usr/bin/env node
import { launch } from '../launch.js';

// The entry point of the command line.
await launch(() => import('./main.ts'), 'Run it through npm, as npm run -s vgg -- doctor');
