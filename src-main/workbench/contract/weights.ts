import { oc } from '@orpc/contract';
import { z } from 'zod';
import type { WeightsFacts } from '../../vgg/weights/inspect.ts';
import { answer } from './answer.ts';

export type { Preprocessing, WeightsFacts } from '../../vgg/weights/inspect.ts';

export const weightsContract = {
  /** The contents of a weights file of Caffe, Keras, PyTorch, safetensors or a run: its net and the net's input. */
  inspectWeights: oc.input(z.strictObject({ from: z.string().min(1) })).output(answer<WeightsFacts>()),
};
