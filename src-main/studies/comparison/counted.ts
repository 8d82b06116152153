import type { QuantityKey } from '../../vocabulary/comparisonColumns.ts';
import { describeNetwork } from '../../vgg/describe.ts';
import { fanIn, isRectified, type Architecture, type ConvLayer } from '../../vgg/layers.ts';
import { layersOf } from '../../vgg/layersOf.ts';

type Quantities = Partial<Record<QuantityKey, number>>;

/** The quantities of a net that are known without training it. */
export function countedOf(architecture: Architecture): Quantities {
  const { depth, parameters, receptiveField, macs, activationBytes } = describeNetwork(architecture);
  const relus = layersOf(architecture).filter(isRectified).length;
  return { depth, parameters, relus, receptiveField, macs, activationBytes };
}

/**
 * For each net, the number of weights (without biases) of the convolutional blocks in which the nets differ: `conv3` of
 * D and of C, since one has a 3×3 where the other has a 1×1.
 */
export function comparedWeights(architectures: readonly Architecture[]): number[] {
  const nets = architectures.map(blocksOf);
  const blocks = [...new Set(nets.flatMap((net) => [...net.keys()]))];
  const differing = blocks.filter(
    (block) => new Set(nets.map((net) => (net.get(block) ?? []).map(shapeOf).join())).size > 1,
  );
  return nets.map((net) =>
    differing
      .flatMap((block) => net.get(block) ?? [])
      .reduce((sum, layer) => sum + fanIn(layer) * layer.outputs, 0),
  );
}

/** `conv3_1`, `conv3_2` → `conv3` */
function blocksOf(architecture: Architecture): Map<string, ConvLayer[]> {
  const convolutions = layersOf(architecture).filter((layer) => layer.kind === 'conv');
  return Map.groupBy(convolutions, ({ name }) => name.split('_')[0] ?? name);
}

function shapeOf({ kernel, inputs, outputs }: ConvLayer): string {
  return `${kernel}-${inputs}-${outputs}`;
}
