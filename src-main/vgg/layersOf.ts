import { lastMapSide, type Architecture, type Layer } from './layers.ts';
import { nets } from './nets.ts';
import { residualLayers } from './residualLayers.ts';
import { vggLayers } from './vggLayers.ts';

/** The layers of a net in the order in which they are computed. */
export function layersOf(architecture: Architecture): Layer[] {
  const plan = nets[architecture.config];
  const scaled = (channels: number) => Math.max(1, Math.round(channels * architecture.width));
  const size = {
    scaled,
    lastMapSide: lastMapSide(architecture.config, architecture.crop),
    classes: architecture.classes,
  };
  return plan.kind === 'vgg' ? vggLayers(plan, size) : residualLayers(plan, size);
}
