import { weightsText } from '../output/weights.ts';
import type { AddCommand } from './AddCommand.ts';

export const addWeights: AddCommand = (program, session) => {
  program
    .command('weights')
    .description('show what a weights file or a run holds: format, net, preprocessing')
    .argument('<file|run>', "safetensors, Caffe's .caffemodel, Keras's .h5, torchvision's .pth, or a run")
    .action(async (from: string) => {
      const facts = await session.client.inspectWeights({ from });
      session.result(facts, () => weightsText(facts));
    });
};
