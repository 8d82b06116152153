import { openSafetensorsWeights } from '../../weights/safetensorsWeights.ts';
import type { WeightsFile } from '../../weights/WeightsFile.ts';
import type { Architecture } from '../layers.ts';
import { Parameters } from '../Parameters.ts';
import { copyWeights } from './load.ts';

/** Reads a net's parameters from a checkpoint. @throws WorkbenchError those of damaged weights, `weights-do-not-fit` */
export function readParameters(path: string, architecture: Architecture): Parameters {
  return takeParameters(openSafetensorsWeights(path), architecture);
}

/** Reads a net's parameters from a file of any format, and closes it. @throws WorkbenchError `weights-do-not-fit` */
export function takeParameters(file: WeightsFile, architecture: Architecture): Parameters {
  try {
    return new Parameters(
      architecture,
      copyWeights(file, architecture, 'all', ({ name }) => {
        throw new Error(`${name} is copied with all the others.`);
      }),
      file.format.channels,
    );
  } finally {
    file.close();
  }
}
