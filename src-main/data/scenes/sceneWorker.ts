import { workerData } from 'node:worker_threads';
import { renderShare, type RenderShare } from './renderShare.ts';

/** Entry of a thread that renders scenes. */
await renderShare(workerData as RenderShare);
