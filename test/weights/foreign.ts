import { join } from 'node:path';
import { referenceFolder } from '../support/golden.ts';

/** Net D as the tools that weights come from write it: see the README of test/reference. */
export function foreignFile(name: string): string {
  return join(referenceFolder, 'foreign', name);
}

export const foreignNets = [
  { name: 'D.v1.caffemodel', format: 'caffe' },
  { name: 'D.v2.caffemodel', format: 'caffe' },
  { name: 'D.keras1.h5', format: 'keras' },
  { name: 'D.h5', format: 'keras' },
  { name: 'D.weights.h5', format: 'keras-numbered' },
  { name: 'D.pth', format: 'torchvision' },
] as const;
