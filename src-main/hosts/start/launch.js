import { launch } from '../launch.js';

// What `npm start` runs.
await launch(() => import('./main.ts'), 'Start it with npm start');
