import { join } from 'node:path';
import { engineEnvironment } from '../engine/environment.ts';

/** What every host starts as a trainer process, each in its own way. */
export const trainerProgram = {
  entry: join(import.meta.dirname, '..', 'trainer', 'main.ts'),
  environment: engineEnvironment,
};
