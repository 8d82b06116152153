import { ensureEngine } from '../ensureEngine.ts';
import { bytesText } from '../../../vocabulary/bytes.ts';
import { countText } from '../../../vocabulary/counts.ts';
import { textTable } from '../output/textTable.ts';
import type { WorkbenchClient } from '../../../workbench/api.ts';
import type { AddCommand } from './AddCommand.ts';

type Description = Awaited<ReturnType<WorkbenchClient['describe']>>;
type Fields = Awaited<ReturnType<WorkbenchClient['measureFields']>>;
type Input = Parameters<WorkbenchClient['describe']>[0];

export const addDescribe: AddCommand = (program, session) => {
  program
    .command('describe')
    .description('layers, shapes, parameters, multiply-accumulates, memory and receptive field of a net')
    .argument('<net>', 'a column of Table 1, or a net to compare with')
    .option('--width <FACTOR>', "of the paper's channels", Number)
    .option('--crop <PIXELS>', 'side of the input', Number)
    .option('--classes <COUNT>', 'outputs of the last layer', Number)
    .option('--measure', 'also measures the receptive fields, by gradients')
    .action(async (net: string, { measure, ...size }: Omit<Input, 'config'> & { measure?: true }) => {
      // The API refuses unknown nets and names the known ones.
      const description = await session.client.describe({ ...size, config: net as Input['config'] });
      if (measure === undefined) {
        session.result(description, () => descriptionText(description));
        return;
      }
      await ensureEngine(session);
      session.progress.show(['measuring the receptive fields …']);
      const measured = await session.client.measureFields({ config: description.config });
      session.result({ ...description, measuredFields: measured }, () =>
        descriptionText(description, measured),
      );
    });
};

function descriptionText(net: Description, measured?: Fields): string {
  const layers = textTable(
    [
      'Layer',
      'Filter',
      'Output>',
      'Parameters>',
      'MACs>',
      'Activations>',
      'Weights>',
      'Field>',
      ...(measured ? ['Measured>'] : []),
    ],
    net.layers.map((layer) => [
      layer.name,
      layer.filter,
      layer.output.join('×'),
      layer.parameters === 0 ? '' : countText(layer.parameters),
      layer.macs === 0 ? '' : countText(layer.macs),
      bytesText(layer.activationBytes),
      layer.weightBytes === 0 ? '' : bytesText(layer.weightBytes),
      String(layer.receptiveField),
      ...(measured ? [String(measured.find(({ name }) => name === layer.name)?.side ?? '')] : []),
    ]),
  );
  return [
    `Net ${net.config}, width ${net.width}, crop ${net.crop}, ${net.classes} classes: ${net.depth} weight layers`,
    layers,
    `Parameters ${countText(net.parameters)} (${bytesText(net.weightBytes)}); ` +
      `${(net.macs / 1e9).toFixed(3)} GMAC and ${bytesText(net.activationBytes)} of activations an image; ` +
      `receptive field of the last map ${net.receptiveField}.`,
  ].join('\n\n');
}
