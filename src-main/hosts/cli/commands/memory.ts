import type { Command } from 'commander';
import type { MemoryMeasurement } from '../../../workbench/contract.ts';
import { ensureEngine } from '../ensureEngine.ts';
import { bytesText } from '../../../vocabulary/bytes.ts';
import { textTable } from '../output/textTable.ts';
import { overridesOf, addSettings } from '../settings.ts';
import type { AddCommand } from './AddCommand.ts';

export const addMemory: AddCommand = (program, session, keys) => {
  const memory = program
    .command('memory')
    .description('what memory an image takes in training and inference, computed and measured')
    .argument('[settings...]', 'any key of the configuration as key.path=value')
    .option(
      '--images <COUNT>',
      'at once, even; compared with half as many (default: as the net asks)',
      Number,
    );
  addSettings(memory, keys, ['config', 'width', 'crop', 'classes']).action(
    async (settings: string[], { images }: { images?: number }, command: Command) => {
      await ensureEngine(session);
      session.progress.show(['measuring …']);
      const result = await session.client.memory({ overrides: overridesOf(command, settings), images });
      session.result(result, () => memoryText(result));
    },
  );
};

function memoryText({ config, width, crop, device, passes }: MemoryMeasurement): string {
  const table = textTable(
    ['Pass', 'Computed>', 'Tensors>', 'Resident>', 'Images>', 'Peak, tensors>', 'Peak, resident>'],
    passes.flatMap(({ pass, measured, ...perImage }) =>
      measured.map(({ images, peakTensorBytes, peakRssBytes }, index) => [
        ...(index === 0
          ? [
              pass,
              bytesText(perImage.computedBytesPerImage),
              bytesText(perImage.tensorBytesPerImage),
              bytesText(perImage.residentBytesPerImage),
            ]
          : ['', '', '', '']),
        String(images),
        bytesText(peakTensorBytes),
        bytesText(peakRssBytes),
      ]),
    ),
  );
  return [
    `Net ${config}, width ${width}, crop ${crop}, on the ${device.toUpperCase()}: memory an image`,
    table,
    'Computed from shapes: what a backward pass needs of all layers; in inference the outputs of two neighbouring ones.\n' +
      'Measured: how much the greatest sum of tensors alive, and the resident memory, rise with each image.\n' +
      'They are more by gradients on their way, what operations need inside themselves and, where TensorFlow computes the\n' +
      'layers, the maps before pooling.',
  ].join('\n\n');
}
