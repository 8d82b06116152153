import { Option, type Command } from 'commander';
import {
  lookForAscent,
  lookForField,
  lookForGradCam,
  lookForOcclusion,
  lookForTopImages,
} from '../look/looks.ts';
import { unitsOf } from '../look/units.ts';
import type { AddCommand } from './AddCommand.ts';
import { addLookSignal } from './lookSignal.ts';

export const addLook: AddCommand = (program, session, keys) => {
  const look = program
    .command('look')
    .description('look into nets: what they see, and what their units look for');

  onImage(look.command('grad-cam'))
    .description("what of an image speaks for a class: Grad-CAM of its logit, by a layer's maps")
    .option('--layer <NAME>', 'one with maps (default: the last convolutional one)')
    .action((runs: string[], options: Parameters<typeof lookForGradCam>[2]) =>
      lookForGradCam(session, runs, options),
    );

  onImage(look.command('occlusion'))
    .description('what of an image speaks for a class: what its score loses where a plain square stands')
    .option('--side <PIXELS>', 'of the square (default: a seventh of the crop)', Number)
    .option('--stride <PIXELS>', 'from one place to the next (default: half the side)', Number)
    .addOption(
      new Option('--score <SCORE>', 'which score').choices(['posterior', 'logit']).default('posterior'),
    )
    .action((runs: string[], options: Parameters<typeof lookForOcclusion>[2]) =>
      lookForOcclusion(session, runs, options),
    );

  addUnitLooks(look, session, keys);
  addLookSignal(look, session, keys);
};

const addUnitLooks: AddCommand = (look, session) => {
  onUnits(look.command('filters'))
    .description('images that excite units, 64 at most, made by gradient ascent from noise')
    .addOption(
      new Option('--goal <GOAL>', "what is raised: the mean of the unit's map, or its centre")
        .choices(['map', 'centre'])
        .default('map'),
    )
    .option('--steps <COUNT>', 'of the ascent (default: 64)', Number)
    .option('--rate <GREYS>', 'of a step, in grey levels of 0–255 (default: 6)', Number)
    .option('--decay <SHARE>', 'back to the mean colour at each step (default: 0.01)', Number)
    .option('--blur-every <STEPS>', 'steps from one blurring to the next, 0 for none (default: 4)', Number)
    .option('--jitter <PIXELS>', 'most pixels moved before a step (default: 2)', Number)
    .option('--seed <NUMBER>', 'of noise and jitter (default: 1)', Number)
    .action((runs: string[], options: Parameters<typeof lookForAscent>[2]) =>
      lookForAscent(session, runs, options),
    );

  onRuns(look.command('field'))
    .description(
      'how far units really look: the gradient at the centre of maps by the pixels (Luo et al. 2016)',
    )
    .requiredOption('--layers <NAMES>', 'with maps, as conv3_2,pool5 (see vgg describe)', (names: string) =>
      names.split(','),
    )
    .option('--images <COUNT>', 'of the validation set, evenly over the classes (default: 32)', Number)
    .action((runs: string[], options: Parameters<typeof lookForField>[2]) =>
      lookForField(session, runs, options),
    );

  onUnits(look.command('top-images'))
    .description('the validation images that excite units most, and where')
    .option('--count <COUNT>', 'how many of each unit (default: 9)', Number)
    .option('--images <COUNT>', 'how many are looked at, evenly over the classes (default: 1000)', Number)
    .action((runs: string[], options: Parameters<typeof lookForTopImages>[2]) =>
      lookForTopImages(session, runs, options),
    );
};

function onRuns(command: Command): Command {
  return command
    .argument('<runs...>', 'one, or several to compare; box is the net that comes with the workbench')
    .option('--checkpoint <KINDS>', 'best, last, epoch-0003, several with commas, or all', 'best')
    .option('--out <FOLDER>', 'where the pictures go', '.');
}

function onImage(command: Command): Command {
  return onRuns(command)
    .requiredOption('--image <IMAGE>', "a file, or CLASS/FILE of the run's validation images")
    .option('--class <CLASS>', 'its name or index (default: the one that is predicted)');
}

function onUnits(command: Command): Command {
  return onRuns(command)
    .requiredOption('--layer <NAME>', 'conv3_2, fc8, … (see vgg describe)')
    .requiredOption('--units <UNITS>', 'as 3 or 0-7,12', unitsOf);
}
