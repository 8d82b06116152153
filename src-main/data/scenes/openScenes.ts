import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { cacheHome } from '../../foundation/home.ts';
import { programFile } from '../../foundation/project.ts';
import { datasetText } from '../../vocabulary/datasetText.ts';
import { makeCachedFolder } from '../cachedFolder.ts';
import type { Dataset } from '../dataset.ts';
import { openFashionMnist } from '../fashionMnist.ts';
import { openImageFolder } from '../imageFolder.ts';
import type { RenderShare } from './renderShare.ts';

/** The version is raised when other scenes would be rendered. */
const version = 1;

/** More threads would wait for the disk. */
const mostThreads = 4;

/**
 * Scenes rendered from the embedded Fashion-MNIST, one for each of its images: garments in colour, 0.3 to 1 of the side
 * wide, anywhere on textured grounds of 128×128 pixels. They are rendered at first use, into the cache.
 *
 * @throws WorkbenchError `disk-full`, `write-failed`
 */
export async function openScenes(): Promise<Dataset> {
  const folder = scenesFolder();
  const garments = await openFashionMnist();
  await makeCachedFolder(folder, {
    isComplete: () => holdsAll(folder, garments),
    fill: renderAll,
  });
  const scenes = await openImageFolder(folder, folder);
  return { ...scenes, name: datasetText('fashion-scenes') };
}

/** Whether they are rendered; that each file is still there is looked at when they are opened. */
export function hasScenes(): boolean {
  return existsSync(scenesFolder());
}

function scenesFolder(): string {
  return join(cacheHome(), 'datasets', `fashion-scenes-${version}`);
}

/** Files that somebody removed to have space are noticed. */
function holdsAll(folder: string, garments: Dataset): boolean {
  return (['train', 'val'] as const).every((split) => {
    const classes = garments.classes.map((name) => join(folder, split, name));
    const files = classes.map((path) => (existsSync(path) ? readdirSync(path).length : 0));
    return files.reduce((sum, count) => sum + count, 0) === garments[split].length;
  });
}

async function renderAll(folder: string): Promise<void> {
  const count = Math.min(mostThreads, availableParallelism());
  await Promise.all(Array.from({ length: count }, (_, share) => runThread({ folder, share, of: count })));
}

function runThread(workerData: RenderShare): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(programFile(join('data', 'scenes'), 'sceneWorker'), { workerData });
    worker.on('error', reject);
    worker.on('exit', () => {
      resolve();
    });
  });
}
