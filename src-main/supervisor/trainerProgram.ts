import { engineEnvironment } from '../engine/environment.ts';
import { programFile } from '../foundation/project.ts';

/** The program that every host starts as a trainer process, each in its own way. */
export const trainerProgram = {
  entry: programFile('trainer', 'main'),
  environment: engineEnvironment,
};
