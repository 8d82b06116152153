import { paperNets } from '../../../vocabulary/configurations.ts';
import { lookForSignal } from '../look/signal.ts';
import type { AddCommand } from './AddCommand.ts';

const names = (text: string) => text.split(',');

export const addLookSignal: AddCommand = (look, session) => {
  look
    .command('signal')
    .description(
      'how strong signal and gradient are at each layer before the first step, of nets side by side',
    )
    .option('--nets <NAMES>', 'with commas', names, [...paperNets])
    .option('--schemes <NAMES>', 'of initialisation, with commas', names, [
      'normal',
      'glorot',
      'he',
      'lsuv',
      'pytorch',
    ])
    .option('--deviation <NUMBER>', 'of the normal (default: 0.01)', Number)
    .option('--width <FACTOR>', "of the paper's channels (default: 0.25)", Number)
    .option('--crop <PIXELS>', 'side of the input (default: 64)', Number)
    .option('--classes <COUNT>', 'outputs of the last layer (default: 10)', Number)
    .option('--images <COUNT>', 'that pass, 64 at most (default: 16)', Number)
    .option('--data <DATASET>', 'whose validation images pass (default: noise)')
    .option('--raw', 'pixels of 0–255 minus the mean, not divided by their deviation')
    .option('--seed <NUMBER>', 'of weights, noise and labels (default: 1)', Number)
    .action((options: Parameters<typeof lookForSignal>[1]) => lookForSignal(session, options));
};
