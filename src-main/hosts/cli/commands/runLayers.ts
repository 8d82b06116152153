import { Option, type Command } from 'commander';
import type { LayerQuantity } from '../../../workbench/contract.ts';
import { layerCsv, layerText } from '../output/layers.ts';
import type { Session } from '../Session.ts';

const formats = ['text', 'csv', 'json'] as const;
/** As many columns as fit in a terminal; a file gets all columns. */
const stepsOfText = 8;
const allSteps = Number.MAX_SAFE_INTEGER;

interface Options {
  quantity?: LayerQuantity;
  steps?: number;
  format: (typeof formats)[number];
}

/** `runs layers`: gradients, weights and activations layer by layer. */
export function addRunLayers(runs: Command, session: Session): void {
  runs
    .command('layers')
    .description('one quantity of every layer over the steps: gradients, weights, activations')
    .argument('<run>')
    .option('--quantity <NAME>', 'such as gradient/norm (the default), weight/update or activation/dead')
    .option('--steps <COUNT>', `at most so many (default: ${stepsOfText} as text, else all)`, Number)
    .addOption(new Option('--format <FORMAT>', 'how to print it').choices(formats).default('text'))
    .action(async (id: string, { quantity, steps, format }: Options) => {
      const asText = format === 'text' && !session.json;
      // The API refuses unknown quantities and names the known ones.
      const matrix = await session.client.runs.layers({
        id,
        quantity,
        maxSteps: steps ?? (asText ? stepsOfText : allSteps),
      });
      if (asText) session.text(layerText(matrix));
      else if (session.json || format === 'json') session.line(matrix);
      else session.text(layerCsv(matrix));
    });
}
