import { join } from 'node:path';
import type { NetToExport } from '../../../src-main/exchange/weights/NetToExport.ts';
import { SafetensorsFile, writeSafetensors } from '../../../src-main/foundation/safetensors.ts';
import { randomInitialiser } from '../../../src-main/vgg/initialise.ts';
import type { Architecture } from '../../../src-main/vgg/layers.ts';
import { Parameters } from '../../../src-main/vgg/Parameters.ts';
import { companionsToStore, tensorsToStore } from '../../../src-main/vgg/weights/store.ts';
import { config as configOf } from '../../runs/fixtures.ts';
import {
  goldenArchitecture,
  goldenFile,
  goldenNets,
  type GoldenNet,
  type LaterNet,
  laterNets,
} from '../../support/golden.ts';
import { type Images, imagesIn, netToExport } from './exported.ts';

/** A net and the images that it is asked about. */
export interface Asked {
  net: NetToExport;
  images: Images;
}

export const netsOfPyTorch = [...goldenNets, ...laterNets];
export const netsOfOddCrop = ['A-LRN', 'B-5x5', 'C', 'E-skip', 'resnet-34'] as const;

/** A net of PyTorch's with the images of its file. */
export function netOfPyTorch(config: GoldenNet | LaterNet): Asked {
  const file = goldenFile(config);
  return { net: netToExport(goldenArchitecture(config), file), images: imagesIn(file, 'input.nchw') };
}

/** A net of a crop that no pooling halves evenly, initialised by the workbench and stored in the folder. */
export function netOfOddCrop(
  config: Architecture['config'],
  folder: string,
): Asked & { parameters: Parameters } {
  const architecture: Architecture = { config, width: 1 / 16, crop: 56, classes: 10 };
  const parameters = new Parameters(
    architecture,
    randomInitialiser(configOf('initialisation.scheme=glorot').initialisation, 1),
  );
  const path = join(folder, 'checkpoint.safetensors');
  const velocities = companionsToStore(parameters, (variable) => variable, 'momentum.');
  writeSafetensors(path, [...tensorsToStore(parameters), ...velocities], {});
  const values = Float32Array.from({ length: 3 * 3 * 56 * 56 }, (_, index) => 50 * Math.sin(index * index));
  return {
    parameters,
    net: netToExport(architecture, new SafetensorsFile(path)),
    images: { values, shape: [3, 3, 56, 56] },
  };
}
